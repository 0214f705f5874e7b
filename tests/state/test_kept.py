"""What people are told is kept of them is what state.db holds, and goes when they are told it goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from bot import privacy
from bot.jobs import clean
from bot.ports import CardPlace, Conversation, ShownCard
from bot.render.escape import unescape
from bot.render.plain import plain
from bot.slack.api.message import answer_message
from bot.state.cards import StoredCards
from bot.state.contributions import StoredContributions
from bot.state.conversations import StoredConversations
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import StoredTurns
from bot.state.events import StoredEvents
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.installations.stored import StoredInstallations
from bot.state.installations.zones import StoredZones
from bot.state.kept import KeptTable, tables
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.requests import StoredRequests
from bot.state.store import Store
from bot.state.teams import StoredIdentities, StoredTeams
from bot.state.thread_modes import StoredThreadModes
from handlers.contribution import CurationEvent
from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.subscription import Note, Subscription
from knowledge.base import FactBase
from tests.render.answers import render_fact
from tests.state import raw
from tests.state.installations import CIPHER, CLIENT, installation

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAYS = 90
KEPT = tables(DAYS)
PERSON, WORDS = "U04ALICE7K2", "Who grows tulips in Huainan?"
ASKED = Conversation(("ports",), Earlier(WORDS))
DAILY = Subscription("T1", "C1", PERSON, time(9), "Asia/Shanghai", weekdays=(0,), topics=("ports",))


def _ask(store: Store, team: str) -> None:
    StoredQuestions(store, DAYS).keep(team, "/yrd", WORDS, (), NOW, PERSON)


def _set_aside(store: Store, team: str) -> None:
    StoredQuestions(store, DAYS).settle(team, [("/yrd", f"{WORDS}?")], NOW, out_of_scope=True)


def _propose(store: Store, team: str) -> None:
    event = CurationEvent("p:1", "proposed", PERSON, "Alice", NOW, WORDS, "{}")
    StoredContributions(store).record(team, lambda events: event)


def _subscribe(store: Store, team: str) -> None:
    StoredSubscriptions(store).add(DAILY, NOW)


def _end(store: Store, team: str) -> None:
    kept = StoredSubscriptions(store).add(DAILY, NOW)
    StoredSubscriptions(store).remove(team, kept.id, NOW, Note(PERSON, "ended"))


WRITERS: dict[str, Callable[[Store, str], object]] = {
    "questions": _ask,
    "question_askers": _ask,
    "question_scope": _set_aside,
    "contributions": _propose,
    "cards": lambda store, team: StoredCards(store).note(team, ShownCard(1, CardPlace("C1", "1.0")), NOW),
    "feedback": lambda store, team: StoredFeedback(store).vote(team, PERSON, "fact:a-001", True, NOW),
    "subscriptions": _subscribe,
    "deliveries": _subscribe,
    "digest_changes": _end,
    "notices": lambda store, team: StoredNotices(store).first(team, f"overdue:{PERSON}:2026-W47", NOW),
    "conversations": lambda store, team: StoredConversations(store).keep(team, "D1", PERSON, ASKED, NOW),
    "thread_modes": lambda store, team: StoredThreadModes(store).set_mode(team, "C1", "questions"),
    "shown": lambda store, team: StoredExposures(store).note(team, "C1", "", ["a-001"], NOW),
    "events": lambda store, team: StoredEvents(store).receive(team, "Ev1", "C1", "1.0", NOW),
    "requests": lambda store, team: StoredRequests(store).claim(team, "v0=1", "a", NOW),
    "arrivals": lambda store, team: StoredFirstSeen(store).note(team, ["a-001@1"], NOW),
    "identities": lambda store, team: StoredIdentities(store).keep("xoxb-1", team, "U1", "B1", ""),
    "team_zones": lambda store, team: StoredZones(store).choose(team, "Europe/Berlin"),
    "turns": lambda store, team: StoredTurns(store, "me").take((team,), NOW),
    "slack_installations": lambda store, team: StoredInstallations(store, CLIENT, CIPHER).save(
        installation(team, user_id=PERSON)
    ),
    "slack_bots": lambda store, team: StoredInstallations(store, CLIENT, CIPHER).save(installation(team)),
    "slack_oauth_states": lambda store, team: raw.run(
        store,
        "INSERT INTO slack_oauth_states (team_id, state, expire_at) VALUES (:team, 'a', :at)",
        team=team,
        at=(NOW + timedelta(minutes=10)).timestamp(),
    ),
    "outcomes": lambda store, team: raw.run(
        store, "INSERT INTO outcomes VALUES (:team, 'a', :at)", team=team, at=NOW.timestamp()
    ),
    "processes": lambda store, team: raw.run(
        store, "INSERT INTO processes VALUES (:team, 'a', 'h', 'b', :at)", team=team, at=NOW.timestamp()
    ),
    "teams": lambda store, team: StoredTeams(store).stop(team, "invalid_auth", NOW, None),
}
OF_A_TEAM = [kept for kept in KEPT if "team_id" in kept.columns]
WITH_AN_END = [(kept, where, period) for kept in KEPT for where, period in kept.lasts]


def _rows(store: Store, table: str) -> int:
    return raw.count(store, table)


def test_every_table_and_column_of_state_db_is_named_and_none_besides(store: Store) -> None:
    db = raw.at(store)
    there = {table: sorted(db.table(table).columns_dict) for table in db.table_names()}
    assert {kept.table: sorted(kept.columns) for kept in KEPT} == there


def test_columns_that_tell_of_a_person_come_with_whose_they_are() -> None:
    assert [kept.table for kept in KEPT if bool(kept.whose) != bool(kept.of_people)] == []


def test_what_is_written_of_a_person_stands_in_columns_that_are_told(store: Store) -> None:
    for write in WRITERS.values():
        write(store, "T1")
    for kept in KEPT:
        for row in raw.rows(store, f"SELECT * FROM {kept.table}"):  # noqa: S608
            untold = {name for name in row if name not in kept.of_people}
            assert not [name for name in untold if PERSON in str(row[name]) or WORDS in str(row[name])], (
                kept.table
            )


@pytest.mark.parametrize(
    ("kept", "where", "period"), WITH_AN_END, ids=[f"{kept.table}-{where}" for kept, where, _ in WITH_AN_END]
)
def test_rows_stay_as_long_as_is_told_and_then_go(
    kept: KeptTable, where: str, period: timedelta, store: Store
) -> None:
    if where == "threads":
        StoredConversations(store).keep("T1", "C1", "1700000000.000100", ASKED, NOW)
    else:
        WRITERS[kept.table](store, "T1")
    assert privacy.span(period) in privacy.lasting(kept)
    clean(store, KEPT, NOW + period - SECOND)
    assert _rows(store, kept.table) == 1
    clean(store, KEPT, NOW + period)
    assert _rows(store, kept.table) == 0


@pytest.mark.parametrize("kept", OF_A_TEAM, ids=[kept.table for kept in OF_A_TEAM])
def test_what_is_told_to_stay_stays_for_years_and_goes_with_the_workspace(
    kept: KeptTable, store: Store
) -> None:
    WRITERS[kept.table](store, "T1")
    if not kept.lasts:
        clean(store, KEPT, NOW + timedelta(days=3650))
        assert _rows(store, kept.table) == 1
    StoredTeams(store).stop("T1", "account_inactive", NOW, timedelta(days=30))
    clean(store, KEPT, NOW + timedelta(days=31))
    assert _rows(store, kept.table) == 0


def test_a_question_that_is_asked_again_is_kept_as_long_as_if_it_were_new(store: Store) -> None:
    questions = StoredQuestions(store, DAYS)
    for day in (0, 60):
        questions.keep("T1", "/yrd", WORDS, (), NOW + timedelta(days=day), PERSON)
    clean(store, KEPT, NOW + timedelta(days=DAYS))
    assert len(questions.unanswered("T1", NOW)) == 1


def test_whoever_asks_for_help_is_told_of_every_table_that_names_people(base: FactBase) -> None:
    services = Services(base, privacy=privacy.sentences(30, 7))
    answer = reply(services, Request(text="help privacy", now=NOW))
    (told,) = [section.entries for section in answer.sections if section.title == "What I keep"]
    assert [kept for kept in tables(30) if kept.whose and not any(kept.whose in line for line in told)] == []
    assert any(line.startswith("30 days, or until they are told: who asked them") for line in told)
    assert any("deleted 7 days after" in line for line in told)


def test_help_shows_all_of_it_in_blocks_and_in_plain_words(base: FactBase) -> None:
    told = privacy.sentences(3650, 365)
    answer = reply(Services(base, privacy=told), Request(text="help privacy", now=NOW))
    message = answer_message(answer, None, render_fact=render_fact())
    shown = json.dumps([message.blocks], ensure_ascii=False)
    for line in told:
        assert line in unescape(message.text), line
        assert line in plain(answer, render_fact()), line
        assert line in shown, line


def test_where_nothing_is_kept_nothing_is_told(base: FactBase) -> None:
    answer = reply(Services(base), Request(text="help", now=NOW))
    assert [section.title for section in answer.sections if "keep" in section.title] == []
