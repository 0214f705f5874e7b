"""A fact is captured in two fields; the rest is guessed, and nothing that somebody typed is lost."""

from __future__ import annotations

import json

import pytest

from bot.local_slack.state.records import View
from bot.slack.curation.modal import DETAILS, INSTEAD
from tests.slack.curation_stage import STATEMENT, CurationStage, team, told
from tests.slack.digest_stage import labels

__all__ = ["team"]
PAGE = "https://example.org/news/harbour Harbour news, 4 May 2026"


def _inputs(view: View) -> list[str]:
    return [block["block_id"] for block in view.body["blocks"] if block["type"] == "input"]


def _held(view: View, name: str) -> object:
    element = next(block["element"] for block in view.body["blocks"] if block.get("block_id") == name)
    chosen = element.get("initial_options")
    return [option["value"] for option in chosen] if chosen else element.get("initial_value", "")


def _opened(team: CurationStage, text: str = "add") -> View:
    team.slack.driver.command("bob", "general", "/yrd", text)
    return team.modal("bob")


def test_only_statement_and_source_are_in_sight(team: CurationStage) -> None:
    assert _inputs(_opened(team)) == ["p_statement", "p_source"]


@pytest.mark.parametrize(
    ("typed", "title", "button"),
    [
        ("add", "Propose a fact", "Propose"),
        ("fact xu-twinning-039 correct", "Suggest a correction", "Suggest"),
        ("fact xu-twinning-039 wrong", "Wrong or outdated", "Report"),
    ],
)
def test_a_form_is_called_what_opens_it_and_its_button_says_the_same(
    team: CurationStage, typed: str, title: str, button: str
) -> None:
    shown = _opened(team, typed).body
    assert (shown["title"]["text"], shown["submit"]["text"]) == (title, button)


def test_two_fields_are_enough_and_the_rest_is_guessed_and_told(team: CurationStage) -> None:
    team.appointed("carol")
    _opened(team)
    team.slack.driver.submit_view("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    said = team.whispers("general", "bob")[-1].text
    for line in (
        "Source: Harbour news, 2026-05-04, https://example.org/news/harbour", "About: Ningbo, Hefei", "Topics: Ports",
        "Date: 2026-05",
    ):  # fmt: skip
        assert line in said
    team.pressed(team.card("carol"), "Approve", "carol")
    assert "Harbour news, 2026-05-04" in team.typed("fact team-001").text


def test_a_paragraph_of_a_document_needs_no_more_where_words_of_it_are_known_that_the_statement_has(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    _opened(team)
    stated = "Huainan and Minhang opened a joint harbour office in May 2026."
    sent = team.slack.driver.submit_view("bob", {"p_statement": stated, "p_source": "Xu 2024 4.1.1 para 32"})
    assert sent.reply == {"response_action": "clear"}
    assert "para 32, at “Minhang District of Shanghai and Huainan”" in team.card("carol").text


def test_words_of_a_paragraph_that_have_nothing_of_the_statement_are_asked_for(team: CurationStage) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view(
        "bob", {"p_statement": STATEMENT, "p_source": "Xu 2024 4.1.1 para 32"}
    )
    assert "Quote three to eight words of that paragraph" in told(sent)
    assert _held(team.modal("bob"), "p_words") == ""
    team.slack.driver.submit_view("bob", {"p_words": "Cooperation to Help Cities"})
    team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).waiting()
    assert kept.draft.words == "Cooperation to Help Cities"


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        ("Atlantis and Ningbo opened a joint harbour office in May 2026.", ["“Atlantis”"]),
        (
            "Shangai, Hefie, Ningbo and Atlantis opened a joint harbour office in May 2026.",
            ["“Shangai”", "“Hefie”", "“Atlantis”"],
        ),
    ],
)
def test_every_name_that_is_not_known_is_told_once_and_may_be_sent(
    team: CurationStage, stated: str, named: list[str]
) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view("bob", {"p_statement": stated, "p_source": PAGE})
    while team.slack.team.modal_of("bob") is not None and sent.reply.get("response_action") == "update":
        assert all(name in told(sent) for name in named[:-1])
        sent = team.slack.driver.submit_view("bob")
    assert all(name in told(sent) for name in named)
    team.slack.driver.submit_view("bob")
    team.settle()
    assert len(team.services.team_bases.curation(team.team_id).waiting()) == 1


