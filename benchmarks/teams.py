"""Many workspaces whose digests fall due in one second, delivered by several bots on one PostgreSQL, against a Slack with limits.

A run installs the app in every workspace, starts the bots and waits until they have nothing to do; then every digest is moved to
one moment, commands are timed before it and after it, and the run is over when nothing is left to post. Exit 1 when a digest is
missing or there twice, or a ratio is missed: what an aim says of time holds for a machine with processors to spare.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks import sampled_bot
from benchmarks.bench import ROOT, free_port
from benchmarks.client import SECRET
from benchmarks.commanding import Commands
from benchmarks.fleet import (
    Bot,
    Server,
    all_processor_seconds,
    bots,
    highest_megabytes,
    postgresql,
    processor_seconds,
    until_quiet,
)
from benchmarks.limited_slack import POSTS_PER_SECOND, Running, limited_slack
from benchmarks.peopled import CLIENT, KEY, all_due, looked_after, open_rows, people, states, team_names
from benchmarks.state_times import compared
from benchmarks.texts import Question, questions
from bot.settings import Settings
from bot.wiring.core import warmed_base

DRAIN_AT_MOST: Final = 1.2
"""Times what Slack's limits allow."""
LATENCY_AT_MOST: Final = 3.0
STATE_AT_MOST: Final = 3.0
# A little behind the moment that all is moved to, which the bots have to see as still to come.
_AHEAD: Final = timedelta(seconds=3)
_REST_SECONDS: Final = 20.0
_QUIET_SECONDS: Final = 900.0
_PATIENCE_SECONDS: Final = 3_600.0
_TEMPLATE: Final = "peopled"

Figures = dict[str, Any]


@dataclass(frozen=True)
class Load:
    """How much of everything."""

    teams: int
    digests: int
    per_channel: int
    latency_ms: float
    rate: float


@dataclass(frozen=True)
class Stage:
    """What all runs share."""

    folder: Path
    server: Server
    settings: Settings
    asked: Sequence[Question]
    topics: Sequence[str]
    sampled: bool

    def samples(self) -> dict[str, str]:
        """Return what a bot that is sampled has to be told."""
        return {"YRD_BENCH_SAMPLES": str(self.folder)} if self.sampled else {}

    def begin_sampling(self, database: str) -> None:
        """Have it noted from now on what time goes to."""
        if self.sampled:
            self.server.count_statements(database)
            (self.folder / sampled_bot.START).touch()

    def tell_samples(self, database: str) -> None:
        """Print what was noted."""
        if not self.sampled:
            return
        print(sampled_bot.told(self.folder))
        for calls, milliseconds, text in self.server.statements(database):
            print(f"{calls:8} {milliseconds:9.0f} ms  {text}")


def main() -> int:
    """Measure, print and keep the figures."""
    options = _options()
    load = Load(options.teams, options.digests, options.per_channel, options.latency_ms, options.rate)
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="yrd-teams-")))
        server = parts.enter_context(postgresql(counts_statements=options.profile))
        seeds = Path(os.environ.get("YRD_SEEDS", ROOT / "seeds"))
        settings = Settings(data_dir=folder, seeds=seeds)
        base = warmed_base(settings)
        steps = compared(server.create("steps"), folder, base) if options.steps else {}
        print(_steps_table(steps))
        topics = [topic.slug for topic in base.seeds.topics]
        stage = Stage(folder, server, settings, questions(base), topics, options.profile)
        people(server, _TEMPLATE, team_names(load.teams), load.digests, load.per_channel, topics)
        found = []
        for count in options.processes:
            found.append(run(stage, load, count))
            print(_table(found[-1]), flush=True)
    figures = {"load": vars(load), "steps": steps, "runs": found}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(figures, indent=2) + "\n")
    print(_beside(found))
    missed = _missed(found, steps)
    print("".join(f"missed: {one}\n" for one in missed), end="", file=sys.stderr)
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=1_000)
    parser.add_argument("--digests", type=int, default=10, help="of each team")
    parser.add_argument("--per-channel", type=int, default=10, help="digests that share a channel")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--latency-ms", type=float, default=100.0, help="what a call to Slack takes")
    parser.add_argument("--rate", type=float, default=10.0, help="commands a second")
    parser.add_argument("--no-steps", dest="steps", action="store_false", help="leave SQLite out")
    parser.add_argument(
        "--profile", action="store_true", help="say what time goes to; with one number of processes"
    )
    parser.add_argument("--json", type=Path, default=ROOT / "artefacts" / "teams.json")
    return parser.parse_args()


