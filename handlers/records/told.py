"""The facts on a record under the headings of its page, each heading in the order of somebody who tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handlers.records.caveats import instead_of, is_doubted, meant
from handlers.records.centrality import Centrality, centrality, is_first, members_told, of_tie, says
from handlers.records.headings import words
from knowledge.base import FactBase
from knowledge.model import Fact, Named, Organisation, Pairing, Place, Plan, Topic
from knowledge.vocabulary import Heading, Kind, Region, Stance, heading

LAST: Final = {Heading.DOCUMENTS: 5, Heading.DOUBTED: 6}
_OF_DOUBT: Final = 4
_ORDER: Final = {heading: place for place, heading in enumerate(Heading)}


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the heading that it stands under; a first page holds none while there is one of a lower `tier`."""

    fact: Fact
    heading: Heading
    group: str
    tier: int = 0


def told(base: FactBase, record: Named, facts: Iterable[Fact] | None = None) -> tuple[Told, ...]:
    """Return `facts`, else all those on `record`, each once and under its heading, in the order of their headings."""
    found = tuple(dict.fromkeys(base.facts_of(record) if facts is None else facts))
    if isinstance(record, Topic) and record.about_documents:
        return by_document(base, found)
    places = {fact.id: place for place, fact in enumerate(base.facts)}
    rows = sorted((_row(base, record, fact, places[fact.id]) for fact in found), key=lambda row: row[0])
    return tuple(row for _, row in rows)


def _row(base: FactBase, record: Named, fact: Fact, place: int) -> tuple[tuple[int | str, ...], Told]:
    """Return `fact` under its heading, with what it is sorted by there: `place` is where it stands in the base."""
    near = centrality(base, record, fact)
    under = _heading(base, record, fact, near)
    if under is Heading.TIE and isinstance(record, Place):
        near = of_tie(base, record, fact)
    is_elsewhere = fact.region is Region.ELSEWHERE
    is_doubt = under is Heading.DOUBTED
    group = instead_of(record, meant(base, record, (fact,))) if is_doubt else words(under, record)
    order = (
        _ORDER[under],
        # What is meant by turns is told by turns.
        group if is_doubt else "",
        is_elsewhere,
        -members_told(base, record, fact) if under is Heading.DEFINITION else 0,
        under is Heading.TIE and fact.kind is not Kind.PAIRING,
        bool(fact.doubts),
        near,
        # Of what only speaks of the record too, the plainest is told first.
        near is not Centrality.MAIN and bool(fact.caveat),
        fact.region is not Region.DELTA,
        0 if under is Heading.TIE else _position(record, fact),
        place,
    )
    return order, Told(
        fact, under, group, tier_of(under, is_elsewhere=is_elsewhere, is_doubtful=bool(fact.doubts))
    )


def _position(record: Named, fact: Fact) -> int:
    named = fact.topics if isinstance(record, Topic) else fact.subjects
    return named.index(record.slug) if record.slug in named else len(named)


def tier_of(under: Heading, *, is_elsewhere: bool = False, is_doubtful: bool = False) -> int:
    """Return when a first page takes what stands under a heading: the lowest first."""
    if under in LAST:
        return LAST[under]
    if is_doubtful:
        return _OF_DOUBT
    # What touches the record in the delta is nearer than what is of another region.
    return 2 * is_elsewhere + (under is Heading.RELATED)


def by_document(base: FactBase, facts: Iterable[Fact]) -> tuple[Told, ...]:
    """Return `facts` under the documents that they cite first, in the order in which those are held."""
    order = {document.slug: place for place, document in enumerate(base.seeds.documents)}
    ordered = sorted(facts, key=lambda fact: order[fact.documents[0]])
    return tuple(Told(fact, Heading.DOCUMENTS, base.document(fact.documents[0]).label) for fact in ordered)


def _heading(base: FactBase, record: Named, fact: Fact, near: Centrality) -> Heading:
    if is_doubted(base, record, fact):
        return Heading.DOUBTED
    if tells_who(base, record, fact) or members_told(base, record, fact):
        return Heading.DEFINITION
    if not base.about_documents.isdisjoint(fact.topics):
        return Heading.DOCUMENTS
    plain = Heading.TIE if _agrees_on_a_tie(base, fact) else heading(fact.kind, fact.stance)
    if near is Centrality.TOUCHED and plain is not Heading.TIE:
        return Heading.RELATED
    if plain is Heading.DEFINITION:
        return _of_definition(base, record, fact)
    return plain


def tells_who(base: FactBase, record: Named, fact: Fact) -> bool:
    """Say whether a fact says to which body the person `record` belongs."""
    is_theirs = record.is_person and fact.subjects[:1] == (record.slug,)
    others = (base.entity(slug) for slug in fact.subjects[1:])
    is_of_a_body = any(isinstance(other, Organisation) and not other.is_person for other in others)
    return is_theirs and is_of_a_body and fact.kind is Kind.ORGANISATION and says(record, fact.statement)


def _agrees_on_a_tie(base: FactBase, fact: Fact) -> bool:
    """Say whether a plan or an agreement that stands is what ties the places of `fact`."""
    subjects = [base.entity(slug) for slug in fact.subjects]
    is_tied = any(isinstance(subject, Pairing) for subject in subjects)
    if fact.stance in (Stance.PLANNED, Stance.RECOMMENDED) or not is_tied:
        return False
    is_agreed = fact.kind is Kind.EVENT and any(isinstance(subject, Plan) for subject in subjects)
    return fact.kind is Kind.PLAN or is_agreed


def _of_definition(base: FactBase, record: Named, fact: Fact) -> Heading:
    """Return where a fact that says what something is stands on the page of `record`: it may be what something else is."""
    if fact.kind is Kind.ORGANISATION and not isinstance(record, Organisation):
        first = base.entity(fact.subjects[0])
        return Heading.RELATED if first is not None and first.is_person else Heading.PRACTICE
    if record.is_person and fact.kind is Kind.DEFINITION:
        # It says what something else is, in their view.
        return Heading.OPINION
    if isinstance(record, Place) and not is_first(base, record, fact):
        return Heading.RELATED
    if isinstance(record, Topic) and not says(record, fact.statement):
        return Heading.PRACTICE
    return Heading.DEFINITION
