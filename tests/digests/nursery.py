"""A process that forks bots on demand, so that one can be killed and replaced within milliseconds.

It reads by how many seconds the clock of a machine is wrong, and answers each line with the pid of a fresh bot on such a
machine; when its input ends, so does it. A bot delivers from the state on its command line, a state.db or the URL of a database, to
the workspaces named there as JSON (of each its API's URL and a token), until it is killed, or at SIGTERM until what it
has in hand is recorded.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from bot.digests import rounds as going
from bot.digests.build import OfMany, Posting, Round, build
from bot.digests.round_watch import RoundWatch
from bot.digests.rounds import AT_WORK, Rounds
from bot.digests.timing import DeliveryTiming
from bot.render import blockkit
from bot.render.content import Digest
from bot.slack.api import web
from bot.slack.api.identity import BotIdentityProvider
from bot.state.database.clock import DatabaseClock
from bot.state.database.places import Places
from bot.state.database.postgresql import Server
from bot.state.digests import turns
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import StoredTurns
from bot.state.processes import this_process
from bot.state.store import Store
from handlers.subscription import Subscription

DEADLINE = 1
TICK_SECONDS = 0.02
# A bot that begins puts right what is planned, which on a server takes longer than most of these live: one in so many does.
_PUTS_RIGHT = 4
# As the real pace, an order of magnitude faster; the local Slack shows messages after VISIBLE_AFTER.
VISIBLE_AFTER = 0.6
PACE = DeliveryTiming(
    late_after=timedelta(seconds=30),
    fence=timedelta(seconds=0.8),
    lease=timedelta(seconds=2.5),
    settle_after=timedelta(seconds=2.7),
    look_first=timedelta(seconds=0.1),
    back_off=timedelta(seconds=0.5),
    posts_per_second=100,
)


def compose(subscription: Subscription, posted: tuple[str, ...], now: object) -> Digest:
    """A digest that names its subscription; every third one has a part for the thread."""
    text = f"digest of {subscription.id}"
    block = blockkit.rich_text(blockkit.text_element(text))
    return Digest(text, (block,), (block,) if int(subscription.id) % 3 == 0 else (), ("fact-001",))


def be_a_bot(where: str, workspaces: dict[str, tuple[str, str]], wrong: float) -> None:
    """Deliver until killed or told to end."""
    store = _on_a_server(where, wrong) if _is_server(where) else Store.open(Path(where))
    tick, stop = _of_many(store, workspaces) if len(workspaces) > 1 else _of_one(store, *workspaces.values())
    # Waited for and not handled: a handler would run within whatever the main thread does just then.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    # As in the bot, whose main thread takes the signal while others deliver.
    threading.Thread(target=go_rounds, args=(tick,), daemon=True).start()
    signal.sigwait({signal.SIGTERM})
    stop()


def _is_server(where: str) -> bool:
    return where.startswith("postgresql:")


def _on_a_server(url: str, wrong: float) -> Store:
    """Return state on a server that is not asked for anything yet: it may be away just now."""
    server = Server(url)
    server.clock = DatabaseClock(wall=lambda: time.time() + wrong)
    return Store(server)


def _of_one(store: Store, workspace: tuple[str, str]) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what goes a round, and what ends them."""
    worker = _round(store, workspace).worker
    return worker.tick, worker.stop


def _of_many(
    store: Store, workspaces: dict[str, tuple[str, str]]
) -> tuple[Callable[[], None], Callable[[], None]]:
    for patience in _shorter():
        patience.__enter__()
    watch, pool = RoundWatch(), ThreadPoolExecutor(len(workspaces) * PACE.workers)
    of_many = OfMany(lambda why: True, Posting(pool, Places(AT_WORK), watch))
    workers = {team: _round(store, workspace, of_many).worker for team, workspace in workspaces.items()}
    rounds = Rounds(
        turns=StoredTurns(store, this_process("storm").id), lease=PACE.lease, all_teams=StoredSubscriptions(store).teams,
        worker_of=workers.get, watch=watch, now=store.now,
    )  # fmt: skip

    def stop() -> None:
        rounds.stop()
        pool.shutdown()

    return rounds.tick, stop


def _shorter() -> tuple[AbstractContextManager[object], ...]:
    """Have turns, too, be an order of magnitude faster."""
    return (
        patch.object(turns, "HELD", timedelta(seconds=1.25)),
        patch.object(going, "_RENEW_SECONDS", 0.4),
        patch.object(going, "_REST", timedelta(seconds=0.1)),
    )


def _round(store: Store, workspace: tuple[str, str], of_many: OfMany | None = None) -> Round:
    api_url, token = workspace
    client = web.client(token, api_url, deadline=DEADLINE)
    return build(
        store=store, client=client, identity=BotIdentityProvider(client), compose=compose, timing=PACE,
        grace=timedelta(days=30), now=store.now, of_many=of_many,
    )  # fmt: skip


def go_rounds(tick: Callable[[], None]) -> None:
    """Go one round after the other."""
    while True:
        tick()
        time.sleep(TICK_SECONDS)


def main() -> None:
    """Fork a bot for every line of input."""
    where, workspaces = sys.argv[1], json.loads(sys.argv[2])
    # Nobody waits for the bots: the kernel is to forget them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for number, line in enumerate(sys.stdin, 1):
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 0)
            os.dup2(null, 1)
            if number % _PUTS_RIGHT and _is_server(where):
                patch.object(StoredSubscriptions, "replan").start()
            be_a_bot(where, workspaces, float(line))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
