"""An answer in plain words: what Slack's first message shows, for the fallback text and for `yrd ask`.

Nothing here is escaped for Slack; `bot.render.escape` does that to what is sent.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

from bot.render import passages, phrases
from bot.render.fact_renderer import FactRenderer
from bot.render.truncate import clip, one_line
from handlers.answer import FACTS_PER_PAGE, Answer, Section

# DESIGN: "at most 5 facts and 3,000 characters".
PLAIN_TEXT: Final = 3000
# Kept free for the counts of what is left and for the page.
_TAIL: Final = 160
# The empty lines between the parts.
_BREAKS: Final = 6


def plain(answer: Answer, render_fact: FactRenderer) -> str:
    """Return `answer` in at most 3,000 code points with at most five facts, and a count of what was cut."""
    head = [clip(one_line(answer.headline), phrases.HEADLINE)]
    head += [clip(one_line(note), phrases.NOTE) for note in (*answer.notes, *answer.read)[: phrases.NOTES]]
    choices = _choices(answer)
    pieces, paging = _pieces(answer, render_fact), phrases.paging(answer)
    room = PLAIN_TEXT - len("\n".join(head)) - len(choices)
    # Where all of it fits, nothing is left to be counted.
    is_whole = sum(len(piece) + 1 for piece in pieces) + len(paging) + _BREAKS <= room
    body, left = _fill(pieces, room if is_whole else room - _TAIL)
    tail = [_left(answer, left), paging]
    parts = ["\n".join(head), body, choices, "\n".join(line for line in tail if line)]
    return clip("\n\n".join(part for part in parts if part), PLAIN_TEXT)


class _Piece(str):
    """A part that is shown whole or not at all; `fact` says whether it is a statement with its source."""

    fact = True


class _Printed(_Piece):
    """A passage of a document."""

    fact = False


class _Words(_Piece):
    fact = False


def _pieces(answer: Answer, render_fact: FactRenderer) -> list[_Piece]:
    pieces: list[_Piece] = []
    for group, lines in groupby(answer.lines[:FACTS_PER_PAGE], key=lambda line: line.group):
        if group:
            pieces.append(_Words(f"{clip(one_line(group), phrases.LABEL)}:"))
        pieces += [_Piece(render_fact(line.fact).plain) for line in lines]
    near = answer.near[: FACTS_PER_PAGE - min(len(answer.lines), FACTS_PER_PAGE)]
    if near:
        pieces.append(_Words(f"{phrases.NEAREST}:"))
        pieces += [_Piece(render_fact(fact).plain) for fact in near]
    if answer.passages:
        pieces.append(_Words(f"{passages.heading(answer)}:"))
        pieces += [_Printed(passages.plain(passage)) for passage in answer.passages]
    for section in answer.sections:
        pieces += _section(section)
    if answer.table is not None:
        pieces += _section(Section(phrases.FIGURES, tuple(map(phrases.figure_text, answer.table.rows))))
    return pieces


def _section(section: Section) -> list[_Piece]:
    title = clip(one_line(section.title), phrases.LABEL)
    head = [_Words(f"{title}:")] if title else []
    return [*head, *(_Words(f"• {clip(one_line(entry), phrases.ENTRY)}") for entry in section.entries)]


def _choices(answer: Answer) -> str:
    if not answer.choices:
        return ""
    shown = [
        f"• {clip(one_line(choice.label), phrases.LABEL)}" for choice in answer.choices[: phrases.CHOICES]
    ]
    if (left := len(answer.choices) - phrases.CHOICES) > 0:
        shown.append(f"… and {left} more")
    return "\n".join([phrases.choices_heading(answer), *shown])


def _fill(pieces: list[_Piece], room: int) -> tuple[str, list[_Piece]]:
    """Take pieces in order while they fit into `room`; return them joined, and those left over."""
    taken: list[_Piece] = []
    for index, piece in enumerate(pieces):
        room -= len(piece) + 1
        if room < 0:
            return "\n".join(taken), pieces[index:]
        taken.append(piece)
    return "\n".join(taken), []


def _left(answer: Answer, left: list[_Piece]) -> str:
    facts = sum(piece.fact for piece in left) + max(len(answer.lines) - FACTS_PER_PAGE, 0)
    printed = sum(isinstance(piece, _Printed) for piece in left)
    return phrases.left_out(facts, sum(not piece.fact for piece in left) - printed, printed)
