"""The local Slack takes what Slack takes and refuses what goes one beyond."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.local_slack.blockkit import limits

Json = dict[str, Any]


def plain(count: int) -> Json:
    return {"type": "plain_text", "text": "x" * count}


def button(text: int = 5, value: int = 5, action: int = 5) -> Json:
    return {"type": "button", "text": plain(text), "value": "v" * value, "action_id": "a" * action}


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def numbered(count: int) -> list[Json]:
    return [button() | {"action_id": f"a{index}"} for index in range(count)]


CELL = {"type": "raw_text", "text": "x"}
AT_THE_LIMIT: dict[str, tuple[Callable[[int], list[Json]], int]] = {
    "blocks": (lambda n: [{"type": "divider"}] * n, limits.MESSAGE_BLOCKS),
    "context text": (lambda n: [{"type": "context", "elements": [plain(n)]}], limits.TEXT_OBJECT),
    "header text": (lambda n: [{"type": "header", "text": plain(n)}], limits.HEADER_TEXT),
    "context elements": (
        lambda n: [{"type": "context", "elements": [plain(1)] * n}],
        limits.CONTEXT_ELEMENTS,
    ),
    "actions elements": (lambda n: actions(*numbered(n)), limits.ACTIONS_ELEMENTS),
    "button text": (lambda n: actions(button(text=n)), limits.BUTTON_TEXT),
    "button value": (lambda n: actions(button(value=n)), limits.BUTTON_VALUE),
    "action_id": (lambda n: actions(button(action=n)), limits.ACTION_ID),
    "block_id": (lambda n: [{"type": "divider", "block_id": "b" * n}], limits.BLOCK_ID),
    "table rows": (lambda n: [{"type": "table", "rows": [[CELL]] * n}], limits.TABLE_ROWS),
    "table cells": (lambda n: [{"type": "table", "rows": [[CELL] * n]}], limits.TABLE_CELLS),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_blocks_at_the_limit_are_taken_and_one_more_is_invalid(name: str, client: WebClient) -> None:
    make, limit = AT_THE_LIMIT[name]

    assert client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=make(limit))["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=make(limit + 1))

    assert refused.value.response["error"] == "invalid_blocks"
    [message] = refused.value.response["response_metadata"]["messages"]
    assert message.startswith("[ERROR] ")
    assert "[json-pointer:/blocks" in message


MALFORMED: dict[str, Json] = {
    "unknown type": {"type": "poem", "text": plain(1)},
    "no text": {"type": "header"},
    "mrkdwn header": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "empty text": {"type": "context", "elements": [{"type": "mrkdwn", "text": ""}]},
    "unknown property": {"type": "divider", "colour": "red"},
    "element of another block": {
        "type": "actions",
        "elements": [{"type": "plain_text_input", "action_id": "x"}],
    },
    "bad style": {"type": "actions", "elements": [button() | {"style": "blue"}]},
    "script address": {"type": "actions", "elements": [button() | {"url": "javascript:alert(1)"}]},
    "same action_id twice": {"type": "actions", "elements": [button(), button()]},
    "rich text of an unknown part": {"type": "rich_text", "elements": [{"type": "rich_text_poem"}]},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_blocks_are_invalid(name: str, client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=[MALFORMED[name]])


def test_the_same_block_id_twice_is_invalid(client: WebClient) -> None:
    twice = [{"type": "divider", "block_id": "one"}] * 2

    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=twice)


def test_too_many_characters_over_all_blocks_are_too_long(client: WebClient) -> None:
    context = {"type": "context", "elements": [plain(limits.TEXT_OBJECT)]}

    with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
        client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=[context] * 5)


def test_a_message_needs_text_and_not_too_much_of_it(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="no_text"):
        client.chat_postMessage(channel="C04GENERAL1", text=" ")
    with pytest.raises(SlackApiError, match="msg_too_long"):
        client.chat_postMessage(channel="C04GENERAL1", text="x" * (limits.POST_TEXT + 1))
    assert client.chat_postMessage(channel="C04GENERAL1", text="x" * limits.POST_TEXT)["ok"]


def home(blocks: list[Json]) -> Json:
    return {"type": "home", "blocks": blocks}


def test_a_home_tab_takes_a_hundred_blocks_and_no_more(client: WebClient) -> None:
    full = [{"type": "divider"}] * limits.VIEW_BLOCKS

    assert client.views_publish(user_id="U04ALICE7K2", view=home(full))["ok"]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_publish(user_id="U04ALICE7K2", view=home([*full, {"type": "divider"}]))


def test_a_stale_hash_is_a_conflict(client: WebClient) -> None:
    first = client.views_publish(user_id="U04ALICE7K2", view=home([]))["view"]["hash"]
    client.views_publish(user_id="U04ALICE7K2", view=home([]), hash=first)

    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_publish(user_id="U04ALICE7K2", view=home([]), hash=first)


def modal(title: int = 5) -> Json:
    return {"type": "modal", "title": plain(title), "blocks": []}


def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: LocalSlackServer, client: WebClient, clock: Any
) -> None:
    triggers = slack.workspace.slack.context.triggers
    first, late = triggers.issue("U04ALICE7K2"), triggers.issue("U04ALICE7K2")

    assert client.views_open(trigger_id=first, view=modal())["ok"]
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=first, view=modal())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_open(trigger_id="made-up", view=modal())
    clock.advance(3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=late, view=modal())


def test_a_modal_title_has_24_characters(slack: LocalSlackServer, client: WebClient) -> None:
    issue = slack.workspace.slack.context.triggers.issue

    assert client.views_open(trigger_id=issue("U04BOB5M9QX"), view=modal(limits.MODAL_TITLE))["ok"]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=issue("U04BOB5M9QX"), view=modal(limits.MODAL_TITLE + 1))


def test_every_limit_names_its_source() -> None:
    table = {name: value for name, value in vars(limits).items() if isinstance(value, limits.Limit)}

    assert len(table) > 40
    assert [name for name, limit in table.items() if not limit.source] == []
