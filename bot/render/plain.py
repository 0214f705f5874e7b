"""An answer in plain words: what Slack's first message shows, for the fallback text and for `yrd ask`.

Nothing here is escaped for Slack; `bot.render.escape` does that to what is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from bot.render import copying, passages, phrases
from bot.render.fact_renderer import FactRenderer
from bot.render.told import Told, ToldFact, for_reader_of, told
from bot.render.truncate import clip, one_line
from handlers.answer import Answer, Section
from handlers.say import say

# DESIGN: "at most 5 facts and 3,000 characters".
PLAIN_TEXT: Final = 3000
# Kept free for the counts of what is left and for the page.
_TAIL: Final = 160
# The empty lines between the parts.
_BREAKS: Final = 6
# What a note may take where there is much to say.
_NOTES: Final = 1200


def plain(answer: Answer, render_fact: FactRenderer) -> str:
    """Return `answer` in at most 3,000 code points with at most five facts, and a count of what was cut."""
    render_fact = for_reader_of(answer, render_fact)
    tell = render_fact.catalogue.told
    answer, shown = tell(answer), told(answer, render_fact)
    headline = clip(one_line(answer.headline), phrases.HEADLINE)
    head = "\n".join(filter(None, (*shown.read, headline, *shown.above)))
    below = clip("\n".join(shown.below), _NOTES)
    choices = _choices(answer, tell)
    pieces, paging = _pieces(answer, shown, tell), tell(phrases.paging(answer))
    to_paste: list[_Piece] = [
        _Words(copying.plain(section)) for section in answer.sections if section.is_copied
    ]
    room = PLAIN_TEXT - len(head) - len(below) - len(choices)
    # Where all of it fits, nothing is left to be counted.
    is_whole = sum(len(piece) + 1 for piece in (*pieces, *to_paste)) + len(paging) + _BREAKS <= room
    room -= 0 if is_whole else _TAIL
    body, left = _fill(pieces, room)
    pasted, left_to_paste = _fill(to_paste, room - len(body))
    tail = [*map(tell, _left(shown, [*left, *left_to_paste])), paging]
    parts = [head, body, below, pasted, choices, "\n".join(filter(None, tail))]
    return clip("\n\n".join(filter(None, parts)), PLAIN_TEXT)


class _Piece(str):
    """A part that is shown whole or not at all; `fact` says whether it is a statement with its source."""

    fact = True


class _Printed(_Piece):
    """A passage of a document."""

    fact = False


class _Words(_Piece):
    fact = False


def _pieces(answer: Answer, shown: Told, tell: Callable[[str], str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for group, facts in groupby(shown.facts, key=lambda fact: fact.group):
        pieces += [_Words(phrases.headed(group))] if group else []
        pieces += map(_fact, facts)
    if shown.near:
        pieces += [_Words(phrases.headed(tell(phrases.NEAREST))), *map(_fact, shown.near)]
    if answer.passages:
        pieces.append(_Words(phrases.headed(tell(passages.heading(answer)))))
        pieces += [_Printed(passages.plain(passage)) for passage in answer.passages]
    for section in answer.sections:
        pieces += [] if section.is_copied else _section(section)
    if shown.table is not None:
        pieces += _section(Section(tell(phrases.FIGURES), tuple(map(phrases.figure_text, shown.table.rows))))
    return pieces


def _fact(fact: ToldFact) -> _Piece:
    if fact.value:
        return _Piece(f"{fact.value} {fact.source}\n{fact.statement}")
    return _Piece(f"{'' if fact.leads else '• '}{fact.statement} {fact.source}")


def _section(section: Section) -> list[_Piece]:
    title = clip(one_line(section.title), phrases.TITLE)
    head = [_Words(phrases.headed(title))] if title else []
    entries: Iterable[str] = section.entries
    if section.at:
        happened = zip(section.at, section.entries, strict=True)
        entries = [f"{phrases.moment(at)}: {entry}" for at, entry in happened]
    return [*head, *(_Words(f"• {clip(one_line(entry), phrases.ENTRY)}") for entry in entries)]


def _choices(answer: Answer, tell: Callable[[str], str]) -> str:
    if not answer.choices:
        return ""
    shown = [
        f"• {clip(one_line(choice.label), phrases.LABEL)}" for choice in answer.choices[: phrases.CHOICES]
    ]
    if (left := len(answer.choices) - phrases.CHOICES) > 0:
        shown.append(tell(say("… and {count} more", count=left)))
    return "\n".join(filter(None, [tell(phrases.choices_heading(answer)), *shown]))


def _fill(pieces: list[_Piece], room: int) -> tuple[str, list[_Piece]]:
    """Take pieces in order while they fit into `room`; return them joined, and those left over."""
    taken: list[_Piece] = []
    for index, piece in enumerate(pieces):
        room -= len(piece) + 1
        if room < 0:
            return "\n".join(taken), pieces[index:]
        taken.append(piece)
    return "\n".join(taken), []


def _left(shown: Told, left: list[_Piece]) -> tuple[str, ...]:
    facts = sum(piece.fact for piece in left) + shown.left
    printed = sum(isinstance(piece, _Printed) for piece in left)
    return phrases.left_out(facts, sum(not piece.fact for piece in left) - printed, printed)
