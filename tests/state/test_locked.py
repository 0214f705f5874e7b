"""While another program holds state.db, facts are answered from memory, and what was missed is written down after."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports import Conversation, Place
from bot.state.contributions import FRESH_SECONDS, StoredContributions
from bot.state.conversations import StoredConversations
from bot.state.digests import delivery_rows
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import StateError, UnavailableError
from bot.state.events import UNWRITTEN_MAX, StoredEvents
from bot.state.store import Store
from handlers.answer import Answer
from handlers.curation import actions as curation_actions
from handlers.curation.team_base import CachedTeamBases
from handlers.ports import UnreadableError
from handlers.reply import NOT_READABLE, reply
from handlers.request import Request
from handlers.route import route
from handlers.services import Services
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE
from tests.state import raw
from tests.state.test_contributions import NOW, event, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


@contextmanager
def held(path: Path, lock: str = "EXCLUSIVE") -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {lock}")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def promptly(act: Callable[[], object]) -> object:
    """Return what `act` returns, in the time that a request has for it."""
    began = time.monotonic()
    found = act()
    assert time.monotonic() - began < 1
    return found


def with_a_fact_of_its_own(ledger: StoredContributions, base: FactBase) -> None:
    record(ledger, "T1", event("curator:U2", "appointed", "U0", '{"name": "U2"}'))
    ledger.record("T1", lambda events: event(body=PAGE.encode()))
    services = Services(base, contributions=ledger, team_bases=CachedTeamBases(base, ledger))
    assert (
        curation_actions.approve(services, Request(text="", now=NOW, team="T1", user="U2"), 1, 0).outcome
        == "done"
    )


def test_a_team_keeps_the_view_that_it_had(path: Path, store: Store, base: FactBase) -> None:
    ledger = StoredContributions(store)
    with_a_fact_of_its_own(ledger, base)
    bases = CachedTeamBases(base, ledger)
    assert bases.of("T1").fact("team-001")
    time.sleep(FRESH_SECONDS)
    with held(path), store.promptly():
        assert promptly(lambda: bases.of("T1").fact("team-001"))
        assert bases.is_whole("T1")


def test_a_team_whose_view_was_never_made_gets_the_base_until_it_can_be(
    path: Path, store: Store, base: FactBase
) -> None:
    ledger = StoredContributions(store)
    with_a_fact_of_its_own(ledger, base)
    fresh = StoredContributions(store)
    bases = CachedTeamBases(base, fresh)
    with held(path), store.promptly():
        for _ in range(20):
            assert promptly(lambda: bases.of("T1")) is base
        assert not bases.is_whole("T1")
        with pytest.raises(UnreadableError):
            bases.curation("T1")
    time.sleep(FRESH_SECONDS)
    assert bases.of("T1").fact("team-001")
    assert bases.is_whole("T1")


def test_a_message_is_answered_once_though_nothing_can_be_written(path: Path, store: Store) -> None:
    events = StoredEvents(store)
    one, same = ("T1", "Ev1", "C1", "1.0"), ("T1", "Ev2", "C1", "1.0")
    with held(path):
        assert promptly(lambda: events.receive(*one, NOW)) == "new"
        assert promptly(lambda: events.receive(*same, NOW)) == "in hand"
        promptly(lambda: events.answered(*one, NOW))
        assert promptly(lambda: events.receive(*same, NOW)) == "answered"
        assert promptly(lambda: events.receive("T1", "Ev3", "C1", "2.0", NOW)) == "new"
    events.release("T1", "Ev3")
    events.keep_up(NOW, "")
    assert events.receive(*one, NOW) == "answered"
    told = StoredEvents(store)
    assert told.receive(*same, NOW) == "answered"
    # What nobody answered is left open for the next start.
    assert told.receive("T1", "Ev3", "C1", "2.0", NOW + timedelta(seconds=60)) == "again"


@pytest.mark.parametrize("free_again", ["before it is posted", "after it is posted"])
def test_an_answer_that_may_be_there_is_looked_for_also_where_that_could_not_be_written(
    free_again: str, path: Path, store: Store
) -> None:
    events, event = StoredEvents(store), ("T1", "Ev1", "C1", "1.0")
    with held(path):
        assert events.receive(*event, NOW, Place("C1", "1.0")) == "new"
        if free_again == "after it is posted":
            promptly(lambda: events.posting(*event, NOW))
    if free_again == "before it is posted":
        events.posting(*event, NOW)
    events.acknowledged("Ev1", NOW)
    events.release("T1", "Ev1")
    assert (
        events.keep_up(NOW + timedelta(seconds=60), '{"text": "Ask again.", "blocks": [], "thread": []}') == 1
    )
    (row,) = raw.at(store).query("SELECT * FROM deliveries")
    assert (row["state"], delivery_rows.from_columns(row).slot_key) == (
        "unknown",
        events.answer_key("T1", "C1", "1.0"),
    )


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("said", ["answered", "perhaps answered"])
def test_what_was_answered_before_is_not_answered_again_while_nothing_can_be_written(
    said: str, lock: str, path: Path, store: Store
) -> None:
    events, event, same = StoredEvents(store), ("T1", "Ev1", "C1", "1.0"), ("T1", "Ev2", "C1", "1.0")
    events.receive(*event, NOW)
    events.posting(*event, NOW)
    if said == "answered":
        events.answered(*event, NOW)
    events.release("T1", "Ev1")
    with held(path, lock):
        assert promptly(lambda: events.receive(*event, NOW)) == "answered"
        assert promptly(lambda: events.receive(*same, NOW)) == "answered"
        if lock == "IMMEDIATE":
            restarted = StoredEvents(store)
            assert promptly(lambda: restarted.receive(*same, NOW)) in ("answered", "in hand")


def test_messages_are_not_held_without_end(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.state.events.UNWRITTEN_MAX", 3)
    events = StoredEvents(store)
    with held(path):
        for number in range(5):
            events.receive("T1", f"Ev{number}", "C1", f"{number}.0", NOW)
    assert UNWRITTEN_MAX > 3
    assert len(events._unwritten) == 3


def test_a_conversation_is_forgotten_rather_than_waited_for(path: Path, store: Store) -> None:
    kept = StoredConversations(store)
    kept.keep("T1", "C1", "U1", Conversation(("ports",)), NOW)
    with held(path):
        assert promptly(lambda: kept.recall("T1", "C1", "U1", NOW)) is None
        promptly(lambda: kept.keep("T1", "C1", "U1", Conversation(("cities",)), NOW))
    assert kept.recall("T1", "C1", "U1", NOW) == Conversation(("ports",))


def test_a_file_that_is_held_is_opened_when_it_is_free(path: Path, store: Store) -> None:
    with held(path):
        later = Store.open(path, may_be_locked=True)
        with later.promptly(), pytest.raises(UnavailableError), later.reading("T1"):
            pass
        assert not promptly(lambda: _writable(later))
    assert later.is_writable()
    later.close()


def test_a_file_that_another_program_is_about_to_change_is_opened_and_read(path: Path, store: Store) -> None:
    events, event = StoredEvents(store), ("T1", "Ev1", "C1", "1.0")
    events.receive(*event, NOW)
    events.answered(*event, NOW)
    with held(path, "IMMEDIATE"):
        other = Store.open(path, may_be_locked=True)
        assert promptly(lambda: StoredEvents(other).receive(*event, NOW)) == "answered"
        other.close()


def _writable(store: Store) -> bool:
    with store.promptly():
        return store.is_writable()


def test_who_cannot_wait_for_a_held_file_is_told_so(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.store.PATIENCE_SECONDS", 0.1)
    with held(path), pytest.raises(StateError, match="locked"):
        Store.open(path)


@pytest.mark.parametrize("text", ["ports", "what is next", "next 1", "pause ports and talent"])
def test_a_text_is_read_without_the_digests_while_they_cannot_be_read(
    path: Path, store: Store, base: FactBase, text: str
) -> None:
    services = Services(base, subscriptions=StoredSubscriptions(store))
    request = Request(text=text, now=NOW, team="T1", user="U1", channel="C1")
    with held(path):
        found = promptly(lambda: route(services, request))
    assert found == route(services, request)


@pytest.mark.parametrize("text", ["list", "pause", "next"])
def test_what_is_to_be_done_with_digests_that_cannot_be_read_is_told_to_be_tried_again(
    path: Path, store: Store, base: FactBase, text: str
) -> None:
    services = Services(base, subscriptions=StoredSubscriptions(store))
    request = Request(text=text, now=NOW, command="/yrd-digest", team="T1", user="U1", channel="C1")
    with held(path):
        answer = promptly(lambda: reply(services, request))
    assert isinstance(answer, Answer)
    assert (answer.outcome, answer.headline) == ("refused", NOT_READABLE)
