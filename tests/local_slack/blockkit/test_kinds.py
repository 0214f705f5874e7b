"""The local Slack checks every kind of block and element that the bot sends, and refuses every other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack.blockkit.blocks import (
    INPUTS,
    MESSAGE,
    PRESSABLE,
    RATINGS,
    RICH_ELEMENTS,
    RICH_PARTS,
    check_view,
)
from bot.local_slack.blockkit.elements import ELEMENTS
from bot.local_slack.blockkit.errors import SlackError

Json = dict[str, Any]
BOT = Path(__file__).parents[3] / "bot"
HELD = "this local Slack holds only the kinds that the bot sends"


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str = "x") -> Json:
    return {"text": plain(text), "value": text}


def rich(part: str, **fields: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": part, **fields}]}


def actions(kind: str, **fields: Any) -> Json:
    return {"type": "actions", "elements": [{"type": kind, "action_id": "a", **fields}]}


RUN = {"type": "text", "text": "x"}
CARD: Json = {
    "type": "card",
    "title": {"type": "mrkdwn", "text": "x"},
    "actions": [{"type": "button", "action_id": "a", "text": plain()}],
}
RATING: Json = {
    "type": "feedback_buttons",
    "action_id": "a",
    "positive_button": {"text": plain(), "value": "+"},
    "negative_button": {"text": plain(), "value": "-"},
}
LINE = {"type": "rich_text_section", "elements": [RUN]}

# By kind: a block that Slack takes, one that it refuses, and what it says of that one.
BLOCKS: dict[str, tuple[Json, Json, str]] = {
    "header": (
        {"type": "header", "text": plain()},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "must be one of: plain_text [json-pointer:/blocks/0/text/type]",
    ),
    "divider": (
        {"type": "divider"},
        {"type": "divider", "text": plain()},
        "invalid additional property: text [json-pointer:/blocks/0]",
    ),
    "context": (
        {"type": "context", "elements": [plain(), {"type": "mrkdwn", "text": "*x*", "verbatim": True}]},
        {"type": "context", "elements": [plain("")]},
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/text]",
    ),
    "carousel": (
        {"type": "carousel", "elements": [CARD]},
        {"type": "carousel", "elements": [CARD | {"body": {"type": "mrkdwn", "text": "x" * 201}}]},
        "must be less than 201 characters [json-pointer:/blocks/0/elements/0/body/text]",
    ),
    "context_actions": (
        {"type": "context_actions", "elements": [RATING]},
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}]},
        f"unsupported type: icon_button ({HELD}) [json-pointer:/blocks/0/elements/0/type]",
    ),
    "actions": (
        actions("button", text=plain(), value="v"),
        {"type": "actions", "elements": []},
        "must have at least 1 items [json-pointer:/blocks/0/elements]",
    ),
    "image": (
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "x"},
        {"type": "image", "image_url": "https://example.org/a.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    "input": (
        {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "action_id": "a"}},
        {"type": "input", "element": {"type": "plain_text_input", "action_id": "a"}},
        "missing required field: label [json-pointer:/blocks/0]",
    ),
    "table": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]], "column_settings": [{"is_wrapped": True}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]",
    ),
    "rich_text": (
        rich("rich_text_section", elements=[RUN]),
        rich("rich_text_section", elements=[{"type": "text", "text": ""}]),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
}  # fmt: skip
PARTS: dict[str, tuple[Json, Json, str]] = {
    "rich_text_section": (
        rich("rich_text_section", elements=[RUN, {"type": "channel", "channel_id": "C04GENERAL1"}]),
        rich("rich_text_section", elements=[{"type": "text"}]),
        "missing required field: text [json-pointer:/blocks/0/elements/0/elements/0]",
    ),
    "rich_text_list": (
        rich("rich_text_list", style="bullet", elements=[LINE]),
        rich("rich_text_list", style="starred", elements=[LINE]),
        "must be one of: bullet, ordered [json-pointer:/blocks/0/elements/0/style]",
    ),
    "rich_text_quote": (
        rich("rich_text_quote", elements=[RUN]),
        rich("rich_text_quote", elements=["x"]),
        "must provide an object [json-pointer:/blocks/0/elements/0/elements/0]",
    ),
    "rich_text_preformatted": (
        rich("rich_text_preformatted", elements=[RUN]),
        rich("rich_text_preformatted"),
        "must provide an array [json-pointer:/blocks/0/elements/0/elements]",
    ),
}
ACTION_ELEMENTS: dict[str, tuple[Json, Json, str]] = {
    "button": (
        actions("button", text=plain(), value="v", style="primary"),
        actions("button", text=plain("x" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "static_select": (
        actions("static_select", options=[option()], initial_option=option()),
        actions("static_select", options=[option()], initial_option=option("y")),
        "must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "multi_static_select": (
        actions("multi_static_select", option_groups=[{"label": plain(), "options": [option()]}]),
        actions("multi_static_select", option_groups=[{"label": plain(), "options": [option()] * 101}]),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/option_groups/0/options]",
    ),
    "multi_users_select": (
        actions("multi_users_select", initial_users=["U04ALICE7K2"], max_selected_items=5),
        actions("multi_users_select", initial_users="U04ALICE7K2"),
        "must be a list of ids [json-pointer:/blocks/0/elements/0/initial_users]",
    ),
    "conversations_select": (
        actions("conversations_select", placeholder=plain()),
        actions("conversations_select", placeholder=plain("x" * 151)),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    "datepicker": (
        actions("datepicker", initial_date="2026-12-01"),
        actions("datepicker", placeholder={"type": "mrkdwn", "text": "x"}),
        "must be one of: plain_text [json-pointer:/blocks/0/elements/0/placeholder/type]",
    ),
    "timepicker": (
        actions("timepicker", initial_time="09:00"),
        actions("timepicker", action_id="a" * 256),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "checkboxes": (
        actions("checkboxes", options=[option()], initial_options=[option()]),
        actions("checkboxes", options=[option()] * 11),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "radio_buttons": (
        actions("radio_buttons", options=[option()]),
        actions("radio_buttons", options=[{"text": plain()}]),
        "missing required field: value [json-pointer:/blocks/0/elements/0/options/0]",
    ),
}
INPUT_ELEMENTS: dict[str, tuple[Json, Json, str]] = {
    "plain_text_input": (
        {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "max_length": 3_000}},
        {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "max_length": 3_001}},
        "must be between 0 and 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
}
SENT = BLOCKS | PARTS | ACTION_ELEMENTS | INPUT_ELEMENTS

# What Slack takes and the bot does not send.
OTHER_BLOCKS: dict[str, Json] = {
    "section": {"type": "section", "text": plain()},
    "markdown": {"type": "markdown", "text": "**x**"},
    "alert": {"type": "alert", "text": plain()},
}
OTHER_ELEMENTS: dict[str, Json] = {
    "external_select": {"min_query_length": 2},
    "multi_external_select": {"min_query_length": 2},
    "users_select": {},
    "channels_select": {},
    "multi_channels_select": {},
    "multi_conversations_select": {},
    "overflow": {"options": [option()]},
    "datetimepicker": {},
    "icon_button": {"icon": "trash", "text": plain()},
}
OTHER_INPUTS = ("number_input", "url_text_input", "email_text_input", "external_select", "datetimepicker")


def refusal(client: WebClient, block: Json) -> list[str]:
    """Return what a refused message is told; it is refused as Slack refuses."""
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=[block])
    assert refused.value.response["error"] == "invalid_blocks"
    problems: list[str] = refused.value.response["response_metadata"]["messages"]
    return problems


def test_every_kind_that_is_held_has_a_row_here() -> None:
    assert set(BLOCKS) == set(MESSAGE)
    assert set(PARTS) == RICH_PARTS
    assert set(ACTION_ELEMENTS) == PRESSABLE
    assert set(ACTION_ELEMENTS | INPUT_ELEMENTS) | RATINGS == set(ELEMENTS) == PRESSABLE | INPUTS | RATINGS


@pytest.mark.parametrize("kind", SENT)
def test_a_kind_that_the_bot_sends_is_taken_and_checked(kind: str, client: WebClient) -> None:
    good, bad, problem = SENT[kind]
    if "input" in (kind, good["type"]):
        check_view(form(good))
        with pytest.raises(SlackError) as refused:
            check_view(form(bad))
        assert refused.value.extra["errors"] == [f"[ERROR] {problem.replace('/blocks', '/view/blocks')}"]
        return
    assert client.chat_postMessage(channel="C04GENERAL1", text="x", blocks=[good])["ok"]
    assert refusal(client, bad) == [f"[ERROR] {problem}"]


@pytest.mark.parametrize("kind", OTHER_BLOCKS)
def test_a_block_that_the_bot_does_not_send_is_refused_and_told_why(kind: str, client: WebClient) -> None:
    told = f"[ERROR] unsupported type: {kind} ({HELD}) [json-pointer:/blocks/0/type]"
    assert refusal(client, OTHER_BLOCKS[kind]) == [told]


@pytest.mark.parametrize("kind", OTHER_ELEMENTS)
def test_an_element_that_the_bot_does_not_send_is_refused_and_told_why(kind: str, client: WebClient) -> None:
    told = f"[ERROR] unsupported type: {kind} ({HELD}) [json-pointer:/blocks/0/elements/0/type]"
    assert refusal(client, actions(kind, **OTHER_ELEMENTS[kind])) == [told]


@pytest.mark.parametrize("kind", OTHER_INPUTS)
def test_an_input_that_the_bot_does_not_send_is_refused_and_told_why(kind: str) -> None:
    with pytest.raises(SlackError, match="invalid_arguments") as refused:
        check_view(form({"type": "input", "label": plain(), "element": {"type": kind, "action_id": "a"}}))

    told = f"[ERROR] unsupported type: {kind} ({HELD}) [json-pointer:/view/blocks/0/element/type]"
    assert refused.value.extra["errors"] == [told]


@pytest.mark.parametrize("kind", ["link", "emoji", "user", "usergroup", "broadcast", "date", "color"])
def test_a_run_of_rich_text_that_the_bot_does_not_send_is_refused(kind: str, client: WebClient) -> None:
    told = f"[ERROR] unsupported type: {kind} ({HELD}) [json-pointer:/blocks/0/elements/0/elements/0/type]"
    assert refusal(client, rich("rich_text_section", elements=[{"type": kind}])) == [told]


@pytest.mark.parametrize("kind", ["rich_text", "raw_number"])
def test_a_cell_that_the_bot_does_not_send_is_refused(kind: str, client: WebClient) -> None:
    told = f"[ERROR] unsupported type: {kind} ({HELD}) [json-pointer:/blocks/0/rows/0/0/type]"
    assert refusal(client, {"type": "table", "rows": [[{"type": kind}]]}) == [told]


def test_a_picture_among_small_print_is_refused(client: WebClient) -> None:
    picture = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "x"}
    [told] = refusal(client, {"type": "context", "elements": [picture]})
    assert told == "[ERROR] must be one of: plain_text, mrkdwn [json-pointer:/blocks/0/elements/0/type]"


def test_a_question_before_a_press_is_refused_and_told_why(client: WebClient) -> None:
    told = f"[ERROR] unsupported property: confirm ({HELD}) [json-pointer:/blocks/0/elements/0/confirm]"
    assert refusal(client, actions("button", text=plain(), confirm={"title": plain()})) == [told]


def test_a_message_in_markdown_is_refused_and_told_why(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments") as refused:
        client.chat_postMessage(channel="C04GENERAL1", markdown_text="**x**")
    told = f"[ERROR] unsupported argument: markdown_text ({HELD})"
    assert refused.value.response["response_metadata"]["messages"] == [told]


def test_a_table_in_a_view_is_refused_as_in_slack() -> None:
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view({"type": "home", "blocks": [BLOCKS["table"][0]]})


def test_nothing_is_held_that_the_bot_does_not_write() -> None:
    held = {*MESSAGE, *ELEMENTS, *RICH_PARTS, *RICH_ELEMENTS}
    assert held - set(written()) == set()


def written() -> Iterator[str]:
    """Every kind that stands as a "type" in a dictionary of the bot's own code."""
    for folder in ("slack", "render", "digests"):
        for path in (BOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Dict):
                    yield from (
                        str(value.value)
                        for key, value in zip(node.keys, node.values, strict=True)
                        if isinstance(key, ast.Constant)
                        and key.value == "type"
                        and isinstance(value, ast.Constant)
                    )


def form(block: Json) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": [block]}
