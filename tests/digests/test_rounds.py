"""Rounds for many workspaces: each has its own, by one process at a time, and what one does is no other's concern."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.digests.round_watch import LONGEST, RoundWatch
from bot.digests.rounds import Rounds, Worker
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import StoredTurns
from bot.state.store import Store
from tests.digests.office import DAILY

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LEASE = timedelta(minutes=1)


@dataclass
class Hand:
    """A worker whose rounds are what a test says."""

    work: Callable[[], object] = lambda: None
    is_stopped: bool = False
    went_through: bool = True
    has_more: bool = False
    read_after: datetime = NOW
    rounds: int = 0
    told: list[datetime] = field(default_factory=list)
    is_ended: threading.Event = field(default_factory=threading.Event)

    def read_not_before(self, at: datetime) -> None:
        self.told.append(at)

    def tick(self) -> None:
        self.rounds += 1
        self.work()

    def begin_no_more(self) -> None:
        self.is_ended.set()


@dataclass
class Office:
    """Rounds over a state.db in which a digest of each team is due."""

    store: Store
    hands: dict[str, Hand]
    clock: list[float] = field(default_factory=lambda: [0.0])

    def __post_init__(self) -> None:
        for team in self.hands:
            StoredSubscriptions(self.store).add(replace(DAILY, team=team), NOW - timedelta(days=2))
        self.watch = RoundWatch(lambda: self.clock[0])

    def rounds(
        self,
        owner: str = "a",
        now: datetime = NOW,
        worker_of: Callable[[str], Worker | None] | None = None,
        at_once: int = 3,
    ) -> Rounds:
        return Rounds(
            turns=StoredTurns(self.store, owner), lease=LEASE, all_teams=tuple,
            worker_of=worker_of or self.hands.get, watch=self.watch, now=lambda: now, monotonic=lambda: self.clock[0],
            at_once=at_once,
        )  # fmt: skip

    def gone(self, *, owner: str = "a", now: datetime = NOW) -> Rounds:
        rounds = self.rounds(owner, now)
        rounds.tick()
        rounds.wait()
        return rounds


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "state.db")) as store:
        yield store


def test_every_team_with_something_due_has_one_round(store: Store) -> None:
    office = Office(store, {f"T{number}": Hand() for number in range(9)})
    assert office.gone().all_went_through
    assert [hand.rounds for hand in office.hands.values()] == [1] * 9


def test_a_round_that_breaks_keeps_no_other_from_theirs(store: Store) -> None:
    def broken() -> None:
        raise RuntimeError("broken")

    office = Office(store, {"T1": Hand(broken), "T2": Hand(), "T3": Hand(went_through=False)})
    assert not office.gone().all_went_through
    assert [hand.rounds for hand in office.hands.values()] == [1, 1, 1]


def test_a_team_that_waits_for_slack_holds_up_no_other(store: Store) -> None:
    release = threading.Event()
    office = Office(store, {"T1": Hand(lambda: release.wait(20)), **{f"T{n}": Hand() for n in range(2, 9)}})
    rounds = office.rounds()
    rounds.tick()
    end = time.monotonic() + 10
    while sum(hand.rounds for hand in office.hands.values()) < 8:
        assert time.monotonic() < end
    release.set()
    rounds.wait()


def test_of_two_processes_each_team_is_one_s(store: Store) -> None:
    office = Office(store, {f"T{number}": Hand() for number in range(8)})
    both = [office.rounds(owner) for owner in "ab"]
    for rounds in both:
        rounds.tick()
    for rounds in both:
        rounds.wait()
    assert [hand.rounds for hand in office.hands.values()] == [1] * 8


def test_what_is_left_is_looked_at_again_soon_and_later_where_slack_refuses_or_the_bot_is_not(
    store: Store,
) -> None:
    office = Office(store, {"T1": Hand(), "T2": Hand(is_stopped=True), "T3": Hand()})
    del office.hands["T3"]
    # That the bot is not there any more is no failure.
    assert office.gone().all_went_through
    for seconds in (3, 5, 20, 31):
        office.gone(now=NOW + timedelta(seconds=seconds))
    assert (office.hands["T1"].rounds, office.hands["T2"].rounds) == (4, 2)


def test_a_round_that_gave_way_is_gone_on_with_as_soon_as_it_is_its_turn_again(store: Store) -> None:
    hand = Hand(has_more=True)

    def work() -> None:
        hand.has_more = hand.rounds < 3

    hand.work = work
    office = Office(store, {"T1": hand, "T2": Hand()})
    office.gone()
    assert (hand.rounds, office.hands["T2"].rounds) == (3, 1)


def test_a_round_that_gives_way_gives_way_to_others_before_it_goes_on(store: Store) -> None:
    turns: list[str] = []
    office = Office(store, {team: Hand() for team in ("T1", "T2", "T3")})

    def long() -> None:
        turns.append("T1")
        office.hands["T1"].has_more = office.hands["T1"].rounds < 3

    office.hands["T1"].work = long
    office.hands["T2"].work = partial(turns.append, "T2")
    office.hands["T3"].work = partial(turns.append, "T3")
    rounds = office.rounds(at_once=1)
    rounds.tick()
    rounds.wait()
    assert turns == ["T1", "T2", "T3", "T1", "T1"]


def test_what_others_have_done_meanwhile_is_not_looked_at_again(store: Store) -> None:
    office = Office(store, {"T1": Hand(), "T2": Hand(), "T3": Hand()})

    def work() -> None:
        office.clock[0] += 5
        StoredSubscriptions(store).remove("T2", "1", NOW)

    office.hands["T1"].work = work
    rounds = office.rounds(at_once=1)
    rounds.tick()
    rounds.wait()
    assert [hand.rounds for hand in office.hands.values()] == [1, 0, 1]


def test_until_when_no_channel_is_to_be_read_goes_on_with_the_turn(store: Store) -> None:
    office = Office(store, {"T1": Hand(read_after=NOW + timedelta(minutes=1))})
    office.gone(owner="a")
    office.gone(owner="b", now=NOW + timedelta(seconds=5))
    assert office.hands["T1"].told[-1] == NOW + timedelta(minutes=1)


def test_at_the_end_nothing_is_begun_and_what_is_in_hand_is_told(store: Store) -> None:
    hand = Hand()
    hand.work = lambda: hand.is_ended.wait(20)
    office = Office(store, {"T1": hand, "T2": Hand(), "T3": Hand()})
    rounds = office.rounds()
    rounds.tick()
    while not hand.rounds:
        time.sleep(0.01)
    rounds.stop()
    assert hand.is_ended.is_set()
    rounds.tick()


def test_the_watch_is_told_where_nothing_is_due_and_not_where_rounds_hang(store: Store) -> None:
    release = threading.Event()
    office = Office(store, {"T1": Hand(lambda: release.wait(20))})
    rounds = office.rounds()
    rounds.tick()
    office.clock[0] = LONGEST + 1
    rounds.tick()
    assert office.watch.problem()
    release.set()
    rounds.wait()
    office.rounds(now=NOW - timedelta(days=3)).tick()
    assert not office.watch.problem()
