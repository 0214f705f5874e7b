"""References of GB/T 7714-2015 (信息与文献 参考文献著录规则), numbered in the order of citing (顺序编码制).

The rules: family name first and in capitals, given names of Chinese authors in full or shortened (8.1.1: "LI Jianning");
of more than three authors the first three and "et al." (8.1.2); without author the title comes first in this system (8.1.3);
the type of document in brackets (8.2.2, annex B: J journal, N newspaper, R report, EB/OL page on the web, Z other); an
unknown place is "[S.l.]", an unknown publisher "[s.n.]" (8.4.1.3, 8.4.2.3); a newspaper by its day (8.4.3.2); a year that is
worked out stands in brackets (8.4.3.3); a page has (date)[day of citing] and its address (8.4.4.2, 8.6); what is cited stands
behind a colon in the place of the pages (8.5), and of a work cited more than once behind its number in the text
(10.1.3), where neighbouring numbers are a range (10.1.2). For no year at all the standard has no word: "n.d." is in the
brackets of what the source does not print (7.2).
"""

from __future__ import annotations

from collections import Counter
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
from knowledge import citing
from knowledge.citing import Pointer
from knowledge.model import Document

_MOST_AUTHORS: Final = 3
_NOWHERE: Final = "[S.l.]: [s.n.]"


def written(said: Sequence[CitedStatement]) -> str:
    """Return the statements with the numbers of their references, and the references, one a document."""
    times = Counter(r.document.slug for statement in said for r in statement.references)
    numbers = {slug: number for number, slug in enumerate(times, 1)}
    body = [f"{statement.text}{_marks(statement.references, numbers, times)}" for statement in said]
    first: dict[str, Reference] = {}
    for statement in said:
        for cited in statement.references:
            first.setdefault(cited.document.slug, cited)
    references = [
        f"[{numbers[slug]}] {reference(cited, pointed=times[slug] == 1)}" for slug, cited in first.items()
    ]
    return "\n\n".join("\n".join(part) for part in (body, references, caveats(said)) if part)


def reference(cited: Reference, *, pointed: bool = True) -> str:
    """Return the reference; `pointed` with sections and paragraphs."""
    document = cited.document
    pointers = _pointers(cited.pointers) if pointed else ""
    authors = f"{_authors(document)}. " if document.authors else ""
    head = f"{authors}{one_line(document.title)}[{_type(document)}]"
    if address(document):
        published = f"({document.published})" if document.published else ""
        seen = f"[{cited.accessed}]" if cited.accessed else ""
        return f"{head}. {pointers}{f'{published}{seen}' or '[n.d.]'}. {address(document)}."
    return f"{head}. {_published(document)}{f': {pointers}' if pointers else ''}."


def _type(document: Document) -> str:
    """The type as far as it is known: a paper of no known journal, or news of no known paper, is "other"."""
    if address(document):
        return "EB/OL"
    if document.kind == "report":
        return "R"
    if not venue(document):
        return "Z"
    return "N" if document.is_news else "J" if document.kind == "paper" else "Z"


def _published(document: Document) -> str:
    year = document.published if _type(document) == "N" else document.published[:4]
    date = (f"[{year}]" if document.inferred else year) or "[n.d.]"
    if _type(document) in ("J", "N"):
        return f"{venue(document)}, {date}"
    where = f"[S.l.]: {venue(document)}" if venue(document) else _NOWHERE
    return f"{where}, {date}"


def _authors(document: Document) -> str:
    names = []
    for name in document.authors[:_MOST_AUTHORS]:
        family, given = in_parts(document, one_line(name))
        names.append(f"{family.upper()} {given}" if given else family)
    return ", ".join([*names, *(["et al"] if len(document.authors) > _MOST_AUTHORS else [])])


def _marks(references: Sequence[Reference], numbers: dict[str, int], times: Counter[str]) -> str:
    """The numbers behind a statement: "[1]", "[1-2]", and "[1]para. 32" of a work that is cited more than once."""
    once = [numbers[r.document.slug] for r in references if times[r.document.slug] == 1]
    marks = [f"[{citing.ranges(once).replace(', ', ',')}]"] if once else []
    marks += [
        f"[{numbers[r.document.slug]}]{_pointers(r.pointers)}"
        for r in references
        if times[r.document.slug] > 1
    ]
    return f" {' '.join(marks)}" if marks else ""


def _pointers(pointers: Sequence[Pointer]) -> str:
    return "; ".join(map(_pointer, pointers))


def _pointer(pointer: Pointer) -> str:
    paragraphs = f"para. {pointer.ranges}"
    if not pointer.section:
        return paragraphs
    section = f"sec. {pointer.section}" if pointer.is_numbered else f"“{pointer.section}”"
    return f"{section}, {paragraphs}"
