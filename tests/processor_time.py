"""How long something takes the processor, held against fixed work of the same moment: a slow or busy machine fails nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

FIXED_SECONDS: Final = 0.005
"""What the fixed work takes the machine that limits are meant for."""


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of `work`, without the collector's rounds over what other tests left in memory."""
    gc.disable()
    try:
        started = time.thread_time()
        work()
        return time.thread_time() - started
    finally:
        gc.enable()


def fixed_work() -> dict[str, int]:
    """Make, cut and count strings, as reading a text does."""
    seen: dict[str, int] = {}
    for number in range(16_500):
        word = f"{number:x}"
        seen[word] = seen.get(word[::-1], 0) + len(word)
    return seen


def is_within(work: Callable[[], object], most: float) -> bool:
    """Say whether `work` takes `most` seconds, or as many times the fixed work as that is, once in three times."""
    for _ in range(3):
        taken = seconds(work)
        if taken <= most or taken / seconds(fixed_work) <= most / FIXED_SECONDS:
            return True
    return False
