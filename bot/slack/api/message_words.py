"""What a message says: its text, its blocks, what is attached to it, as mrkdwn, in the order in which it is read.

Apps write in blocks and attachments, a forwarded message is an attachment, and people's own messages come with a
rich_text block that tells code, quotations and emoji apart. docs.slack.dev/reference/block-kit and /messaging/attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.render.escape import escape

# Deeper than Slack nests anything: a forwarded message in an attachment, a list in its rich text.
_DEEPEST: Final = 16
_MOST_PIECES: Final = 500
# Where a block or an attachment holds words, in the order in which they are read.
_PLACES: Final = (
    "pretext", "title", "subtitle", "text", "value", "body", "description", "fields", "elements", "rows", "blocks",
)  # fmt: skip
_NO_PREVIEW: Final = "[no preview available]"
_NO_ID: Final = re.compile(r"[<>|\s]")


def own_words(message: Mapping[str, Any]) -> str:
    """Return what a message itself says: its blocks where they hold words, else its text, which then stands for them."""
    blocks = "\n".join(_first(_of_blocks(message.get("blocks"), _DEEPEST)))
    return blocks if blocks.strip() else _text(message.get("text"))


def all_words(message: Mapping[str, Any]) -> str:
    """Return what a message says together with what is attached or forwarded, and the titles of its files; each once."""
    said = _first(_of_message(message, _DEEPEST))
    return "\n".join({" ".join(piece.split()): piece for piece in said if piece.strip()}.values())


def rich_text(node: object) -> str:
    """Return a rich_text block, or what an input of that sort holds, as mrkdwn; "" for what is none."""
    return "".join(_first(_of_rich_text(node, _DEEPEST)))


def _first(pieces: Iterable[str]) -> list[str]:
    return [piece for piece, _ in zip(pieces, range(_MOST_PIECES), strict=False)]


def _of_message(message: Mapping[str, Any], depth: int) -> Iterator[str]:
    yield own_words(message)
    for attachment in _mappings(message.get("attachments")):
        if depth:
            yield from _of_attachment(attachment, depth - 1)
    for file in _mappings(message.get("files")):
        yield escape(_text(file.get("title")) or _text(file.get("name")))


def _of_attachment(attachment: Mapping[str, Any], depth: int) -> Iterator[str]:
    forwarded = [
        piece
        for held in _mappings(attachment.get("message_blocks"))
        for piece in _of_message(_mapping(held.get("message")), depth)
    ]
    # What is forwarded stands there in blocks and as text.
    is_told = any(piece.strip() for piece in forwarded)
    shown = {**attachment, "text": "", "blocks": ()} if is_told else attachment
    if any(piece.strip() for piece in _of_blocks(shown.get("blocks"), depth)):
        shown = {**shown, "text": ""}
    said = [*_of_blocks({**shown, "type": "mrkdwn"}, depth), *forwarded]
    said += [escape(_text(file.get("title"))) for file in _mappings(attachment.get("files"))]
    fallback = _text(attachment.get("fallback"))
    if any(piece.strip() for piece in said):
        yield from said
    elif fallback != _NO_PREVIEW:
        yield fallback


def _of_blocks(node: object, depth: int) -> Iterator[str]:
    """Yield the texts of blocks; what is pressed or filled in is none."""
    if not depth:
        return
    if isinstance(node, list | tuple):
        for inner in node:
            yield from _of_blocks(inner, depth - 1)
    if not isinstance(node, Mapping) or "action_id" in node:
        return
    kind = node.get("type")
    if kind == "rich_text":
        yield "".join(_of_rich_text(node, depth))
        return
    for place in _PLACES:
        held = node.get(place)
        if isinstance(held, str):
            yield held if kind in (None, "mrkdwn", "markdown") else escape(held)
        else:
            yield from _of_blocks(held, depth - 1)


def _of_rich_text(node: object, depth: int) -> Iterator[str]:
    """Yield the parts of a rich_text block as mrkdwn."""
    if not isinstance(node, Mapping) or not depth:
        return
    elements = node.get("elements")
    held = [
        piece
        for one in (elements if isinstance(elements, list | tuple) else ())
        for piece in _of_rich_text(one, depth - 1)
    ]
    match node.get("type"):
        case "rich_text_preformatted":
            yield f"```{''.join(held).replace('`', ' ')}```\n"
        case "rich_text_quote":
            yield "".join(f"&gt; {line}\n" for line in "".join(held).splitlines())
        case "rich_text_section":
            yield f"{''.join(held)}\n"
        case "rich_text" | "rich_text_list":
            yield from held
        case _:
            yield _inline(node)


def _inline(element: Mapping[str, Any]) -> str:
    """Return one element within a line as mrkdwn writes it."""
    kind, named = element.get("type"), {place: _id(element.get(place)) for place in _IDS}
    text = escape(_text(element.get("text")))
    match kind:
        case "user":
            said = f"<@{named['user_id']}>"
        case "channel":
            said = f"<#{named['channel_id']}>"
        case "usergroup":
            said = f"<!subteam^{named['usergroup_id']}>"
        case "broadcast":
            said = f"<!{named['range']}>"
        case "emoji":
            return f" :{named['name']}: " if named["name"] else ""
        case "link":
            said = f"<{named['url']}|{text}>" if text else f"<{named['url']}>"
        case "date":
            said = escape(_text(element.get("fallback")))
        case _:
            said = text
    if _mapping(element.get("style")).get("code"):
        return f"`{said.replace('`', ' ')}`".replace("\n", " ") if said else ""
    return said


_IDS: Final = ("user_id", "channel_id", "usergroup_id", "range", "name", "url")


def _id(held: object) -> str:
    return _NO_ID.sub("", _text(held))


def _text(held: object) -> str:
    return held if isinstance(held, str) else ""


def _mapping(held: object) -> Mapping[str, Any]:
    return held if isinstance(held, Mapping) else {}


def _mappings(held: object) -> list[Mapping[str, Any]]:
    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list | tuple) else []
