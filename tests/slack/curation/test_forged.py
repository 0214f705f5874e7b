"""Whatever acts names what it acts on; what is not there, or not in the state for it, is refused and nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any, Final

import pytest

from bot.local_slack.state.records import Message
from bot.render.button_value import ButtonValue
from bot.slack.curation import modal, pages
from handlers.command import MISREAD, Command, Verb
from handlers.curation.correction import NOTHING_CHANGED, OTHER_PROPOSAL
from handlers.curation.questions import queue, unanswered
from handlers.draft import Draft
from handlers.registry import SLASH, WORDS
from handlers.request import Request
from handlers.target import Target
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, team, told
from tests.slack.digest_stage import button
from tests.state import raw

__all__ = ["team"]

# No record of any sort, one of another sort, and one of another team's numbers.
IDS: Final = ("nope-001", "team-001", "9", "0", "deadbeef", "hangzhou", "ports", "999999")


def _acting() -> Iterator[tuple[Command, Verb]]:
    for command in (*SLASH, *WORDS):
        for verb in command.verbs:
            if verb.effect != "reads" and not verb.name.startswith(MISREAD):
                yield command, verb


ACTING: Final = tuple(_acting())


def _rows(team: CurationStage) -> list[object]:
    """All that acting could leave behind."""
    tables = (
        "contributions",
        "subscriptions",
        "deliveries",
        "feedback",
        "question_scope",
        "question_askers",
        "questions",
    )
    return [
        row
        for table in tables
        for row in raw.at(team.store).execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    ]


def press(team: CurationStage, user: str, shown: Message, action: str, value: str) -> str:
    """What the person is told after a button of that value is pressed under `shown`, a message of the bot's."""
    for message in team.slack.team.ephemerals("general", user):
        # What is told may come in its place.
        message.text = ""
    team.slack.driver.press(user, shown, {"type": "button", "action_id": action, "value": value})
    team.settle()
    return " ".join(message.text for message in team.slack.team.ephemerals("general", user)).strip()


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
@pytest.mark.parametrize(("command", "verb"), ACTING, ids=lambda one: one.name)
def test_no_button_acts_on_what_is_not_there(
    team: CurationStage, command: Command, verb: Verb, who: str
) -> None:
    team.appointed("carol")
    shown, before = team.typed("Ningbo", who), _rows(team)
    for record, other in zip(IDS, cycle(("", "nope-001"))):
        target = Target(id=record, other=other)
        value = ButtonValue(command=command.name, verb=verb.name, text="because", target=target)
        said = press(team, who, shown, "choice:0", value.encode())
        assert said or team.slack.team.modal_of(who), (record, other)
        assert "went wrong" not in said, (record, other, said)
        team.slack.team.close_views(team.slack.team.user(who).id, "")
    assert _rows(team) == before


@pytest.mark.parametrize("action", ["digest_helpful", "digest_unhelpful", "digest_pause", "digest_resume"])
def test_no_button_of_a_digest_acts_on_one_that_is_not_there(team: CurationStage, action: str) -> None:
    shown, before = team.typed("Ningbo", "bob"), _rows(team)
    for value in ("1 2026-11-23T09:00", "7", json.dumps({"command": "/yrd-digest", "target": {"id": "12"}})):
        assert press(team, "bob", shown, action, value)
    assert _rows(team) == before


FORMS: Final = (modal.FORM, pages.CONFIRM, pages.REASON, pages.WHICH)
CARRIED: Final[tuple[dict[str, Any], ...]] = (
    {"number": 7, "version": 1},
    {"number": 999_999},
    {"supersedes": "nope-001"},
    {"supersedes": "team-007"},
    {"question": "deadbeef"},
    {"question": "hangzhou"},
    {"question": "deadbeef", "supersedes": "xu-twinning-039"},
)


@pytest.mark.parametrize("who", ["bob", "carol"])
@pytest.mark.parametrize("carried", CARRIED, ids=str)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_acts_on_what_is_not_there(
    team: CurationStage, form: str, carried: dict[str, Any], who: str
) -> None:
    team.appointed("carol")
    before = _rows(team)
    team.slack.driver.command(who, "general", "/yrd", "add")
    view = team.modal(who)
    draft = {
        "statement": STATEMENT, "subjects": ["ningbo"], "topics": ["ports"], "url": FILLED["p_source"],
        "words": FILLED["p_words"],
        **{name: value for name, value in carried.items() if name in Draft.model_fields},
    }  # fmt: skip
    second = {"draft": draft} if form == pages.CONFIRM else {}
    view.body |= {"callback_id": form, "private_metadata": json.dumps({**carried, **second})}
    sent = team.slack.driver.submit_view(who, FILLED | {"p_why": "because", "p_fact": "xu-twinning-039"})
    team.settle()
    told = [post.text for post in team.slack.team.posts(team.slack.team.im(who)) if post.by_bot]
    assert "went wrong" not in " ".join(told)
    assert sent.reply["response_action"] in ("errors", "push", "update") or "is now a curator" not in told[-1]
    assert _rows(team) == before


