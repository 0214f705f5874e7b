"""Ends this process in order when the one that started it has ended, however that was."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Final

# Nothing tells a process on every system that its parent is gone; asking costs nothing.
_ASK_SECONDS: Final = 0.5


def end_with_parent() -> None:
    """Have this process sent SIGTERM once its parent is another one than now."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="yrd-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_ASK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
