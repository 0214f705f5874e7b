"""Any answer leaves within Slack's limits, and never with a live mention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render import limits
from bot.render.blockkit import fallback
from bot.render.button_value import ButtonValue, carry, decode
from bot.render.escape import refuse_mass_mentions
from bot.render.plain import PLAIN_TEXT
from bot.render.sources import sources
from handlers.answer import Answer
from tests.render.answers import answer, answers, blocks, fact, long_words, plain, words

_any_answer = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _check(shown: list[dict[str, Any]]) -> None:
    assert 1 <= len(shown) <= limits.BLOCKS_IN_MESSAGE
    texts = 0
    for item in _objects(shown):
        match item.get("type"):
            case "plain_text" | "mrkdwn":
                assert 1 <= len(item["text"]) <= limits.TEXT_OBJECT
                texts += len(item["text"])
            case "text":
                assert 1 <= len(item["text"]) <= limits.RICH_TEXT
                texts += len(item["text"])
            case "header":
                assert len(item["text"]["text"]) <= limits.HEADER_TEXT
            case "context":
                assert 1 <= len(item["elements"]) <= limits.CONTEXT_ELEMENTS
            case "actions":
                assert 1 <= len(item["elements"]) <= limits.ACTIONS_ELEMENTS
            case "button":
                assert len(item["text"]["text"]) <= limits.BUTTON_TEXT
                assert len(item["value"]) <= limits.BUTTON_VALUE
    assert texts <= limits.ALL_BLOCKS_TEXT
    ids = [item["action_id"] for item in _objects(shown) if "action_id" in item]
    assert len(ids) == len(set(ids)), "action ids are unique in a message"
    refuse_mass_mentions(json.dumps(shown, ensure_ascii=False))


@_any_answer
@given(answers, st.booleans())
def test_any_answer_is_within_the_limits_and_mentions_nobody(given_answer: Answer, sharable: bool) -> None:
    _check(blocks(given_answer, ButtonValue(text="Ningbo", version="1"), sharable=sharable))
    text = plain(given_answer)
    assert 0 < len(text) <= PLAIN_TEXT or not given_answer.headline.strip()
    escaped = fallback(text)
    assert len(escaped) <= limits.FALLBACK_TEXT
    refuse_mass_mentions(escaped)
    assert "<" not in escaped
    assert ">" not in escaped


@_any_answer
@given(answers)
def test_sources_of_any_answer_are_within_the_limits(given_answer: Answer) -> None:
    shown, text = sources(given_answer, lambda slug: None)
    _check(shown)
    assert len(fallback(text)) <= limits.FALLBACK_TEXT


@given(long_words, words, st.lists(words, max_size=20))
def test_a_button_carries_its_question_whole_or_is_not_made(
    text: str, version: str, context: list[str]
) -> None:
    asked = carry("/yrd-city", text, version, tuple(context))
    if asked is not None:
        back = decode(asked.encode())
        assert back is not None
        assert (back.command, back.text, back.version) == ("/yrd-city", text, version)


@given(
    st.one_of(st.none(), st.integers(), st.text(), st.binary(), st.just("[" * 900), st.just('{"page": -1}'))
)
def test_what_comes_back_in_a_button_never_raises(value: object) -> None:
    decoded = decode(value)
    assert decoded is None or isinstance(decoded, ButtonValue)


def test_text_is_cut_with_a_count_of_what_is_left() -> None:
    long = answer(5, lines=answer(5).lines, total=5)
    bulky = tuple(fact(n, statement="word " * 300, caveat=f"{n} " + "care " * 200) for n in range(1, 6))
    text = plain(Answer(headline="Nothing on that.", outcome="unknown", near=bulky))
    assert text.endswith("… and 3 more facts")
    assert "more fact" not in plain(long)