def test_a_reader_cannot_have_a_proposal_settle_a_question(team: CurationStage) -> None:
    team.appointed("carol")
    team.typed("annual tulip festival budget of Ningbo", "alice")
    choice = next(c for c in _queue(team, "carol") if c["text"]["text"].startswith("Question "))
    key = json.loads(choice["value"])["target"]["id"]
    before = _rows(team)
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob").body["private_metadata"] = json.dumps({"question": key})
    team.slack.driver.submit_view("bob", FILLED)
    team.settle()
    said = str(team.modal("bob").body)
    assert "Only curators" in said
    assert STATEMENT in said
    assert _rows(team) == before


def _queue(team: CurationStage, user: str) -> list[Any]:
    shown = team.typed("review", user)
    return [element for block in shown.blocks for element in block.get("elements", ()) if "value" in element]


# -- an edit that changes nothing ------------------------------------------------------------------------------

SAME: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"p_statement": f"  {STATEMENT.replace(' ', '   ')} "},
    {"p_statement": STATEMENT.upper()},
    {"p_statement": STATEMENT.rstrip(".")},
    {"p_statement": STATEMENT.replace("harbour office", "“harbour office”")},
    {"p_subjects": ["hefei", "ningbo"]},
)
OTHER: Final[tuple[dict[str, Any], ...]] = (
    {"p_statement": STATEMENT.replace("May", "June")},
    {"p_statement": STATEMENT.replace("a joint", "no joint")},
    {"p_caveat": "The page gives no source."},
    {"p_topics": ["ports", "tourism"]},
    {"p_published": "2026-05-05"},
)


def _edited(team: CurationStage, user: str, changes: dict[str, Any]) -> Any:
    team.slack.driver.command(user, "general", "/yrd", "review 1 edit")
    sent = team.filled(user, changes)
    team.settle()
    team.slack.team.close_views(team.slack.team.user(user).id, "")
    return sent.reply


