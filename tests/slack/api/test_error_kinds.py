"""Every error that Slack documents for what the bot calls means one thing, and the bot calls nothing beside it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.slack.api.error_kinds import KINDS, kind_of
from bot.slack.api.errors import ADMIN_KINDS

ROOT = Path(__file__).parents[3]
DOCUMENTED = {
    method: words.split()
    for method, words in tomllib.loads(
        (Path(__file__).with_name("documented_errors.toml")).read_text(encoding="utf-8")
    ).items()
}


@pytest.mark.parametrize("method", DOCUMENTED)
def test_every_documented_error_stands_in_the_table_once(method: str) -> None:
    standing = Counter(word for words in KINDS.values() for word in words)
    assert {word: standing[word] for word in DOCUMENTED[method]} == dict.fromkeys(DOCUMENTED[method], 1)


def test_the_errors_of_every_method_that_the_bot_calls_are_listed() -> None:
    methods = {name for name in dir(WebClient) if re.fullmatch(r"[a-z]+_[A-Za-z_]+", name)}
    called = {
        found.replace("_", ".")
        for path in (ROOT / "bot").rglob("*.py")
        if "local_slack" not in path.parts
        for found in re.findall(r"\.([a-z]+_[A-Za-z_]+)\b", path.read_text(encoding="utf-8"))
        if found in methods and found != "api_call"
    }
    assert called == set(DOCUMENTED) - {"common", "response URLs"}


def test_what_an_admin_is_told_of_stops_the_bot_or_bars_it() -> None:
    assert {kind_of(word) for word in ADMIN_KINDS} == {"token", "barred"}


def test_a_word_that_nobody_knows_refuses_one_call_and_no_more() -> None:
    assert kind_of("a_word_of_next_year") == "refused"
