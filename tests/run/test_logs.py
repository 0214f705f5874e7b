"""Log lines are one JSON object each and never hold a token."""

from __future__ import annotations

import json
import logging
import sys

from bot.logs import JsonLines


def _line(message: str, *arguments: object, **extra: object) -> str:
    record = logging.LogRecord("yrd", logging.ERROR, "f.py", 1, message, arguments, None)
    vars(record).update(extra)
    return JsonLines().format(record)


def test_a_message_with_line_breaks_stays_one_line_of_json() -> None:
    line = _line("asked %s", 'x\n{"level": "INFO"}', reference="ab12")
    assert "\n" not in line
    assert json.loads(line)["said"] == 'asked x\n{"level": "INFO"}'
    assert json.loads(line)["reference"] == "ab12"


def test_tokens_are_cut_wherever_they_stand() -> None:
    line = _line("posted with %s", "xoxb-1-2-abcDEF", other="xapp-1-A0-1-ff00")
    assert "abcDEF" not in line
    assert "ff00" not in line


def test_a_trace_is_part_of_the_line() -> None:
    try:
        raise ValueError("xoxb-1-secret")
    except ValueError:
        record = logging.LogRecord("yrd", logging.ERROR, "f.py", 1, "broke", (), sys.exc_info())
    line = JsonLines().format(record)
    assert "ValueError" in json.loads(line)["trace"]
    assert "1-secret" not in line
