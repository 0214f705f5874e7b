"""`make bench`: the bot against a bare Bolt app on the same server, in one run, rounds interleaved.

Only the two ratios can fail it (exit 1); absolute figures are of this machine and are reported.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.client import SECRET, Round, Target, measure
from benchmarks.texts import Question, questions
from bot.local_slack import LocalSlackServer
from bot.render.button_value import carry
from bot.render.fact_renderer import fact_renderer
from bot.settings import Settings, variable
from bot.slack.api.message import answer_message, in_ack
from bot.wiring.core import warmed_base
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services

ROOT = Path(__file__).resolve().parents[1]
RATIO_AT_LEAST = 0.5
ROUNDS = 5
CONNECTIONS = (1, 16)
READY_SECONDS = 60.0
COLD_RUNS = 5


@dataclass(frozen=True)
class Figures:
    """What the run found, ready to print or keep."""

    questions: int
    rates: dict[str, dict[str, Any]]
    reported: dict[str, float]

    @property
    def ratios(self) -> dict[str, float]:
        """The throughput of the bot over that of the bare app, by connections."""
        return {name: found["ratio"] for name, found in self.rates.items()}


def main() -> int:
    """Measure, print the table, write the JSON; 1 when a ratio is below RATIO_AT_LEAST."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, default=ROOT / "artefacts" / "bench.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yrd-bench-") as folder:
        figures = run(Path(folder), options.rounds)
    print(table(figures))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({**vars(figures), "ratios": figures.ratios}, indent=2) + "\n")
    low = {name: ratio for name, ratio in figures.ratios.items() if ratio < RATIO_AT_LEAST}
    if low:
        print(f"below {RATIO_AT_LEAST} of the bare app: {low}", file=sys.stderr)
    return 1 if low else 0


def run(folder: Path, rounds: int) -> Figures:
    """Start both servers and measure them in turn."""
    settings = Settings(data_dir=folder, seeds=Path(os.environ.get("YRD_SEEDS", ROOT / "seeds")))
    base = warmed_base(settings)
    asked = questions(base)
    reported = in_process(Services(base=base), asked)
    reported["yrd ask, cold: s"] = cold(folder, settings)
    with LocalSlackServer() as slack:
        team = slack.workspace.identity.team_id
        bare_port, port = free_port(), free_port()
        started = time.perf_counter()
        with bot(folder, settings, slack, port) as process, bare(bare_port):
            reported["bot ready with a built base: s"] = until_ready(port) - started
            until_listening(bare_port)
            rates = compare(asked, team, port, bare_port, rounds)
            reported["resident memory, both processes: MB"] = resident_megabytes(process.pid)
    return Figures(len(asked), rates, {name: round(value, 3) for name, value in reported.items()})


def compare(asked: list[Question], team: str, port: int, bare_port: int, rounds: int) -> dict[str, Any]:
    """Return rates and ratios by number of connections."""
    found: dict[int, list[tuple[Round, Round]]] = {count: [] for count in CONNECTIONS}
    targets = (Target(port, team, with_blocks=True), Target(bare_port, "T1", with_blocks=False))
    # One round that does not count: interpreters and caches of the system get warm.
    for number in range(rounds + 1):
        for count in CONNECTIONS:
            of_bot, of_bare = measure(targets, count, asked)
            if number:
                found[count].append((of_bot, of_bare))
    return {f"{count} connections": _summary(pairs) for count, pairs in found.items()}


def _summary(pairs: list[tuple[Round, Round]]) -> dict[str, Any]:
    ratios = [full.rate / bare.rate for full, bare in pairs]
    return {
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "bot a second": round(statistics.median(full.rate for full, _ in pairs)),
        "bare a second": round(statistics.median(bare.rate for _, bare in pairs)),
        "bot p50 ms": round(statistics.median(full.median_ms for full, _ in pairs), 2),
        "bot p99 ms": round(statistics.median(full.p99_ms for full, _ in pairs), 2),
        "bot bytes": round(pairs[0][0].mean_bytes),
    }


