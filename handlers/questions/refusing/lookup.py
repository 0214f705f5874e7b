"""Refusals of what is looked up by name: a name that nobody knows here, a place outside, two places without a tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.answer import NEAR_FACTS, Answer, Match
from handlers.plural import plural
from handlers.questions.refusing import related
from handlers.records.lists import LISTS, PAIRINGS
from handlers.services import Services
from handlers.verdict import held
from handlers.verdict.denied import Denied
from knowledge.model import Fact, Named, Place
from knowledge.names.resolver import Found, Outside, Resolution
from knowledge.text.normalize import normalize, tokenize


def unknown(services: Services, text: str, noun: str, known: Sequence[Named] = ()) -> Answer:
    """Return what says that no `noun` has the name that was typed, with what is held on the `known` names beside it."""
    typed = " ".join(text.split())
    told = _most_telling(services, held.speaking_of_word(services.base, typed))
    # More words than a name has may each be spoken of.
    is_heard = any(held.speaking_of_word(services.base, word) for word in typed.split())
    is_unheard = not is_heard and any(map(str.isalnum, typed))
    denied = Denied("name", (typed,)) if is_unheard else None
    said = denied.sentence if denied else f"No {noun} is called “{typed}”."
    on_known = tuple(dict.fromkeys(fact for record in known for fact in services.base.facts_of(record)))
    return Answer(
        headline=with_known(services, said, known),
        outcome="unknown",
        near=(on_known or told)[:NEAR_FACTS],
        choices=related.pages(services, known) or LISTS,
        context=tuple(record.slug for record in known),
        denied=denied,
    )


def outside(services: Services, resolution: Outside, known: Sequence[Named] = ()) -> Answer:
    """Return where a place is that is outside the base, with the facts that speak of it."""
    told = tuple(fact for fact in services.base.facts if says(fact.statement, resolution.place.name))
    on_known = tuple(dict.fromkeys(fact for record in known for fact in services.base.facts_of(record)))
    return Answer(
        headline=with_known(services, outside_the_base(services, resolution), known),
        outcome="unknown",
        near=(told or on_known)[:NEAR_FACTS],
        choices=related.pages(services, known) or LISTS,
        context=tuple(record.slug for record in known),
    )


def outside_the_base(services: Services, resolution: Outside) -> str:
    """Return where a place is, and whether the base speaks of it at all."""
    place = resolution.place
    name = f"{place.name} ({place.chinese})" if place.chinese else place.name
    if any(says(fact.statement, place.name) for fact in services.base.facts):
        return f"{name} is in {place.within}, outside this fact base, which only mentions it."
    return f"{name} is in {place.within}, outside this fact base, which holds nothing about it."


def without_pairing(
    services: Services,
    records: Sequence[Named],
    near: Sequence[Fact],
    match: Match,
    read: tuple[str, ...],
) -> Answer:
    """Return what says that no pairing of a place is held, or none of several with each other."""
    slugs = tuple(record.slug for record in records)
    denied = Denied("pairing", tuple(record.name for record in records), slugs)
    places = [record for record in records if isinstance(record, Place)]
    return Answer(
        headline=denied.sentence,
        outcome="unknown",
        match=match,
        near=tuple(near)[:NEAR_FACTS],
        choices=(*related.pages(services, records), *related.pairings(services, places), PAIRINGS),
        read=read,
        context=slugs,
        denied=denied,
    )


def with_known(services: Services, said: str, known: Iterable[Named]) -> str:
    """Return `said` of one name, with how much is held on those beside it."""
    counted = [(record.name, len(services.base.facts_of(record))) for record in dict.fromkeys(known)]
    more = [f"On {name} the base has {count} {plural(count, 'fact')}." for name, count in counted if count]
    return " ".join((said, *more))


def known_in(parts: Iterable[Resolution]) -> tuple[Named, ...]:
    """Return the records that names were found to be."""
    return tuple(dict.fromkeys(part.record for part in parts if isinstance(part, Found)))


def says(text: str, name: str) -> bool:
    """Say whether a text has a name in it, as whole words."""
    said, words = (" ".join(tokenize(normalize(one))) for one in (text, name))
    return f" {words} " in f" {said} "


def _most_telling(services: Services, told: Iterable[Fact]) -> tuple[Fact, ...]:
    held_ = frozenset(told)
    return tuple(fact for fact in services.base.facts if fact in held_)
