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
from bot.local_slack.blockkit.problems import Problems

# https://docs.slack.dev/reference/block-kit/block-elements
STATEFUL = frozenset(
    {
        "checkboxes",
        "conversations_select",
        "datepicker",
        "multi_static_select",
        "multi_users_select",
        "radio_buttons",
        "static_select",
        "timepicker",
    }
)
PRESSABLE = STATEFUL | {"button"}
RATINGS = frozenset({"feedback_buttons"})
INPUTS = STATEFUL | {"plain_text_input"}
RICH_PARTS = frozenset(
    {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"},
)
RICH_ELEMENTS = frozenset({"text", "channel"})


def check_message_blocks(blocks: Any) -> None:
    """Raise invalid_blocks or msg_blocks_too_long as chat.postMessage would; does not look at `text`."""
    problems = Problems()
    _blocks(problems, blocks, "/blocks", limits.MESSAGE_BLOCKS, MESSAGE)
    if problems.found:
        _refuse("invalid_blocks", problems)
    if problems.chars > limits.MESSAGE_BLOCK_CHARS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any, kinds: tuple[str, ...] = ("modal",)) -> None:
    """Raise invalid_arguments or view_too_large as views.open, update and publish would."""
    problems = Problems()
    if not isinstance(view, dict):
        problems.add("/view", "must provide an object")
        _refuse("invalid_arguments", problems)
    if len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    if view.get("type") not in kinds:
        problems.add("/view/type", f"must be one of: {', '.join(kinds)}")
    problems.keys(view, "/view", VIEW_KEYS)
    problems.need(view, "/view", "blocks", *(["title"] if view.get("type") == "modal" else []))
    for field, limit in (("title", limits.MODAL_TITLE), ("submit", limits.MODAL_SUBMIT)):
        problems.text(view.get(field), f"/view/{field}", limit, PLAIN)
    problems.text(view.get("close"), "/view/close", limits.MODAL_CLOSE, PLAIN)
    problems.string(view.get("callback_id"), "/view/callback_id", limits.VIEW_CALLBACK, least=0)
    problems.string(view.get("private_metadata"), "/view/private_metadata", limits.VIEW_METADATA, least=0)
    _blocks(problems, view.get("blocks"), "/view/blocks", limits.VIEW_BLOCKS, VIEW)
    inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in view.get("blocks") or ())
    if inputs and view.get("type") == "modal" and not view.get("submit"):
        problems.add("/view", "missing required field: submit")
    if problems.found:
        _refuse("invalid_arguments", problems)


def measure_message(blocks: list[Any]) -> list[tuple[str, int, int]]:
    """Return what these blocks use of which limits: (what, used, most)."""
    problems = Problems()
    _blocks(problems, blocks, "/blocks", limits.MESSAGE_BLOCKS, MESSAGE)
    all_texts = ("characters in all blocks", problems.chars, int(limits.MESSAGE_BLOCK_CHARS))
    return [problems.closest, all_texts]


def measure_view(view: Json) -> list[tuple[str, int, int]]:
    """Return what a view's blocks use of which limits: (what, used, most)."""
    problems = Problems()
    _blocks(problems, view.get("blocks"), "/view/blocks", limits.VIEW_BLOCKS, VIEW)
    return [problems.closest]


def _refuse(code: str, problems: Problems) -> None:
    raise SlackError(code, errors=problems.found, response_metadata={"messages": problems.found})


def _blocks(problems: Problems, value: Any, path: str, most: int, table: dict[str, Check]) -> None:
    seen: set[str] = set()
    tables = 0
    for index, block in enumerate(problems.items(value, path, most, least=0)):
        here = f"{path}/{index}"
        kind = block.get("type")
        problems.string(block.get("block_id"), here + "/block_id", limits.BLOCK_ID)
        if block.get("block_id") in seen:
            problems.add(here + "/block_id", f"duplicate block_id: {block['block_id']}")
        seen.update({block["block_id"]} if isinstance(block.get("block_id"), str) else ())
        if kind not in table:
            problems.unsupported(here, kind)
            continue
        table[str(kind)](problems, block, here)
        _unique_actions(problems, block, here)
        tables += kind == "table"
    if tables > 1:
        problems.add(path, "only one table allowed")


def _unique_actions(problems: Problems, block: Json, path: str) -> None:
    # Slack's page of each element: "should be unique among all other action_ids in the containing block".
    ids = [e["action_id"] for e in elements_of(block) if isinstance(e.get("action_id"), str)]
    for action in {i for i in ids if ids.count(i) > 1}:
        problems.add(path, f"`action_id` {action} already exists")


def _header(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "text", "level"})
    problems.need(block, path, "text")
    problems.text(block.get("text"), path + "/text", limits.HEADER_TEXT, PLAIN)


def _divider(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id"})


def _context(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "elements"})
    for index, element in enumerate(
        problems.items(block.get("elements"), path + "/elements", limits.CONTEXT_ELEMENTS)
    ):
        problems.text(element, f"{path}/elements/{index}", limits.TEXT_OBJECT)


def _actions(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "elements"})
    elements = problems.items(block.get("elements"), path + "/elements", limits.ACTIONS_ELEMENTS)
    for index, element in enumerate(elements):
        check_element(problems, element, f"{path}/elements/{index}", PRESSABLE)


