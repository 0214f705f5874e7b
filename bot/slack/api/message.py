"""A message ready to send: escaped text, blocks, and the last check before it leaves.

Nothing here decides where it goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic_core import to_json
from slack_bolt import BoltResponse

from bot.render.blockkit import Block, context, fallback, header, markup, rich_text, text_element
from bot.render.blocks import Opened, blocks
from bot.render.button_value import ButtonValue
from bot.render.escape import mention, refuse_mass_mentions
from bot.render.fact_renderer import FactRenderer
from bot.render.plain import plain
from handlers.answer import Answer, CardOf
from handlers.say import say

_WROTE: Final = say("What you wrote, to copy")


# The type of the metadata of messages that may have to be found again; that of 0.1, whose messages still stand.
EVENT: Final = "digest_posted"


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the fallback, already escaped; `blocks` are within Slack's limits. `card_of` is the proposal whose card it is."""

    text: str
    blocks: tuple[Block, ...] = ()
    card_of: CardOf | None = None

    def with_blocks(self, blocks: tuple[Block, ...]) -> Message:
        """Return the same words with other blocks."""
        return replace(self, blocks=blocks)

    @property
    def shows_file(self) -> bool:
        """Say whether a picture that was uploaded stands in it."""
        return any(map(is_file, self.blocks))

    def fields(self, **others: Any) -> dict[str, Any]:
        """Return the body of a call with this message; MassMentionError if it holds a live one."""
        body = {"text": self.text, "blocks": list(self.blocks), **others}
        refuse_mass_mentions(to_json(body).decode())
        return body


def is_file(block: Block) -> bool:
    """Say whether a block shows a file that was uploaded."""
    return block.get("type") == "image" and "slack_file" in block


def findable(key: str) -> dict[str, Any]:
    """Return metadata by which a message is found again, digest or not."""
    return {"event_type": EVENT, "event_payload": {"slot": key}}


def sentence(text: str) -> Message:
    """Return one sentence of the bot's own, for when there is no answer to show."""
    return Message(text=fallback(text), blocks=(rich_text(text_element(text)),))


def answer_message(
    answer: Answer,
    asked: ButtonValue | None,
    *,
    render_fact: FactRenderer,
    sharable: bool = False,
    printed: bool = False,
    rated: bool = False,
    opened: Opened | None = None,
    picture: Block | None = None,
    in_view: bool = False,
) -> Message:
    """Return an answer with its buttons; without `asked` it has none, because they could not carry the question.

    What is shared stands under a line that says who shared it and what was asked, without the slips of whoever asked.
    """
    by = asked.shared if asked else ""
    given = replace(answer, read=()) if by else answer
    shown = blocks(
        given,
        asked,
        sharable=sharable,
        render_fact=render_fact,
        printed=printed,
        rated=rated,
        opened=opened,
        picture=picture,
        in_view=in_view,
    )
    text = "\n\n".join((plain(given, render_fact), *([opened.text] if opened else [])))
    message = Message(text=fallback(text), blocks=tuple(shown), card_of=answer.card_of)
    return _shared(message, by, answer.asked) if by else message


def with_words(message: Message, words: Mapping[str, str]) -> Message:
    """Return `message` with what a person wrote under it, field by field, for them to copy."""
    shown = [
        rich_text(text_element(label, bold=True), text_element(f"\n{said}")) for label, said in words.items()
    ]
    text = "\n".join((_WROTE, *(f"{label}: {said}" for label, said in words.items())))
    return Message(f"{message.text}\n\n{fallback(text)}", (*message.blocks, header(_WROTE), *shown))


def _shared(message: Message, user: str, question: str) -> Message:
    line = say("Shared by {who}", who=mention(user))
    # What somebody typed never stands in markup.
    asked = (context(question),) if question else ()
    said = "\n".join(filter(None, (line, fallback(question))))
    return Message(text=f"{said}\n{message.text}", blocks=(markup(line), *asked, *message.blocks))


def in_ack(message: Message) -> BoltResponse:
    """Return the acknowledgement of a slash command with its answer, for the person who typed it alone."""
    body = {"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)}
    text = refuse_mass_mentions(to_json(body).decode())
    return BoltResponse(status=200, body=text, headers={"content-type": "application/json;charset=utf-8"})


def nothing() -> BoltResponse:
    """Return an acknowledgement that says nothing, because the answer comes by another way."""
    return BoltResponse(status=200, body="")
