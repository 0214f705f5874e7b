"""Whether Slack would take these blocks or this view: one table of checks by block type.

Only the kinds that the bot sends are held; every other is refused, so that a new one is checked from its first day.
"""

from __future__ import annotations

import json
from typing import Any

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.elements import PLAIN, Check, check_element
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.ids import elements_of
from bot.local_slack.blockkit.json import Json
from bot.local_slack.blockkit.problems import Checks

# https://docs.slack.dev/reference/block-kit/block-elements
STATEFUL = frozenset(
    {
        "checkboxes",
        "conversations_select",
        "datepicker",
        "multi_static_select",
        "radio_buttons",
        "static_select",
        "timepicker",
    }
)
PRESSABLE = STATEFUL | {"button"}
INPUTS = STATEFUL | {"plain_text_input"}
RICH_PARTS = frozenset(
    {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"},
)
RICH_ELEMENTS = frozenset({"text", "channel"})


def check_message_blocks(blocks: Any) -> None:
    """Raise invalid_blocks or msg_blocks_too_long as chat.postMessage would; does not look at `text`."""
    checks = Checks()
    _blocks(checks, blocks, "/blocks", limits.MESSAGE_BLOCKS, MESSAGE)
    if checks.problems:
        _refuse("invalid_blocks", checks)
    if checks.chars > limits.MESSAGE_BLOCK_CHARS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any, kinds: tuple[str, ...] = ("modal",)) -> None:
    """Raise invalid_arguments or view_too_large as views.open, update and publish would."""
    checks = Checks()
    if not isinstance(view, dict):
        checks.say("/view", "must provide an object")
        _refuse("invalid_arguments", checks)
    if len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    if view.get("type") not in kinds:
        checks.say("/view/type", f"must be one of: {', '.join(kinds)}")
    checks.keys(view, "/view", VIEW_KEYS)
    checks.need(view, "/view", "blocks", *(["title"] if view.get("type") == "modal" else []))
    for field, limit in (("title", limits.MODAL_TITLE), ("submit", limits.MODAL_SUBMIT)):
        checks.text(view.get(field), f"/view/{field}", limit, PLAIN)
    checks.text(view.get("close"), "/view/close", limits.MODAL_CLOSE, PLAIN)
    checks.string(view.get("callback_id"), "/view/callback_id", limits.VIEW_CALLBACK, least=0)
    checks.string(view.get("private_metadata"), "/view/private_metadata", limits.VIEW_METADATA, least=0)
    _blocks(checks, view.get("blocks"), "/view/blocks", limits.VIEW_BLOCKS, VIEW)
    inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in view.get("blocks") or ())
    if inputs and view.get("type") == "modal" and not view.get("submit"):
        checks.say("/view", "missing required field: submit")
    if checks.problems:
        _refuse("invalid_arguments", checks)


def measure_message(blocks: list[Any]) -> list[tuple[str, int, int]]:
    """What these blocks use of which limits: (what, used, most)."""
    checks = Checks()
    _blocks(checks, blocks, "/blocks", limits.MESSAGE_BLOCKS, MESSAGE)
    all_texts = ("characters in all blocks", checks.chars, int(limits.MESSAGE_BLOCK_CHARS))
    return [checks.closest, all_texts]


def measure_view(view: Json) -> list[tuple[str, int, int]]:
    """The same of a view's blocks."""
    checks = Checks()
    _blocks(checks, view.get("blocks"), "/view/blocks", limits.VIEW_BLOCKS, VIEW)
    return [checks.closest]


def _refuse(code: str, checks: Checks) -> None:
    raise SlackError(code, errors=checks.problems, response_metadata={"messages": checks.problems})


def _blocks(checks: Checks, value: Any, path: str, most: int, table: dict[str, Check]) -> None:
    seen: set[str] = set()
    tables = 0
    for index, block in enumerate(checks.items(value, path, most, least=0)):
        here = f"{path}/{index}"
        kind = block.get("type")
        checks.string(block.get("block_id"), here + "/block_id", limits.BLOCK_ID)
        if block.get("block_id") in seen:
            checks.say(here + "/block_id", f"duplicate block_id: {block['block_id']}")
        seen.update({block["block_id"]} if isinstance(block.get("block_id"), str) else ())
        if kind not in table:
            checks.unsupported(here, kind)
            continue
        table[str(kind)](checks, block, here)
        _unique_actions(checks, block, here)
        tables += kind == "table"
    if tables > 1:
        checks.say(path, "only one table allowed")


