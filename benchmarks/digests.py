"""2,000 digests due in the same second in 1,000 channels: how long they take, and what commands feel of it.

The bot runs as `yrd run` starts it, against the local Slack in this process, at its own pace of posting.
Exit 1 when the median command meanwhile takes more than LATENCY_AT_MOST times that at rest, or a digest is
missing or there twice.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bench import ROOT, bot, free_port, resident_megabytes, until_ready
from benchmarks.commanding import Commands
from benchmarks.texts import questions
from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import Channel
from bot.settings import Settings
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from bot.wiring.core import warmed_base
from handlers.subscription import Subscription
from knowledge.base import FactBase

LATENCY_AT_MOST = 3.0
POST = "chat.postMessage"
OWNER = "U04ALICE7K2"
# One command at a time, so many a second: people, not a load test.
COMMANDS_PER_SECOND = 20
REST_SECONDS = 15.0
PATIENCE_SECONDS = 1_200.0


def main() -> int:
    """Measure, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slots", type=int, default=2_000)
    parser.add_argument("--channels", type=int, default=1_000)
    parser.add_argument("--json", type=Path, default=ROOT / "artefacts" / "digests.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yrd-digests-") as folder:
        figures = run(Path(folder), options.slots, options.channels)
    print("\n".join(f"{name:<58}{value:>10}" for name, value in figures.items()))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(figures, indent=2) + "\n")
    wrong = figures["digests posted twice"] or figures["digests posted"] != options.slots
    return 1 if wrong or figures["command meanwhile over at rest: ratio"] > LATENCY_AT_MOST else 0


def run(folder: Path, slots: int, channels: int) -> dict[str, Any]:
    """Subscribe, start the bot, time commands at rest, let all slots fall due and wait for the last."""
    settings = Settings(data_dir=folder, seeds=Path(os.environ.get("YRD_SEEDS", ROOT / "seeds")))
    base = warmed_base(settings)
    with LocalSlackServer(scopes=scopes_in_use()) as slack:
        names = [f"C04BENCH{number:04}" for number in range(channels)]
        for name in names:
            slack.team.add_channel(Channel(name, name.lower(), {OWNER, slack.team.identity.bot_user}))
        team, port = slack.team.identity.team_id, free_port()
        due = datetime.now(UTC) + timedelta(seconds=REST_SECONDS + 12 + slots / 200)
        subscribe(settings, base, team, names, slots, due)
        with bot(folder, settings, slack, port) as process:
            until_ready(port)
            at_rest_memory = resident_megabytes(process.pid)
            with Commands([port], [team], questions(base), COMMANDS_PER_SECOND) as commands:
                until(due)
                rest = commands.taken()
                highest, last = wait_for_all(slack, slots, process.pid)
                meanwhile = commands.taken()
        posted = Counter(
            _subscription(call.payload) for call in slack.calls.of_method(POST) if _is_digest(call.payload)
        )
        at = [call.at for call in slack.calls.of_method(POST)]
        after_digests = max(at) - max(
            call.at for call in slack.calls.of_method(POST) if _is_digest(call.payload)
        )
    return {
        "digests posted": len(posted),
        "digests posted twice": sum(times > 1 for times in posted.values()),
        "messages posted, threads included": len(at),
        "drain, from the slot to the last message: s": round(last - due.timestamp(), 1),
        "drain, from the slot to the last digest: s": round(last - due.timestamp() - after_digests, 1),
        "messages a second": round(len(at) / (max(at) - min(at)), 1),
        "memory at rest, both processes: MB": round(at_rest_memory, 1),
        "memory at most: MB": round(highest, 1),
        "command at rest, median: ms": round(_median(rest), 2),
        "command at rest, p99: ms": round(_p99(rest), 2),
        "command meanwhile, median: ms": round(_median(meanwhile), 2),
        "command meanwhile, p99: ms": round(_p99(meanwhile), 2),
        "command meanwhile over at rest: ratio": round(_median(meanwhile) / _median(rest), 2),
        "commands timed": len(rest) + len(meanwhile),
    }


def subscribe(
    settings: Settings, base: FactBase, team: str, channels: Sequence[str], slots: int, due: datetime
) -> None:
    """Subscribe the channels in turn to one topic after the other, all for the same second."""
    store = Store.open(settings.state_db)
    subscriptions, topics = StoredSubscriptions(store), [topic.slug for topic in base.seeds.topics]
    at = due.time().replace(microsecond=0)
    for number in range(slots):
        new = Subscription(
            team, channels[number % len(channels)], OWNER, at, "UTC", weekdays=tuple(range(7)),
            topics=(topics[number % len(topics)],),
        )  # fmt: skip
        subscriptions.add(new, due - timedelta(hours=1))
    store.close()


def wait_for_all(slack: LocalSlackServer, slots: int, pid: int) -> tuple[float, float]:
    """Wait until every slot has its message and nothing more comes; return the highest memory (MB) and when
    the last message came (Unix seconds)."""
    deadline, highest, last, count = time.time() + PATIENCE_SECONDS, 0.0, time.time(), 0
    while time.time() < deadline:
        calls = slack.calls.of_method(POST)
        if len(calls) > count:
            count, last = len(calls), time.time()
        elif sum(_is_digest(call.payload) for call in calls) >= slots and time.time() - last > 8:
            break
        highest = max(highest, resident_megabytes(pid))
        time.sleep(0.25)
    return highest, last


def until(moment: datetime) -> None:
    """Wait for a moment; ValueError when it has passed, because then nothing was measured at rest."""
    left = (moment - datetime.now(UTC)).total_seconds()
    if left < REST_SECONDS / 2:
        raise ValueError(f"only {left:.0f} s were left for measuring at rest: the machine is too slow")
    time.sleep(left)


def _is_digest(payload: dict[str, Any]) -> bool:
    return bool(str(payload["metadata"]["event_payload"]["slot"]).endswith(":digest"))


def _subscription(payload: dict[str, Any]) -> str:
    return str(payload["metadata"]["event_payload"]["slot"])


def _median(times: Sequence[float]) -> float:
    return statistics.median(times)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


if __name__ == "__main__":
    sys.exit(main())
