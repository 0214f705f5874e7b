"""Time on a server: heard with each transaction, whatever the machine's own clock shows."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.state.database.clock import DatabaseClock
from bot.state.database.postgresql import Server
from bot.state.store import Store
from tests.postgresql import Databases
from tests.slack.stage import HandClock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def test_it_is_the_machines_until_a_server_was_heard() -> None:
    wall, steady = HandClock(5000.0), HandClock(10.0)
    clock = DatabaseClock(steady, wall)
    assert clock.now() == EPOCH + timedelta(seconds=5000)

    def asked() -> float:
        steady.now += 2
        return 9000

    clock.hear(asked)
    # It may have been said at any moment of the two seconds.
    assert clock.now() == EPOCH + timedelta(seconds=9001)


def test_an_answer_that_may_have_waited_for_others_is_believed_only_where_it_is_quick() -> None:
    wall, steady = HandClock(5000.0), HandClock(10.0)
    clock = DatabaseClock(steady, wall)
    clock.hear(lambda: 9000)

    def waited() -> float:
        steady.now += 8
        return 9000

    steady.now += 60
    assert clock.is_old
    clock.hear(waited, may_wait=True)
    assert clock.now() == EPOCH + timedelta(seconds=9068)
    clock.hear(lambda: 9500, may_wait=True)
    assert clock.now() == EPOCH + timedelta(seconds=9500)
    assert not clock.is_old


def test_who_sets_the_machines_clock_changes_nothing() -> None:
    wall, steady = HandClock(5000.0), HandClock(10.0)
    clock = DatabaseClock(steady, wall)
    clock.hear(lambda: 9000)
    wall.now += 86400
    steady.now += 3
    assert clock.now() == EPOCH + timedelta(seconds=9003)


def test_machines_whose_clocks_are_minutes_apart_have_the_servers_time(postgresql: Databases) -> None:
    ahead, behind = HandClock(4e9), HandClock(1e9)
    with postgresql.database() as url:
        stores = []
        for wall in (ahead, behind):
            server = Server(url)
            server.clock = DatabaseClock(wall=wall)
            server.prepare(5)
            stores.append(Store(server))
        with closing(stores[0]), closing(stores[1]):
            apart = abs(stores[0].now() - stores[1].now())
            assert apart < timedelta(seconds=1)
            assert abs(stores[0].now() - datetime.now(UTC)) < timedelta(minutes=5)