def run(stage: Stage, load: Load, count: int) -> Figures:
    """Start so many bots on a database of their own, let all digests fall due, and return what came of it."""
    database, teams = f"run{count}_{free_port()}", team_names(load.teams)
    url = stage.server.create(database, _TEMPLATE)
    with ExitStack() as parts:
        slack = parts.enter_context(limited_slack(load.latency_ms))
        environment = _environment(slack, url)
        program = "benchmarks.sampled_bot" if stage.sampled else "bot.cli"
        running = parts.enter_context(
            bots(count, stage.folder / database, stage.settings, environment | stage.samples(), program)
        )
        quiet = _until_known(stage.server, database, running, load.teams)
        ports = [bot.port for bot in running]
        commands = parts.enter_context(Commands(ports, teams, stage.asked, load.rate))
        costs = Costs(stage.server, slack, running, database)
        rest, idle = _at_rest(commands, costs)
        before, due = costs.now(), (datetime.now(UTC) + _AHEAD).replace(microsecond=0)
        stage.begin_sampling(database)
        wanted = all_due(stage.server, database, due)
        _wait_for_all(stage.server, database, due, slack)
        meanwhile, spent = commands.taken(), costs.since(before)
        counted = slack.figures()
        stage.tell_samples(database)
        memory = [round(highest_megabytes(bot.pid)) for bot in running]
    return {
        "processes": count,
        "digests due": wanted,
        **_drained(counted, due, load),
        "calls to Slack": counted["calls"],
        "calls answered 429": counted["limited"],
        "calls it did not know": counted["unknown"],
        "what became of them": states(stage.server, database, due),
        "seconds until all were looked at after the start": round(quiet, 1),
        "memory at most of each: MB": memory,
        **_latencies(rest, meanwhile),
        **_shares(spent, idle, counted, wanted),
    }


def _until_known(server: Server, database: str, running: list[Bot], teams: int) -> float:
    """Wait until the bots have gone a round for every team, and have nothing to do; return how long that took. TimeoutError."""
    began = time.monotonic()
    while looked_after(server, database) < teams:
        if time.monotonic() - began > _QUIET_SECONDS:
            raise TimeoutError("not every team was looked after")
        time.sleep(1)
    until_quiet(running, _QUIET_SECONDS)
    return time.monotonic() - began


def _environment(slack: Running, url: str) -> dict[str, str]:
    return {
        "SLACK_CLIENT_ID": CLIENT,
        "SLACK_CLIENT_SECRET": "the-client-secret-of-the-benchmark",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_APP_ID": "A0123456789",
        "SLACK_API_URL": slack.api_url,
        "YRD_ENCRYPTION_KEY": KEY,
        "YRD_PUBLIC_URL": "https://desk.example",
        "YRD_DATABASE_URL": url,
        "YRD_LOG_LEVEL": "ERROR",
    }


@dataclass(frozen=True)
class Costs:
    """What a run has cost so far."""

    server: Server
    slack: Running
    running: Sequence[Bot]
    database: str

    def now(self) -> Figures:
        """Return the processor's seconds by who spent them, and the transactions."""
        return {
            "at": time.monotonic(),
            "bots": [processor_seconds(bot.pid) for bot in self.running],
            "PostgreSQL": all_processor_seconds(self.server.pid),
            "Slack": processor_seconds(self.slack.pid),
            "transactions": self.server.commits(self.database),
        }

    def since(self, before: Figures) -> Figures:
        """Return what has been added, and over how many seconds."""
        now = self.now()
        each = [round(after - earlier, 1) for after, earlier in zip(now["bots"], before["bots"], strict=True)]
        return {"bots": each, **{name: now[name] - before[name] for name in now if name != "bots"}}


def _at_rest(commands: Commands, costs: Costs) -> tuple[list[float], Figures]:
    """Return the times of commands where nothing is due, and what the same time costs."""
    time.sleep(3)
    commands.taken()
    before = costs.now()
    time.sleep(_REST_SECONDS)
    return commands.taken(), costs.since(before)


