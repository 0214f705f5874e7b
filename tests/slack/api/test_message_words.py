"""What a message says is found whatever its blocks and attachments look like."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.api.message_words import all_words, own_words, rich_text
from tests.processor_time import is_within

KEYS = (
    "type", "text", "elements", "fields", "blocks", "attachments", "message_blocks", "message", "files", "title", "style",
    "code", "user_id", "name", "url", "fallback", "action_id", "rows", "value", "pretext",
)  # fmt: skip
KINDS = (
    "rich_text", "rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted", "section", "mrkdwn",
    "plain_text", "emoji", "link", "user", "text", "table", "container", "",
)  # fmt: skip
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.sampled_from(KINDS))
PAYLOADS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=40,
)


@given(st.dictionaries(st.sampled_from(KEYS), PAYLOADS, max_size=6))
def test_any_payload_is_read(payload: dict[str, Any]) -> None:
    own_words(payload)
    all_words(payload)
    rich_text(payload)


def nested(levels: int, inner: dict[str, Any]) -> dict[str, Any]:
    for _ in range(levels):
        inner = {
            "attachments": [{"message_blocks": [{"message": inner}], "blocks": [inner]}, inner],
            "text": "x",
        }
    return inner


@pytest.mark.parametrize(
    "payload",
    [
        {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 100_000}}] * 50},
        {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "`x`", "style": {"code": True}}] * 20_000}]}]},
        {"attachments": [{"text": "x <@U1>", "fields": [{"title": "a", "value": "b"}] * 100}] * 1_000},
        nested(12, {"text": "deep"}),
    ],
)  # fmt: skip
def test_a_large_payload_is_read_at_once(payload: dict[str, Any]) -> None:
    assert is_within(lambda: all_words(payload), 1)
    assert all_words(payload)
