"""Logs: one JSON object a line on standard error, with no secret and nothing that people wrote.

What an exception says may quote either, and so may what a library logs. So of an exception only types and lines of
code are written, and of a library's line where it comes from; the settings' secrets are taken out of what is left.
"""

from __future__ import annotations

import json
import logging
import math
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Final
from urllib.parse import quote

# Slack's tokens all start with xox or xapp; anything after that is secret.
_TOKEN: Final = re.compile(r"\b(xox[a-z]*|xapp|xoxe\.xox[a-z]*)-[A-Za-z0-9-]+")
_RECORDS: Final = frozenset(vars(logging.LogRecord("", 0, "", 0, "", None, None))) | {
    "message",
    "asctime",
    "taskName",
    "always",
}
_OURS: Final = ("bot", "handlers", "knowledge")
# Shorter ones would be found in words, and are no secret that anybody is given.
_SECRET_LEAST: Final = 6
REPEATED_AFTER: Final = 60.0
"""Seconds in which a warning is written once."""
ALWAYS: Final = "always"
"""Of a record's extra fields the one by which it is written each time."""
# Different ones that are remembered.
_MOST_SAID: Final = 1_000
# Exceptions that led to each other, from the last on.
_CHAIN: Final = 5

_log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, so that no text in it can pass for a line of its own.

    No `secrets` stand in it, as they are or as URLs and JSON write them.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        said = {secret for secret in secrets if len(secret) >= _SECRET_LEAST}
        forms = {
            form for secret in said for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1])
        }
        self._secrets = tuple(sorted(forms, key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; extra fields of a record of ours stand beside the message."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
        }
        if _is_ours(record.name):
            line["said"] = record.getMessage()
            line |= {name: value for name, value in vars(record).items() if name not in _RECORDS}
        else:
            line["where"] = f"{record.filename}:{record.lineno} in {record.funcName}"
        if record.exc_info and record.exc_info[1]:
            line["trace"] = trace(record.exc_info[1])
        return self._without_secrets(json.dumps(line, ensure_ascii=False, default=str))

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "...")
        return _TOKEN.sub(r"\1-...", line)


class Repeats(logging.Filter):
    """Lets a warning of ours through once in `seconds`, with how often it has been `repeated`: while a server is away the same is
    found out again and again. One that tells of a change is marked ALWAYS by whoever tells it once.
    """

    def __init__(self, seconds: float = REPEATED_AFTER, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._now = now
        self._lock = threading.Lock()
        self._said: dict[tuple[object, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is to be written."""
        if record.levelno != logging.WARNING or not _is_ours(record.name) or hasattr(record, ALWAYS):
            return True
        more = {name: str(value) for name, value in vars(record).items() if name not in _RECORDS}
        key = (record.name, str(record.msg), str(record.args), *sorted(more.items()))
        with self._lock:
            now = self._now()
            at, repeated = self._said.get(key, (-math.inf, 0))
            if now - at < self._seconds:
                self._said[key] = (at, repeated + 1)
                return False
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            self._said[key] = (now, 0)
        if repeated:
            record.repeated = repeated
        return True


def set_up(level: str, secrets: tuple[str, ...] = ()) -> None:
    """Send every log line of `level` and above to standard error; replaces what was set up before.

    Of libraries come warnings at most: below, they tell all that passes through them.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    if level != "DEBUG":
        handler.addFilter(Repeats())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


def take_the_rest() -> None:
    """Log what nobody catches, in any thread: Python would print it with all that it quotes."""

    def uncaught(kind: type[BaseException], error: BaseException, frames: TracebackType | None) -> None:
        _log.critical("an error ended the process", exc_info=(kind, error, frames))

    def in_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            _log.critical("an error ended a thread", exc_info=given.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = in_thread


def trace(
    error: BaseException, named: Callable[[BaseException], str] = lambda error: type(error).__name__
) -> list[str]:
    """Return types and lines of code of `error` and its causes, without messages: those may quote people."""
    lines: list[str] = []
    here: BaseException | None = error
    for _ in range(_CHAIN):
        if here is None:
            break
        lines.append(named(here))
        frames = traceback.extract_tb(here.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        here = here.__cause__ or here.__context__
    return lines


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in _OURS
