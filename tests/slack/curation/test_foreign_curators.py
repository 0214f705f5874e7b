"""Curators whom an admin of another workspace appointed under 0.1: they have no rights, and can be found and removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import User
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.contributions import StoredContributions
from handlers.answer import Answer
from handlers.contribution import CurationEvent
from handlers.curation.admin import UNCHECKED
from handlers.reply import reply
from handlers.request import Request
from handlers.rights import NOT_REACHED
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE
from tests.slack.curation_stage import HINTS, SHORTCUTS, CurationStage
from tests.slack.stage import HandClock


@pytest.fixture
def shared(tmp_path: Path, base: FactBase) -> Iterator[CurationStage]:
    """A stage of its own whose curators are Carol, and Fay of another workspace, whom 0.1 let in."""
    clock = HandClock()
    with LocalSlackServer(clock=clock, commands=HINTS, shortcuts=SHORTCUTS, scopes=scopes_in_use()) as slack:
        stage = CurationStage(slack, tmp_path, clock, base)
        fay = User("U0FAY00001", "fay", "Fay Foreign", is_admin=True, team_id="T0OTHER", is_stranger=False)
        slack.team.add_user(fay)
        slack.team.im(fay)
        slack.team.join("general", fay)
        stage.appointed("carol")
        body = json.dumps({"name": "Fay Foreign"})
        event = CurationEvent(
            f"curator:{fay.id}", "appointed", fay.id, "Fay Foreign", clock.moment(), "", body
        )
        stage.services.contributions.record(stage.team_id, lambda events: event)
        yield stage
        stage.close()
        stage.store.close()


def _by_fay(stage: CurationStage, text: str) -> Answer:
    """What the handlers answer Fay, past the door that would stop her."""
    fay = stage.slack.team.user("fay").id
    request = Request(text=text, now=stage.clock.moment(), command="/yrd", team=stage.team_id, user=fay)
    return reply(stage.services, request)


@pytest.mark.parametrize(
    "text",
    [
        "review", "review 1", "review 1 approve", "review 1 reject It is wrong.", "review question 0123abcd scope",
        "fact xu-twinning-001 prefer It is newer.", "admin curators add U04CAROL0X1",
        "admin curators remove U04CAROL0X1",
    ],
)  # fmt: skip
def test_a_curator_of_another_workspace_has_no_rights(shared: CurationStage, text: str) -> None:
    shared.proposed("bob")
    events = StoredContributions(shared.store).events(shared.team_id)
    answer = _by_fay(shared, text)
    assert answer.outcome == "refused"
    assert not answer.lines
    assert StoredContributions(shared.store).events(shared.team_id) == events


def test_a_curator_of_another_workspace_hears_of_no_proposal(shared: CurationStage) -> None:
    shared.proposed("bob")
    assert "review" in str(shared.card("carol").blocks).lower()
    assert shared.slack.team.posts(shared.slack.team.im("fay")) == []


def test_what_a_curator_of_another_workspace_wrote_its_proposer_cannot_approve(shared: CurationStage) -> None:
    shared.proposed("bob")
    fay = shared.slack.team.user("fay").id
    words = PAGE.model_copy(update={"statement": "Words of a stranger."}).encode()
    edited = CurationEvent("p:1", "edited", fay, "Fay Foreign", shared.clock.moment(), "", words)
    StoredContributions(shared.store).record(shared.team_id, lambda events: edited)
    assert "Only curators" in shared.typed("review 1 approve", "bob").text


def test_the_list_of_curators_names_those_of_another_workspace_and_how_they_go(shared: CurationStage) -> None:
    listed = shared.typed("admin curators list", "bob").text
    assert "Fay Foreign (U0FAY00001), without rights" in listed
    assert "Carol Wu (" not in listed
    said = shared.typed("admin curators remove U0FAY00001", "alice").text
    assert "Fay Foreign is no longer a curator" in said
    assert "Fay" not in shared.typed("admin curators list", "bob").text


@pytest.mark.parametrize("who", ["fay", "yrd-desk"])
def test_only_members_become_curators(shared: CurationStage, who: str) -> None:
    shared.typed("admin curators remove U0FAY00001", "alice")
    said = shared.typed(f"admin curators add {shared.slack.team.user(who).id}", "alice").text
    assert "Only members of this workspace become curators" in said


def test_no_curator_is_called_a_stranger_while_slack_does_not_say(shared: CurationStage) -> None:
    shared.slack.faults.error("users.info", "fatal_error", times=9)
    asked = len(shared.slack.calls.of_method("users.info"))
    listed = shared.typed("admin curators list", "bob").text
    assert "Fay Foreign" in listed
    assert "without rights" not in listed
    assert UNCHECKED in listed
    # Each question may take two seconds, and Slack waits three for the whole answer.
    assert len(shared.slack.calls.of_method("users.info")) == asked + 1


def test_a_curator_of_another_workspace_is_reminded_of_nothing(shared: CurationStage) -> None:
    shared.proposed("bob")
    fay = shared.slack.team.user("fay").id
    words = PAGE.model_copy(
        update={"statement": "Ningbo and Hefei opened an office for river boats in 2026."}
    )
    edited = CurationEvent("p:1", "edited", fay, "Fay Foreign", shared.clock.moment(), "", words.encode())
    StoredContributions(shared.store).record(shared.team_id, lambda events: edited)
    shared.typed("review 1 reject It is wrong.", "carol")
    shared.settle()
    assert shared.slack.team.posts(shared.slack.team.im("fay")) == []


def test_whoever_slack_does_not_know_is_not_told_that_they_are_no_curator(shared: CurationStage) -> None:
    shared.proposed("bob")
    for text in ("review", "review 1", "review question 0123abcd scope"):
        nobody = Request(text=text, now=shared.clock.moment(), command="/yrd", team=shared.team_id)
        assert reply(shared.services, nobody).headline == NOT_REACHED


def test_a_curator_has_no_rights_while_slack_does_not_say_who_they_are(shared: CurationStage) -> None:
    shared.proposed("bob")
    shared.slack.faults.error("users.info", "fatal_error", times=9)
    assert NOT_REACHED in shared.typed("review 1 approve", "carol").text
    shared.slack.faults.clear()
    assert "Approved by Carol Wu" in shared.typed("review 1 approve", "carol").text
