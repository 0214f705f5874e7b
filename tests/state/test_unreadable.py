"""Rows of the other tables that cannot be read: left out by themselves, and nothing of theirs comes alive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Conversation
from bot.state.contributions import StoredContributions
from bot.state.conversations import StoredConversations
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.contribution import CurationEvent, EventKind
from handlers.curation.projection import next_number, overlay, replay
from handlers.curation.team_base import CachedTeamBases
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE
from tests.state import raw
from tests.state.corrupting import NO_TEXT, columns, corrupt, values

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
THREAD = "1700000000.000100"


def record(
    store: Store, subject: str, kind: EventKind, who: str = "U1", body: str = "", why: str = ""
) -> None:
    StoredContributions(store).record("T1", lambda _: CurationEvent(subject, kind, who, who, NOW, why, body))


@pytest.mark.parametrize("column", ["subject", "deed", "who", "name", "at", "why", "body"])
@pytest.mark.parametrize("seq", [1, 3, 4, 5])
def test_an_event_that_cannot_be_read_takes_its_subject_along_and_nothing_else(
    column: str, seq: int, store: Store, base: FactBase
) -> None:
    for number in (1, 2):
        record(
            store,
            f"p:{number}",
            "proposed",
            "U1",
            PAGE.model_copy(update={"statement": f"No {number}."}).encode(),
        )
    record(store, "p:1", "approved", "U2")
    record(store, "p:1", "reverted", "U2", why="wrong")
    record(store, "curator:U2", "appointed", "U3", '{"name": "Li"}')
    record(store, "p:2", "approved", "U2")
    sound = next(iter(raw.at(store).query("SELECT * FROM contributions WHERE seq = ?", [seq])))
    for value in values(columns(store, "contributions")[column]):
        try:
            corrupt(store, "contributions", column, value, f"seq = {seq}")
        except sqlite3.IntegrityError:
            continue
        ledger = StoredContributions(store)
        curation = replay(ledger.events("T1"))
        assert curation.revision == ledger.revision("T1") == 6
        standing = {n for n, kept in curation.contributions.items() if kept.state == "approved"}
        assert 2 in standing
        # An event whose subject is lost may have been about anything.
        if seq == 4 and column != "subject" and isinstance(value, bytes):
            assert 1 not in standing, value
        assert set(curation.curators) <= {"U2"}
        overlay(base, curation)
        assert next_number(ledger.events("T1")) == 3
        corrupt(store, "contributions", column, sound[column], f"seq = {seq}")


def test_a_view_is_not_built_again_and_again_for_an_event_that_cannot_be_read(
    store: Store, base: FactBase
) -> None:
    record(store, "p:1", "proposed", "U1", PAGE.encode())
    corrupt(store, "contributions", "body", "not json", "seq = 1")
    bases = CachedTeamBases(base, StoredContributions(store))
    assert bases.curation("T1") is bases.curation("T1")
    assert bases.curation("T1").unreadable == (1,)
    assert replay(StoredContributions(store).events("T1")).contributions == {}


def _questions(store: Store) -> bool:
    return any(one.text == "sound?" for one in StoredQuestions(store, 90).unanswered("T1", NOW))


def _arrivals(store: Store) -> bool:
    return StoredFirstSeen(store).first_seen("T1").get("sound") == NOW


def _conversations(store: Store) -> bool:
    kept = StoredConversations(store)
    kept.recall("T1", "C1", THREAD, NOW)
    return kept.recall("T1", "C2", THREAD, NOW) == Conversation(("ningbo",))


def _shown(store: Store) -> bool:
    found = StoredExposures(store).of_fact("T1", "f1", NOW - timedelta(days=30))
    return any(one.channel == "C2" for one in found)


def _feedback(store: Store) -> bool:
    return StoredFeedback(store).votes("T1", "digest:2:").helpful == 1


READERS: dict[str, Callable[[Store], bool]] = {
    "questions": _questions, "arrivals": _arrivals, "conversations": _conversations, "shown": _shown,
    "feedback": _feedback,
}  # fmt: skip


@pytest.mark.parametrize("table", READERS)
def test_a_row_that_cannot_be_read_hides_no_other(table: str, store: Store) -> None:
    for text in ("odd?", "sound?"):
        StoredQuestions(store, 90).keep("T1", "/yrd", text, ("f1",), NOW)
    StoredFirstSeen(store).note("T1", ["odd", "sound"], NOW)
    for number in (1, 2):
        StoredConversations(store).keep("T1", f"C{number}", THREAD, Conversation(("ningbo",)), NOW)
        StoredExposures(store).note("T1", f"C{number}", "", ["f1"], NOW)
        StoredFeedback(store).vote("T1", "U1", f"digest:{number}:9", True, NOW)
    first = f"rowid = (SELECT min(rowid) FROM {table})"  # noqa: S608
    sound = next(iter(raw.at(store).query(f"SELECT * FROM {table} WHERE {first}")))  # noqa: S608
    for column, type_ in columns(store, table).items():
        for value in values(type_):
            try:
                corrupt(store, table, column, value, first)
            except sqlite3.IntegrityError:
                continue
            assert READERS[table](store), (column, value)
            StoredTeams(store).known()
            corrupt(store, table, column, sound[column], first)


def test_what_is_no_text_is_known_by_its_bytes(store: Store) -> None:
    StoredFirstSeen(store).note("T1", ["odd"], NOW)
    corrupt(store, "arrivals", "fact", NO_TEXT, "1")
    assert StoredFirstSeen(store).first_seen("T1") == {}
    assert len(store.unreadable) == 1
