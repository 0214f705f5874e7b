"""How readers are told where something stands: "Xu et al. 2024, 4.1.1, paras 31-32", never without the paragraph.

One rule for facts, lists of sources, digests, tables, passages and footnotes: what is cited twice stands there once,
neighbouring paragraphs are one range, and what is too long is shortened at the document's name or at a heading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from knowledge.model import Citation

# A heading longer than this is a sentence: the paragraph alone says where.
_HEADING: Final = 40
_SOURCE: Final = 60
# Reserved for "and 12 more".
_COUNT: Final = 12


@dataclass(frozen=True, slots=True)
class Pointer:
    """Paragraphs of one section of a document; `section` is "" where there is none that would help to find them."""

    section: str
    paragraphs: tuple[int, ...]

    @property
    def is_numbered(self) -> bool:
        """Say whether the section is known by a number and not by its heading."""
        return self.section[:1].isdigit()

    @property
    def ranges(self) -> str:
        """Return "31, 33-35"."""
        return ranges(self.paragraphs)

    def __str__(self) -> str:
        """Return "4.1.1, paras 31-32"."""
        section = self.section if self.is_numbered else f"“{self.section}”"
        noun = "para" if len(self.paragraphs) == 1 else "paras"
        return f"{section}, {noun} {self.ranges}" if self.section else f"{noun} {self.ranges}"


def label(source: str, section: str, *paragraphs: int) -> str:
    """Return how readers see paragraphs of a section of the document that they know as `source`."""
    return f"{shortened(source)}, {Pointer(_shown(section), paragraphs)}"


def cited(citations: Iterable[Citation], room: int = 0) -> str:
    """Return all `citations` as readers see them, documents and sections apart by "; ", each paragraph once.

    With `room` those that do not fit within so many characters are counted at the end, but the first is always whole.
    """
    parts = list(chain.from_iterable(_parts(of_one) for of_one in by_document(citations).values()))
    kept = parts if not room or len("; ".join(parts)) <= room else _fitting(parts, room - _COUNT)
    more = [f"and {len(parts) - len(kept)} more"] if len(kept) < len(parts) else []
    return "; ".join([*kept, *more])


def by_document(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    """Return `citations` by the slug of their document, in the order in which the documents are first cited."""
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.document, []).append(citation)
    return found


def pointers(citations: Iterable[Citation]) -> tuple[Pointer, ...]:
    """Return where in its document each of `citations` stands, a pointer a section; () of one that is cited whole."""
    sections: dict[str, set[int]] = {}
    for citation in citations:
        if not citation.whole:
            sections.setdefault(_shown(citation.section), set()).add(citation.paragraph)
    return tuple(Pointer(section, tuple(sorted(found))) for section, found in sections.items())


def ranges(numbers: Iterable[int]) -> str:
    """Return "31, 33-35": neighbours as a range, each number once."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def shortened(source: str) -> str:
    """Return the name of a document within some sixty characters; the date at its end stays."""
    if len(source) <= _SOURCE:
        return source
    name, comma, date = source.rpartition(", ")
    if not comma or len(date) > _SOURCE // 2:
        name, comma, date = source, "", ""
    return f"{name[: _SOURCE - len(date) - 3].rstrip(' ,')}…{comma}{date}"


def _parts(of_one: list[Citation]) -> list[str]:
    """The pieces of what is said of one document; the first begins with its name."""
    first = of_one[0]
    source = shortened(" ".join((first.source or first.document).split()))
    shown = [*map(str, pointers(of_one))]
    if not shown:
        return [_labelled(first) or source]
    return [f"{source}, {shown[0]}", *shown[1:]]


def _labelled(citation: Citation) -> str:
    """The label of a document that is cited whole, with its address, where that is not too long."""
    shown = " ".join(citation.label.split())
    return shown if len(shown) <= 2 * _SOURCE else ""


def _fitting(parts: list[str], room: int) -> list[str]:
    kept = parts[:1]
    for part in parts[1:]:
        if len("; ".join([*kept, part])) > room:
            break
        kept.append(part)
    return kept


def _shown(section: str) -> str:
    heading = " ".join(section.split())
    if heading[:1].isdigit():
        return heading if len(heading) <= _HEADING else heading.split()[0]
    heading = heading.strip(".")
    return heading if len(heading) <= _HEADING else ""
