"""Passages of documents: other people's words, set apart from facts, in plain words and in blocks.

Each is cut to its share with a count of what is left; which ones are shown is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.render import blockkit, phrases
from bot.render.blockkit import Block
from bot.render.truncate import clip, keep_end, keep_start, one_line
from handlers.answer import Answer
from handlers.say import say
from knowledge.documents.passage import Passage

IN_PRINT: Final = say("In print")
NOT_CURATED: Final = say("From the document, not yet curated")
_NOTES: Final = 8


@dataclass(frozen=True, slots=True)
class Share:
    """How many code points of a paragraph, of each neighbour and of each note are shown."""

    paragraph: int
    neighbour: int
    note: int


# One passage may fill half a message of Slack's; several share it; a plain answer has 3,000 for everything.
ALONE: Final = Share(2800, 1200, 900)
AMONG_OTHERS: Final = Share(1200, 240, 900)
IN_PLAIN: Final = Share(900, 160, 400)


def heading(answer: Answer) -> str:
    """Return the words above the passages: beside facts, or in place of an answer."""
    return NOT_CURATED if answer.outcome == "unknown" else IN_PRINT


def plain(passage: Passage) -> str:
    """Return `passage` in plain words, its paragraph in quotation marks."""
    cut = _cut(passage, IN_PLAIN)
    return "\n  ".join(
        [
            f"• {clip(one_line(passage.label), phrases.SOURCE_TEXT)}",
            *([cut.before] if cut.before else []),
            f"“{cut.text}”",
            *([cut.after] if cut.after else []),
            *cut.notes,
        ]
    )


def blocks(passage: Passage, share: Share) -> list[Block]:
    """Return the blocks of `passage`: its place, its paragraph between its neighbours, the curator's notes."""
    cut = _cut(passage, share)
    shown = [blockkit.context(one_line(passage.label))]
    shown += [blockkit.rich_text(blockkit.text_element(cut.before, italic=True))] if cut.before else []
    shown.append(blockkit.quote(cut.text))
    shown += [blockkit.rich_text(blockkit.text_element(cut.after, italic=True))] if cut.after else []
    shown += [blockkit.context(*cut.notes)] if cut.notes else []
    return shown


def _cut(passage: Passage, share: Share) -> Passage:
    return Passage(
        passage.document,
        passage.label,
        passage.section,
        passage.number,
        keep_start(one_line(passage.text), share.paragraph),
        keep_end(one_line(passage.before), share.neighbour),
        keep_start(one_line(passage.after), share.neighbour),
        tuple(clip(one_line(note), share.note) for note in passage.notes[:_NOTES]),
    )
