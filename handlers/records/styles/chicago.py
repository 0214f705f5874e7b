"""Notes of the Chicago Manual of Style.

The rules, by their numbers in the 17th edition: authors in the order of the name as printed, commas between the
elements, the whole in one sentence (14.20, 14.23); of more than two authors the first and "et al." (so the 18th; the 17th from
four on); without author the title comes first (14.79); "n.d." where no date can be found, and a date that is guessed at in
brackets with a question mark (14.145); sections, paragraphs and headings in the place of pages that there are not
(14.22, 14.160); a newspaper by its day (14.191); an access date only where a page is undated (14.12); instead of "ibid." the
author alone where the note before cites the same work (14.34). Titles of periodicals would be italic: text to paste
has no type, so whoever sets it makes them so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.records.styles.cited_statement import (
    CitedStatement,
    Reference,
    address,
    caveats,
    one_line,
    venue,
)
from handlers.records.styles.names import in_parts
from knowledge.citing import Pointer
from knowledge.dates import MONTHS_IN_FULL
from knowledge.model import Document

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_AUTHORS: Final = 2


def written(said: Sequence[CitedStatement]) -> str:
    """Return the statements with raised numbers, and the notes of those numbers."""
    body = [f"{statement.text}{str(number).translate(_RAISED)}" for number, statement in enumerate(said, 1)]
    notes, before = [], ""
    for number, statement in enumerate(said, 1):
        notes.append(f"{number}. {note(statement.references, before)}")
        slugs = [reference.document.slug for reference in statement.references]
        before = slugs[0] if len(slugs) == 1 else ""
    return "\n\n".join("\n".join(part) for part in (body, notes, caveats(said)) if part)


def note(references: Sequence[Reference], before: str = "") -> str:
    """Return the note of `references`; shortened where the note before it cites nothing but the document `before`."""
    return "; ".join(_reference(reference, before) for reference in references) + "."


def _reference(reference: Reference, before: str) -> str:
    document = reference.document
    pointers = "; ".join(map(_pointer, reference.pointers))
    if document.slug == before and document.authors and pointers:
        return ", ".join([_families(document), pointers])
    accessed = f"accessed {_day(reference.accessed)}" if reference.accessed and not document.published else ""
    title = f"“{_quoted(document.title)},”"
    parts = (venue(document), _date(document), pointers, accessed, address(document))
    authors = f"{_authors(document)}, " if document.authors else ""
    return f"{authors}{title} {', '.join(filter(None, parts))}"


def _authors(document: Document) -> str:
    names = [one_line(name) for name in document.authors]
    return f"{names[0]} et al." if len(names) > _MOST_AUTHORS else " and ".join(names)


def _families(document: Document) -> str:
    names = [in_parts(document, one_line(name))[0] for name in document.authors]
    return f"{names[0]} et al." if len(names) > _MOST_AUTHORS else " and ".join(names)


def _quoted(title: str) -> str:
    """A title within quotation marks: its own are single ones."""
    for mark, single in (("“", "‘"), ("”", "’")):
        title = title.replace(mark, single)
    pieces = one_line(title).split('"')
    return "".join(piece + ("‘" if at % 2 == 0 else "’") for at, piece in enumerate(pieces[:-1])) + pieces[-1]


def _date(document: Document) -> str:
    if not document.published:
        return "n.d."
    return f"[{_day(document.published)}?]" if document.inferred else _day(document.published)


def _day(date: str) -> str:
    """ "June 23, 2018", "June 2018", "2018"."""
    year, month, day = (*date.split("-"), "", "")[:3]
    if not month:
        return year
    named = MONTHS_IN_FULL[int(month) - 1]
    return f"{named} {int(day)}, {year}" if day else f"{named} {year}"


def _pointer(pointer: Pointer) -> str:
    noun = "para." if len(pointer.paragraphs) == 1 else "paras."
    paragraphs = f"{noun} {pointer.ranges.replace('-', '–')}"
    if not pointer.section:
        return paragraphs
    if pointer.is_numbered:
        return f"sec. {pointer.section}, {paragraphs}"
    return f"under “{_quoted(pointer.section)},” {paragraphs}"
