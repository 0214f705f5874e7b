"""Bots that are killed at random moments while Slack has a bad day, and what is left afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import STRANGERS, Stranger
from bot.local_slack.state.identity import new_identity
from bot.local_slack.state.records import Channel
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.digests.aftermath import Report, examine
from tests.digests.nursery import VISIBLE_AFTER
from tests.digests.office import OWNER, SCOPES
from tests.run.bot_process import ROOT
from tests.state import raw

CHANNELS = [f"C04CHAOS{number:03}" for number in range(40)]
POST = "chat.postMessage"
# How often each method meets trouble.
METHODS = {POST: 60, "conversations.history": 20, "conversations.replies": 10, "auth.test": 10}
CALM_SECONDS = 90.0
# A bot that is told to end has some calls in hand, each for one deadline, and maybe a machine with much else to do; whether
# a commit was made that a server did not confirm may take 20 seconds to know.
END_SECONDS = 40.0


class State(Protocol):
    """Where a state is, for the bots, and what can be done to it."""

    @property
    def where(self) -> str: ...

    @property
    def cuts(self) -> Counter[str]: ...

    def open(self) -> Store: ...

    def kill(self) -> None: ...

    def settle(self) -> None: ...


class Storm:
    """`processes` bots on one state, killed `kills` times in all, and its server `server_kills` times; the clock of each bot's machine is
    up to `apart` seconds wrong. `gap` is how many seconds there are between kills, about, and `digests` how many fall due meanwhile.
    `seed` fixes what is left to chance.
    """

    def __init__(
        self,
        state: State,
        kills: int,
        processes: int,
        seed: int,
        *,
        teams: int = 1,
        server_kills: int = 0,
        apart: float = 0.0,
        gap: float = 0.3,
        digests: int = 0,
    ) -> None:
        self._state = state
        self._kills = kills
        self._processes = processes
        self._chance = random.Random(seed)
        self._teams = [f"T04STORM{number:02}X" for number in range(teams)]
        self._server_kills = server_kills
        self._apart = apart
        self._gap = gap
        self._digests = digests or max(kills * 2, 40)
        self._report = Report(cuts=state.cuts)
        self._over = threading.Event()

    def rage(self) -> Report:
        """Go through all of it, wait until the bots have settled what they can, and report."""
        with ExitStack() as stack:
            slacks = [stack.enter_context(_slack(team)) for team in self._teams]
            with closing(self._state.open()) as store:
                self._subscribe(store)
            with self._nursery(slacks) as nursery:
                try:
                    self._storm(nursery, slacks)
                    self._state.settle()
                    store = stack.enter_context(closing(self._state.open()))
                    self._calm(nursery, store)
                finally:
                    # With the bots: whatever went wrong, none is to work on.
                    os.killpg(nursery.pid, signal.SIGKILL)
            examine(self._report, slacks, store)
        return self._report

    def _subscribe(self, store: Store) -> None:
        """Slots all through the storm, at odd seconds, more of them than kills."""
        subscriptions, now = StoredSubscriptions(store), datetime.now(UTC)
        length = max(self._kills * self._gap / self._processes, 3.0)
        for number in range(self._digests):
            due = now + timedelta(seconds=1 + self._chance.random() * length)
            new = Subscription(
                self._teams[number % len(self._teams)], CHANNELS[number % len(CHANNELS)], OWNER,
                due.time().replace(microsecond=0), "UTC", weekdays=tuple(range(7)),
            )  # fmt: skip
            subscriptions.add(new, now)

    def _nursery(self, slacks: list[LocalSlackServer]) -> subprocess.Popen[str]:
        workspaces = {slack.workspace.identity.team_id: (slack.api_url, slack.bot_token) for slack in slacks}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.digests.nursery", self._state.where, json.dumps(workspaces)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, process_group=0,
        )  # fmt: skip

    def _start(self, nursery: subprocess.Popen[str]) -> int:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(f"{self._chance.uniform(-self._apart, self._apart)}\n")
        nursery.stdin.flush()
        return int(nursery.stdout.readline())

    def _storm(self, nursery: subprocess.Popen[str], slacks: list[LocalSlackServer]) -> None:
        trouble = threading.Thread(target=self._make_trouble, args=(slacks,), daemon=True)
        trouble.start()
        bots = [self._start(nursery) for _ in range(self._processes)]
        while self._report.kills.total() < self._kills:
            # Half of the kills come just after Slack took a message: before it is recorded, most likely.
            if self._chance.random() < 0.5:
                self._report.kills_after_a_post += self._after_a_post(slacks)
            else:
                time.sleep(self._chance.random() * 2 * self._gap)
            bots = self._ended(bots)
            while self._report.kills_of_the_server < self._server_kills_due():
                self._state.kill()
                self._report.kills_of_the_server += 1
            while len(bots) < self._processes:
                bots.append(self._start(nursery))
        self._over.set()
        trouble.join()
        for slack in slacks:
            slack.faults.ready.clear()
        for bot in bots:
            os.kill(bot, signal.SIGKILL)

    def _server_kills_due(self) -> int:
        """Return how many there are to have been by now: they are spread over all of it."""
        return self._server_kills * min(self._report.kills.total(), self._kills) // self._kills

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

    def _after_a_post(self, slacks: list[LocalSlackServer]) -> bool:
        """Wait until just after Slack took a message, in whatever workspace; say whether it did."""
        before = _posts(slacks)
        deadline = time.monotonic() + max(1.0, 2 * self._gap)
        while _posts(slacks) == before:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.002)
        time.sleep(self._chance.random() * 0.004)
        return True

    def _make_trouble(self, slacks: list[LocalSlackServer]) -> None:
        chance = random.Random(self._chance.random())
        while not self._over.wait(chance.random() * self._gap):
            faults = chance.choice(slacks).faults
            method = chance.choices(*zip(*METHODS.items(), strict=True))[0]
            if any(fault.method == method for fault in tuple(faults.ready)):
                # Where calls are few not each is to fail.
                continue
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

    def _calm(self, nursery: subprocess.Popen[str], store: Store) -> None:
        """Let one bot work undisturbed until nothing is left to do."""
        self._start(nursery)
        deadline = time.monotonic() + CALM_SECONDS
        while _open_rows(store) and time.monotonic() < deadline:
            time.sleep(0.1)


def _slack(team: str) -> LocalSlackServer:
    slack = LocalSlackServer(identity=replace(new_identity(SCOPES), team_id=team))
    slack.faults.visible_after = VISIBLE_AFTER
    for channel in CHANNELS:
        slack.team.add_channel(Channel(channel, channel.lower(), {OWNER, slack.team.identity.bot_user}))
    return slack


def _posts(slacks: list[LocalSlackServer]) -> int:
    return sum(len(slack.calls.of_method(POST)) for slack in slacks)


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


def _open_rows(store: Store) -> int:
    is_open = "state IN ('planned', 'claimed', 'unknown') AND slot <= :soon"
    sql = f"SELECT count(*) AS n FROM deliveries WHERE {is_open}"  # noqa: S608
    return int(raw.rows(store, sql, soon=time.time() + 1)[0]["n"])
