"""`yrd ask --jsonl`: each line is answered on its own, under its id wherever one can be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SEEDS

LAST = b'{"id": "last", "text": "Hangzhou"}'


def answers(data_folder: Path, *lines: bytes, locale: str = "C.UTF-8") -> list[dict[str, Any]]:
    """What `yrd ask --jsonl` answers to `lines`: UTF-8 and a JSON a line, whatever the locale."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "YRD_", "PYTHON"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "ask", "--jsonl"],
        input=b"\n".join(lines),
        capture_output=True,
        env=kept | {"YRD_SEEDS": str(SEEDS), "YRD_DATA_DIR": str(data_folder), "LC_ALL": locale},
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_a_bad_line_takes_no_other_answer_away_and_keeps_its_id(data_folder: Path) -> None:
    lines = {
        b'{"id": "\\ud800", "text": "Hangzhou"}': "\ud800",
        b'{"id": "a", "text": "Hangzhou \\udfff"}': "a",
        b'{"id": "b", "text": null}': "b",
        b'{"id": 3, "command": 5}': 3,
        b'{"id": "c", "text": "Hangzhou \xff"}': "c",
        b'{"id": "d\xff", "text": "Hangzhou"}': None,
        b'{"id": true, "text": "Hangzhou"}': None,
        b'{"id": "e", "context": [7]}': "e",
        b'{"id": "f", "command": ""}': "f",
        b'{"id": "\xe6\x9d\xad", "text": "\xe6\x9d\xad\xe5\xb7\x9e"}': "杭",
        b"\xff\xfe": None,
    }
    told = answers(data_folder, *lines, LAST)
    assert [answer["id"] for answer in told] == [*lines.values(), "last"]
    assert [answer.get("outcome") for answer in told[-3:]] == ["answer", None, "answer"]


def test_a_line_that_is_no_request_is_told_what_one_is(data_folder: Path) -> None:
    lines = {
        b'{"id": true, "text": "Hangzhou"}': "The id is text, a number, or left out.",
        b'{"text": null}': "The text is a string.",
        b'{"command": 5}': "The command is the name of a command, such as city or /yrd-city, or left out.",
        b'{"context": [7]}': "The context is a list of strings.",
        b'{"earlier": 7}': "The earlier question is a string.",
        b'{"page": 0}': "The page is a whole number from 1 to 10000, or left out.",
        b"[1]": 'A request is an object such as {"id": 1, "text": "Hangzhou"}.',
    }
    assert [answer["error"] for answer in answers(data_folder, *lines)] == list(lines.values())


def test_a_request_of_other_fields_is_told_those_that_there_are(data_folder: Path) -> None:
    wrong, none, beside = answers(
        data_folder, b'{"id": 4, "txt": "x"}', b"{}", b'{"text": "Hangzhou", "client": "mine"}'
    )
    assert wrong == {
        "id": 4,
        "error": 'There is no field "txt", and no text: the fields are id, command, text, context, earlier, page.',
    }
    assert none["outcome"] == "answer"
    assert beside["outcome"] == "answer"


def test_a_byte_order_mark_spoils_nothing(data_folder: Path) -> None:
    assert answers(data_folder, b"\xef\xbb\xbf" + LAST)[0]["outcome"] == "answer"


def test_a_long_text_is_taken_for_what_it_is_in_slack(data_folder: Path) -> None:
    question, long = f"add {'Ningbo ' * 80}?", f"Hangzhou {'and ports ' * 80}?"
    first, second = answers(data_folder, *(json.dumps({"text": text}).encode() for text in (question, long)))
    assert "proposed in Slack" not in first["text"]
    assert "Only the first 25" in second["text"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_lines_are_utf_8_whatever_the_locale(data_folder: Path, locale: str) -> None:
    asked = '{"id": "杭", "text": "杭州"}'.encode()
    assert answers(data_folder, asked, locale=locale)[0]["id"] == "杭"


def test_a_text_may_follow_on_an_earlier_question_and_the_answer_says_what_the_next_follows_on(
    data_folder: Path,
) -> None:
    asked = {"text": "and Chuzhou?", "earlier": "What is Nanjing twinned with?"}
    whole = {"text": "What is Chuzhou twinned with?"}
    follow_up, alone = answers(data_folder, *(json.dumps(line).encode() for line in (asked, whole)))
    assert (follow_up["earlier"], "earlier" in alone) == (whole["text"], False)
    assert follow_up["facts"] == alone["facts"]
    assert f"Asked: {whole['text']}" in follow_up["text"]


def test_a_page_of_an_answer_is_asked_for_and_told(data_folder: Path) -> None:
    first, second, beyond = answers(
        data_folder,
        b'{"text": "ports", "page": 1}',
        b'{"text": "ports", "page": 2}',
        b'{"text": "ports", "page": 99}',
    )
    assert (first["page"], second["page"]) == (1, 2)
    assert first["pages"] == second["pages"] == beyond["page"]
    assert {fact["id"] for fact in first["facts"]}.isdisjoint(fact["id"] for fact in second["facts"])
