"""Where a fact stands, as somebody writes it in one line: a paragraph of a known document, a web address, or a reference in words.

What was understood of it is a draft's fields, and can be told back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.answer import Refused
from handlers.curation.correction import OWN_PAGE
from handlers.curation.sources import address, authors, beside, dates_in, dating, numerals, reference
from handlers.draft import NAMES_MAX, TITLE_MAX, URL_MAX, host
from handlers.say import Said, say
from knowledge import citing
from knowledge.base import FactBase
from knowledge.model import Document
from knowledge.periods import periods
from knowledge.text.length import word_count
from knowledge.text.normalize import normalize
from knowledge.vocabulary import FACT_ID

NEEDED: Final = say(
    "Where does it stand? Name a document with its paragraph, such as “Xu et al. 2024 para 32”, paste a web address or a"
    " message’s link, or write the reference."
)
NO_REFERENCE: Final = say(
    "That names nothing that somebody else could look up. A source is a document with its paragraph, such as “Xu et al."
    " 2024 para 32”, a web address, a message’s link, or a reference: who wrote what, where and when."
)
UNDATED: Final = say(
    "When did it appear? A reference names its year or its date, so that others find it: “Anhui Daily, 3 May 2024, page 2”."
)
NOT_PUBLIC: Final = say(
    "That address is of a machine or a network that others do not reach. Give a public web address, or the reference in words."
)
TWO_ADDRESSES: Final = say(
    "These are two addresses, and a source has one: keep the one where the statement stands."
)
NO_ADDRESS: Final = say(
    "That is no web address that I keep: it begins with https:// or http:// and holds no name, password or spaces."
)
TOO_LONG: Final = say(
    "What stands beside the address, or names the source, is longer than {most} characters: shorten it to the title and the date.",
    most=TITLE_MAX,
)
# "para 5, 23 June 2018" names one paragraph.
_RUN: Final = re.compile(r"(?P<join>[-–—至到]|\bto\b)?\s*(?P<number>[0-9]+)", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(
    r"(?:¶+|§§|\bparas?\b\.?|\bpara?graphs?\b|\bparas?(?=[0-9])|第|(?=[0-9]{1,4}\s*段))\s*(?P<number>[0-9]{1,4})"
    r"(?P<more>(?:\s*(?:[-–—,&、至到和]|\bto\b|\band\b)\s*[0-9]{1,3}(?![0-9a-z])(?!\s*(?:[./月]|"
    + dating.MONTH
    + r")))*)(?:\s*段)?",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(
    r"\bpp?\.?\s*(?P<number>[0-9]{1,4})(?P<more>(?:\s*(?:[-–—,&]|\band\b)\s*[0-9]{1,3}\b(?!\s*[./]))*)",
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
_AROUND: Final = " ,;:.!?、，。；：！？()（）-–"
_NUMBER: Final = re.compile(r"[\s,:]+(?!(?:19|20)[0-9]{2}\b)([0-9]{1,4})\W*$")
# One word behind an address is no title: it may be the rest of an address that was broken.
_BROKEN: Final = re.compile(r"[a-z0-9_%./?=&-]+(?:\.[a-z0-9]+)?")


@dataclass(frozen=True, slots=True)
class Source:
    """What was understood of a source: fields of a draft, "" and 0 for what it does not say; and when it was `seen`, which none keeps."""

    document: str = ""
    paragraph: int = 0
    also: tuple[int, ...] = ()
    url: str = ""
    title: str = ""
    published: str = ""
    words: str = ""
    seen: str = ""


def read(base: FactBase, typed: str) -> Source | Refused:
    """Return what `typed` names as a source, or what has to be put right about it."""
    text = " ".join(typed.split())
    if not any(map(str.isalnum, text)):
        return Refused("source", NEEDED)
    quoted = QUOTED.search(text)
    words = quoted["words"].strip() if quoted and 3 <= word_count(quoted["words"]) <= 8 else ""
    rest = text.replace(quoted[0], " ") if quoted and words else text
    if found := address.find(rest):
        return _page(*found, words)
    return _fact(base, rest) or _paragraph(base, rest, words) or _reference(rest, words)


def not_kept(typed: str) -> str:
    """Return what is told of when a source was looked up, which stands in none: "" where that is not said."""
    _, seen = beside.without_seen(typed)
    return (
        say(
            "When you looked it up, {date}, is not kept: a source has the date on which it appeared.",
            date=seen,
        )
        if seen
        else ""
    )


def _fact(base: FactBase, text: str) -> Refused | None:
    """Return what is said where a fact is given as the source: it stands on one, which is cited in its place."""
    name = _LEADS.sub("", text).strip(_AROUND + "`").lower().removeprefix("fact ").strip()
    if not FACT_ID.match(name):
        return None
    fact = base.fact(name)
    if fact is None:
        return Refused("source", say("No fact has the id “{fact}”, and a fact is no source.", fact=name))
    return Refused(
        "source",
        say(
            "{fact} is a fact of the base, and no source. Cite what it cites: {places}.",
            fact=name,
            places=citing.cited(fact.citations),
        ),
    )


def _page(url: str, before: str, behind: str, words: str) -> Source | Refused:
    if not host(url) or len(url) > URL_MAX:
        return Refused("source", NO_ADDRESS)
    if not address.is_public(host(url)):
        return Refused("source", NOT_PUBLIC)
    if other := address.find(f"{before} {behind}"):
        if other[0] != url:
            return Refused("source", TWO_ADDRESSES)
        before, behind = other[1:]
    if (broken := _BROKEN.fullmatch(behind.strip(_AROUND))) and not dates_in.find(broken[0]):
        return Refused(
            "source",
            say(
                "“{word}” stands behind the address: an address holds no spaces (write %20), and a title is more than a word.",
                word=broken[0],
            ),
        )
    found = beside.read(before, behind)
    if found.unclear:
        return Refused("source", _of_two_days(found.unclear))
    if len(found.title) > TITLE_MAX:
        return Refused("source", TOO_LONG)
    return Source(url=url, title=found.title, published=found.published, words=words, seen=found.seen)


def _of_two_days(written: str) -> Said:
    return say(
        "“{date}” may be two dates, by which of its numbers is the month. Write it with the month’s name, or as 2026-05-04.",
        date=written,
    )


def _paragraph(base: FactBase, text: str, words: str) -> Source | Refused | None:
    """Return the paragraph that is named, None where no document of the base is."""
    text = numerals.in_digits(text)
    counted = _PARAGRAPH.search(text)
    name = _PARAGRAPH.sub(" ", text)
    if counted is None and (asked := _of_no_paragraph(base, text)):
        return asked
    name = _PAGE.sub(" ", name) if counted else name
    sections = [found["number"] for found in _SECTION.finditer(name)]
    document = _document(base, name, has_place=counted is not None)
    if isinstance(document, tuple):
        return Refused("source", _of_several(document))
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


def _of_no_paragraph(base: FactBase, text: str) -> Refused | None:
    """Return what is asked where a document stands with a page of it, or with a number that may be anything."""
    paged = _PAGE.search(text)
    without = _PAGE.sub(" ", text) if paged else _NUMBER.sub("", text)
    document = _document(base, without, has_place=True) if without != text else None
    if isinstance(document, tuple):
        return Refused("source", _of_several(document))
    if document is None or (not paged and _document(base, text, has_place=True)):
        return None
    if paged:
        said = say(
            "{document} is cited by its paragraphs, and a page is none. Which paragraph? Add its number, counted from 1:"
            " “{document} para 32”.",
            document=document.label,
        )
        return Refused("source", said)
    number = _NUMBER.findall(text)[-1]
    return Refused(
        "source",
        say(
            "What is {number} in {document}? Write “{document} para {number}” if it is the paragraph.",
            number=number,
            document=document.label,
        ),
    )


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


def _document(base: FactBase, name: str, *, has_place: bool) -> Document | tuple[Document, ...] | None:
    """Return the document that is named, the ones that may be; None where none is."""
    bare = _SECTION.sub(" ", name)
    named = _named(base, name) or _named(base, bare)
    if named and dating.is_of_another_day(named, name):
        return None
    return named or authors.document_by(base.documents, bare, has_place=has_place)


def _of_several(documents: tuple[Document, ...]) -> Said:
    named = "; ".join(document.label for document in documents)
    return say("Which one do you mean? {documents}. Write it so, with its paragraph.", documents=named)


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
    whole = " ".join(text.split())
    text, seen = beside.without_seen(whole)
    if not reference.is_named(text):
        return Refused("source", NO_REFERENCE)
    there = dates_in.find(text)
    if unclear := next((one.written for one in there if not one.value), ""):
        return Refused("source", _of_two_days(unclear))
    if not there and not periods(text):
        return Refused("source", UNDATED)
    if len(text) > TITLE_MAX:
        return Refused("source", TOO_LONG)
    found = [one.value for one in there] or [
        date for period in periods(text) if (date := dating.dated(period))
    ]
    return Source(title=text, published=found[0] if len(found) == 1 else "", words=words, seen=seen)