@pytest.mark.parametrize("who", ["bob", "carol"])
@pytest.mark.parametrize("changes", SAME, ids=str)
def test_an_edit_that_changes_nothing_is_refused_and_changes_no_author(
    team: CurationStage, changes: dict[str, Any], who: str
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    before = _rows(team)
    assert NOTHING_CHANGED in str(_edited(team, who, changes))
    assert _rows(team) == before
    assert "Nobody approves their own" in team.typed("review 1 approve", "bob").text


@pytest.mark.parametrize("changes", OTHER, ids=str)
def test_an_edit_that_changes_something_makes_the_editor_the_author(
    team: CurationStage, changes: dict[str, Any]
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    _edited(team, "carol", changes)
    (kept,) = team.services.team_bases.curation(team.team_id).contributions.values()
    assert kept.author == team.slack.team.user("carol").id


def test_a_number_that_loses_its_point_is_a_change(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed(
        "bob", p_statement="Ningbo and Hefei ship 5.6 million containers a year together since May 2026."
    )
    assert NOTHING_CHANGED not in str(
        _edited(
            team,
            "carol",
            {"p_statement": "Ningbo and Hefei ship 56 million containers a year together since May 2026."},
        )
    )


@pytest.mark.parametrize("changes", [{}, {"p_why": "It is wrong."}], ids=str)
def test_a_correction_that_changes_nothing_is_refused(team: CurationStage, changes: dict[str, str]) -> None:
    before = _rows(team)
    for fact in ("xu-twinning-039", "zhejiang-integration-049", "han-huaihai-091"):
        team.pressed(team.typed(f"fact {fact}", "bob"), "Suggest a correction", "bob")
        team.modal("bob")
        sent = team.slack.driver.submit_view("bob", {"p_why": "x"} | changes)
        assert NOTHING_CHANGED in told(sent), fact
        team.slack.team.close_views(team.slack.team.user("bob").id, "")
    assert _rows(team) == before


def test_an_edit_stays_with_the_fact_that_its_proposal_corrects(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.command("bob", "general", "/yrd", "review 1 edit")
    view = team.modal("bob")
    held = json.loads(view.body["private_metadata"])
    view.body["private_metadata"] = json.dumps(held | {"supersedes": "xu-twinning-039"})
    sent = team.slack.driver.submit_view("bob", {"p_statement": STATEMENT.replace("May", "June")})
    assert OTHER_PROPOSAL in told(sent)


# -- what is decided is decided --------------------------------------------------------------------------------


def test_what_was_taken_back_meanwhile_cannot_be_superseded(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    team.typed("review 1 approve", "carol")
    team.slack.driver.command("bob", "general", "/yrd", "fact team-001 correct")
    team.modal("bob")
    team.slack.driver.submit_view("bob", {"p_why": "June.", "p_statement": STATEMENT.replace("May", "June")})
    # The date is filled in anew, and looked at before it is sent.
    team.slack.driver.submit_view("bob", {})
    team.settle()
    team.typed("fact team-001 revert wrong", "carol")
    assert team.typed("review 2 approve", "carol").text.startswith("Closed: Carol Wu took back the fact")


def test_a_fact_is_verified_once_a_day_and_preferred_no_more_only_if_it_was(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.typed("review 1 approve", "carol")
    before = _rows(team)
    assert "as of today already" in team.typed("fact team-001 verify", "carol").text
    assert team.typed("fact team-001 prefer", "carol")
    assert _rows(team) == before


def test_whoever_has_too_many_proposals_waiting_is_told_what_to_do(
    team: CurationStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.curation.actions.MOST_WAITING", 2)
    for number in range(3):
        team.proposed("bob", p_statement=f"{STATEMENT[:-1]} on day {number}.")
        if team.slack.team.modal_of("bob"):
            team.slack.driver.submit_view("bob")
            team.settle()
    assert "of yours wait for review" in team.slack.team.ephemerals("general", "bob")[-1].text
    assert len(team.services.team_bases.curation(team.team_id).contributions) == 2


def test_proposing_and_withdrawing_does_not_fill_the_ledger(
    team: CurationStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.curation.actions.MOST_A_DAY", 2)
    for number in (1, 2, 3):
        team.proposed("bob")
        team.typed(f"review {number} reject not now", "bob")
    assert len(team.services.team_bases.curation(team.team_id).contributions) == 2


def _asked_and_proposed(team: CurationStage) -> None:
    """A question of Bob's, which a proposal of Carol's is to answer."""
    team.appointed("alice", "carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    choice = next(c for c in _queue(team, "carol") if c["text"]["text"].startswith("Question "))
    key = json.loads(choice["value"])["target"]["id"]
    team.slack.driver.command("carol", "general", "/yrd", f"review question {key} new")
    team.modal("carol")
    team.filled("carol", FILLED)
    team.settle()


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
@pytest.mark.parametrize("decided", ["approved", "reverted", "rejected"])
def test_only_the_approval_that_is_made_settles(team: CurationStage, decided: str, who: str) -> None:
    _asked_and_proposed(team)
    card = team.card("alice")
    # Pressed again later, by somebody whose screen still shows it.
    approve = dict(button(card, "Approve")[1])
    if decided == "rejected":
        team.typed("review 1 reject no source", "alice")
    else:
        team.pressed(card, "Approve", "alice")
        team.settle()
        assert "A curator points to this" in team.card("bob").text
    if decided == "reverted":
        team.typed("fact team-001 revert wrong", "alice")
    team.clock.now += 60
    team.typed("annual tulip festival budget of Ningbo", "bob")
    before, heard = _rows(team), len(team.slack.team.posts(team.slack.team.im("bob")))
    for _ in range(2):
        team.slack.driver.press("alice", card, approve)
        team.settle()
        team.typed("review 1 approve", who)
    team.settle()
    assert _rows(team) == before
    assert len(team.slack.team.posts(team.slack.team.im("bob"))) == heard
    # What stands approved answers it.
    assert ("tulip" in team.typed("review", "carol").text) == (decided != "approved")


def test_of_two_who_settle_a_question_at_once_one_does(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    team.clock.now += 60
    request = Request(
        "", team.clock.moment(), team=team.team_id, user=team.slack.team.user("alice").id, channel="C1"
    )
    (found,) = queue.clusters(team.services, request)
    fact = team.base.fact("xu-twinning-039")
    assert fact is not None
    assert unanswered.settle(team.services, request, found, fact) == 1
    other = replace(request, user=team.slack.team.user("carol").id)
    assert unanswered.settle(team.services, other, found, fact) == unanswered.SETTLED
    events = team.services.contributions.events(team.team_id)
    assert [event.kind for event in events].count("settled") == 1
