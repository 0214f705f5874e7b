"""What every style is given: statements, and where in which documents each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.answer import Line
from handlers.records.caveats import corrected
from handlers.say import say, say_many
from knowledge import citing
from knowledge.base import FactBase
from knowledge.citing import Pointer
from knowledge.model import Document, Fact


@dataclass(frozen=True, slots=True)
class Reference:
    """A document, where in it something stands, and the day on which somebody last saw it there; "" and () where all
    of it is meant.
    """

    document: Document
    pointers: tuple[Pointer, ...] = ()
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement as it is pasted, its references, and what a reader is to be warned of."""

    text: str
    references: tuple[Reference, ...]
    caveat: str = ""


def cited_statements(base: FactBase, lines: Iterable[Line]) -> tuple[CitedStatement, ...]:
    """Return the facts of `lines`, each once, in their order."""
    found = {line.fact.id: line for line in reversed(tuple(lines))}
    return tuple(_of(base, line) for line in reversed(found.values()))


def references(base: FactBase, fact: Fact) -> tuple[Reference, ...]:
    """Return the documents that `fact` cites, with the paragraphs; a document that is gone is left out."""
    accessed = fact.contributed.verified if fact.contributed else ""
    known = {document.slug: document for document in base.seeds.documents}
    return tuple(
        Reference(known[slug], citing.pointers(cited), accessed if address(known[slug]) else "")
        for slug, cited in citing.by_document(fact.citations).items()
        if slug in known
    )


def caveats(said: Sequence[CitedStatement]) -> tuple[str, ...]:
    """Return "Note: ..." for every caveat, each once, with the numbers of its statements where there are several."""
    numbers: dict[str, list[int]] = {}
    for number, statement in enumerate(said, 1):
        if statement.caveat:
            numbers.setdefault(statement.caveat, []).append(number)
    if len(said) == 1:
        return tuple(say("Note: {caveat}", caveat=caveat) for caveat in numbers)
    return tuple(
        say_many(
            "Note on statement {numbers}: {caveat}",
            "Note on statements {numbers}: {caveat}",
            len(found),
            numbers=citing.ranges(found),
            caveat=caveat,
        )
        for caveat, found in numbers.items()
    )


def address(document: Document) -> str:
    """Return where the document is found on the web, "" where that is not known."""
    return document.venue if "://" in document.venue else ""


def venue(document: Document) -> str:
    """Return the journal, newspaper or publisher, "" where none is known."""
    return "" if address(document) else one_line(document.venue)


def one_line(text: str) -> str:
    """Return `text` without line breaks."""
    return " ".join(text.split())


def _of(base: FactBase, line: Line) -> CitedStatement:
    statement, value = one_line(corrected(base, line.fact)), one_line(line.value)
    is_said = not value or statement.startswith(value)
    text = statement if is_said else f"{value}: {statement}"
    return CitedStatement(text, references(base, line.fact), one_line(line.fact.caveat))
