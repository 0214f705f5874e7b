"""Of many processes one at a time works for a team, and each for whom the others do not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import HELD, StoredTurns
from bot.state.store import Store
from bot.state.teams import StoredTeams
from tests.both import BOTH
from tests.digests.office import DAILY

pytestmark = BOTH
Opened = Callable[[], Store]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def _due(store: Store, *teams: str) -> None:
    """Have digests due since yesterday, the first team's longest."""
    for number, team in enumerate(teams):
        since = NOW - timedelta(days=2) + timedelta(minutes=number)
        at = time(9, number)
        StoredSubscriptions(store).add(replace(DAILY, team=team, at=at), since)


def test_each_team_is_taken_by_one_process_at_a_time(opened: Opened) -> None:
    with closing(opened()) as store, closing(opened()) as other:
        _due(store, "T1", "T2")
        first, second = StoredTurns(store, "a"), StoredTurns(other, "b")
        assert first.due(NOW, LEASE) == ("T1", "T2")
        taken = [turns.take(turns.due(NOW, LEASE), NOW) for turns in (first, second, first)]
        assert [turn and turn.team for turn in taken] == ["T1", "T2", None]


def test_two_that_look_at_once_take_others(opened: Opened) -> None:
    teams = [f"T{number}" for number in range(30)]
    with ExitStack() as open_stores:
        stores = [open_stores.enter_context(closing(opened())) for _ in range(3)]
        _due(stores[0], *teams)

        def all_of(store: Store) -> list[str]:
            turns, had = StoredTurns(store, str(id(store))), []
            while turn := turns.take(turns.due(NOW, LEASE), NOW):
                had.append(turn.team)
            return had

        with ThreadPoolExecutor(3) as threads:
            had = [team for each in threads.map(all_of, stores) for team in each]
        assert sorted(had) == sorted(teams)


def test_a_turn_that_is_given_back_rests_and_is_anybodys_then(opened: Opened) -> None:
    with closing(opened()) as store, closing(opened()) as other:
        _due(store, "T1")
        first, second = StoredTurns(store, "a"), StoredTurns(other, "b")
        assert first.take(("T1",), NOW)
        first.end("T1", NOW + 4 * SECOND, NOW + 60 * SECOND)
        assert second.take(("T1",), NOW + 3 * SECOND) is None
        turn = second.take(second.due(NOW + 4 * SECOND, LEASE), NOW + 4 * SECOND)
        assert turn is not None
        assert turn.read_after == NOW + 60 * SECOND


def test_a_renewal_that_comes_after_a_turn_was_given_back_holds_it_no_longer(opened: Opened) -> None:
    with closing(opened()) as store:
        mine, other = StoredTurns(store, "a"), StoredTurns(store, "b")
        assert mine.take(("T1",), NOW)
        mine.end("T1", NOW + SECOND, NOW)
        mine.renew(("T1",), NOW + SECOND)
        assert other.take(("T1",), NOW + SECOND)


def test_a_team_that_nobody_worked_for_yet_is_passed_over_by_none_that_waited_less(opened: Opened) -> None:
    with closing(opened()) as store:
        turns = StoredTurns(store, "a")
        assert turns.take(("T2",), NOW)
        turns.end("T2", NOW, NOW)
        turn = turns.take(("T1", "T2"), NOW)
        assert turn is not None
        assert turn.team == "T1"


def test_a_team_whose_rows_were_purged_has_turns_again(opened: Opened) -> None:
    with closing(opened()) as store:
        turns = StoredTurns(store, "a")
        assert turns.take(("T1",), NOW)
        StoredTeams(store).stop("T1", "app_uninstalled", NOW, timedelta(0))
        assert StoredTeams(store).purge(NOW) == ("T1",)
        # Others are there to be taken meanwhile: it is passed over once.
        assert [_taken(turns, ("T1", team)) for team in ("T2", "T3")] == ["T2", "T1"]


def _taken(turns: StoredTurns, among: tuple[str, ...]) -> str:
    turn = turns.take(among, NOW)
    return turn.team if turn else ""


def test_a_turn_of_a_process_that_died_is_taken_up_and_one_that_is_renewed_is_not(opened: Opened) -> None:
    with closing(opened()) as store:
        _due(store, "T1", "T2")
        gone, other = StoredTurns(store, "a"), StoredTurns(store, "b")
        assert [turn and turn.team for turn in (gone.take(("T1",), NOW), gone.take(("T2",), NOW))] == [
            "T1",
            "T2",
        ]
        gone.renew(("T2",), NOW + HELD / 2)
        later = NOW + HELD
        assert other.due(later, LEASE) == ("T1",)
        assert other.take(("T1", "T2"), later)
        # Whoever comes back late changes nothing of another's turn.
        gone.end("T1", NOW, NOW)
        gone.renew(("T1",), later + HELD)
        assert gone.take(("T1",), later + SECOND) is None
        assert gone.take(("T1",), later + HELD) is not None


def test_a_workspace_that_removed_the_app_has_no_turn(opened: Opened) -> None:
    with closing(opened()) as store:
        _due(store, "T1", "T2")
        StoredTeams(store).stop("T1", "app_uninstalled", NOW, timedelta(days=30))
        StoredTeams(store).stop("T2", "invalid_auth", NOW, None)
        assert StoredTurns(store, "a").due(NOW, LEASE) == ("T2",)
