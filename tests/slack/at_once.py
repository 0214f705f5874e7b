"""Work that is done where it stands, its calls made one after the other: what a queue would make of it later."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from bot.slack.sending.outbox import Call

T = TypeVar("T")


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns, or raise what it raises."""
    step: Callable[[], Call[Any]] = partial(work.send, None)
    while True:
        try:
            call = step()
        except StopIteration as end:
            result: T = end.value
            return result
        try:
            said = call.send()
        except Exception as error:  # noqa: BLE001 - the work gets it, as it would from a queue
            step = partial(work.throw, error)
        else:
            step = partial(work.send, said)
