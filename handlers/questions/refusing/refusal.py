"""Refusals of questions: each says what of the question the base does not hold, with what it holds beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from handlers.answer import Answer, Choice
from handlers.questions import excerpts
from handlers.questions.refusing import related
from handlers.questions.refusing.lookup import outside_the_base, says, with_known
from handlers.questions.refusing.missing import Asked, missing
from handlers.questions.understood import match, subjects
from handlers.records import about
from handlers.records.lists import LISTS
from handlers.services import Services
from handlers.verdict import held
from handlers.verdict.denied import Denied, listed
from knowledge import citing
from knowledge.model import Fact, Gap, Place
from knowledge.names.resolver import Found, Outside, Suggestions
from knowledge.search.index import Hit
from knowledge.search.query import Query

NOTHING: Final = "I found no fact that answers that."
"""What is said where nothing in particular is known to be missing."""


def nothing_asked() -> Answer:
    """Return what is said to a text without a word to look for."""
    return Answer(
        headline="That holds no word to look for. Type a city, two places, a mechanism, a topic or a question.",
        outcome="unknown",
        choices=LISTS,
    )


def outside(query: Query, hits: tuple[Hit, ...] = ()) -> Outside | None:
    """Return a place outside that a question names, unless the best of `hits` speaks of it: the base compares the delta with
    others.
    """
    places = (m.resolution for m in query.mentions if isinstance(m.resolution, Outside))
    best = [hit.fact for hit in hits if isinstance(hit.entry, Fact)][:1]
    return next((one for one in places if not any(says(fact.statement, one.typed) for fact in best)), None)


def of_outside(services: Services, query: Query, hits: tuple[Hit, ...], outside: Outside) -> Answer:
    """Return where a place is that the base holds nothing about, with what is held on those beside it."""
    places = [place for mention in query.mentions if (place := mention.place)]
    answer = Answer(
        headline=with_known(services, outside_the_base(services, outside), places),
        outcome="unknown",
        # What is near to a question of a place without facts is on other places.
        near=related.facts(services, query, hits) if places else (),
        choices=related.choices(services, query),
        context=subjects(query),
    )
    return _with_passages(services, query, answer)


def of_strangers(services: Services, query: Query) -> Answer:
    """Return which of the names in a question nobody knows here, with what is held on the others."""
    typed = tuple(as_typed(query.text, stranger) for stranger in query.strangers)
    unheard = tuple(name for name in typed if not held.speaking_of_word(services.base, name))
    denied = Denied("name", unheard) if unheard else None
    known = [m.resolution.record for m in query.mentions if isinstance(m.resolution, Found)]
    answer = _refused(services, query, services.base.rank(query) if known else (), denied)
    near = [read for stranger in query.strangers if (read := _may_be_meant(services, stranger))]
    answer = replace(
        answer,
        headline=with_known(services, answer.headline, known) if denied else answer.headline,
        notes=tuple(map(_did_you_mean, near)),
        choices=(*_pages_of(near), *answer.choices),
    )
    return _with_passages(services, query, answer)


def not_stated(services: Services, query: Query, hits: tuple[Hit, ...], gap: Gap) -> Answer:
    """Return that the documents are known not to state what is asked, and where they speak of it."""
    denied = missing(services.base, query)
    if denied is not None and denied.lacking in ("word", "together"):
        denied = None
    said = denied.sentence if denied else "The documents do not say."
    return Answer(
        headline=f"{said} {gap.statement} ({citing.cited(gap.citations)})",
        outcome="unknown",
        match=match(query),
        near=related.facts(services, query, hits),
        choices=related.choices(services, query),
        context=subjects(query) or gap.subjects[:2],
        denied=denied,
    )


def is_on(services: Services, query: Query, gap: Gap) -> bool:
    """Say whether a gap speaks of every name in a question and of one word that tells, itself and not by its asks."""
    asked = Asked.of(services.base, query)
    is_stated = partial(held.is_stated, services.base, gap)
    return all(map(is_stated, asked.names)) and any(map(is_stated, asked.words))


def declined(services: Services, query: Query, hits: tuple[Hit, ...]) -> Answer:
    """Return what of the question the base does not hold, with the nearest facts where any is near."""
    denied = missing(services.base, query)
    answer = _refused(services, query, hits, denied)
    if denied is not None and denied.lacking == "name":
        known = [
            record
            for slug in subjects(query)
            if slug not in denied.slugs and (record := services.base.entity(slug))
        ]
        answer = replace(answer, headline=with_known(services, answer.headline, known))
    return _with_passages(services, query, answer)


def _refused(services: Services, query: Query, hits: tuple[Hit, ...], denied: Denied | None) -> Answer:
    near = related.facts(services, query, hits)
    said = denied.sentence if denied else NOTHING
    return Answer(
        headline=said if near or subjects(query) else f"{said} {covers(services)}",
        outcome="unknown",
        match=match(query) if near else "none",
        near=near,
        choices=related.choices(services, query, denied),
        context=subjects(query),
        denied=denied,
    )


def covers(services: Services) -> str:
    """Return what the base is about, for whoever asks for something else."""
    count = len(services.base.seeds.documents)
    return (
        "The base covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from "
        f"{about.counted(count, 'document')}."
    )


def _may_be_meant(services: Services, stranger: str) -> Suggestions | None:
    """Return the places that are near to an unknown name, if any is."""
    read = services.base.names.resolve(stranger, lambda record: isinstance(record, Place))
    return read if isinstance(read, Suggestions) else None


def _did_you_mean(near: Suggestions) -> str:
    places = listed([f"{record.name} ({record.chinese})" for record in near.records], "or")
    return f"Did you mean {places} by “{near.typed}”?"


def _pages_of(near: Iterable[Suggestions]) -> Iterator[Choice]:
    for read in near:
        yield from map(about.as_choice, read.records)


def _with_passages(services: Services, query: Query, answer: Answer) -> Answer:
    """Add what the documents at hand print on it; the outcome stays what it is."""
    is_off_topic = not answer.near and outside(query) is None
    return replace(answer, passages=excerpts.offered(services, query, is_off_topic=is_off_topic))


def as_typed(text: str, word: str) -> str:
    """Return a folded word as it stands in `text`, in its own capitals."""
    at = text.casefold().find(word.casefold())
    return text[at : at + len(word)] if at >= 0 else word
