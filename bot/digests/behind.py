"""Digests come behind people: threads that post them get a processor once nobody who waits for an answer needs it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

_log = logging.getLogger(__name__)

NICENESS: Final = 10
"""On Linux's scale, on which 0 is a thread as any, and 19 the last."""


def pool_behind(threads: int, name: str) -> ThreadPoolExecutor:
    """Return a pool of that many threads, at most, named by `name`, which come behind others of this machine."""
    return ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=_come_behind)


def _come_behind() -> None:
    """Have the thread that calls this come behind.

    On Linux each thread has a niceness of its own (setpriority(2), "C library/kernel differences"); elsewhere nothing is done.
    """
    if sys.platform != "linux":
        return
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    except OSError as error:
        # It posts all the same.
        _log.info("digests do not come behind", extra={"error": type(error).__name__})
