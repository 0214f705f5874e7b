"""The plain words of an answer say all that a reader needs."""

from __future__ import annotations

import dataclasses

from handlers.answer import Answer, Choice, Line, Section
from tests.render.answers import answer, fact, plain


def test_what_was_asked_for_stands_first_with_its_citation_and_then_the_statement() -> None:
    lines = (Line(fact(1), value="Minhang District, Shanghai"), Line(fact(2)))
    assert plain(answer(headline="", lines=lines)).splitlines() == [
        "Minhang District, Shanghai (Xu et al. 2024, 4.1.1, para 32)",
        fact().statement,
        f"• {fact().statement} (Xu et al. 2024, 4.1.1, para 32)",
    ]


def test_a_statement_that_answers_as_a_whole_stands_first_with_its_citation() -> None:
    text = plain(answer(headline=""))
    assert text == f"{fact().statement} (Xu et al. 2024, 4.1.1, para 32)"


def test_no_id_no_stance_and_no_date_of_a_source_stands_with_a_fact() -> None:
    text = plain(answer(lines=(Line(fact(stance="claimed", speaker="Xu Qimin", date="2018-06")),)))
    assert [word for word in ("xu-twinning-001", "claimed", "dated", "2018-06") if word in text] == []


def test_what_warns_of_several_facts_stands_once_below_them_with_a_number_at_each() -> None:
    shared, own = "The paper prints Cebu City.", "No year is printed."
    lines = tuple(Line(fact(n, caveat=text)) for n, text in enumerate((shared, own, shared, ""), 1))
    text = plain(answer(lines=lines))
    assert [text.count(f"para 32){mark}\n") for mark in ("¹", "²", "")] == [2, 1, 1]
    assert text.endswith(f"\n\n¹ {shared}\n² {own}")


def test_of_warnings_that_have_a_sentence_in_common_that_stands_once() -> None:
    shared, own = "The item prints no year; 2019 is inferred.", "The item prints “Port Group”."
    lines = (Line(fact(1, caveat=f"{shared} {own}")), Line(fact(2, caveat=shared)), Line(fact(3, caveat=own)))
    text = plain(answer(lines=lines))
    assert text.endswith(f"\n\n¹ {shared}\n² {own}")
    assert [text.count(f"para 32){marks}\n") for marks in ("¹\u2009²", "¹", "²")] == [1, 1, 1]


def test_what_warns_of_one_fact_alone_has_no_number() -> None:
    text = plain(answer(headline="", lines=(Line(fact(caveat="No year is printed.")),)))
    assert text.endswith("para 32)\n\nNo year is printed.")


def test_notes_stand_last_and_how_a_slip_was_read_behind_them() -> None:
    text = plain(answer(notes=("Sources differ on it.",), read=("“Hwainan” read as Huainan.",)))
    assert text.endswith("\n\nSources differ on it.\n“Hwainan” read as Huainan.")


def test_where_no_fact_answers_what_is_noted_stands_right_below() -> None:
    text = plain(Answer("Nothing on that.", "unknown", near=(fact(),), notes=("Ask again.",)))
    assert text.startswith("Nothing on that.\nAsk again.\n\nRelated:")


def test_at_most_five_facts_are_shown_and_the_rest_counted() -> None:
    text = plain(answer(7))
    assert text.count("• ") == 5
    assert "… and 2 more facts" in text


def test_facts_stand_under_their_groups() -> None:
    lines = (Line(fact(1), group="Suzhou, Jiangsu"), Line(fact(2), group="Suzhou, Anhui"))
    text = plain(answer(lines=lines))
    assert text.index("Suzhou, Jiangsu:") < text.index("paired under") < text.index("Suzhou, Anhui:")


def test_near_facts_stand_under_a_heading_of_their_own() -> None:
    text = plain(Answer(headline="No population figure.", outcome="unknown", near=(fact(),)))
    assert f"Related:\n• {fact().statement}" in text


def test_what_may_answer_stands_under_the_headline_and_the_rest_under_their_heading() -> None:
    near = (fact(1), fact(2))
    lines = plain(Answer("Not sure; the nearest is:", "unknown", near=near, may_answer=True)).splitlines()
    assert [line[:1] for line in lines if line][:2] == ["N", "•"]
    assert lines.index("Related:") == len(lines) - 2


def test_as_what_a_question_was_read_stands_before_the_line_that_leads_to_the_nearest() -> None:
    shown = plain(
        Answer("The nearest is:", "unknown", near=(fact(1),), may_answer=True, read=("Asked: of Chuzhou?",))
    )
    assert shown.startswith("Asked: of Chuzhou?\nThe nearest is:\n\n• ")


def test_labels_of_choices_are_shown_under_words_that_fit_the_outcome() -> None:
    choices = (Choice("hangzhou", "Hangzhou", "/yrd-city", "Hangzhou"),)
    said = {
        outcome: plain(dataclasses.replace(answer(0), outcome=outcome, choices=choices))
        for outcome in ("ambiguous", "suggestion", "answer")
    }
    assert "Which one is meant?\n• Hangzhou" in said["ambiguous"]
    assert "Did you mean:\n• Hangzhou" in said["suggestion"]
    assert "You can ask:\n• Hangzhou" in said["answer"]


def test_what_the_headline_has_asked_is_not_asked_again_above_the_choices() -> None:
    choices = (Choice("hangzhou", "Hangzhou", "/yrd-city", "Hangzhou"),)
    asked = dataclasses.replace(
        answer(0), headline="Did you mean this?", outcome="suggestion", choices=choices
    )
    assert "Did you mean this?\n\n• Hangzhou" in plain(asked)


def test_choices_stand_under_chinese_words_where_the_answer_is_in_chinese() -> None:
    choices = (Choice("hangzhou", "杭州", "/yrd-city", "杭州"),)
    asked = dataclasses.replace(answer(0), headline="您好。", choices=choices, in_chinese=True)
    assert "您可以问：\n• 杭州" in plain(asked)


def test_choices_that_do_more_than_ask_stand_under_words_that_say_so() -> None:
    choices = (Choice("any", "Resume", "/yrd-digest", "resume 1", effect="changes"),)
    for outcome in ("answer", "done"):
        assert "What next?\n• Resume" in plain(Answer("Digest 1 is paused.", outcome, choices=choices))


def test_pages_and_sections_are_named() -> None:
    sections = (Section("Places", ("Hangzhou", "Ningbo")),)
    text = plain(answer(0, sections=sections, page=2, pages=3, total=12))
    assert "Places:\n• Hangzhou\n• Ningbo" in text
    assert "Page 2 of 3 · 12 in all" in text
    assert "Page 1 of 2 · 7 facts in all" in plain(answer(5, pages=2, total=7))


def test_what_is_cut_ends_behind_a_word_with_its_brackets_closed() -> None:
    text = plain(Answer(f"{'Nothing is said of it. ' * 20}({'of nine or ten cities, ' * 20})", "unknown"))
    assert text.splitlines()[0].endswith("…)")
    assert "cit…" not in text
