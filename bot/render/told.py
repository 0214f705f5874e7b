"""How the facts of an answer are told, the same in blocks and in plain words: which lead, which stand below, under what.

What is asked in Chinese has the bot's own words in Chinese where the table has them; facts stay as they are curated.
The answer comes first: a fact without a heading above it that is the first, or of which the asked-for part is known, leads;
the others stand below it. What warns of them stands last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.render import phrases
from bot.render.chinese.answers import ANSWERS
from bot.render.chinese.commands import COMMANDS
from bot.render.chinese.maps import MAPS
from bot.render.chinese.opened import OPENED
from bot.render.chinese.records import RECORDS
from bot.render.chinese.refusals import REFUSALS
from bot.render.fact_renderer import FactRenderer, RenderedFact
from bot.render.footnotes import footnotes
from bot.render.truncate import clip, one_line
from handlers.answer import FACTS_PER_PAGE, Answer, FigureTable
from handlers.say import ENGLISH, Catalogue


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact where it stands in an answer. What leads is bold: its `value`, or else all of the statement.

    `source` is the citation in brackets, with the numbers of its footnotes.
    """

    statement: str
    source: str
    value: str = ""
    leads: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of an answer in order, those near to it, and what is noted: `above` where no fact answers, since it then
    says why, else `below`. `read` says as what the question was read, before a headline that leads to what is nearest. `left`
    counts the facts that are left out. `table` has the figures of those that it tells by itself.
    """

    facts: tuple[ToldFact, ...]
    near: tuple[ToldFact, ...]
    read: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    left: int
    table: FigureTable | None = None


def told(answer: Answer, render_fact: FactRenderer) -> Told:
    """Return how the facts of `answer` are told, in the language of the renderer: at most five."""
    tell = render_fact.catalogue.told
    answer = tell(answer)
    tabled = _tabled(answer)
    lines = [line for line in answer.lines if line.fact.id not in tabled][:FACTS_PER_PAGE]
    near = answer.near[: FACTS_PER_PAGE - len(lines)]
    rendered = [tell(render_fact(line.fact)) for line in lines]
    rendered_near = [tell(render_fact(fact)) for fact in near]
    in_table = [tell(render_fact(line.fact)) for line in answer.lines if line.fact.id in tabled]
    notes = footnotes([*rendered, *rendered_near, *in_table])
    leads_by_place = not answer.headline.strip()
    facts = tuple(
        _set(
            fact,
            notes.marks,
            value=_begun(clip(one_line(line.value), phrases.VALUE)),
            leads=bool(line.value) or (leads_by_place and place == 0),
            group=clip(one_line(line.group), phrases.HEADING),
        )
        for place, (line, fact) in enumerate(zip(lines, rendered, strict=True))
    )
    said, read = _clipped(answer.notes), _clipped(answer.read)
    first = tuple(read) if answer.may_answer and not lines else ()
    related = tuple(_set(fact, notes.marks) for fact in rendered_near)
    if answer.may_answer:
        facts, related = (*facts, *related[:1]), related[1:]
    return Told(
        facts,
        related,
        read=first,
        above=() if answer.lines else (*said, *(() if first else read)),
        below=(*said, *notes.texts, *read) if answer.lines else notes.texts,
        left=len(answer.lines) - len(lines) - len(in_table),
        table=_marked(answer.table, notes.marks),
    )


def _begun(value: str) -> str:
    """Return what leads a message as its beginning is written: with a capital, unless it is a name with one inside ("eHealth")."""
    return f"{value[0].upper()}{value[1:]}" if value.partition(" ")[0].islower() else value


def _tabled(answer: Answer) -> frozenset[str]:
    """Return the ids of the facts that the table of a page tells: they stand nowhere else. What answers a question leads."""
    if answer.table is None or not answer.headline.strip():
        return frozenset()
    return frozenset(row.fact for row in answer.table.rows if row.is_told)


def _marked(table: FigureTable | None, marks: Mapping[str, str]) -> FigureTable | None:
    """Return a table with the numbers of what warns of its facts."""
    if table is None:
        return None
    rows = (replace(row, marks=marks.get(row.fact, "")) for row in table.rows)
    return FigureTable(tuple(rows))


def _set(
    fact: RenderedFact, marks: dict[str, str], *, value: str = "", leads: bool = False, group: str = ""
) -> ToldFact:
    source = f"({fact.cited}){marks[fact.fact.id]}"
    return ToldFact(fact.statement, source, value, leads, group)


def _clipped(notes: Iterable[str]) -> list[str]:
    shown = [clip(one_line(note), phrases.NOTE) for note in notes if note.strip()]
    return shown[: phrases.NOTES]


_TOLD: Final[Mapping[str, str]] = {**ANSWERS, **RECORDS, **REFUSALS, **OPENED, **MAPS, **COMMANDS}


class _Table:
    """The table read as gettext reads a catalogue; Chinese has one form for all numbers."""

    def gettext(self, message: str) -> str:
        return _TOLD.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _TOLD.get(msgid2, msgid1 if n == 1 else msgid2)


_CHINESE: Final = Catalogue(_Table(), chinese=True)


def for_reader_of(answer: Answer, render_fact: FactRenderer) -> FactRenderer:
    """Return the renderer that tells the bot's own words as whoever asked does: in Chinese where that was, if it speaks English else."""
    in_english = render_fact.catalogue is ENGLISH
    return render_fact.telling(_CHINESE) if answer.in_chinese and in_english else render_fact