def _unique_actions(checks: Checks, block: Json, path: str) -> None:
    # Slack's page of each element: "should be unique among all other action_ids in the containing block".
    ids = [e["action_id"] for e in elements_of(block) if isinstance(e.get("action_id"), str)]
    for action in {i for i in ids if ids.count(i) > 1}:
        checks.say(path, f"`action_id` {action} already exists")


def _header(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id", "text", "level"})
    checks.need(block, path, "text")
    checks.text(block.get("text"), path + "/text", limits.HEADER_TEXT, PLAIN)


def _divider(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id"})


def _context(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id", "elements"})
    for index, element in enumerate(
        checks.items(block.get("elements"), path + "/elements", limits.CONTEXT_ELEMENTS)
    ):
        checks.text(element, f"{path}/elements/{index}", limits.TEXT_OBJECT)


def _actions(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id", "elements"})
    elements = checks.items(block.get("elements"), path + "/elements", limits.ACTIONS_ELEMENTS)
    for index, element in enumerate(elements):
        check_element(checks, element, f"{path}/elements/{index}", PRESSABLE)


def _input(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"})
    checks.need(block, path, "label", "element")
    checks.text(block.get("label"), path + "/label", limits.INPUT_LABEL, PLAIN)
    checks.text(block.get("hint"), path + "/hint", limits.INPUT_HINT, PLAIN)
    if isinstance(block.get("element"), dict):
        check_element(checks, block["element"], path + "/element", INPUTS)


def _rich_text(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id", "elements"})
    for index, part in enumerate(_list(checks, block, path)):
        _rich_part(checks, part, f"{path}/elements/{index}")


def _rich_part(checks: Checks, part: Json, path: str) -> None:
    if part.get("type") not in RICH_PARTS:
        checks.unsupported(path, part.get("type"))
        return
    if part["type"] == "rich_text_list" and part.get("style") not in {"bullet", "ordered"}:
        checks.say(path + "/style", "must be one of: bullet, ordered")
    for index, element in enumerate(_list(checks, part, path)):
        here = f"{path}/elements/{index}"
        if part["type"] == "rich_text_list":
            _rich_part(checks, element, here)
        elif element.get("type") not in RICH_ELEMENTS:
            checks.unsupported(here, element.get("type"))
        elif element["type"] == "text":
            checks.need(element, here, "text")
            checks.string(element.get("text"), here + "/text", limits.MESSAGE_BLOCK_CHARS)
        else:
            checks.need(element, here, "channel_id")


def _list(checks: Checks, value: Json, path: str) -> list[Json]:
    return checks.items(value.get("elements"), path + "/elements", 10_000, least=0)


def _table(checks: Checks, block: Json, path: str) -> None:
    checks.keys(block, path, {"type", "block_id", "rows", "column_settings"})
    rows = block.get("rows")
    if not isinstance(rows, list) or not rows:
        checks.say(path + "/rows", "must have at least 1 items")
        return
    if len(rows) > limits.TABLE_ROWS:
        checks.say(path + "/rows", f"no more than {limits.TABLE_ROWS} items allowed")
    total = 0
    for index, row in enumerate(rows):
        cells = checks.items(row, f"{path}/rows/{index}", limits.TABLE_CELLS)
        total += sum(len(str(cell.get("text", ""))) for cell in cells)
        for at, cell in enumerate(cells):
            _cell(checks, cell, f"{path}/rows/{index}/{at}")
    if total > limits.TABLE_CHARS:
        checks.say(path, f"must be less than {limits.TABLE_CHARS + 1} characters")


def _cell(checks: Checks, cell: Json, path: str) -> None:
    if cell.get("type") != "raw_text":
        checks.unsupported(path, cell.get("type"))
        return
    checks.need(cell, path, "text")
    checks.string(cell.get("text"), path + "/text", limits.TABLE_CHARS)


VIEW_KEYS = frozenset(
    [
        "type",
        "title",
        "blocks",
        "close",
        "submit",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
        "external_id",
        "submit_disabled",
    ]
)
VIEW: dict[str, Check] = {
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
}
MESSAGE: dict[str, Check] = {
    **VIEW,
    "table": _table,
}
