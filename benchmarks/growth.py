"""`make growth`: what names and free text cost as the base grows, each way and size in a process of its own.

Times are processor time of one answer, to a question the best of three rounds, so that what else the machine does counts
little, to a name the first: what is near to a name that was typed before is remembered. Memory is what the process grew by
over the list of names or facts. Absolute figures are reported; only ratios can fail (exit 1):
at 10,000 names the bot's own way must find at most a point fewer than a scan with the best scorer, in less
than its time, and at 10,000 facts take less time than plain full-text search over the same statements and asks.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks import grown_facts, grown_names
from benchmarks.drawing import Chart, Line
from benchmarks.engines import ours
from benchmarks.matchers import MATCHERS, has_symspell
from benchmarks.question_set import SEEN, path_of, read
from benchmarks.searchers import SEARCHERS
from handlers.request import QUESTION
from knowledge.base import FactBase

S = TypeVar("S")
T = TypeVar("T")

ARTEFACTS = Path(__file__).parent.parent / "artefacts"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
GATED = 10_000
REPEATS = 3
POINT = 0.01
# A scan of a million names takes a tenth of a second and more: fewer queries say as much.
QUERIES = {1_000: 1_000, 10_000: 1_000, 100_000: 1_000, 1_000_000: 400}
# Names asked for before those that count: the first ones load dictionaries.
WARM = 20
# Some kilobytes a fact: a million does not fit a small machine.
MOST_FACTS = 100_000
# Asked of every number of facts: more than are remembered.
QUESTIONS = 300
WHOLE = "YRD Desk, answers"


@dataclass(frozen=True, slots=True)
class Measured:
    """One way at one size, in shares of the queries: `first` had what was meant first, `found` among the choices.

    `read` was read as what was meant without asking, `misread` as something else.
    """

    way: str
    size: int
    queries: int
    median_ms: float
    p99_ms: float
    build_s: float
    megabytes: float
    first: float
    found: float
    read: float
    misread: float


def measure_names(way: str, size: int) -> Measured:
    """Build one way of finding names over `size` of them and ask it."""
    names = grown_names.names(size)
    queries = grown_names.queries(names, WARM + QUERIES[size])
    match, build, megabytes = _built(lambda: MATCHERS[way](names))
    for typed, _ in queries[:WARM]:
        match(typed)
    times, counts = [], Counter[str]()
    for typed, meant in queries[WARM:]:
        (found, sure), seconds = _timed(partial(match, typed))
        times.append(seconds)
        is_first = found[:1] == [meant]
        counts["first"] += is_first
        counts["found"] += meant in found
        counts["read"] += is_first and sure
        counts["misread"] += bool(found) and sure and not is_first
    return _measured(way, size, times, build, megabytes, counts)


def measure_facts(way: str, size: int, path: str) -> list[Measured]:
    """Build one way of finding facts over `size` made-up ones, and ask for one of them in each way of asking."""
    base = FactBase.open(Path(path))
    base.warm()
    made_up = grown_facts.facts(base, size)
    search, build, megabytes = _built(lambda: SEARCHERS[way](base, [one.fact for one in made_up]))
    measured = []
    for asking in grown_facts.WAYS_OF_ASKING:
        queries = grown_facts.questions(made_up, min(QUERIES[size], QUESTIONS), asking, base.lexicon.stop)
        found, times = _rounds(search, [text for text, _ in queries])
        counts = Counter[str]()
        for ids, (_, meant) in zip(found, queries, strict=True):
            counts["first"] += ids[:1] == [meant]
            counts["found"] += meant in ids
        measured.append(_measured(f"{way}, {asking}", size, times, build, megabytes, counts))
    return measured


def measure_today(path: str) -> Measured:
    """Ask the development questions of the base at `path`, each answered whole, as every adapter has it answered."""
    base, build, megabytes = _built(lambda: _warmed(Path(path)))
    questions = [question for question in read(path_of(SEEN)) if question.command == QUESTION]
    _, times = _rounds(ours(base), questions)
    # What of it is right `make eval` tells.
    return _measured(WHOLE, len(base.facts), times, build, megabytes, Counter())


def _warmed(path: Path) -> FactBase:
    base = FactBase.open(path)
    base.warm()
    return base


def _rounds(answer: Callable[[S], T], questions: Sequence[S]) -> tuple[list[T], list[float]]:
    """Return the answers, and the processor seconds each took: the best of some rounds through all questions, of which there
    are more than are remembered.
    """
    rounds = [[_timed(partial(answer, question)) for question in questions] for _ in range(REPEATS)]
    return [answered for answered, _ in rounds[0]], [
        min(seconds for _, seconds in times) for times in zip(*rounds, strict=True)
    ]


def _built(build: Callable[[], T]) -> tuple[T, float, float]:
    """Return what `build` makes, the seconds it took and the megabytes the process grew by."""
    gc.collect()
    before, start = _resident(), time.perf_counter()
    made = build()
    seconds, grown = time.perf_counter() - start, _resident() - before
    # As the bot does with what lives as long as it: collections need not walk it.
    gc.collect()
    gc.freeze()
    return made, seconds, grown


def _timed(answer: Callable[[], T]) -> tuple[T, float]:
    """Return an answer and the processor seconds it took."""
    start = time.thread_time()
    answered = answer()
    return answered, time.thread_time() - start


def _resident() -> float:
    """Return the memory this process holds, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return 0.0
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _measured(
    way: str, size: int, times: list[float], build: float, megabytes: float, counts: Counter[str]
) -> Measured:
    times.sort()
    return Measured(
        way=way,
        size=size,
        queries=len(times),
        median_ms=round(times[len(times) // 2] * 1000, 4),
        p99_ms=round(times[len(times) * 99 // 100] * 1000, 4),
        build_s=round(build, 2),
        megabytes=round(megabytes, 1),
        **{name: round(counts[name] / len(times), 4) for name in ("first", "found", "read", "misread")},
    )


def alone(task: Callable[..., T], *arguments: object) -> T:
    """Run `task` in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(task, arguments)


def run(most: int, path: Path) -> list[Measured]:
    """Measure every way at every size up to `most`, printing each as it comes."""
    ways = [way for way in MATCHERS if way != "symspellpy" or has_symspell()]
    found = []
    print(HEAD)
    for size in (size for size in SIZES if size <= most):
        for way in ways:
            found.append(alone(measure_names, way, size))
            print(row(found[-1]), flush=True)
    for size in (size for size in SIZES if size <= min(most, MOST_FACTS)):
        for way in SEARCHERS:
            of_facts = alone(measure_facts, way, size, str(path))
            found += of_facts
            print(*map(row, of_facts), sep="\n", flush=True)
    found.append(alone(measure_today, str(path)))
    print(row(found[-1]), flush=True)
    return found


HEAD = f"{'way':32}{'size':>10}{'p50 ms':>10}{'p99 ms':>10}{'build s':>9}{'MB':>8}{'first':>8}{'found':>8}{'read':>8}{'misread':>9}"


def row(m: Measured) -> str:
    """Return one line of the table."""
    return (
        f"{m.way:32}{m.size:10,}{m.median_ms:10.3f}{m.p99_ms:10.3f}{m.build_s:9.2f}{m.megabytes:8.0f}"
        f"{m.first:8.1%}{m.found:8.1%}{m.read:8.1%}{m.misread:9.2%}"
    )


def missed(found: Sequence[Measured]) -> list[str]:
    """Return the ratios that do not hold, in sentences."""
    at = {measured.way: measured for measured in found if measured.size == GATED}
    own, scans = at["YRD Desk"], [at["scan, ratio"], at["scan, edits"]]
    best = max(scans, key=lambda scan: scan.found)
    sentences = []
    if own.found < best.found - POINT:
        sentences.append(f"finds {own.found:.1%} of {GATED:,} names, the best scan {best.found:.1%}")
    if own.median_ms > best.median_ms:
        sentences.append(f"takes {own.median_ms} ms at {GATED:,} names, a scan {best.median_ms} ms")
    for asking in grown_facts.WAYS_OF_ASKING:
        ours, plain = (at[f"{way}, {asking}"] for way in SEARCHERS)
        if ours.median_ms > plain.median_ms:
            sentences.append(
                f"takes {ours.median_ms} ms at {GATED:,} facts ({asking}), plain bm25 {plain.median_ms} ms"
            )
    return sentences


def draw(found: Sequence[Measured]) -> str:
    """Return the p99 of every way over the number of names or facts, as an SVG document."""
    ways = dict.fromkeys(measured.way for measured in found)
    lines = [Line(way, [(m.size, max(m.p99_ms, 0.001)) for m in found if m.way == way]) for way in ways]
    return Chart("Time of an answer as the base grows", "names or facts", "p99, ms", lines, True).svg()


def main(arguments: list[str] | None = None) -> int:
    """Measure, write artefacts/growth.json and .svg; 1 when a ratio is missed."""
    parser = argparse.ArgumentParser(prog="growth", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest size to measure")
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    if not has_symspell():
        print("symspellpy is not installed, so it is left out: make growth BENCH=1 installs it.")
    found = run(max(options.most, GATED), options.base)
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / "growth.json").write_text(json.dumps([asdict(m) for m in found], indent=2) + "\n")
    (ARTEFACTS / "growth.svg").write_text(draw(found), encoding="utf-8")
    sentences = missed(found)
    for sentence in sentences:
        print(f"YRD Desk {sentence}.", file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
