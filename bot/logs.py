"""Logs: one JSON object a line on standard error, with nothing that looks like a token."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

# Slack's tokens all start with xox or xapp; anything after that is secret.
_TOKEN = re.compile(r"\b(xox[a-z]*|xapp|xoxe\.xox[a-z]*)-[A-Za-z0-9-]+")
_OURS = frozenset(vars(logging.LogRecord("", 0, "", 0, "", None, None))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, so that no text in it can pass for a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; extra fields of the record stand beside the message."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "said": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _OURS},
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return _TOKEN.sub(r"\1-...", json.dumps(line, ensure_ascii=False, default=str))


def set_up(level: str) -> None:
    """Send every log line of `level` and above to standard error; replaces what was set up before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