def _wait_for_all(server: Server, database: str, due: datetime, slack: Running) -> None:
    """Wait until nothing of the slot is to be done any more; tell how far it is."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
    while time.monotonic() < deadline:
        left = open_rows(server, database, due)
        gone = datetime.now(UTC) - due
        print(
            f"\r{gone.total_seconds():5.0f} s, {left} messages planned ", end="", file=sys.stderr, flush=True
        )
        if not left:
            break
        time.sleep(1)
    print("\r" + " " * 50, end="\r", file=sys.stderr, flush=True)


def _drained(counted: Figures, due: datetime, load: Load) -> Figures:
    drain = counted["last"] - due.timestamp()
    # The first goes at once; every other waits for its second, and the last call has to be answered.
    bound = (counted["most in a channel"] - 1) / POSTS_PER_SECOND + load.latency_ms / 1000
    return {
        "digests posted": counted["digests"],
        "posted twice": counted["twice"],
        "messages posted, threads included": counted["posts"],
        "most messages of a channel": counted["most in a channel"],
        "drain, from the slot to the last message: s": round(drain, 1),
        "drain to the last digest: s": round(counted["last digest"] - due.timestamp(), 1),
        "first message after: s": round(counted["first"] - due.timestamp(), 1),
        "bound by Slack's limits: s": round(bound, 1),
        "drain over the bound: ratio": round(drain / bound, 2),
        "messages a second": round(counted["posts"] / drain, 1),
        "most messages in a second": counted["most in a second"],
    }


def _latencies(rest: Sequence[float], meanwhile: Sequence[float]) -> Figures:
    return {
        "command at rest, median: ms": _at(rest, 50),
        "command at rest, p99: ms": _at(rest, 99),
        "command meanwhile, median: ms": _at(meanwhile, 50),
        "command meanwhile, p99: ms": _at(meanwhile, 99),
        "p99 meanwhile over at rest: ratio": round(_at(meanwhile, 99) / _at(rest, 99), 2),
        "commands timed": len(rest) + len(meanwhile),
    }


def _at(times: Sequence[float], percent: int) -> float:
    return round(sorted(times)[len(times) * percent // 100], 2)


def _shares(spent: Figures, idle: Figures, counted: Figures, digests: int) -> Figures:
    """Return what was spent, and what of it a message is to blame for: the commands and the looking cost as much at rest."""
    posts, longer = max(counted["posts"], 1), spent["at"] / idle["at"]
    of_bots = sum(spent["bots"]) - sum(idle["bots"]) * longer
    of_postgresql = spent["PostgreSQL"] - idle["PostgreSQL"] * longer
    transactions = spent["transactions"] - idle["transactions"] * longer
    return {
        "processor of each bot: s": spent["bots"],
        "processor of PostgreSQL: s": round(spent["PostgreSQL"], 1),
        "processor of the Slack: s": round(spent["Slack"], 1),
        "processors in use, of bots and PostgreSQL": round(
            (sum(spent["bots"]) + spent["PostgreSQL"]) / spent["at"], 2
        ),
        "processor of bots at rest, with the commands: share": round(sum(idle["bots"]) / idle["at"], 2),
        "processor of bots a message: ms": round(1000 * of_bots / posts, 1),
        "processor of PostgreSQL a message: ms": round(1000 * of_postgresql / posts, 1),
        "transactions a message": round(transactions / posts, 1),
        "transactions a digest": round(transactions / max(digests, 1), 1),
    }


def _missed(runs: Sequence[Figures], steps: dict[str, dict[str, float]]) -> list[str]:
    """Return what was missed: digests in every run, times in that of the most processes."""
    missed = [
        f"{one['processes']} processes: {one['digests posted']} of {one['digests due']} posted, {one['posted twice']} twice"
        for one in runs
        if one["posted twice"] or one["digests posted"] != one["digests due"]
    ]
    most = max(runs, key=lambda one: int(one["processes"]))
    for name, at_most in (
        ("drain over the bound: ratio", DRAIN_AT_MOST),
        ("p99 meanwhile over at rest: ratio", LATENCY_AT_MOST),
    ):
        if most[name] > at_most:
            missed.append(f"{name} is {most[name]}, at most {at_most} is wanted")
    missed += [
        f"{name} takes {found['ratio']} times as long"
        for name, found in steps.items()
        if found["ratio"] > STATE_AT_MOST
    ]
    return missed


def _table(figures: Figures) -> str:
    def shown(value: object) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{name} {count}" for name, count in value.items()) or "none"
        return " ".join(map(str, value)) if isinstance(value, list) else str(value)

    return "\n".join(f"{name:<58}{shown(value):>10}" for name, value in figures.items()) + "\n"


def _steps_table(steps: dict[str, dict[str, float]]) -> str:
    lines = [
        f"{name:<20}" + "".join(f"  {what} {value:<8}" for what, value in found.items())
        for name, found in steps.items()
    ]
    return "\n".join(lines) + "\n"


def _beside(runs: Sequence[Figures]) -> str:
    """Return the runs beside each other, by processes."""
    rows = (
        "drain, from the slot to the last message: s", "drain over the bound: ratio", "messages a second",
        "processor of bots a message: ms", "processor of PostgreSQL a message: ms", "p99 meanwhile over at rest: ratio",
    )  # fmt: skip
    head = f"{'processes':<58}" + "".join(f"{one['processes']:>10}" for one in runs)
    return "\n".join([head, *(f"{row:<58}" + "".join(f"{one[row]:>10}" for one in runs) for row in rows)])


if __name__ == "__main__":
    sys.exit(main())
