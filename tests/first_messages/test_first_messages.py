"""What the bot says first to inputs of every kind: read line by line by somebody who did not write the code, and kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.encoder import installed
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.base import FactBase
from scripts.first_messages import NOW, RULE, TOLD, TOLD_LIGHT, inputs, told, typed, written
from tests.cli.test_encoder import needs_encoder

ALL = inputs()
# What is asked for by its id is shown with it.
IDS_ASKED = re.compile(r"\b(?:fact|source|document|help|passage|xu-twinning)", re.IGNORECASE)


def test_first_messages_without_the_encoder_are_those_that_were_read(base: FactBase) -> None:
    assert written(base) == TOLD_LIGHT.read_text(encoding="utf-8"), "make golden, and read what changed"


@needs_encoder
def test_first_messages_are_those_that_were_read(dense_db: Path) -> None:
    base = FactBase.open(dense_db, installed())
    assert written(base) == TOLD.read_text(encoding="utf-8"), "make golden, and read what changed"


def test_there_are_inputs_of_every_kind() -> None:
    assert len(ALL) >= 150
    assert {given.get("command", QUESTION) for given in ALL} >= {
        QUESTION,
        "/yrd-city",
        "/yrd-pair",
        "/yrd-mechanism",
        "/yrd-topic",
        "/yrd-digest",
    }
    assert sum(not given["text"].isascii() for given in ALL) >= 20


@pytest.mark.parametrize("path", [TOLD, TOLD_LIGHT], ids=lambda path: path.stem)
def test_no_first_message_shows_what_only_the_base_calls_things(base: FactBase, path: Path) -> None:
    messages = path.read_text(encoding="utf-8").split(f"{RULE}\n")
    assert len(messages) == len(ALL)
    for given, text in zip(ALL, messages, strict=True):
        assert text.startswith(f"> {typed(given)}\n")
        said = text.removeprefix(f"> {typed(given)}\n").strip()
        assert 0 < len(said) <= 3_000, given
        for slug in (document.slug for document in base.seeds.documents):
            assert slug not in said or IDS_ASKED.search(given["text"]), (slug, given)
        for word in (" disagree", "Read as", "reported ·", "· claimed", "source dated"):
            assert word not in said, given


@pytest.mark.parametrize("given", ALL, ids=typed)
def test_no_first_message_warns_twice_of_the_same(base: FactBase, given: dict[str, Any]) -> None:
    text = told(base, given)
    answer = reply(Services(base), Request(given["text"], NOW, given.get("command", QUESTION)))
    for fact in (*(line.fact for line in answer.lines), *answer.near):
        assert not fact.caveat or text.count(fact.caveat) <= 1
