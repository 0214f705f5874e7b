"""A connection that is lost, and a server that is away: what was written is known, and nobody waits for the rest."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.state.contributions import StoredContributions
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import UnavailableError, UnknownCommitError
from bot.state.notices import StoredNotices
from bot.state.store import Store
from handlers.contribution import CurationEvent
from tests.digests.office import DAILY
from tests.postgresql import Databases
from tests.run.bot_process import until
from tests.state import raw
from tests.state.cutting import Wire

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
# Enough for anything but waiting for a server that is away.
AT_ONCE = 1.0


@pytest.fixture
def store(wire: Wire) -> Iterator[Store]:
    with closing(Store.connect(wire.url)) as store:
        yield store


def _proposed(events: tuple[CurationEvent, ...]) -> CurationEvent:
    return CurationEvent(f"p:{len(events) + 1}", "proposed", "U1", "Li", NOW, "", "{}")


def test_a_change_whose_confirmation_was_lost_is_known_to_be_made(store: Store, wire: Wire) -> None:
    contributions = StoredContributions(store)
    wire.cut_next_commit("after")
    kept = contributions.record("T1", _proposed)
    assert wire.cuts == 1
    assert contributions.events("T1") == (kept,)


def test_a_change_whose_commit_never_arrived_is_known_not_to_be_made(store: Store, wire: Wire) -> None:
    contributions = StoredContributions(store)
    wire.cut_next_commit("before")
    with pytest.raises(UnavailableError) as refused:
        contributions.record("T1", _proposed)
    assert not isinstance(refused.value, UnknownCommitError)
    assert contributions.events("T1") == ()
    assert isinstance(contributions.record("T1", _proposed), CurationEvent)


@pytest.mark.parametrize("how", ["before", "after"])
def test_of_many_cut_commits_each_is_made_once_or_said_not_to_be(store: Store, wire: Wire, how: str) -> None:
    subscriptions = StoredSubscriptions(store)
    made = 0
    for number in range(10):
        if number % 2:
            wire.cut_next_commit("before" if how == "before" else "after")
        try:
            subscriptions.add(DAILY, NOW)
        except UnavailableError:
            continue
        made += 1
    assert made == (5 if how == "before" else 10)
    assert raw.count(store, "subscriptions") == made


def test_what_nobody_can_tell_is_said_to_be_unknown(store: Store, wire: Wire) -> None:
    def and_the_server_is_gone(events: tuple[CurationEvent, ...]) -> CurationEvent:
        wire.cut_next_commit("after")
        wire._is_down = True
        return _proposed(events)

    contributions = StoredContributions(store)
    with pytest.raises(UnknownCommitError, match="look whether it is there before trying again"):
        contributions.record("T1", and_the_server_is_gone)
    wire.up()
    _until_back(store)
    assert len(contributions.events("T1")) == 1


def test_while_the_server_is_away_nobody_waits_and_afterwards_all_goes_on(store: Store, wire: Wire) -> None:
    notices = StoredNotices(store)
    assert notices.first("T1", "a", NOW)
    wire.down()
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(UnavailableError, match="cannot be reached"), store.writing("T1"):
            pass
    assert time.monotonic() - began < AT_ONCE
    assert "cannot be reached" in store.problem()
    wire.up()
    _until_back(store)
    assert store.problem() == ""
    assert not StoredNotices(store).first("T1", "a", NOW)


def test_a_store_that_is_opened_while_the_server_is_away_is_used_once_it_is_back(wire: Wire) -> None:
    wire.down()
    with pytest.raises(UnavailableError):
        Store.connect(wire.url)
    with closing(Store.connect(wire.url, may_be_away=True)) as store:
        with pytest.raises(UnavailableError):
            store.rows("T1", text("SELECT 1"))
        wire.up()
        _until_back(store)
        assert StoredNotices(store).first("T1", "a", NOW)


def test_connections_that_a_restart_of_the_server_has_ended_are_made_anew(
    store: Store, postgresql: Databases
) -> None:
    notices = StoredNotices(store)
    notices.first("T1", "a", NOW)
    postgresql.end_connections()
    assert notices.first("T1", "b", NOW)


def test_whoever_waits_for_a_server_that_stands_still_is_told_that_it_is_away(
    store: Store, wire: Wire
) -> None:
    assert StoredNotices(store).first("T1", "a", NOW)
    wire.hold()
    with ThreadPoolExecutor(16) as threads:
        asked = [threads.submit(_asked, store, index) for index in range(16)]
        said = [one.result(30) for one in asked]
    assert all(re.search("does not answer|cannot be reached|is busy", one) for one in said), said
    began = time.monotonic()
    assert "does not answer" in _asked(store, 0)
    assert time.monotonic() - began < AT_ONCE
    assert "does not answer" in store.problem()
    wire.flow()
    _until_back(store)
    assert not StoredNotices(store).first("T1", "a", NOW)


def _asked(store: Store, index: int) -> str:
    """Ask in one of four ways, of which nobody waits for two for long, and return what is said."""
    team = f"T{index}"
    try:
        if index % 4 == 0:
            with store.promptly():
                store.rows(team, text("SELECT 1"))
        elif index % 4 == 1:
            store.rows(team, text("SELECT 1"))
        elif index % 4 == 2:
            with store.writing(team) as db:
                db.execute(text("SELECT 1"))
        else:
            with store.promptly(), store.reading(team) as db:
                db.execute(text("SELECT 1"))
    except UnavailableError as error:
        return str(error)
    return "answered"


def test_of_a_commit_whose_server_stood_still_it_is_said_that_nobody_knows(store: Store, wire: Wire) -> None:
    def and_it_stands_still(events: tuple[CurationEvent, ...]) -> CurationEvent:
        wire.cut_next_commit("held")
        return _proposed(events)

    contributions = StoredContributions(store)
    with store.promptly(), pytest.raises(UnknownCommitError, match="look whether it is there"):
        contributions.record("T1", and_it_stands_still)
    wire.flow()
    _until_back(store)
    # It arrives after all.
    until(lambda: len(contributions.events("T1")) == 1)


def test_what_takes_long_on_a_server_that_answers_is_waited_for(store: Store) -> None:
    with store.writing("T1") as db:
        slow = db.execute(text("SELECT pg_sleep(2.5), 'there'")).one()
    assert slow[1] == "there"


def _until_back(store: Store) -> None:
    until = time.monotonic() + 15
    while True:
        try:
            raw.count(store, "notices")
            return
        except UnavailableError:
            assert time.monotonic() < until
            time.sleep(0.05)
