"""A process that forks bots on demand, so that one can be killed and replaced within milliseconds.

It reads "start" lines and answers each with the pid of a fresh bot; when its input ends, so does it. A bot
delivers from the state.db given on the command line to the Slack at SLACK_API_URL, until it is killed, or at SIGTERM
until what it has in hand is recorded.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.digests.build import build
from bot.digests.timing import DeliveryTiming
from bot.render import blockkit
from bot.render.content import Digest
from bot.slack.api import web
from bot.slack.api.identity import BotIdentityProvider
from bot.state.store import Store
from handlers.subscription import Subscription

DEADLINE = 1
TICK_SECONDS = 0.02
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


def be_a_bot(state: Path) -> None:
    """Deliver until killed or told to end."""
    client = web.client(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"], deadline=DEADLINE)
    parts = build(
        store=Store.open(state), client=client, identity=BotIdentityProvider(client), compose=compose, timing=PACE,
        grace=timedelta(days=30),
    )  # fmt: skip
    # Waited for and not handled: a handler would run within whatever the main thread does just then.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    # As in the bot, whose main thread takes the signal while others deliver.
    rounds = threading.Thread(target=go_rounds, args=(parts.worker.tick,), daemon=True)
    rounds.start()
    signal.sigwait({signal.SIGTERM})
    parts.worker.stop()


def go_rounds(tick: Callable[[], None]) -> None:
    """Go one round after the other."""
    while True:
        tick()
        time.sleep(TICK_SECONDS)


def main() -> None:
    """Fork a bot for every line of input."""
    # Nobody waits for the bots: the kernel is to forget them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 0)
            os.dup2(null, 1)
            be_a_bot(Path(sys.argv[1]))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
