"""Log lines are one JSON object each and never hold a token."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.logs import JsonLines, Repeats, set_up

SECRET = 'a "s3cret/pass" b'


def _line(message: str, *arguments: object, **extra: object) -> str:
    record = logging.LogRecord("bot.x", logging.ERROR, "f.py", 1, message, arguments, None)
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


def test_a_trace_has_lines_of_code_and_nothing_that_exceptions_say() -> None:
    try:
        raise ValueError("what Alice asked")
    except ValueError:
        record = logging.LogRecord("bot.x", logging.ERROR, "f.py", 1, "broke", (), sys.exc_info())
    line = JsonLines().format(record)
    kind, *frames = json.loads(line)["trace"]
    assert kind == "ValueError"
    assert all(__file__ in frame for frame in frames)
    assert "Alice" not in line


def test_of_a_librarys_line_only_the_place_is_told() -> None:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "x/server.py", 7, "of %s", ("Alice",), None)
    record.asked = "Alice"
    told = json.loads(JsonLines().format(record))
    assert "Alice" not in json.dumps(told)
    assert (told["from"], told["where"].split(" ")[0]) == ("uvicorn.error", "server.py:7")


@pytest.mark.parametrize("written", [SECRET, "a%20%22s3cret%2Fpass%22%20b"])
def test_secrets_of_the_settings_are_taken_out_of_every_line(written: str) -> None:
    record = logging.LogRecord("bot.x", logging.ERROR, "f.py", 1, "posted %s", (written,), None)
    record.beside = {"body": written}
    assert "s3cret" not in JsonLines((SECRET, "short")).format(record)


def test_libraries_tell_warnings_at_most_whatever_the_level(
    undisturbed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("DEBUG")
    logging.getLogger("asyncio").info("polled")
    logging.getLogger("asyncio").warning("slow")
    logging.getLogger("bot.x").debug("ours")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["from"], line["level"]) for line in lines] == [("asyncio", "WARNING"), ("bot.x", "DEBUG")]


@pytest.fixture
def undisturbed() -> Iterator[None]:
    root, names = logging.getLogger(), ("bot", "handlers", "knowledge")
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in names:
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_the_same_warning_is_written_once_a_minute_with_how_often_it_came() -> None:
    clock = [0.0]
    repeats = Repeats(60, now=lambda: clock[0])

    def passed(level: int, at: float, said: str = "state is away", **more: str) -> logging.LogRecord | None:
        record = logging.LogRecord("bot.state", level, "", 0, said, None, None)
        clock[0] = at
        vars(record).update(more)
        return record if repeats.filter(record) else None

    assert passed(logging.WARNING, 0.0)
    assert [passed(logging.WARNING, at) for at in (1.0, 30.0, 59.0)] == [None] * 3
    assert passed(logging.WARNING, 2.0, team="T1")
    assert passed(logging.ERROR, 3.0)
    assert passed(logging.ERROR, 4.0)
    # What tells of a change: it was away, was back, and is away again.
    assert all(passed(logging.WARNING, at, "not ready", always="True") for at in (5.0, 6.0))
    later = passed(logging.WARNING, 61.0)
    assert later is not None
    assert vars(later)["repeated"] == 3
