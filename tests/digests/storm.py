"""Bots that are killed at random moments while Slack has a bad day, and what is left afterwards."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import STRANGERS, Stranger
from bot.local_slack.state.records import Channel
from bot.state.digests.ledger import SPACING
from bot.state.digests.planning import from_row
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.digests.schedule import slots
from handlers.subscription import Subscription
from tests.digests.nursery import VISIBLE_AFTER
from tests.digests.office import OWNER, SCOPES, TEAM, slot_of
from tests.run.bot_process import ROOT
from tests.state import raw

CHANNELS = 40
POST = "chat.postMessage"
# How often each method meets trouble.
METHODS = {POST: 60, "conversations.history": 20, "conversations.replies": 10, "auth.test": 10}
CALM_SECONDS = 90.0
# A bot that is told to end has some calls in hand, each for one deadline, and maybe a machine with much else to do.
END_SECONDS = 20.0


@dataclass
class Report:
    """What a storm did, and what it left: everything but the first block is to be empty."""

    kills: Counter[str] = field(default_factory=Counter)
    kills_after_a_post: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    slots: int = 0
    threads: int = 0
    settled_by_reading: int = 0
    ends: list[float] = field(default_factory=list)

    double: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    too_fast: list[str] = field(default_factory=list)


class Storm:
    """`processes` bots on one state, killed `kills` times in all; `seed` fixes what is left to chance."""

    def __init__(self, folder: Path, kills: int, processes: int, seed: int) -> None:
        self._state = folder / "state.db"
        self._kills = kills
        self._processes = processes
        self._chance = random.Random(seed)
        self._report = Report()
        self._over = threading.Event()

    def rage(self) -> Report:
        """Go through all of it, wait until the bots have settled what they can, and report."""
        with LocalSlackServer(scopes=SCOPES) as slack:
            slack.faults.visible_after = VISIBLE_AFTER
            channels = [f"C04CHAOS{number:03}" for number in range(CHANNELS)]
            for channel in channels:
                bot = slack.team.identity.bot_user
                slack.team.add_channel(Channel(channel, channel.lower(), {OWNER, bot}))
            store = Store.open(self._state)
            self._subscribe(store, channels)
            with self._nursery(slack) as nursery:
                self._storm(nursery, slack)
                self._calm(nursery, slack, store)
            self._examine(slack, store)
            store.close()
        return self._report

    def _subscribe(self, store: Store, channels: list[str]) -> None:
        """Slots all through the storm, at odd seconds, more of them than kills."""
        subscriptions, now = StoredSubscriptions(store), datetime.now(UTC)
        length = max(self._kills * 0.3 / self._processes, 3.0)
        for number in range(max(self._kills * 2, 40)):
            due = now + timedelta(seconds=1 + self._chance.random() * length)
            new = Subscription(
                TEAM, channels[number % len(channels)], OWNER, due.time().replace(microsecond=0), "UTC",
                weekdays=tuple(range(7)),
            )  # fmt: skip
            subscriptions.add(new, now)

    def _nursery(self, slack: LocalSlackServer) -> subprocess.Popen[str]:
        environment = {**os.environ, "SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": slack.bot_token}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.digests.nursery", str(self._state)],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip

    def _storm(self, nursery: subprocess.Popen[str], slack: LocalSlackServer) -> None:
        trouble = threading.Thread(target=self._make_trouble, args=(slack,), daemon=True)
        trouble.start()
        bots = [_start(nursery) for _ in range(self._processes)]
        while self._report.kills.total() < self._kills:
            # Half of the kills come just after Slack took a message: before it is recorded, most likely.
            if self._chance.random() < 0.5:
                self._after_a_post(slack)
                self._report.kills_after_a_post += 1
            else:
                time.sleep(self._chance.random() * 0.6)
            bots = self._ended(bots)
            while len(bots) < self._processes:
                bots.append(_start(nursery))
        self._over.set()
        trouble.join()
        slack.faults.ready.clear()
        for bot in bots:
            os.kill(bot, signal.SIGKILL)

    def _ended(self, bots: list[int]) -> list[int]:
        """End one of the bots, or all of them at once as the end of a container does; return those that are left."""
        kind = self._chance.choices(("SIGKILL", "SIGTERM"), (0.85, 0.15))[0]
        victims = bots if self._chance.random() < 0.1 else [self._chance.choice(bots)]
        for victim in victims:
            os.kill(victim, signal.Signals[kind])
            self._report.kills[kind] += 1
        if kind == "SIGTERM":
            self._report.ends += [_gone_after(victim) for victim in victims]
        return [bot for bot in bots if bot not in victims]

    def _after_a_post(self, slack: LocalSlackServer) -> None:
        count = len(slack.calls.of_method(POST))
        try:
            slack.calls.wait_for(POST, count + 1, timeout=1.0)
        except TimeoutError:
            return
        time.sleep(self._chance.random() * 0.004)

    def _make_trouble(self, slack: LocalSlackServer) -> None:
        chance, faults = random.Random(self._chance.random()), slack.faults
        while not self._over.wait(chance.random() * 0.3):
            method = chance.choices(*zip(*METHODS.items(), strict=True))[0]
            kind: Literal["drop", "time_out", "rate_limit", "server_error"] | Stranger = chance.choice(
                ("drop", "time_out", "rate_limit", "server_error", *STRANGERS)
            )
            accepted = chance.random() < 0.5
            self._report.faults[
                f"{method} {kind}{' after accepting' if accepted and kind != 'rate_limit' else ''}"
            ] += 1
            if kind == "rate_limit":
                faults.rate_limit(method, retry_after=1)
            elif kind == "time_out":
                # Not time_out's own clearing of `released`: nobody releases here.
                faults.time_out(method, seconds=1.3, accepted=accepted)
            elif kind == "drop":
                faults.drop(method, accepted=accepted)
            elif kind == "server_error":
                faults.server_error(method, accepted=accepted)
            else:
                faults.stranger(method, kind, accepted=accepted, seconds=1.3)

    def _calm(self, nursery: subprocess.Popen[str], slack: LocalSlackServer, store: Store) -> None:
        """Let one bot work undisturbed until nothing is left to do."""
        bot = _start(nursery)
        deadline = time.monotonic() + CALM_SECONDS
        while _open_rows(store) and time.monotonic() < deadline:
            time.sleep(0.1)
        os.kill(bot, signal.SIGKILL)
        assert nursery.stdin is not None
        nursery.stdin.close()

    def _examine(self, slack: LocalSlackServer, store: Store) -> None:
        report, now = self._report, datetime.now(UTC)
        posted = Counter(
            slot_of(message)
            for messages in slack.team.messages.values()
            for message in messages
            if message.by_bot and message.metadata
        )
        rows = {
            _key(row): row
            for row in raw.at(store).query("SELECT * FROM deliveries WHERE slot <= ?", [now.timestamp()])
        }
        wanted = set()
        for row in raw.at(store).query("SELECT * FROM subscriptions"):
            kept = from_row(row)
            assert kept.created_at is not None
            wanted |= {
                f"{TEAM}:{kept.id}:{slot.at:%Y-%m-%dT%H:%M:%SZ}:digest"
                for slot in slots(kept, kept.created_at, now)
            }
        wanted |= {key.removesuffix("digest") + "thread" for key in wanted if int(key.split(":")[1]) % 3 == 0}
        report.slots = sum(key.endswith("digest") for key in wanted)
        report.threads = len(wanted) - report.slots
        report.settled_by_reading = sum(row["why"] == "found by reading back" for row in rows.values())
        report.double = [key for key, times in posted.items() if times > 1]
        report.lost = [key for key in wanted if not posted[key]]
        report.unexplained = [
            f"{key}: {row['state']} {row['why']}"
            for key, row in rows.items()
            if row["state"] not in ("posted", "late") or not posted[key] or key not in wanted
        ]
        report.unexplained += [f"{key}: no row" for key in posted if key not in rows]
        report.too_fast = list(_too_fast(row for row in rows.values() if row["since"] is not None))


def _start(nursery: subprocess.Popen[str]) -> int:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write("start\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def _gone_after(process: int) -> float:
    """Return the seconds in which a process that was told to end does so; TimeoutError where it does not."""
    began = time.monotonic()
    while time.monotonic() - began < END_SECONDS:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return time.monotonic() - began
        time.sleep(0.01)
    raise TimeoutError(f"a bot did not end within {END_SECONDS} s")


def _key(row: dict[str, object]) -> str:
    slot = datetime.fromtimestamp(float(str(row["slot"])), UTC)
    return f"{TEAM}:{row['subscription']}:{slot:%Y-%m-%dT%H:%M:%SZ}:{row['part']}"


def _open_rows(store: Store) -> int:
    open_rows = raw.at(store).execute(
        "SELECT count(*) FROM deliveries WHERE state IN ('planned', 'claimed', 'unknown') AND slot <= ?",
        [time.time() + 1],
    )
    return int(open_rows.fetchone()[0])


def _too_fast(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Yield pairs of claims in one channel that follow each other within a second.

    When what was claimed arrives is the machine's affair: under load it waits for its turn.
    """
    claims: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        claims[str(row["channel"])].append(float(str(row["since"])))
    for channel, at in claims.items():
        for earlier, later in itertools.pairwise(sorted(at)):
            if later - earlier < SPACING.total_seconds() - 0.001:
                yield f"{channel}: {later - earlier:.3f} s"
