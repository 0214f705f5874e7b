"""What curators warn of: what is printed of one place where another is probably meant, and what else of a record no fact warns of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Fact, Named, Pairing, Place
from knowledge.search.terms import index_terms

Doubted = Fact | Named
CLAUSES: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|;\s+(?=(?:[^\s.;]+ ){3})")
"""Where a caveat may be told apart: between sentences, and at a semicolon before as many words as are worth a mark."""


def is_doubted(base: FactBase, record: Named, fact: Fact) -> bool:
    """Say whether the caveat of `fact`, or of each pairing by which it is on the place `record`, says that another is meant."""
    return bool(_doubting(base, record, fact))


def meant(base: FactBase, record: Named, doubted: Iterable[Doubted]) -> Named | None:
    """Return the place that `doubted` mean where `record` is printed, None where that is not known or not one."""
    slugs = {_instead(one, record) for holder in doubted for one in _holders(base, record, holder)}
    return base.entity(slugs.pop()) if len(slugs) == 1 else None


def printed(base: FactBase, record: Named) -> tuple[Named, Named | None] | None:
    """Return the place in the name of `record` that is probably not meant, and the one that is; None where it has none."""
    place = next((base.entity(slug) for slug in record.doubts), None)
    return (place, meant(base, place, (record,))) if place else None


def instead_of(place: Named, other: Named | None) -> Said:
    """Return that `place` is printed where `other` is probably meant, for a heading or behind a name."""
    if other is None:
        return say("{place} is printed where another place is probably meant", place=place)
    return say("{place} is printed where {other} is probably meant", place=place, other=other)


def sentence(place: Named, other: Named | None) -> Said:
    """Return the same as a sentence."""
    if other is None:
        return say("{place} is printed where another place is probably meant.", place=place)
    return say("{place} is printed where {other} is probably meant.", place=place, other=other)


def corrected(base: FactBase, fact: Fact) -> str:
    """Return the statement of a fact with what is probably meant behind the place that is printed, in brackets: whoever pastes it
    without what warns of it pastes that too.
    """
    statement = fact.statement
    for printed_, instead in zip(fact.doubts, fact.meant, strict=False):
        place, other = base.entity(printed_), base.entity(instead)
        if place and other and (found := re.search(rf"\b{re.escape(place.name)}\b", statement)):
            marked = say("{place} [probably {other}]", place=place, other=other)
            statement = f"{statement[: found.start()]}{marked}{statement[found.end() :]}"
    return statement


def _holders(base: FactBase, record: Named, doubted: Doubted) -> tuple[Doubted, ...]:
    return _doubting(base, record, doubted) if isinstance(doubted, Fact) else (doubted,)


def _doubting(base: FactBase, record: Named, fact: Fact) -> tuple[Doubted, ...]:
    """Return what says that `record` is not meant by `fact`: itself, or each pairing by which it is on it; () where it is meant."""
    if record.slug in fact.doubts:
        return (fact,)
    if not isinstance(record, Place) or record.slug in fact.subjects:
        return ()
    through = [
        pairing
        for slug in fact.subjects
        if isinstance(pairing := base.entity(slug), Pairing) and record.slug in pairing.members
    ]
    return tuple(through) if all(record.slug in pairing.doubts for pairing in through) else ()


def _instead(doubted: Doubted, record: Named) -> str:
    return dict(zip(doubted.doubts, doubted.meant, strict=False)).get(record.slug, "")


def unsaid(base: FactBase, record: Named, shown: Sequence[Fact]) -> tuple[str, ...]:
    """Return the caveat of `record`, () where it has none or what it says stands in the caveats of the facts `shown`."""
    if not record.caveat:
        return ()
    said = [_terms(base, _as_shown(base, fact)) for fact in shown if fact.caveat]
    clauses = [_terms(base, clause) for clause in CLAUSES.split(record.caveat)]
    is_said = all(any(clause <= held for held in said) for clause in clauses)
    return () if is_said else (record.caveat,)


def _as_shown(base: FactBase, fact: Fact) -> str:
    labels = (base.document(slug).label for slug in fact.documents)
    return " ".join((fact.statement, fact.caveat, *labels))


def _terms(base: FactBase, text: str) -> frozenset[str]:
    return frozenset(index_terms(text, base.lexicon.slight))
