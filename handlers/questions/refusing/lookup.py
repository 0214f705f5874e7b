"""Refusals of what is looked up by name: a name that nobody knows here, a place outside, two places without a tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.answer import NEAR_FACTS, Answer, Choice, Match
from handlers.questions.refusing import related
from handlers.questions.refusing.missing import no_pairing
from handlers.records.lists import LISTS, PAIRINGS
from handlers.say import say, say_many
from handlers.services import Services
from handlers.verdict import held
from handlers.verdict.articles import in_a_sentence
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
    said = denied.sentence if denied else say("No {noun} is called “{typed}”.", noun=noun, typed=typed)
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
        choices=(*around(services, resolution), *related.pages(services, known)) or LISTS,
        context=tuple(record.slug for record in known),
    )


def outside_the_base(services: Services, resolution: Outside) -> str:
    """Return where a place is, and whether the base speaks of it at all; of one within a place of the delta, how much it
    holds on that.
    """
    place = resolution.place
    name = f"{place.name} ({place.chinese})" if place.chinese else place.name
    within = _within(services, resolution)
    is_mentioned = any(says(fact.statement, place.name) for fact in services.base.facts)
    if within is not None and within.delta:
        return _inside(services, name, within, is_mentioned=is_mentioned)
    if is_mentioned:
        return say(
            "{name} is in {within}, outside this fact base, which only mentions it.",
            name=name,
            within=place.within,
        )
    return say(
        "{name} is in {within}, outside this fact base, which holds nothing about it.",
        name=name,
        within=place.within,
    )


def _inside(services: Services, name: str, within: Place, *, is_mentioned: bool) -> str:
    count = len(services.base.about(within.slug))
    if is_mentioned:
        return say_many(
            "{name} is in {within}. The base only mentions it; on {within} it has {count} fact.",
            "{name} is in {within}. The base only mentions it; on {within} it has {count} facts.",
            count,
            name=name,
            within=within,
        )
    return say_many(
        "{name} is in {within}. The base has nothing on it by itself; on {within} it has {count} fact.",
        "{name} is in {within}. The base has nothing on it by itself; on {within} it has {count} facts.",
        count,
        name=name,
        within=within,
    )


def around(services: Services, resolution: Outside) -> tuple[Choice, ...]:
    """Return a button for the page of the place in which one outside lies; none where nothing is held on it."""
    within = _within(services, resolution)
    return related.pages(services, (within,)) if within else ()


def _within(services: Services, resolution: Outside) -> Place | None:
    """Return the place of the base in which one outside lies, if facts are on it."""
    found = services.base.resolve(resolution.place.within, slips=False)
    record = found.record if isinstance(found, Found) else None
    is_held = isinstance(record, Place) and record.slug not in services.base.going_without_saying
    return record if is_held and isinstance(record, Place) and services.base.about(record.slug) else None


def without_pairing(
    services: Services,
    records: Sequence[Named],
    near: Sequence[Fact],
    match: Match,
    read: tuple[str, ...],
) -> Answer:
    """Return what says that no pairing of a place is held, or none of several with each other."""
    slugs = tuple(record.slug for record in records)
    denied = no_pairing(services.base, records)
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
    counted = [(record, len(services.base.facts_of(record))) for record in dict.fromkeys(known)]
    for name, count in counted:
        if count:
            said = say_many(
                "{said} On {name} the base has {count} fact.",
                "{said} On {name} the base has {count} facts.",
                count,
                said=said,
                name=in_a_sentence(services.base, name),
            )
    return said


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