def test_a_shared_name_that_the_statement_tells_apart_is_not_asked_about(team: CurationStage) -> None:
    team.appointed("carol")
    _opened(team)
    stated = "Suzhou in Anhui and Ningbo opened a joint harbour office in May 2026."
    sent = team.slack.driver.submit_view("bob", {"p_statement": stated, "p_source": PAGE})
    assert sent.reply == {"response_action": "clear"}
    assert "About: Suzhou (Anhui), Ningbo" in team.card("carol").text


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("What is the trade of Ningbo with Hefei?", "That is a question"),
        ("Please add that Hefei is paired with Ningbo.", "a fact says what is so"),
    ],
)
def test_what_states_nothing_is_refused_under_the_statement(
    team: CurationStage, stated: str, why: str
) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view("bob", {"p_statement": stated, "p_source": PAGE})
    assert why in sent.reply["errors"]["p_statement"]


def test_a_reference_in_words_is_a_source(team: CurationStage) -> None:
    team.appointed("carol")
    _opened(team)
    reference = "Zhang 2023, Journal of Ports, p. 12"
    team.slack.driver.submit_view("bob", {"p_statement": STATEMENT, "p_source": reference})
    team.pressed(team.card("carol"), "Approve", "carol")
    assert reference in team.typed("fact team-001").text


def test_details_open_in_the_same_form_with_what_was_typed_and_guessed(team: CurationStage) -> None:
    view = _opened(team)
    shown = team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    assert shown.id == view.id
    assert (_held(shown, "p_statement"), _held(shown, "p_source")) == (STATEMENT, PAGE)
    assert set(_held(shown, "p_subjects")) == {"ningbo", "hefei"}  # type: ignore[call-overload]
    assert _held(shown, "p_topics") == ["ports"]
    assert (_held(shown, "p_date"), _held(shown, "p_title")) == ("2026-05", "Harbour news")
    assert "a page on example.org" in str(shown.body)


@pytest.mark.parametrize("typed", [{}, {"p_statement": "   ", "p_source": " "}, {"p_statement": STATEMENT}])
def test_what_is_required_the_bot_requires(team: CurationStage, typed: dict[str, str]) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view("bob", typed)
    wanted = {"p_source"} | (set() if typed.get("p_statement", "").strip() else {"p_statement"})
    assert wanted <= set(sent.reply["errors"])
    assert team.services.team_bases.curation(team.team_id).contributions == {}


@pytest.mark.parametrize("verb", ["wrong", "correct"])
@pytest.mark.parametrize("why", ["", "   ", "?!"])
def test_what_is_wrong_with_it_has_to_be_said(team: CurationStage, verb: str, why: str) -> None:
    _opened(team, f"fact xu-twinning-039 {verb}")
    sent = team.slack.driver.submit_view("bob", {"p_why": why, "p_statement": STATEMENT})
    assert "Say what is wrong with it" in told(sent)
    assert team.services.team_bases.curation(team.team_id).contributions == {}


@pytest.mark.parametrize("label", ["Reject", "Revert"])
def test_a_reviewer_has_to_say_why(team: CurationStage, label: str) -> None:
    team.appointed("carol")
    team.proposed("bob")
    if label == "Revert":
        team.pressed(team.card("carol"), "Approve", "carol")
    team.pressed(team.card("carol"), label, "carol")
    team.modal("carol")
    sent = team.slack.driver.submit_view("carol", {"p_why": "  "})
    assert "Say why" in sent.reply["errors"]["p_why"]


def test_all_that_is_wrong_is_told_at_once_with_what_was_probably_meant(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    sent = team.slack.driver.submit_view(
        "bob", {"p_names": "Hefei, Shangai, Atlantis, Suzhou", "p_date": "soon", "p_figures": "a lot"}
    )
    for said in (
        "“Shangai” is not known: Shanghai stands there now.", "“Atlantis” is not known", "“Suzhou” may be",
        "Write a year, a month or a day", "“a lot” is not value",
    ):  # fmt: skip
        assert said in told(sent)
    again = team.modal("bob")
    assert _held(again, "p_names_again") == "Hefei, Shanghai, Atlantis, Suzhou"
    assert (_held(again, "p_date"), _held(again, "p_figures")) == ("soon", "a lot")
    team.slack.driver.submit_view(
        "bob", {"p_names_again": "Hefei, Shanghai", "p_date": "May 2025", "p_figures": ""}
    )
    team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).contributions.values()
    assert "shanghai" in kept.draft.subjects
    assert kept.draft.date == "2025-05"


