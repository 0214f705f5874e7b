"""Statements with footnotes in plain words, for a briefing: nothing is abbreviated that a reader would have to look up."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.records.enumerated import apart, enumerated, in_a_row
from handlers.records.styles.cited_statement import (
    CitedStatement,
    Reference,
    address,
    caveats,
    one_line,
    venue,
)
from handlers.say import Said, say
from knowledge.citing import Pointer
from knowledge.model import Document


def written(said: Sequence[CitedStatement]) -> str:
    """Return the statements, each with the number of its footnote, and the footnotes; what was described above is named."""
    body = [f"{statement.text} [{number}]" for number, statement in enumerate(said, 1)]
    notes, above = [], dict[str, int]()
    for number, statement in enumerate(said, 1):
        shown = [
            _reference(reference, above.get(reference.document.slug)) for reference in statement.references
        ]
        notes.append(f"[{number}] {'; '.join(shown)}.")
        for reference in statement.references:
            above.setdefault(reference.document.slug, number)
    return "\n\n".join("\n".join(part) for part in (body, notes, caveats(said)) if part)


def footnote(references: Sequence[Reference]) -> Said:
    """Return "Jiayi Xu, ..., “Study on ...”, 2024, section 4.1.1, paras 31-32." """
    return say("{references}.", references=apart([*map(_reference, references)]))


def described(document: Document) -> Said:
    """Return authors, title, venue and date of `document`, as far as they are known."""
    authors = [one_line(name) for name in document.authors]
    title = say("“{title}”", title=one_line(document.title))
    parts = (enumerated(authors, len(authors)) if authors else "", title, venue(document), _date(document))
    return in_a_row([*filter(None, parts)])


def _reference(reference: Reference, above: int | None = None) -> Said:
    pointed = [*map(_pointed, reference.pointers)]
    pointers = apart(pointed) if pointed else ""
    if above:
        number = say("as in [{number}]", number=above)
        return in_a_row([*filter(None, (reference.document.label, pointers, number))])
    parts = (described(reference.document), pointers, address(reference.document))
    told = in_a_row([*filter(None, parts)])
    if not reference.accessed:
        return told
    return say("{reference} (seen {day})", reference=told, day=reference.accessed)


def _pointed(pointer: Pointer) -> str:
    return say("section {section}", section=str(pointer)) if pointer.section else str(pointer)


def _date(document: Document) -> str:
    date = document.published or say("undated")
    return say("{date} (inferred: no date is printed)", date=date) if document.inferred else date
