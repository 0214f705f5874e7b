"""Where a fact stands, as somebody writes it in one line: a paragraph of a known document, a web address, or a reference in words.

What was understood of it is a draft's fields, and can be told back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.answer import Refused
from handlers.curation import projection
from handlers.curation.correction import OWN_PAGE
from handlers.draft import NAMES_MAX, URL_MAX, Draft, host
from handlers.say import Said, say
from knowledge import citing
from knowledge.base import FactBase
from knowledge.model import Document
from knowledge.periods import Period, periods
from knowledge.text.length import word_count
from knowledge.text.normalize import normalize

NEEDED: Final = say(
    "Where does it stand? Name a document with its paragraph, such as “Xu et al. 2024 para 32”, paste a web address or a"
    " message’s link, or write the reference."
)
NO_ADDRESS: Final = say(
    "That is no web address that I keep: it begins with https:// or http:// and holds no name, password or spaces."
)
_ADDRESS: Final = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}:(?://)?[^\s<>\"“”]+|\bwww\.[^\s<>\"“”]+", re.IGNORECASE
)
# "para 5, 23 June 2018" names one paragraph.
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?\b|july?\b|aug|sep|oct|nov|dec)"
_RUN: Final = re.compile(r"(?P<join>[-–—至到]|\bto\b)?\s*(?P<number>[0-9]+)", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(
    r"(?:¶+|§§|\bparas?\b\.?|\bparagraphs?\b|\bparas?(?=[0-9])|第)\s*(?P<number>[0-9]{1,4})"
    r"(?P<more>(?:\s*(?:[-–—,&、至到和]|\bto\b|\band\b)\s*[0-9]{1,3}\b(?!\s*(?:[./月]|"
    + _MONTH
    + r")))*)(?:\s*段)?",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:§|\bsections?\b|\bsec\.?)?\s*(?P<number>\b[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})\b\.?", re.IGNORECASE
)
_LEADS: Final = re.compile(
    r"^[\W_]*(?:(?:see|cf|source|sources|from|in|of|at|reference|ref|also)\b[\W_]*)+", re.IGNORECASE
)
QUOTED: Final = re.compile(r"[“\"「](?P<words>[^“”\"「」]{3,150})[”\"」]")
"""What somebody quotes: of a source, or in a statement."""
_ISO: Final = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?")
_AROUND: Final = " ,;:.、，。；：()（）-–"
_ERA: Final = range(1000, 10_000)


@dataclass(frozen=True, slots=True)
class Source:
    """What was understood of a source: fields of a draft, "" and 0 for what it does not say."""

    document: str = ""
    paragraph: int = 0
    also: tuple[int, ...] = ()
    url: str = ""
    title: str = ""
    published: str = ""
    words: str = ""


def read(base: FactBase, typed: str) -> Source | Refused:
    """Return what `typed` names as a source, or what has to be put right about it."""
    text = " ".join(typed.split())
    if not any(map(str.isalnum, text)):
        return Refused("source", NEEDED)
    quoted = QUOTED.search(text)
    words = quoted["words"].strip() if quoted and 3 <= word_count(quoted["words"]) <= 8 else ""
    rest = text.replace(quoted[0], " ") if quoted and words else text
    if found := _ADDRESS.search(rest):
        return _page(rest, found, words)
    return _paragraph(base, rest, words) or _reference(rest, words)


def shown(base: FactBase, draft: Draft) -> str:
    """Return the source of a draft as readers are told it, and as `read` reads it."""
    if draft.document:
        document, section = base.document(draft.document), ""
        for paragraph in base.seeds.paragraphs:
            if (paragraph.document, paragraph.number) == (draft.document, draft.paragraph):
                section = paragraph.section
        return (
            citing.label(document.label, section, draft.paragraph, *draft.also)
            if draft.paragraph
            else document.label
        )
    if draft.title and draft.url and draft.published:
        return say("{title}, {date}, {address}", title=draft.title, date=draft.published, address=draft.url)
    if draft.title and draft.url:
        return say("{title}, {address}", title=draft.title, address=draft.url)
    return draft.url or draft.title


def cited(base: FactBase, draft: Draft) -> str:
    """Return all that a draft cites as readers are told it: its source, and what a correction keeps beside that."""
    more = kept(base, draft)
    return f"{shown(base, draft)}; {more}" if more else shown(base, draft)


def kept(base: FactBase, draft: Draft) -> str:
    """Return what a correction keeps beside its source of the citations of its fact, "" for nothing."""
    return citing.cited(projection.further(draft, base.fact(draft.supersedes)))


def typed(base: FactBase, draft: Draft) -> str:
    """Return the source of a draft as it stands in the one field for it, where its title and date have their own."""
    return draft.url or shown(base, draft)


def understood(base: FactBase, draft: Draft) -> Said:
    """Return in a sentence what the source of a draft was understood to be."""
    where = cited(base, draft)
    if draft.document:
        return say("Source understood: {source}, a document of the base.", source=where)
    if draft.url:
        return say("Source understood: {source}, a page on {host}.", source=where, host=host(draft.url))
    return say("Source understood: {source}, a reference that is none of the base’s documents.", source=where)


def date_of(text: str) -> str:
    """Return the one date that `text` is, to the year, month or day, "" where it is none: "May 2025" is 2025-05."""
    if digits := _ISO.fullmatch(text.strip()):
        return "-".join(part.zfill(2) for part in digits.groups() if part)
    found = periods(text)
    return _dated(found[0]) if len(found) == 1 else ""


def _dated(period: Period) -> str:
    if period.first != period.last or period.first not in _ERA:
        return ""
    month = f"-{period.month:02}" if period.month else ""
    return f"{period.first}{month}" + (f"-{period.day:02}" if period.month and period.day else "")


def _page(text: str, found: re.Match[str], words: str) -> Source | Refused:
    address = found[0].rstrip(".,;)，。；）")
    url = f"https://{address}" if "://" not in address and "@" not in address else address
    if not host(url) or len(url) > URL_MAX:
        return Refused("source", NO_ADDRESS)
    title, published = _titled(" ".join(text.replace(found[0], " ").split()))
    return Source(url=url, title=title, published=published, words=words)


def _titled(text: str) -> tuple[str, str]:
    """Return the title and the date in what stands beside an address; the date goes from the end of the title."""
    text = text.strip(_AROUND)
    before, _, last = text.rpartition(",")
    if before and (date := date_of(last)):
        return before.strip(_AROUND)[:120], date
    title = text.strip(_AROUND)[:120]
    return ("", date_of(title)) if date_of(title) and len(title) < 20 else (title, "")


def _paragraph(base: FactBase, text: str, words: str) -> Source | Refused | None:
    """Return the paragraph that is named, None where no document of the base is."""
    counted = _PARAGRAPH.search(text)
    name = _PARAGRAPH.sub(" ", text)
    sections = [found["number"] for found in _SECTION.finditer(name)]
    document = _named(base, name) or _named(base, _SECTION.sub(" ", name))
    if document is None:
        return Refused("source", _which(base)) if counted and word_count(name) < 3 else None
    held = {p.number: p.section for p in base.seeds.paragraphs if p.document == document.slug}
    if counted is None:
        return Refused("source", _no_paragraph(document, held, sections[0] if sections else ""))
    number = int(counted["number"])
    also = _more(number, counted["more"])
    if unheld := [one for one in (number, *also) if one not in held]:
        return Refused(
            "source",
            say("{document} has no paragraph {number}: they run from 1 to {last}.",
                document=document.label, number=unheld[0], last=max(held, default=0)),
        )  # fmt: skip
    return Source(document=document.slug, paragraph=number, also=also, words=words)


def _more(first: int, more: str) -> tuple[int, ...]:
    """Return the paragraphs that are named behind the first: "-33, 40" behind 31 are 32, 33 and 40."""
    found = [first]
    for run in _RUN.finditer(more):
        number = int(run["number"])
        found += range(found[-1] + 1, number) if run["join"] else ()
        found.append(number)
    return tuple(dict.fromkeys(one for one in found if one != first))[:NAMES_MAX]


def _no_paragraph(document: Document, held: dict[int, str], section: str) -> Said:
    """Return what is asked where a document is named and no paragraph of it."""
    within = [
        number for number, heading in held.items() if section and heading.split(" ")[0].rstrip(".") == section
    ]
    if within:
        return say(
            "Which paragraph of {document}? Section {section} has {numbers}: add one, such as “para {first}”.",
            document=document.label, section=section, numbers=citing.ranges(within), first=within[0],
        )  # fmt: skip
    return say(
        "Which paragraph of {document}? Add its number, counted from 1: “{document} para 32”.",
        document=document.label,
    )


def _which(base: FactBase) -> Said:
    known = [document.label for document in base.documents if not document.slug.startswith(OWN_PAGE)]
    return say("Of which document? I know {documents}.", documents="; ".join(known))


def _named(base: FactBase, text: str) -> Document | None:
    """Return the document that is called as `text` is; the section or a comma behind its name plays no part."""
    wanted = _bare(text)
    for document in base.documents:
        names = (document.slug, document.label, document.title, *document.aliases)
        if not document.slug.startswith(OWN_PAGE) and wanted in {_bare(name) for name in names}:
            return document
    # What only leads to a name says nothing: "see", "of".
    bare = _LEADS.sub("", text)
    if bare != text:
        return _named(base, bare)
    # A heading without a number stands behind the name, as readers are told where something stands.
    heads = [text[: found.start()] for found in re.finditer(r",", text)]
    return next((found for head in reversed(heads) if (found := _named(base, head))), None)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[.,;:()\[\]“”\"]", " ", normalize(text)).split())


def _reference(text: str, words: str) -> Source | Refused:
    if word_count(text) < 2:
        return Refused("source", NEEDED)
    found = [date for period in periods(text) if (date := _dated(period))]
    return Source(title=text[:120], published=found[0] if len(found) == 1 else "", words=words)