def test_what_cannot_be_guessed_opens_the_details_and_says_what(team: CurationStage) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view(
        "bob", {"p_statement": "Somebody opened a joint harbour office once.", "p_source": PAGE}
    )
    assert sent.reply["response_action"] == "update"
    assert "Name at least one place or pairing" in told(sent)
    assert _held(team.modal("bob"), "p_source") == PAGE


def test_what_could_not_be_guessed_stands_first_with_what_lacks_below_it(team: CurationStage) -> None:
    _opened(team)
    team.slack.driver.submit_view("bob", {"p_statement": "Cats like milk a lot.", "p_source": PAGE})
    shown = team.modal("bob")
    assert _inputs(shown)[:5] == ["p_subjects", "p_names", "p_topics", "p_statement", "p_source"]
    lead, about, lacking, _, topics, which = (json.dumps(block) for block in shown.body["blocks"][:6])
    assert "Nothing was sent yet" in lead
    assert ("p_subjects" in about, "Name at least one place" in lacking) == (True, True)
    assert ("p_topics" in topics, "Choose at least one topic" in which) == (True, True)


def test_a_statement_with_no_word_of_a_topic_is_sent_with_that_of_the_nearest_facts_which_is_told(
    team: CurationStage,
) -> None:
    _opened(team)
    stated = "Bengbu sends its pensioners to Jiaxing for holidays."
    sent = team.slack.driver.submit_view("bob", {"p_statement": stated, "p_source": PAGE})
    assert sent.reply == {"response_action": "clear"}
    said = team.whispers("general", "bob")[-1]
    assert "How I read it (Edit changes it)" in said.text
    assert "Topics (guessed): Tourism" in said.text
    assert "Edit" in labels(said)


def test_a_complaint_asks_for_its_reason_alone_and_becomes_a_correction_with_it(team: CurationStage) -> None:
    assert _inputs(_opened(team, "fact xu-twinning-039 wrong")) == ["p_why"]
    team.slack.driver.click_modal("bob", INSTEAD, typed={"p_why": "The year is missing."})
    team.settle()
    shown = team.modal("bob")
    assert _inputs(shown) == ["p_why", "p_statement", "p_source"]
    assert _held(shown, "p_why") == "The year is missing."
    assert "Minhang" in str(_held(shown, "p_statement"))


def test_a_form_is_opened_again_with_what_was_written_in_it(team: CurationStage) -> None:
    _opened(team)
    team.slack.faults.error("users.info", "internal_error", times=9)
    team.slack.driver.submit_view("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    team.settle()
    team.slack.faults.clear()
    team.pressed(
        team.card("bob") if _in_messages(team) else team.whispers("general", "bob")[-1],
        "Open the form again",
        "bob",
    )
    shown = team.modal("bob")
    assert _held(shown, "p_statement") == STATEMENT
    assert DETAILS not in str(shown.body)
    team.slack.driver.submit_view("bob")
    team.settle()
    assert len(team.services.team_bases.curation(team.team_id).waiting()) == 1


def _in_messages(team: CurationStage) -> bool:
    return any(post.by_bot for post in team.slack.team.posts(team.slack.team.im("bob")))


@pytest.mark.parametrize(
    "source",
    [
        "Plan 2035 https://example.org/a",
        "Lab news, 3 May 2035",
        "Lab news 1 December 2026 https://example.org/a",
    ],
)
def test_a_date_that_lies_ahead_is_asked_about_and_not_kept(team: CurationStage, source: str) -> None:
    _opened(team, "add")
    sent = team.slack.driver.submit_view("bob", {"p_statement": STATEMENT, "p_source": source})
    assert "lies ahead" in told(sent)
    team.settle()
    assert not team.services.team_bases.curation(team.team_id).contributions
