"""How long it takes to put unanswered questions together, by their number: `python -m benchmarks.clusters`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from handlers.curation.questions.clusters import clustered
from handlers.ports import UnansweredQuestion

NOW = datetime(2026, 11, 22, tzinfo=UTC)
COUNTS = (500, 2_000, 4_000, 8_000)
CITIES = ("Ningbo", "Hefei", "Wuhu", "Suzhou", "Nanjing", "Wenzhou")


def different(rng: random.Random, number: int) -> str:
    """Return a question unlike the others but for a city and a word."""
    return f"budget of the {_word(rng)} {_word(rng)} festival in {rng.choice(CITIES)}"


def alike(rng: random.Random, number: int) -> str:
    """Return a question that differs from the others in a number."""
    return f"annual tulip festival budget of Ningbo {number}"


def unlike(rng: random.Random, number: int) -> str:
    """Return a question that shares no word with the others."""
    return f"{_word(rng)} {_word(rng)} {number}"


def _word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=7))


SORTS: tuple[Callable[[random.Random, int], str], ...] = (different, alike, unlike)


def measured() -> Iterator[tuple[str, int, float, int]]:
    """Yield sort, number of questions, seconds and number of clusters."""
    for sort in SORTS:
        for count in COUNTS:
            rng = random.Random(count)
            asked = [UnansweredQuestion("/yrd", sort(rng, number), NOW, 1) for number in range(count)]
            took = []
            for _ in range(3):
                started = time.process_time()
                found = clustered(asked, frozenset({"of", "the", "in"}), 0.5)
                took.append(time.process_time() - started)
            yield sort.__name__, count, min(took), len(found)


if __name__ == "__main__":
    for name, count, seconds, clusters in measured():
        print(f"{name:10} {count:6,} questions {seconds * 1000:7.0f} ms {clusters:6,} clusters")
