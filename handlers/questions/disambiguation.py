"""Which record is meant by a spelling that several share, or by a slip: told by what else a question names, or by a button."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from handlers.answer import Choice
from handlers.command import READ_AS
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Named, Place
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous, Found, Resolution, Suggestions
from knowledge.search.query import Concept, Query
from knowledge.search.terms import name_term
from knowledge.text.normalize import as_typed


def resolve(services: Services, query: Query) -> Query:
    """Return `query` with each shared spelling decided by what else it names: the province of one of the places, or a
    place that facts name with one of them alone.
    """
    return _resolve_by_company(services, _resolve_by_province(query))


def _resolve_by_company(services: Services, query: Query) -> Query:
    company = {place.slug for mention in query.mentions if (place := mention.place)}
    for mention in query.mentions if company else ():
        if isinstance(mention.resolution, Ambiguous):
            told = [r for r in mention.resolution.records if _are_told_together(services, r, company)]
            if len(told) == 1:
                query = decided(query, mention, told[0])
    return query


def in_company_first(services: Services, query: Query, near: Suggestions) -> Suggestions:
    """Return what a slip may be meant for, as it was typed: paired with another place of the question first, then what is told
    together with one.
    """
    company = {place.slug for mention in query.mentions if (place := mention.place)}
    ties = [pairing for pairing in services.base.seeds.pairings if not company.isdisjoint(pairing.members)]

    def order(record: Named) -> tuple[bool, bool]:
        is_paired = any(record.slug in pairing.members for pairing in ties)
        return not is_paired, not _are_told_together(services, record, company)

    records = tuple(sorted(near.records, key=order)) if company else near.records
    return Suggestions(records, as_typed(near.typed, query.text))


def read_by_company(parsed: Query, query: Query) -> tuple[str, ...]:
    """Return for whoever asked as what each shared spelling was read that nothing but the other names decided."""
    left = [
        mention
        for mention in _resolve_by_province(parsed).mentions
        if isinstance(mention.resolution, Ambiguous)
    ]
    decided = {mention.typed: mention.place for mention in query.mentions}
    return tuple(
        say("“{typed}” read as {name}.", typed=as_typed(typed, parsed.text), name=place)
        for typed in dict.fromkeys(mention.typed for mention in left)
        if (place := decided.get(typed)) is not None
    )


def _are_told_together(services: Services, record: Named, company: Collection[str]) -> bool:
    """Say whether some fact on `record` is on one of `company` too: not on what all are part of."""
    others = {slug for slug in company if slug not in services.base.going_without_saying}
    return any(not others.isdisjoint(fact.subjects) for fact in services.base.about(record.slug))


def _resolve_by_province(query: Query) -> Query:
    named = {owner for concept in query.concepts for owner in concept.owners}
    for mention in query.mentions:
        resolution = mention.resolution
        if not isinstance(resolution, Ambiguous):
            continue
        fitting = [r for r in resolution.records if isinstance(r, Place) and r.province in named]
        if len(fitting) == 1:
            query = decided(query, mention, fitting[0])
            # The province was there to tell the namesakes apart; facts on the city need not repeat it.
            kept = tuple(c for c in query.concepts if c.owners != (fitting[0].province,))
            query = replace(query, concepts=kept)
    return query


def shared(query: Query) -> Mention | None:
    """Return the first name in `query` that several places share."""
    return next(
        (
            mention
            for mention in query.mentions
            if isinstance(mention.resolution, Ambiguous)
            and any(isinstance(record, Place) for record in mention.resolution.records)
        ),
        None,
    )


def choice(request: Request, record: Named, label: str) -> Choice:
    """Return the button that asks the same, with a name in it read as `record`."""
    target = Target.also(request.target, record.slug)
    return Choice(record.slug, label, QUESTION, request.text, READ_AS, target=target)


def read_as(query: Query, slugs: Collection[str]) -> Query:
    """Return `query` with each name that may stand for one of `slugs` read as that."""
    for mention in query.mentions:
        if record := meant(mention.resolution, slugs):
            query = decided(query, mention, record)
    return query


def meant(part: Resolution, slugs: Collection[str]) -> Named | None:
    """Return which of `slugs` a name stands for that is shared or misspelt; None for any other, and for none of them."""
    records = part.records if isinstance(part, Ambiguous | Suggestions) else ()
    return next((record for record in records if record.slug in slugs), None)


def decided(query: Query, mention: Mention, record: Named) -> Query:
    """Return `query` with a name in it that is shared, or misspelt, read as `record`."""
    resolution = mention.resolution
    if not isinstance(resolution, Ambiguous | Suggestions):
        return query
    owners = {r.slug for r in resolution.records}
    is_slip = isinstance(resolution, Suggestions)
    concepts = tuple(
        _standing_for(c, record, is_slip=is_slip) if set(c.owners) == owners else c for c in query.concepts
    )
    found_one = replace(mention, resolution=Found(record, "alias", mention.typed))
    mentions = tuple(found_one if other is mention else other for other in query.mentions)
    return replace(query, concepts=concepts, mentions=mentions)


def _standing_for(concept: Concept, record: Named, *, is_slip: bool) -> Concept:
    read = replace(concept, owners=(record.slug,), terms=(name_term(record.slug),))
    # What was a slip is told of beside the answer; which namesake is meant, the person has said.
    return replace(read, corrected=record.name) if is_slip else replace(read, surface=record.name)
