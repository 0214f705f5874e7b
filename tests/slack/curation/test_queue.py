"""The queue holds questions and no talk, in an order that is chosen, and several are set aside at once and brought back."""

from __future__ import annotations

from typing import Final

import pytest

from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import labels

__all__ = ["team"]
QUESTIONS: Final = (
    "annual tulip festival budget of Ningbo", "How many pandas live in Nantong?", "What is the rent of a flat in Wuhu?",
)  # fmt: skip
TALK: Final = (
    "hi", "foo", "谢谢", "thank you", "admin", "what can you do?", "pause 1", "unsubscribe 99", "map foo",
    "xu-twinning-045", "xu-twinning-9999", "weekly", "every monday", "help", "ok", "test 1", "good bot",
)  # fmt: skip


def _asked(team: CurationStage) -> None:
    team.appointed("carol")
    for question in QUESTIONS:
        team.typed(question, "bob")
        team.clock.now += 60
    team.typed(QUESTIONS[1], "alice")
    team.clock.now -= 30
    team.typed(QUESTIONS[1], "bob")
    team.clock.now += 90


def _listed(text: str) -> list[str]:
    return sorted((question for question in QUESTIONS if question in text), key=text.index)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("", QUESTIONS[1]),
        ("most asked", QUESTIONS[1]),
        ("asked", QUESTIONS[1]),
        ("newest", QUESTIONS[1]),
        ("oldest first", QUESTIONS[0]),
    ],
)
def test_the_queue_is_listed_in_the_order_that_is_wanted(team: CurationStage, order: str, first: str) -> None:
    _asked(team)
    assert _listed(team.typed(f"review {order}".strip(), "carol").text)[0] == first


def test_the_order_changes_in_the_same_message(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    before = len(team.slack.team.ephemerals("general", "carol"))
    team.pressed(shown, "Oldest first", "carol")
    assert _listed(shown.text)[0] == QUESTIONS[0]
    assert len(team.slack.team.ephemerals("general", "carol")) == before


def test_talk_never_enters_and_is_left_out_where_an_older_version_kept_it(team: CurationStage) -> None:
    _asked(team)
    for text in TALK:
        team.slack.driver.command("bob", "general", "/yrd", text)
        # As an older version kept it.
        team.services.questions.keep(team.team_id, "/yrd", text, (), team.clock.moment(), "")
    team.settle()
    shown = team.typed("review", "carol").text
    assert f"Waiting: {len(QUESTIONS)} unanswered questions." in shown
    assert [text for text in TALK if f"“{text}”" in shown] == []


def test_several_are_set_aside_in_one_step_and_brought_back(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    before = len(team.slack.team.ephemerals("general", "carol"))
    team.pressed(shown, "Set several aside", "carol")
    offered = [
        option["value"] for block in team.modal("carol").body["blocks"] if block["type"] == "input"
        for option in block["element"]["options"]
    ]  # fmt: skip
    assert "Tick at least one" in str(team.slack.driver.submit_view("carol", {}).reply)
    team.slack.driver.submit_view("carol", {"p_aside_0": offered[:2]})
    team.settle()
    assert shown.text.startswith("2 questions are out of scope and will not be listed again. Waiting: 1 ")
    assert len(team.slack.team.ephemerals("general", "carol")) == before
    team.pressed(shown, "Undo", "carol")
    assert shown.text.startswith("2 questions are listed again.")
    assert len(_listed(shown.text)) == len(QUESTIONS)
    kinds = [event.kind for event in team.services.contributions.events(team.team_id)]
    assert kinds[1:] == ["settled", "reopened"]


def test_a_question_is_dealt_with_in_the_message_of_the_queue(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    before = len(team.slack.team.ephemerals("general", "carol"))
    team.pressed(shown, next(label for label in labels(shown) if "tulip" in label), "carol")
    assert "<!date^" in str(shown.blocks)
    team.pressed(shown, "Out of scope", "carol")
    assert _listed(shown.text.partition("Waiting")[2]) != []
    assert "tulip" not in shown.text.partition("Waiting")[2]
    team.pressed(shown, "Undo", "carol")
    assert "tulip" in shown.text
    assert len(team.slack.team.ephemerals("general", "carol")) == before


def test_who_asked_is_told_even_of_what_was_set_aside_and_brought_back(team: CurationStage) -> None:
    _asked(team)
    shown = team.typed("review", "carol")
    for label in ("tulip", "Out of scope", "Undo", "tulip", "Another fact answers it"):
        team.pressed(shown, next(said for said in labels(shown) if label in said), "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_fact": "xu-twinning-039"})
    assert "A curator points to this" in team.card("bob").text


def test_an_admin_becomes_a_curator_by_the_button_of_the_refusal(team: CurationStage) -> None:
    refused = team.typed("review", "alice")
    assert "You are an admin: make yourself a curator" in refused.text
    team.pressed(refused, "Make me a curator", "alice")
    assert refused.text.startswith("You are now a curator")
    team.pressed(refused, "Open the queue", "alice")
    assert refused.text.startswith("Nothing waits for review.")


def test_others_are_told_who_curates_and_who_appoints(team: CurationStage) -> None:
    assert "Nobody is a curator yet." in team.typed("review", "bob").text
    team.appointed("carol")
    refused = team.typed("review", "bob")
    assert "Only curators can do that. Curators are Carol Wu." in refused.text
    assert "Admins appoint curators: Alice Chen." in refused.text
    assert "Make me a curator" not in labels(refused)
