"""Checks what readers are expected to ask: that it is enough, in English and Chinese, and fits what the entry holds.

What is asked of two entries is found when the seeds are read. Reads; changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge.checks.consistency import ways_of_writing
from knowledge.checks.known_names import KnownNames
from knowledge.checks.literals import literals, plain
from knowledge.model import Document, Entry, Fact
from knowledge.seeds import Problem, Seeds, file_of
from knowledge.text.normalize import CHINESE

FEWEST = 6
"""Asks of an entry, one of them in Chinese; readers rarely ask about a document itself, so of that fewer will do."""
FEWEST_ON_DOCUMENTS = 3
# "1980s" and 1980年代 are ten years.
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d|s\b|年代)")
_DIGIT = re.compile(r"\d")
_PER_CENT = re.compile(r"\s?%|\sper\s?cent\b")
_MAGNITUDES = {"亿": 10**8, "万": 10**4}

Found = Iterator[tuple[str, str]]


def check(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every entry of `seeds` with too few asks, and every ask that names or dates what the entry does not."""
    return (*lacking(seeds), *faults(seeds))


def lacking(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every entry that more should be asked of, or something in Chinese."""
    about_documents = frozenset(topic.slug for topic in seeds.topics if topic.about_documents)
    return tuple(
        Problem(file_of(entry), entry.id, "asks", message)
        for entry in seeds.entries()
        for message in _lacks(entry, about_documents)
    )


def faults(seeds: Seeds, of: Collection[str] | None = None) -> tuple[Problem, ...]:
    """Return every ask, and near miss, whose names are wrong, and every ask of a year or figure that its fact lacks; of the
    entries with the ids `of` alone, where they are given.
    """
    names = KnownNames(seeds)
    documents = {document.slug: document for document in seeds.documents}
    return tuple(
        Problem(file_of(entry), entry.id, field, message)
        for entry in seeds.entries()
        if of is None or entry.id in of
        for field, message in (
            *names.misspelt(entry),
            *(_of_fact(entry, names, documents) if isinstance(entry, Fact) else ()),
        )
    )


def _of_fact(fact: Fact, names: KnownNames, documents: dict[str, Document]) -> Found:
    yield from names.strange(fact)
    yield from names.twins(fact)
    held = _held(fact, names, documents)
    years = frozenset(_YEAR.findall(held))
    numbers = {token.key.rstrip("%") for token in literals(plain(held)) if token.sort == "number"}
    for ask in fact.asks:
        for year in _YEAR.findall(ask):
            if year not in years:
                yield "asks", f"“{ask}” asks for {year}, which the fact does not speak of"
        for text, value in _figures(plain(ask)):
            if not ways_of_writing(value, "") & numbers:
                yield "asks", f"“{ask}” says {text}, which the fact does not state"


def _figures(ask: str) -> Iterator[tuple[str, float]]:
    """Yield the figures that somebody remembers, as printed and their value: no bounds such as "above 600 billion"."""
    for token in literals(ask) if _DIGIT.search(ask) else ():
        following = ask[token.end :]
        is_exact = "." in token.text or "%" in token.text or _PER_CENT.match(following)
        if token.sort == "number" and token.text[0].isdigit() and is_exact:
            yield token.text, float(token.key.rstrip("%")) * _MAGNITUDES.get(following[:1], 1)


def _lacks(entry: Entry, about_documents: frozenset[str]) -> Iterator[str]:
    fewest = FEWEST_ON_DOCUMENTS if about_documents.issuperset(entry.topics) else FEWEST
    if len(entry.asks) < fewest:
        yield f"are {len(entry.asks)}: readers ask in more ways; write {fewest} or more"
    if not any(map(CHINESE.search, entry.asks)):
        yield "are all in English: write one in Chinese"


def _held(fact: Fact, names: KnownNames, documents: dict[str, Document]) -> str:
    """Return all in which a fact may speak of a year or a number: also the names of what it is about, and its sources."""
    figures = (f"{f.value:g} {f.unit}, {f.upper or ''} {f.unit}, {f.year or ''}" for f in fact.figures)
    sources = (
        said
        for slug in fact.documents
        for said in (documents[slug].title, documents[slug].published, documents[slug].dating)
    )
    sections = (citation.label for citation in fact.citations)
    return " ; ".join(
        (fact.statement, fact.caveat, fact.date, *figures, *names.spellings(fact), *sources, *sections)
    )
