"""Delivering against the local Slack, with one clock for both that is moved by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.digests.build import OfMany, Round, build
from bot.digests.timing import DeliveryTiming
from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import Message
from bot.render import blockkit
from bot.render.content import Block, Digest
from bot.slack.api import web
from bot.slack.api.identity import BotIdentityProvider
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.subscription import Delivery, Subscription
from tests.slack.patience import PATIENT
from tests.slack.stage import HandClock
from tests.state import raw

SCOPES = (
    "chat:write", "channels:history", "groups:history", "im:history", "im:write", "metadata.message:read",
)  # fmt: skip
TEAM, GENERAL, OWNER = "T04DELTALAB", "C04GENERAL1", "U04ALICE7K2"
# A Wednesday; in Shanghai 08:00.
MORNING = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
DAILY = Subscription(
    TEAM, GENERAL, OWNER, time(9), "Asia/Shanghai", weekdays=tuple(range(7)), topics=("ports",)
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def nine(day: int) -> datetime:
    """When the digest of that many days later is due."""
    return datetime(2026, 11, 18, 9, tzinfo=SHANGHAI) + timedelta(days=day)


@dataclass
class Composer:
    """Composes "digest 1", "digest 2" ... with as many facts; breaks or has nothing where a test says so."""

    composed: list[tuple[str, ...]] = field(default_factory=list)
    empty: bool = False
    broken: Exception | None = None
    thread: tuple[Block, ...] = ()

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        if self.broken is not None:
            raise self.broken
        self.composed.append(posted)
        text = "nothing new" if self.empty else f"digest {len(self.composed)}"
        blocks = (blockkit.rich_text(blockkit.text_element(text)),)
        facts = () if self.empty else (f"fact-{len(self.composed):03}",)
        return Digest(text, blocks, self.thread, facts)


class Office:
    """A bot that delivers, over a store that outlives it: `restart` is a new process on the same state."""

    def __init__(
        self,
        slack: LocalSlackServer,
        clock: HandClock,
        opened: Callable[[], Store],
        deadline: float = PATIENT,
    ) -> None:
        self.deadline = deadline
        self.slack = slack
        self.clock = clock
        # Goes on when time passes, and does not jump when somebody sets the clock.
        self.steady = HandClock(1000.0)
        self.composer = Composer()
        self._opened = opened
        self.reopen()

    def reopen(self) -> None:
        """Open state anew, as a process that starts does."""
        self.store = self._opened()
        self.subscriptions = StoredSubscriptions(self.store)
        self.deliveries = StoredDeliveries(self.store)
        self.round = self.new_process()

    def new_process(self, timing: DeliveryTiming | None = None, of_many: OfMany | None = None) -> Round:
        client = web.client(self.slack.bot_token, self.slack.api_url, deadline=self.deadline)
        return build(
            store=self.store, client=client, identity=BotIdentityProvider(client), compose=self.composer, timing=timing or DeliveryTiming(),
            grace=timedelta(days=30), now=self.clock.moment, monotonic=self.steady, elapsed=self.steady,
            rest=self.sleep, of_many=of_many,
        )  # fmt: skip

    @property
    def path(self) -> Path:
        """Return its state.db."""
        return raw.path_of(self.store)

    def restart(self) -> None:
        self.round.worker.stop()
        self.round = self.new_process()

    def close(self) -> None:
        self.round.worker.stop()
        self.store.close()

    def sleep(self, seconds: float) -> None:
        self.clock.now += seconds
        self.steady.now += seconds

    def tick(self, **after: float) -> None:
        """Let time pass, then go a round."""
        self.sleep(timedelta(**after).total_seconds())
        self.round.worker.tick()

    def at(self, hour: int, minute: int = 0, day: int = 0) -> None:
        """Go a round when it is so late in Shanghai, so many days after the first."""
        moment = MORNING + timedelta(days=day, hours=hour - 8, minutes=minute)
        self.tick(seconds=moment.timestamp() - self.clock.now)

    def set_clock(self, days: float = 0, hours: float = 0) -> None:
        """Put the wall clock forward or back, and go a round."""
        self.clock.now += timedelta(days=days, hours=hours).total_seconds()
        self.round.worker.tick()

    def subscribe(self, new: Subscription = DAILY) -> Subscription:
        return self.subscriptions.add(new, self.clock.moment())

    def history(self, subscription: str = "1") -> tuple[Delivery, ...]:
        """The delivery record, oldest first, without what is to come."""
        record = self.deliveries.history(TEAM, subscription, 100)
        return tuple(reversed([row for row in record if row.state != "planned"]))

    def states(self, subscription: str = "1") -> list[str]:
        return [row.state for row in self.history(subscription)]

    def planned(self, subscription: str = "1") -> list[datetime]:
        record = self.deliveries.history(TEAM, subscription, 100)
        return sorted(row.slot for row in record if row.state == "planned")

    def posts(self, channel: str = GENERAL) -> list[Message]:
        return [post for post in self.slack.team.posts(channel) if post.by_bot and not post.thread_ts]

    def told(self) -> list[Message]:
        """What the owner got in direct messages."""
        return self.posts(self.slack.team.im("alice").id)

    def rows(self) -> list[dict[str, Any]]:
        return raw.rows(self.store, "SELECT * FROM deliveries ORDER BY slot, part")

    def set_row(self, **values: Any) -> None:
        """Write into every open row, as a process that died would have left it."""
        columns = ", ".join(f"{name} = :{name}" for name in values)
        sql = f"UPDATE deliveries SET {columns} WHERE state IN ('claimed', 'unknown')"  # noqa: S608
        raw.run(self.store, sql, **values)


def slot_of(message: Message) -> str:
    """What the metadata of a message names."""
    assert message.metadata is not None
    return str(json.loads(json.dumps(message.metadata))["event_payload"]["slot"])
