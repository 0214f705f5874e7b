"""What was written into a form of curation is handed back where it was not done, since the form is closed by then."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handlers.curation import actions
from handlers.rights import NOT_REACHED
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, team

__all__ = ["team"]

_TYPED = ("p_source", "p_title", "p_published", "p_words")
WRITTEN = (STATEMENT, "Ningbo, Hefei", *(str(FILLED[name]) for name in _TYPED))
LATER = STATEMENT.replace("May", "early May")


def shown(message: Any) -> str:
    """What a message says in its blocks, which its text says too."""
    said = json.dumps(message.blocks, ensure_ascii=False)
    assert [words for words in WRITTEN if (words in said) != (words in message.text)] == []
    return said


def last_said(team: CurationStage, user: str) -> Any:
    team.settle()
    alone = [*team.slack.team.ephemerals("general", user), *team.slack.team.posts(team.slack.team.im(user))]
    return max((message for message in alone if message.by_bot), key=lambda message: message.version)


def test_of_two_who_edit_a_proposal_the_second_gets_their_words_back(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    for user in ("alice", "carol"):
        team.pressed(team.card(user), "Edit", user)
        team.modal(user)
    team.filled("carol", {"p_caveat": "Not yet open."})
    team.settle()
    team.slack.driver.submit_view("alice", {"p_statement": LATER})
    said = last_said(team, "alice")
    assert "was edited meanwhile" in said.text
    assert LATER in shown(said)


def test_where_slack_does_not_say_who_proposes_nothing_is_lost(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    team.slack.faults.error("users.info", "internal_error", times=9)
    team.filled("bob", FILLED)
    said = last_said(team, "bob")
    assert NOT_REACHED in said.text
    assert [words for words in WRITTEN if words not in shown(said)] == []


def test_a_reason_to_reject_is_handed_back(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Reject", "carol")
    team.modal("carol")
    team.slack.faults.error("users.info", "internal_error", times=9)
    team.slack.driver.submit_view("carol", {"p_why": "The page says June."})
    said = last_said(team, "carol")
    assert NOT_REACHED in said.text
    assert "The page says June." in shown(said)


@pytest.mark.parametrize("second_page", [False, True])
def test_where_it_fails_the_apology_has_the_words(
    team: CurationStage, monkeypatch: pytest.MonkeyPatch, second_page: bool
) -> None:
    def fails(*args: object, **others: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(actions, "propose", fails)
    known = team.base.fact("xu-twinning-001")
    assert known is not None
    # What is like something that the base says is shown on a second page first.
    statement = f"{known.statement} So it is." if second_page else LATER
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    team.filled("bob", FILLED | {"p_statement": statement})
    if second_page:
        team.slack.driver.submit_view("bob")
    said = last_said(team, "bob")
    assert "went wrong" in said.text
    assert statement in shown(said)


def test_a_withdrawal_that_was_not_taken_has_its_reason(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "fact xu-twinning-001 wrong")
    team.modal("bob")
    team.slack.faults.error("users.info", "internal_error", times=9)
    team.slack.driver.submit_view("bob", {"p_why": "They were never paired."})
    said = shown(last_said(team, "bob"))
    assert "They were never paired." in said
    assert "Open the form again" in said


def test_what_was_done_is_not_handed_back(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    assert "to copy" not in last_said(team, "bob").text
