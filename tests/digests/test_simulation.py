"""Months and years of deliveries with a clock moved by hand, compared slot by slot with a walk over minutes."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.digests import worker as digests_worker
from bot.digests.delivery import Deliverer
from bot.digests.timing import DeliveryTiming
from bot.digests.verified_poster import Absent, Posted
from bot.digests.worker import DeliveryWorker
from bot.render.content import Digest
from bot.slack.api.identity import BotIdentity
from bot.state.database import sqlite as files
from bot.state.database.places import Places
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.ledger import Ledger
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.disk.soundness import BUSY_TIMEOUT_SECONDS
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.digests.test_slots import START, ZONES, expected, some
from tests.slack.stage import HandClock
from tests.state import raw

TEAM = "T1"
# The clocks of Europe and of North America change.
MARCH = (datetime(2027, 3, 12, tzinfo=UTC), timedelta(days=18))
DAY = 86_400.0
YEARS = timedelta(days=5 * 365 + 1)


@dataclass
class Wires:
    """A Slack that takes everything at once, and counts the posts of each slot."""

    posts: Counter[str] = field(default_factory=Counter)

    def post(self, channel: str, text: str, blocks: object, slot_key: str, thread_ts: str = "") -> Posted:
        self.posts[slot_key] += 1
        return Posted("1.0")

    def find(
        self,
        channel: str,
        slot_key: str,
        claimed_at: datetime,
        bot_user: str,
        thread_ts: str = "",
        *,
        thorough: bool = True,
    ) -> Posted | Absent:
        return Posted("1.0") if self.posts[slot_key] else Absent()


class Allowed:
    """The bot may always work."""

    is_stopped = False

    def me(self) -> BotIdentity:
        return BotIdentity(team=TEAM, user="U1", bot="B1")

    def stop(self, why: str) -> None:
        raise AssertionError(f"a Slack that takes everything refused the token: {why}")


def compose(subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
    return Digest("text", (), (), ("fact-001",))


class World:
    """Subscriptions, a bot, and a clock."""

    def __init__(self, path: Path, start: datetime, seed: int) -> None:
        self.chance = random.Random(seed)
        self.clock, self.steady = HandClock(start.timestamp()), HandClock(0.0)
        self.store = Store.open(path)
        self.subscriptions = StoredSubscriptions(self.store)
        self.wires = Wires()
        self.worker = self._start()

    def _start(self) -> DeliveryWorker:
        ledger, token_status, timing = (
            Ledger(self.store, "me"),
            Allowed(),
            DeliveryTiming(workers=1),
        )
        places = Places(timing.workers)
        deliverer = Deliverer(
            ledger=ledger, subscriptions=self.subscriptions, deliveries=StoredDeliveries(self.store),
            poster=self.wires, compose=compose, token_status=token_status, timing=timing, places=places, now=self.clock.moment,
            elapsed=self.steady,
        )  # fmt: skip
        return DeliveryWorker(
            ledger=ledger, subscriptions=self.subscriptions, deliverer=deliverer, token_status=token_status, timing=timing,
            places=places, now=self.clock.moment, monotonic=self.steady, rest=self.rest,
        )  # fmt: skip

    def rest(self, seconds: float) -> None:
        self.clock.now += seconds
        self.steady.now += seconds

    def go(self, seconds: float) -> None:
        self.rest(seconds)
        self.worker.tick()

    def set_clock(self, seconds: float) -> None:
        self.clock.now += seconds
        self.go(1)

    def until_due(self) -> float:
        """Seconds until the next slot is due, a day at most."""
        found = raw.at(self.store).execute("SELECT min(not_before) FROM deliveries WHERE state = 'planned'")
        due = found.fetchone()[0]
        return DAY if due is None else min(max(due - self.clock.now, 0.0), DAY)

    def live(self, end: datetime, mishap: Callable[[World], None] | None) -> None:
        """Go from slot to slot until `end`; now and then `mishap` comes between."""
        self.worker.tick()
        while self.clock.now < end.timestamp():
            if mishap is not None and self.chance.random() < 0.02:
                mishap(self)
            self.go(self.until_due() + self.chance.random() * 60)
        self.worker.stop()

    def states(self) -> dict[tuple[str, int], str]:
        """What became of every slot up to now."""
        rows = raw.at(self.store).query("SELECT * FROM deliveries WHERE slot <= ?", [self.clock.now])
        return {(row["subscription"], row["slot"]): row["state"] for row in rows}


def trouble(world: World) -> None:
    """The machine is off, or somebody sets its clock, for good or for a while."""
    hours = 3600.0 * world.chance.choice((1, 5, 13, 50, 240))
    match world.chance.randrange(4):
        case 0:
            world.rest(hours)
        case 1:
            world.worker.stop()
            world.rest(hours)
            world.worker = world._start()
        case 2:
            world.set_clock(-world.chance.random() * 7200)
        case _:
            world.set_clock(hours * 10)
            world.set_clock(-hours * 10)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the disk: nothing is killed here."""
    connect = files.connect

    def connected(path: Path, patience: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
        db = connect(path, patience)
        db.execute("PRAGMA synchronous=OFF")
        return db

    monkeypatch.setattr(files, "connect", connected)
    # Every ten minutes is nothing to a bot, and everything to one that lives for years in minutes.
    monkeypatch.setattr(digests_worker, "REPLAN_SECONDS", 7 * DAY)


def simulate(
    path: Path, count: int, start: datetime, length: timedelta, mishap: Callable[[World], None] | None
) -> Counter[str]:
    """Let `count` subscriptions in twelve zones live, compare, and return how the slots ended."""
    world = World(path / "state.db", start, seed=count)
    kept = []
    for number in range(count):
        wish = some(world.chance, ZONES[number % len(ZONES)])
        if length > timedelta(days=365):
            # Five years of daily digests would be half an hour of work and show nothing more.
            wish = Subscription(**{**_fields(wish), "weekdays": wish.weekdays[:1]})
        kept.append(world.subscriptions.add(wish, start))
    world.live(start + length, mishap)
    now, states = world.clock.moment(), world.states()
    wanted = {
        (subscription.id, int(at.timestamp()))
        for subscription in sorted(kept, key=lambda kept: kept.zone)
        for at in expected(subscription, start, length)
        if at <= now
    }
    ended = {key: state for key, state in states.items() if key[1] <= (start + length).timestamp()}
    assert ended.keys() == wanted
    assert not [key for key, times in world.wires.posts.items() if times > 1]
    posted = {(*tuple(key.split(":")[1:2]), key.split(":", 2)[2]) for key in world.wires.posts}
    for (number_, slot), state in ended.items():
        name = f"{datetime.fromtimestamp(slot, UTC):%Y-%m-%dT%H:%M:%SZ}:digest"
        assert ((number_, name) in posted) == (state in ("posted", "late")), (number_, name, state)
    world.store.close()
    return Counter(ended.values())


def _fields(subscription: Subscription) -> dict[str, Any]:
    return {name: getattr(subscription, name) for name in subscription.__dataclass_fields__}


def test_every_slot_is_posted_on_time_while_nothing_happens(tmp_path: Path) -> None:
    ends = simulate(tmp_path, 12, *MARCH, None)
    assert set(ends) == {"posted"}


def test_every_slot_is_posted_once_or_recorded_as_missed_whatever_happens(tmp_path: Path) -> None:
    ends = simulate(tmp_path, 48, *MARCH, trouble)
    assert set(ends) <= {"posted", "late", "missed"}
    assert ends["late"] > 0
    assert ends["missed"] > 0


@pytest.mark.chaos
@pytest.mark.parametrize("mishap", [None, trouble])
def test_five_years_of_200_subscriptions_in_twelve_zones(
    mishap: Callable[[World], None] | None, tmp_path: Path
) -> None:
    ends = simulate(tmp_path, 200, START, YEARS, mishap)
    print(ends)
    assert set(ends) <= ({"posted"} if mishap is None else {"posted", "late", "missed"})
    assert ends.total() > 30_000
