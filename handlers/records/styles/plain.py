"""Statements with footnotes in plain words, for a briefing: nothing is abbreviated that a reader would have to look up."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.records.styles.cited_statement import (
    CitedStatement,
    Reference,
    address,
    caveats,
    one_line,
    venue,
)
from handlers.records.styles.names import joined
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


def footnote(references: Sequence[Reference]) -> str:
    """Return "Jiayi Xu, ..., “Study on ...”, 2024, section 4.1.1, paras 31-32." """
    return "; ".join(map(_reference, references)) + "."


def described(document: Document) -> str:
    """Return authors, title, venue and date of `document`, as far as they are known."""
    parts = (
        joined([one_line(name) for name in document.authors]),
        f"“{one_line(document.title)}”",
        venue(document),
        _date(document),
    )
    return ", ".join(filter(None, parts))


def _reference(reference: Reference, above: int | None = None) -> str:
    pointers = "; ".join(
        f"section {pointer}" if pointer.section else str(pointer) for pointer in reference.pointers
    )
    if above:
        return ", ".join(filter(None, (reference.document.label, pointers, f"as in [{above}]")))
    seen = f" (seen {reference.accessed})" if reference.accessed else ""
    parts = (described(reference.document), pointers, address(reference.document))
    return ", ".join(filter(None, parts)) + seen


def _date(document: Document) -> str:
    return f"{document.date} (inferred: no date is printed)" if document.inferred else document.date