def _input(problems: Problems, block: Json, path: str) -> None:
    problems.keys(
        block, path, {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    )
    problems.need(block, path, "label", "element")
    problems.text(block.get("label"), path + "/label", limits.INPUT_LABEL, PLAIN)
    problems.text(block.get("hint"), path + "/hint", limits.INPUT_HINT, PLAIN)
    if isinstance(block.get("element"), dict):
        check_element(problems, block["element"], path + "/element", INPUTS)


def _rich_text(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "elements"})
    for index, part in enumerate(_list(problems, block, path)):
        _rich_part(problems, part, f"{path}/elements/{index}")


def _rich_part(problems: Problems, part: Json, path: str) -> None:
    if part.get("type") not in RICH_PARTS:
        problems.unsupported(path, part.get("type"))
        return
    if part["type"] == "rich_text_list" and part.get("style") not in {"bullet", "ordered"}:
        problems.add(path + "/style", "must be one of: bullet, ordered")
    for index, element in enumerate(_list(problems, part, path)):
        here = f"{path}/elements/{index}"
        if part["type"] == "rich_text_list":
            _rich_part(problems, element, here)
        elif element.get("type") not in RICH_ELEMENTS:
            problems.unsupported(here, element.get("type"))
        elif element["type"] == "text":
            problems.need(element, here, "text")
            problems.string(element.get("text"), here + "/text", limits.MESSAGE_BLOCK_CHARS)
        else:
            problems.need(element, here, "channel_id")


def _list(problems: Problems, value: Json, path: str) -> list[Json]:
    return problems.items(value.get("elements"), path + "/elements", 10_000, least=0)


def _table(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "rows", "column_settings"})
    rows = block.get("rows")
    if not isinstance(rows, list) or not rows:
        problems.add(path + "/rows", "must have at least 1 items")
        return
    if len(rows) > limits.TABLE_ROWS:
        problems.add(path + "/rows", f"no more than {limits.TABLE_ROWS} items allowed")
    total = 0
    for index, row in enumerate(rows):
        cells = problems.items(row, f"{path}/rows/{index}", limits.TABLE_CELLS)
        total += sum(len(str(cell.get("text", ""))) for cell in cells)
        for at, cell in enumerate(cells):
            _cell(problems, cell, f"{path}/rows/{index}/{at}")
    if total > limits.TABLE_CHARS:
        problems.add(path, f"must be less than {limits.TABLE_CHARS + 1} characters")


def _cell(problems: Problems, cell: Json, path: str) -> None:
    if cell.get("type") != "raw_text":
        problems.unsupported(path, cell.get("type"))
        return
    problems.need(cell, path, "text")
    problems.string(cell.get("text"), path + "/text", limits.TABLE_CHARS)


def _image(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "alt_text", "title", "image_url", "slack_file"})
    problems.need(block, path, "alt_text")
    problems.string(block.get("alt_text"), path + "/alt_text", limits.IMAGE_TEXT, least=0)
    problems.text(block.get("title"), path + "/title", limits.IMAGE_TEXT, PLAIN)
    if ("image_url" in block) == ("slack_file" in block):
        problems.add(path, "must have one of: image_url, slack_file")
    problems.string(block.get("image_url"), path + "/image_url", limits.IMAGE_URL)
    if file_id_of(block) is None and "slack_file" in block:
        # By its address it may be named too; the bot has no use for that.
        problems.add(path + "/slack_file", "must have an id")


def _context_actions(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "elements"})
    elements = problems.items(block.get("elements"), path + "/elements", limits.CONTEXT_ACTIONS)
    for index, element in enumerate(elements):
        check_element(problems, element, f"{path}/elements/{index}", RATINGS)


def _carousel(problems: Problems, block: Json, path: str) -> None:
    problems.keys(block, path, {"type", "block_id", "elements"})
    for index, card in enumerate(problems.items(block.get("elements"), path + "/elements", limits.CARDS)):
        _card(problems, card, f"{path}/elements/{index}")


def _card(problems: Problems, card: Json, path: str) -> None:
    if card.get("type") != "card":
        problems.unsupported(path, card.get("type"))
        return
    problems.keys(card, path, {"type", "block_id", "title", "subtitle", "body", "actions"})
    for field, limit in (
        ("title", limits.CARD_TITLE),
        ("subtitle", limits.CARD_TITLE),
        ("body", limits.CARD_BODY),
    ):
        problems.text(card.get(field), f"{path}/{field}", limit, ("mrkdwn",))
    for index, button in enumerate(
        problems.items(card.get("actions"), path + "/actions", limits.CARD_ACTIONS)
    ):
        check_element(problems, button, f"{path}/actions/{index}", frozenset({"button"}))


def file_id_of(block: Json) -> str | None:
    """Return the id of the file that an image block shows; None where it shows none by id."""
    file = block.get("slack_file")
    named = file.get("id") if isinstance(file, dict) and set(file) == {"id"} else None
    return named if isinstance(named, str) else None


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
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
}
MESSAGE: dict[str, Check] = {
    **VIEW,
    "table": _table,
    "carousel": _carousel,
    "context_actions": _context_actions,
}
