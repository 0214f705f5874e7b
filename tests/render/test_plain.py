"""The plain words of an answer say all that a reader needs."""

from __future__ import annotations

import dataclasses

from handlers.answer import Answer, Choice, Line, Section
from knowledge.vocabulary import Region
from tests.render.answers import answer, citation, fact, plain


def test_every_fact_stands_with_citation_date_of_source_stance_and_id() -> None:
    text = plain(answer())
    assert "paired under a national plan." in text
    assert "Xu et al. 2024, 4.1.1, para 32 · source dated 2018-06-23 · reported · xu-twinning-001" in text


def test_the_date_is_that_of_the_document_whatever_its_label_says() -> None:
    undated = fact(citations=(citation(document="cao-layout", label="Cao 2035, 2.1, para 12"),))
    assert "source undated" in plain(answer(lines=(Line(undated),)))


def test_several_sources_show_all_their_dates() -> None:
    two = fact(citations=(citation(), citation(document="cao-layout", label="Cao, undated, para 3")))
    assert "sources dated 2018-06-23, undated" in plain(answer(lines=(Line(two),)))


def test_a_speaker_stands_with_the_stance() -> None:
    assert "claimed by Xu Qimin" in plain(answer(lines=(Line(fact(stance="claimed", speaker="Xu Qimin")),)))


def test_a_caveat_stands_under_its_fact_with_a_sign_and_the_word() -> None:
    text = plain(answer(lines=(Line(fact(caveat="The paper prints Cebu City.")),)))
    assert "⚠ Caveat: The paper prints Cebu City." in text


def test_a_fact_about_another_region_is_marked() -> None:
    assert "Not the delta: " in plain(answer(lines=(Line(fact(region=Region.ELSEWHERE)),)))


def test_at_most_five_facts_are_shown_and_the_rest_counted() -> None:
    text = plain(answer(7))
    assert text.count("• ") == 5
    assert "… and 2 more facts" in text


def test_facts_stand_under_their_groups() -> None:
    lines = (Line(fact(1), group="Suzhou, Jiangsu"), Line(fact(2), group="Suzhou, Anhui"))
    text = plain(answer(lines=lines))
    assert text.index("Suzhou, Jiangsu:") < text.index("twinning-001") < text.index("Suzhou, Anhui:")


def test_near_facts_stand_under_a_heading_that_says_they_do_not_answer() -> None:
    text = plain(Answer(headline="No population figure.", outcome="unknown", near=(fact(),)))
    heading = "Nearest in the fact base (these do not answer the question):"
    assert text.index(heading) < text.index("twinning-001")


def test_labels_of_choices_are_shown_under_words_that_fit_the_outcome() -> None:
    choices = (Choice("hangzhou", "Hangzhou", "/yrd-city", "Hangzhou"),)
    said = {
        outcome: plain(dataclasses.replace(answer(0), outcome=outcome, choices=choices))
        for outcome in ("ambiguous", "suggestion", "answer")
    }
    assert "Which one is meant?\n• Hangzhou" in said["ambiguous"]
    assert "Did you mean:\n• Hangzhou" in said["suggestion"]
    assert "You can ask:\n• Hangzhou" in said["answer"]


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
