"""How transactions and single questions begin on a server: for one team, in one message, whatever the connection was for before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM
from tests.postgresql import Databases
from tests.state.pooler import Pooler

_TEAM = text("SELECT current_setting('yrd.team', true)")
_PREPARED = text("SELECT count(*) FROM pg_prepared_statements")
_SESSION = text("SELECT current_setting('lock_timeout')")


@pytest.fixture
def shared(url: str) -> Iterator[Store]:
    with closing(Store.connect(url)) as store:
        yield store


@pytest.fixture
def pooled(url: str) -> Iterator[Store]:
    with closing(Pooler(url)) as pooler, closing(Store.connect(pooler.url)) as store:
        yield store


def _found(store: Store, team: str, what: Any = _TEAM) -> Any:
    return store.ask(team, lambda db: db.execute(what).scalar())


@pytest.mark.parametrize("which", ["shared", "pooled"])
def test_on_one_connection_each_question_is_for_its_own_team_whatever_was_asked_before(
    which: str, request: pytest.FixtureRequest
) -> None:
    store: Store = request.getfixturevalue(which)
    for _ in range(3):
        assert [_found(store, team) for team in ("T1", "T1", "T2", EVERY_TEAM, "T1")] == [
            "T1",
            "T1",
            "T2",
            EVERY_TEAM,
            "T1",
        ]
        with store.writing("T3") as db:
            assert db.execute(_TEAM).scalar() == "T3"
        with store.reading("T4") as db:
            assert db.execute(_TEAM).scalar() == "T4"
        assert _found(store, "T1") == "T1"


@pytest.mark.parametrize("team", ["T'1", "T%s", "T{team}", "T\\'; --", "T\0", "长三角"])
def test_whatever_a_team_is_called_it_is_quoted(shared: Store, team: str) -> None:
    told = team.replace("\0", "\ufffd")
    assert _found(shared, team) == told
    with shared.writing(team) as db:
        assert db.execute(_TEAM).scalar() == told


def test_a_question_waits_no_longer_than_whoever_asks(shared: Store) -> None:
    assert _found(shared, "T1", _SESSION) == "5s"
    with shared.promptly():
        assert _found(shared, "T1", _SESSION) == "250ms"
    assert _found(shared, "T1", _SESSION) == "5s"


def test_a_question_is_asked_again_where_the_server_ended_the_connection_meanwhile(
    shared: Store, postgresql: Databases
) -> None:
    for _ in range(3):
        assert _found(shared, "T1") == "T1"
        postgresql.end_connections()


def test_a_question_that_breaks_is_asked_once(shared: Store) -> None:
    asked: list[Connection] = []

    def wrong(db: Connection) -> None:
        asked.append(db)
        db.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(StateError, match="refused what was asked"):
        shared.ask("T1", wrong)
    assert len(asked) == 1
    assert _found(shared, "T1") == "T1"


def test_statements_are_prepared_on_the_server_itself_and_not_behind_a_pooler(
    shared: Store, pooled: Store
) -> None:
    for store in (shared, pooled):
        for _ in range(10):
            _found(store, "T1")
    assert _found(shared, "T1", _PREPARED) > 0
    assert _found(pooled, "T1", _PREPARED) == 0


def test_behind_a_pooler_nothing_of_a_question_stays_on_the_connection(pooled: Store) -> None:
    assert _found(pooled, "T1") == "T1"
    engine: Any = getattr(pooled.backend, "_engine")  # noqa: B009 - of the backend's own connections one is looked at
    with engine.connect() as db:
        # As whoever is given this connection next by the pooler would find it.
        assert not db.execute(_TEAM).scalar()


def test_a_database_whose_transactions_see_too_little_of_others_is_refused(url: str) -> None:
    said = "begins transactions as serializable: set default_transaction_isolation"
    with closing(Store.connect(f"{url}?options=-cdefault_transaction_isolation=serializable")) as store:
        # However often it is tried on the same connection.
        for _ in range(4):
            with pytest.raises(StateError, match=said):
                _found(store, "T1")
        with pytest.raises(StateError, match=said), store.writing("T1"):
            pass
