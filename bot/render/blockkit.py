"""Block Kit's blocks as dictionaries, each within its own limits.

User strings go into plain_text and rich_text only, where Slack parses nothing. No block is empty: Slack
refuses an empty text, so each constructor shows at least a space-free dash.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import limits
from bot.render.escape import escape, inert
from bot.render.truncate import clip

Block = dict[str, Any]
Element = dict[str, Any]
_NOTHING: Final = "–"


def plain_text(text: str, length: int) -> Element:
    """Return a text object in which nothing is parsed; emoji codes stay as they were typed."""
    return {"type": "plain_text", "text": _within(text, length), "emoji": False}


def modal(
    callback: str, title: str, submit: str, blocks: Sequence[Block], metadata: str, close: str = "Cancel"
) -> dict[str, Any]:
    """Return a form to open or to put in place of one; `callback` says who takes what is sent. Without `submit` nothing is."""
    sends = {"submit": plain_text(submit, limits.MODAL_TITLE)} if submit else {}
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(title, limits.MODAL_TITLE),
        **sends,
        "close": plain_text(close, limits.MODAL_TITLE),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def header(text: str) -> Block:
    """Return a heading, cut at Slack's limit."""
    return {"type": "header", "text": plain_text(text, limits.HEADER_TEXT)}


def text_element(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Return a run of rich text; its length is bounded by the block that holds it."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    run: Element = {"type": "text", "text": inert(text) or _NOTHING}
    return {**run, "style": style} if style else run


def rich_text(*runs: Element) -> Block:
    """Return a paragraph of rich text, cut at our limit."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": _cut(runs)}]}


def bullets(entries: Sequence[str]) -> Block:
    """Return a bulleted list; the caller keeps the sum of the entries within RICH_TEXT."""
    return items([[text_element(entry)] for entry in entries])


def bullet(*runs: Element) -> Block:
    """Return one entry of a bulleted list, cut at our limit."""
    return items([_cut(runs)])


def items(entries: Sequence[Sequence[Element]]) -> Block:
    """Return a bulleted list of runs of rich text; the caller keeps their sum within RICH_TEXT."""
    sections = [{"type": "rich_text_section", "elements": list(runs)} for runs in entries]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": sections}],
    }


def quote(text: str) -> Block:
    """Return a quotation, set apart from our own words."""
    runs = _cut([text_element(text)])
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": runs}]}


def preformatted(text: str) -> Block:
    """Return text that stands letter by letter, line breaks and all; the caller keeps it within RICH_TEXT."""
    runs = _cut([text_element(text)])
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": runs}]}


def context(*texts: str) -> Block:
    """Return small grey text; at most ten parts, the rest is dropped."""
    shown = [plain_text(text, limits.TEXT_OBJECT) for text in texts[: limits.CONTEXT_ELEMENTS]]
    return {"type": "context", "elements": shown or [plain_text("", 1)]}


def markup(text: str) -> Block:
    """Return small grey mrkdwn. Only for text of our own making: the caller escapes whatever a person wrote."""
    within = clip(text, limits.TEXT_OBJECT) or _NOTHING
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": within, "verbatim": True}]}


def image(file: str, words: str) -> Block:
    """Return a picture that was uploaded, by the id of its file; `words` say what it shows."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": _within(words, limits.IMAGE_TEXT)}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """Return plain cells under a head; a message may hold one table. Rows beyond Slack's limit are dropped."""
    cells = [[_cell(text) for text in row[: limits.TABLE_COLUMNS]] for row in (head, *rows)]
    settings = [{"is_wrapped": True} for _ in head]
    return {"type": "table", "column_settings": settings, "rows": cells[: limits.TABLE_ROWS]}


def _cell(text: str) -> Element:
    return {"type": "raw_text", "text": inert(text) or _NOTHING}


def button(text: str, action: str, value: str, *, primary: bool = False) -> Element:
    """Return a button; `value` must be within BUTTON_VALUE already, as `ButtonValue.encode` keeps it."""
    shown: Element = {
        "type": "button",
        "text": plain_text(text, limits.BUTTON_TEXT),
        "action_id": action[: limits.ACTION_ID],
        "value": value,
    }
    return {**shown, "style": "primary"} if primary else shown


def card(title: str, subtitle: str, body: str, button: Element) -> Block:
    """Return a card with a button: docs.slack.dev/reference/block-kit/blocks/card-block"""
    return {
        "type": "card",
        "title": _marked(title, limits.CARD_TITLE),
        "subtitle": _marked(subtitle, limits.CARD_TITLE),
        "body": _marked(body, limits.CARD_BODY),
        "actions": [button],
    }


def carousel(cards: Sequence[Block]) -> Block:
    """Return cards beside each other."""
    return {"type": "carousel", "elements": list(cards)}


def feedback(action: str, positive: tuple[str, str], negative: tuple[str, str]) -> Block:
    """Return the two buttons by which one says what one thinks, each as its label and value:
    docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element
    """
    said = {
        name: {
            "text": plain_text(label, limits.BUTTON_TEXT),
            "accessibility_label": _within(label, limits.BUTTON_TEXT),
            "value": value,
        }
        for name, (label, value) in (("positive_button", positive), ("negative_button", negative))
    }
    element = {"type": "feedback_buttons", "action_id": action, **said}
    return {"type": "context_actions", "elements": [element]}


def _marked(text: str, longest: int) -> Element:
    """A text object of the one kind that a card takes, in which nothing is parsed."""
    return {"type": "mrkdwn", "text": fallback(clip(text, longest)), "verbatim": True}


def actions(buttons: Sequence[Element]) -> Block:
    """Return a row of buttons; those beyond Slack's limit are dropped."""
    return {"type": "actions", "elements": list(buttons[: limits.ACTIONS_ELEMENTS])}


def fallback(text: str) -> str:
    """Return `text` escaped for the message's own `text`, cut so that no entity is halved."""
    escaped = escape(text)
    while len(escaped) > limits.FALLBACK_TEXT:
        text = clip(text, len(text) - max((len(escaped) - limits.FALLBACK_TEXT) // 4, 1))
        escaped = escape(text)
    return escaped


def length(block: Block) -> int:
    """Return the characters of text in `block`, buttons' labels included and their values not."""
    if "text" in block and isinstance(block["text"], str):
        return len(block["text"])
    rows = [cell for row in block.get("rows") or () for cell in row]
    inner = [block.get("text"), *(block.get("elements") or ()), *rows]
    return sum(length(part) for part in inner if isinstance(part, dict))


def _cut(runs: Sequence[Element]) -> list[Element]:
    room, kept = limits.RICH_TEXT, []
    for run in runs:
        text = run["text"]
        if len(text) > room:
            if room:
                kept.append({**run, "text": clip(text, room)})
            break
        kept.append(run)
        room -= len(text)
    return kept or [text_element("")]


def _within(text: str, longest: int) -> str:
    return clip(inert(text), longest) or _NOTHING
