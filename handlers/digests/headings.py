"""What the facts of a digest stand under: their theme in words, when that was, and that it is from the archive or news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from handlers.digests.selection import Chosen
from handlers.digests.themes import Theme, when_told
from handlers.records.caveats import instead_of, printed
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Fact, Pairing

_YEAR: Final = 4


def told_apart(base: FactBase, chosen: Iterable[Chosen]) -> tuple[tuple[Said, tuple[Chosen, ...]], ...]:
    """Return what is told together, each under its heading, in the order in which it comes."""
    return tuple(
        (heading(base, told), told)
        for _, group in groupby(chosen, lambda one: (one.theme, one.news, one.is_beside))
        if (told := tuple(group))
    )


def heading(base: FactBase, told: Sequence[Chosen]) -> Said:
    """Return "Wuhu and Shanghai's Songjiang · from the archive, 2018", or that it is new or corrected."""
    first = told[0]
    theme = _theme(base, first)
    if first.news == "new":
        return say("{theme} · new in the fact base", theme=theme)
    if first.news == "corrected":
        return say("{theme} · corrected", theme=theme)
    facts = [one.fact for one in told] if first.is_beside else first.theme.facts
    return say("{theme} · from the archive, {when}", theme=theme, when=_when(base, facts))


def _theme(base: FactBase, first: Chosen) -> Said:
    if first.is_beside:
        return say("Also")
    name = _name(base, first.theme)
    return say("{theme}, continued", theme=name) if first.goes_on else name


def _name(base: FactBase, theme: Theme) -> Said:
    record = base.entity(theme.about)
    if record is None:
        return say("{document}", document=base.document(theme.about).label)
    if isinstance(record, Pairing) and (doubt := printed(base, record)):
        return say("{theme} [{doubt}]", theme=record, doubt=instead_of(*doubt))
    return say("{theme}", theme=record)


def _when(base: FactBase, facts: Iterable[Fact]) -> Said | str:
    years = sorted({told[:_YEAR] for fact in facts if (told := when_told(base, fact))})
    if not years:
        return say("undated")
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
