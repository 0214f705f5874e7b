"""What the benchmark asks is what it says: many different texts, always the same, each request its own."""

from __future__ import annotations

from pathlib import Path

from benchmarks.client import SECRET, signed
from benchmarks.texts import AT_LEAST, questions
from bot.http.asgi import Head
from bot.slack.receiving.dispatch import Reply
from bot.slack.receiving.verification import RequestVerifier
from knowledge.base import FactBase


def test_the_questions_are_many_different_and_the_same_each_time(facts_db: Path) -> None:
    base = FactBase.open(facts_db)
    asked = questions(base)
    assert len(asked) == len(set(asked)) >= AT_LEAST
    assert asked == questions(base)
    names = {spelling for record in base.seeds.places for spelling in record.spellings()}
    assert {text for command, text in asked if command == "/yrd-city"} >= names


def test_every_request_passes_the_verifier_and_none_is_a_copy(facts_db: Path) -> None:
    verifier = RequestVerifier(SECRET)
    for number, (command, text) in enumerate(questions(FactBase.open(facts_db))[:200]):
        head, _, body = signed(command, text, "T1", number).partition(b"\r\n\r\n")
        fields = dict(line.split(": ") for line in head.decode().split("\r\n")[1:])
        request = Head("POST", {name.lower(): value for name, value in fields.items()})
        assert verifier.refusal(request) is None
        admitted = verifier.verify(request, body)
        assert not isinstance(admitted, Reply)
        assert (admitted["command"], admitted["text"]) == (command, text)