def in_process(services: Services, asked: list[Question]) -> dict[str, float]:
    """Return the engine's and the renderer's time for each answer, in milliseconds."""
    render_fact = fact_renderer(services.base)
    now = datetime.now(UTC)
    engine, renderer = [], []
    for command, text in asked:
        started = time.perf_counter()
        answer = reply(services, Request(text=text, now=now, command=command))
        answered = time.perf_counter()
        in_ack(
            answer_message(
                answer,
                carry(command, text, services.base.version, ()),
                render_fact=render_fact,
                sharable=True,
            )
        )
        renderer.append(1000 * (time.perf_counter() - answered))
        engine.append(1000 * (answered - started))
    engine.sort()
    return {
        "engine an answer, median: ms": statistics.median(engine),
        "engine an answer, p99: ms": engine[len(engine) * 99 // 100],
        "engine an answer, worst: ms": engine[-1],
        "rendering an answer, median: ms": statistics.median(renderer),
    }


def cold(folder: Path, settings: Settings) -> float:
    """Return the median seconds of `yrd ask Ningbo` in a new process."""
    times = []
    for _ in range(COLD_RUNS):
        started = time.perf_counter()
        command = [sys.executable, "-m", "bot.cli", "ask", "Ningbo"]
        subprocess.run(
            command, cwd=folder, env=environment(folder, settings), check=True, stdout=subprocess.DEVNULL
        )
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def environment(folder: Path, settings: Settings, **changes: str) -> dict[str, str]:
    """Return the environment with no setting of the bot's but those given."""
    ours = {variable(name) for name in Settings.model_fields}
    rest = {name: value for name, value in os.environ.items() if name not in ours}
    seeds = str(settings.seeds.resolve())
    kept = {"YRD_SEEDS": seeds, "YRD_DATA_DIR": str(folder), "YRD_THREADS": str(settings.threads)}
    return {**rest, "PYTHONPATH": str(ROOT), **kept, **changes}


@contextmanager
def bot(
    folder: Path, settings: Settings, slack: LocalSlackServer, port: int
) -> Iterator[subprocess.Popen[bytes]]:
    """The whole bot over HTTP, as `yrd run` starts it."""
    changes = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
        "YRD_PORT": str(port),
    }
    command = [sys.executable, "-m", "bot.cli", "run"]
    with process_of(command, folder, environment(folder, settings, **changes)) as process:
        yield process


@contextmanager
def bare(port: int) -> Iterator[None]:
    """The bare Bolt app."""
    command = [sys.executable, "-m", "benchmarks.bare", str(port)]
    with process_of(command, ROOT, dict(os.environ)):
        yield


@contextmanager
def process_of(command: list[str], folder: Path, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process, and end it."""
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def until_ready(port: int) -> float:
    """Return when (perf_counter) /readyz first said 200; TimeoutError after READY_SECONDS."""
    deadline = time.perf_counter() + READY_SECONDS
    while time.perf_counter() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return time.perf_counter()
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError("the bot did not become ready")


def until_listening(port: int) -> None:
    """Wait until the bare app takes connections and answers; TimeoutError after READY_SECONDS."""
    deadline = time.perf_counter() + READY_SECONDS
    while time.perf_counter() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("the bare app did not come up")


def resident_megabytes(pid: int) -> float:
    """Return the resident memory of a process and its children, pages that they share counted once."""
    return sum(_resident(each) for each in (pid, *_children(pid)))


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    """Return a port that nothing listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def table(figures: Figures) -> str:
    """Return the figures as two plain tables."""
    head = f"{figures.questions} different signed commands a round, full answer with blocks, no answer cache"
    columns = ("ratio", "bot a second", "bare a second", "bot p50 ms", "bot p99 ms", "bot bytes")
    lines = [head, " " * 16 + "".join(f"{column:>15}" for column in columns)]
    lines += [
        f"{name:<16}" + "".join(f"{found[column]:>15}" for column in columns)
        for name, found in figures.rates.items()
    ]
    lines += ["", *(f"{name:<40}{value:>10}" for name, value in figures.reported.items())]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
