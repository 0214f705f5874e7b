"""fact <id>: one fact in full, with a citation ready to paste and what agrees or disagrees with it."""

from __future__ import annotations

import re

from handlers.answer import Answer, Line, Section
from handlers.command import Command, Example
from handlers.desk import Desk
from handlers.request import Request
from handlers.source import cite
from knowledge.model import Fact, Figure

ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{3}$")


def fact(desk: Desk, request: Request) -> Answer:
    """Show the fact of that id with all its particulars."""
    wanted = request.text.strip().lower()
    record = desk.base.fact(wanted)
    if record is None:
        return Answer(
            headline=f"No fact has the id “{wanted}”. The id stands at the end of each citation line."
            if wanted
            else "Give the id of a fact; it stands at the end of each citation line.",
            outcome="unknown",
        )
    return Answer(
        headline=f"Fact {record.id} in full.",
        outcome="answer",
        match="exact",
        lines=(Line(record), *(Line(other, group=title) for title, other in _related(desk, record))),
        sections=(
            Section("Citation to paste", tuple(_pasted(desk, record))),
            Section("Particulars", tuple(_particulars(desk, record))),
        ),
        total=1,
        context=record.subjects[:2],
    )


def _pasted(desk: Desk, record: Fact) -> list[str]:
    return [
        f"{cite(desk.base.document(c.document))}, {_place(c.section, c.paragraph)} (“{c.anchor} …”), YRD Desk {record.id}"
        for c in record.citations
    ]


def _place(section: str, paragraph: int) -> str:
    return f"section {section}, paragraph {paragraph}" if section else f"paragraph {paragraph}"


def _particulars(desk: Desk, record: Fact) -> list[str]:
    names = [entity.name for slug in record.subjects if (entity := desk.base.entity(slug))]
    topics = [entity.name for slug in record.topics if (entity := desk.base.entity(slug))]
    entries = [
        f"Kind: {record.kind}",
        f"Stance: {record.stance}" + (f", {record.speaker}" if record.speaker else ""),
        f"Subjects: {', '.join(names)}",
        f"Topics: {', '.join(topics)}",
        *(f"Figure: {_figure(figure)}" for figure in record.figures),
        f"Paragraph hash: {record.citations[0].sha256[:16]}",
    ]
    if record.date:
        entries.insert(2, f"Date of what it states: {record.date}")
    return entries


def _figure(figure: Figure) -> str:
    upper = f" to {figure.upper:,g}" if figure.upper is not None else ""
    year = f", {figure.year}" if figure.year else ""
    return f"{figure.of}: {figure.value:,g}{upper} {figure.unit}{year}".replace("  ", " ")


def _related(desk: Desk, record: Fact) -> list[tuple[str, Fact]]:
    relations = (
        ("Says otherwise", record.contradicts),
        ("Agrees", record.same_as),
        ("Is less precise", record.more_precise_than),
    )
    return [(title, other) for title, ids in relations for i in ids if (other := desk.base.fact(i))][:4]


COMMAND = Command(
    name="fact",
    usage="id of a fact",
    summary="A fact in full, with a citation to paste",
    examples=(Example("xu-twinning-001"),),
    handle=fact,
    takes=lambda desk, rest: bool(ID.match(rest.strip().lower())),
)
