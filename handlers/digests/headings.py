"""What the facts of a digest stand under: their theme in words, when that was, and that it is from the archive or news."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from handlers.digests.selection import Chosen, News
from handlers.digests.themes import Theme, looks_ahead
from handlers.records.caveats import instead_of, printed
from handlers.records.document_kind import kind_in_words
from handlers.records.enumerated import all_of
from handlers.say import Said, say, say_many
from handlers.subscription import Rhythm
from knowledge.base import FactBase
from knowledge.model import Document, Fact, Pairing

# Facts beside each other on a screen of a laptop or two of a phone; the overview of a monthly one takes room.
SCREEN: Final[Mapping[Rhythm, int]] = {"daily": 3, "weekly": 5, "monthly": 4}
_YEAR: Final = 4
# More years are told by the first and the last.
_LISTED: Final = 3

Part = tuple[Said, tuple[Chosen, ...]]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A post as it is read: what stands in the channel, and what in the thread below, each part under its heading."""

    shown: tuple[Part, ...]
    below: tuple[Part, ...]


def laid_out(base: FactBase, chosen: Sequence[Chosen], rhythm: Rhythm) -> LaidOut:
    """Return the facts of a digest under their headings, in the order in which they come; what is more than a screen is for
    the thread, under headings of its own.
    """
    screen = SCREEN[rhythm]
    is_alone = all(one.theme.is_of_single_facts for one in chosen)
    shown, below = chosen[:screen], chosen[screen:]
    return LaidOut(
        _parts(base, shown, is_alone=is_alone),
        _parts(base, below, shown[-1] if shown else None, is_alone=is_alone),
    )


def _parts(
    base: FactBase, chosen: Sequence[Chosen], before: Chosen | None = None, *, is_alone: bool
) -> tuple[Part, ...]:
    parts = [tuple(group) for _, group in groupby(chosen, _told_together)]
    if parts and before and _told_together(before) == _told_together(parts[0][0]):
        parts[0] = tuple(replace(one, goes_on=True, is_in_thread=True) for one in parts[0])
    return tuple((heading(base, told, is_alone=is_alone), told) for told in parts)


def _told_together(one: Chosen) -> tuple[Theme, News]:
    return (one.theme, one.news)


def heading(base: FactBase, told: Sequence[Chosen], *, is_alone: bool = False) -> Said:
    """Return "Wuhu and Shanghai's Songjiang · from the archive, 2018", or that it is new or corrected.

    `is_alone` says that nothing but single facts stand in the post.
    """
    wanted = {"theme": _theme(base, told, is_alone), "when": when(base, [one.fact for one in told])}
    match told[0].news:
        case "new":
            return say("{theme} · new in the fact base, {when}", **wanted)
        case "corrected":
            return say("{theme} · corrected, {when}", **wanted)
        case _:
            return say("{theme} · from the archive, {when}", **wanted)


def _theme(base: FactBase, told: Sequence[Chosen], is_alone: bool) -> Said:
    first = told[0]
    if first.theme.is_of_single_facts:
        if not is_alone:
            return say("Also")
        if first.is_in_thread:
            return say("Single facts, continued")
        return say_many("A single fact", "Single facts", len(told))
    name = _name(base, first.theme)
    if first.theme.number > 1:
        name = say("{theme} ({number})", theme=name, number=first.theme.number)
    return say("{theme}, continued", theme=name) if first.goes_on else name


def _name(base: FactBase, theme: Theme) -> Said:
    record = base.entity(theme.about)
    if record is None:
        return say("{document}", document=base.document(theme.about).label)
    if isinstance(record, Pairing) and (doubt := printed(base, record)):
        return say("{theme} [{doubt}]", theme=record, doubt=instead_of(*doubt))
    return say("{theme}", theme=record)


def when(base: FactBase, facts: Sequence[Fact]) -> Said:
    """Return when what facts tell was so, by their own dates: "2018", "2018 and 2019, in part undated", "undated (from a paper
    of 2024)"; of what looks ahead, to when. The year of a document is never that of what it tells.
    """
    ahead = [fact for fact in facts if looks_ahead(base, fact)]
    rest = [fact for fact in facts if fact not in ahead]
    if not ahead:
        return _when(base, rest)
    if not rest:
        return _ahead(base, ahead)
    return say("{when}; in part looks ahead to {years}", when=_when(base, rest), years=_years(ahead))


def _when(base: FactBase, facts: Sequence[Fact]) -> Said:
    if not any(fact.date for fact in facts):
        return _undated(base, facts)
    years = _years(facts)
    return years if all(fact.date for fact in facts) else say("{years}, in part undated", years=years)


def _years(facts: Sequence[Fact]) -> Said:
    """Return the years of facts; those that no source prints are told to be inferred."""
    dated = sorted({fact.date[:_YEAR] for fact in facts if fact.date})
    printed = {fact.date[:_YEAR] for fact in facts if fact.date and not is_inferred(fact)}
    if len(dated) <= _LISTED:
        return all_of([year if year in printed else say("{year} (inferred)", year=year) for year in dated])
    span = {"first": dated[0], "last": dated[-1]}
    if not printed:
        return say("{first} to {last} (inferred)", **span)
    if len(printed) < len(dated):
        return say("{first} to {last} (in part inferred)", **span)
    return say("{first} to {last}", **span)


def is_inferred(fact: Fact) -> bool:
    """Say whether the year of a fact is printed nowhere: its statement or its caveat says so of the year itself, and not of a
    day alone.
    """
    told = re.compile(rf"\b{fact.date[:_YEAR]}(?:,| is) inferred\b")
    return bool(fact.date) and any(told.search(text) for text in (fact.statement, fact.caveat))


def _ahead(base: FactBase, facts: Sequence[Fact]) -> Said:
    years, documents = _years(facts), _documents(base, facts)
    if not all(document.published for document in documents):
        return say("looks ahead to {years}", years=years)
    said = all_of(_published(documents))
    if len(documents) > 1:
        return say("looks ahead to {years} (from sources of {said})", years=years, said=said)
    return say(
        "looks ahead to {years} (from a {kind} of {said})",
        years=years,
        kind=kind_in_words(documents[0]),
        said=said,
    )


def _undated(base: FactBase, facts: Sequence[Fact]) -> Said:
    documents = _documents(base, facts)
    if not all(document.published for document in documents):
        return say("undated")
    years = _published(documents)
    if len(documents) > 1:
        return say("undated (from sources of {years})", years=all_of(years))
    return say("undated (from a {kind} of {year})", kind=kind_in_words(documents[0]), year=years[0])


def _documents(base: FactBase, facts: Sequence[Fact]) -> list[Document]:
    return [base.document(slug) for slug in dict.fromkeys(fact.documents[0] for fact in facts)]


def _published(documents: Sequence[Document]) -> list[str]:
    printed = {document.published[:_YEAR] for document in documents if not document.inferred}
    years = sorted({document.published[:_YEAR] for document in documents})
    return [year if year in printed else say("{year}, inferred", year=year) for year in years]
