"""Refusals of questions: each says what of the question the base does not hold, with what it holds beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice
from handlers.questions import excerpts
from handlers.questions.by_source import OfSource
from handlers.questions.refusing import related
from handlers.questions.refusing.asked import Asked
from handlers.questions.refusing.lookup import around, outside_the_base, says, with_known
from handlers.questions.refusing.missing import missing
from handlers.questions.refusing.related import Beside
from handlers.questions.understood import match, subjects
from handlers.records import about
from handlers.records.enumerated import all_of
from handlers.records.lists import LISTS
from handlers.say import say, say_many
from handlers.services import Services
from handlers.verdict import held, paired
from handlers.verdict.denied import Denied, listed
from knowledge import citing
from knowledge.model import Fact, Gap, Place
from knowledge.names.resolver import Found, Outside, Suggestions
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType
from knowledge.search.query import Query
from knowledge.search.terms import index_terms
from knowledge.text import chinese
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import Kind

CHINESE_RUN: Final = re.compile(rf"(?:{CHINESE.pattern})+")
NOTHING: Final = say("I found no fact that answers that.")
"""What is said where nothing in particular is known to be missing, and what is nearest leaves out part of the question."""
NOTHING_OF: Final = {
    AnswerType.TIME: say("I found no fact that says when."),
    AnswerType.PLACE: say("I found no fact that says where."),
    AnswerType.PERSON: say("I found no fact that says who."),
    AnswerType.REASON: say("I found no fact that says why."),
}
"""The same to who asks for something in particular."""
UNSURE: Final = say("Not sure this answers it; the nearest is:")
"""What is said where what is nearest speaks of all that is asked."""
UNSTATED: Final = say("The documents do not say.")
"""What is said where a curator knows that nothing is stated of what is asked."""
_ROOM_FOR_CITATIONS: Final = 120


def nothing_asked() -> Answer:
    """Return what is said to a text without a word to look for."""
    return Answer(
        headline=say(
            "That holds no word to look for. Type a city, two places, a mechanism, a topic or a question."
        ),
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
        choices=(*around(services, outside), *related.choices(services, query)),
        context=subjects(query),
    )
    return _with_passages(services, query, answer)


def of_strangers(services: Services, query: Query) -> Answer:
    """Return which of the names in a question nobody knows here, with what is held on the others."""
    denied = _strange(services, query)
    if denied is not None and denied.lacking == "office":
        return _refused(services, query, related.beside(services, query, services.base.rank(query), denied))
    known = [m.resolution.record for m in query.mentions if isinstance(m.resolution, Found)]
    hits = services.base.rank(query) if known else ()
    answer = _refused(services, query, related.beside(services, query, hits, denied))
    strangers = dict.fromkeys(query.strangers)
    near = [read for stranger in strangers if (read := _may_be_meant(services, stranger))]
    answer = replace(
        answer,
        headline=with_known(services, answer.headline, known) if denied else answer.headline,
        notes=tuple(map(_did_you_mean, near)),
        choices=(*_pages_of(near), *answer.choices),
    )
    return _with_passages(services, query, answer)


def _strange(services: Services, query: Query) -> Denied | None:
    """Return the names in a question of which no fact speaks, or the office that it took for one."""
    denied = missing(services.base, query) if query.strangers else None
    if denied is not None and denied.lacking == "office":
        return denied
    typed = tuple(as_typed(query.text, stranger) for stranger in dict.fromkeys(query.strangers))
    unheard = tuple(name for name in typed if not held.speaking_of_word(services.base, name))
    return Denied("name", unheard) if unheard else None


def not_stated(services: Services, query: Query, hits: tuple[Hit, ...], gap: Gap) -> Answer:
    """Return that the documents are known not to state what is asked, and where they speak of it."""
    denied = missing(services.base, query)
    if denied is not None and denied.lacking in ("word", "together"):
        denied = None
    if denied is None and _is_off_the_point(services, query, gap):
        return _refused(services, query, related.beside(services, query, hits, None))
    return Answer(
        headline=_with_gap(denied, gap) if _is_told(services, gap, denied) else _unstated(denied),
        outcome="unknown",
        match=match(query),
        near=related.facts(services, query, hits, denied),
        choices=related.choices(services, query),
        context=subjects(query) or gap.subjects[:2],
        denied=denied,
    )


def _unstated(denied: Denied | None) -> str:
    return denied.sentence if denied else UNSTATED


def _with_gap(denied: Denied | None, gap: Gap) -> str:
    """Return what is denied and what a curator says of it, which may be no less."""
    cited = citing.cited(gap.citations, _ROOM_FOR_CITATIONS)
    if denied is not None and denied.lacking == "office":
        return say("{statement} ({citation})", statement=gap.statement, citation=cited)
    return say(
        "{said} {statement} ({citation})", said=_unstated(denied), statement=gap.statement, citation=cited
    )


def is_on(services: Services, query: Query, gap: Gap) -> bool:
    """Say whether a gap speaks of every name in a question and of most of its words that tell, itself and not by its asks,
    where no fact speaks of all of them.
    """
    asked = Asked.of(services.base, query)
    weight = sum(word.weight for word in asked.words)
    stated = sum(word.weight for word in asked.words if held.is_stated(services.base, gap, word))
    is_most = 0 < services.base.tuning.about_a_gap * weight <= stated
    are_named = all(held.is_stated(services.base, gap, name) for name in asked.names)
    return is_most and are_named and not _covered(services, query)


def _covered(services: Services, query: Query) -> bool:
    """Say whether one of the nearest facts speaks of all that is asked, so that it cannot be said that nothing does."""
    hits = services.base.rank(query)
    whole = frozenset(hit.entry.id for hit in hits if not hit.missed)
    near = (fact for fact in related.facts(services, query, hits) if fact.id in whole)
    return related.covering(services, query, near) is not None


def _is_told(services: Services, gap: Gap, denied: Denied | None) -> bool:
    """Say whether the statement of a gap is to the point: of who holds an office, only if it speaks of that, and of twins of
    ties.
    """
    lexicon = services.base.lexicon
    stated = set(index_terms(gap.statement, lexicon.stop))
    if denied is not None and denied.lacking == "twinning":
        return any(
            stated.issuperset(index_terms(word, lexicon.stop)) for word in lexicon.of_ties if word.isascii()
        )
    if denied is None or denied.lacking != "office":
        return True
    return stated.issuperset(index_terms(" ".join(denied.words), lexicon.stop))


def _is_off_the_point(services: Services, query: Query, gap: Gap) -> bool:
    """Say whether a question counts what the statement of a gap does not speak of, and a fact that has all its words does."""
    counted = [concept for concept in query.concepts if concept.surface in query.measured]
    is_stated = any(held.is_stated(services.base, gap, concept) for concept in counted)
    return bool(counted) and not is_stated and _covered(services, query)


def said_of(services: Services, query: Query) -> str:
    """Return in a sentence what of a question the base does not hold, as it is said to whoever asks no more than that; ""
    where nothing in particular is missing.
    """
    beyond = outside(query)
    if beyond is not None:
        return outside_the_base(services, beyond)
    denied = _strange(services, query) or missing(services.base, query)
    return denied.sentence if denied else ""


def looked_for(services: Services, query: Query, hits: tuple[Hit, ...]) -> Beside:
    """Return what the whole base holds of a question that no fact is likely enough to answer, and what of it is missing."""
    return related.beside(services, query, hits, missing(services.base, query))


def declined(services: Services, query: Query, beside: Beside) -> Answer:
    """Return what of the question the base does not hold, with the nearest facts where any is near."""
    denied, answer = beside.denied, _refused(services, query, beside)
    if denied is not None and denied.lacking == "name":
        known = [
            record
            for slug in subjects(query)
            if slug not in denied.slugs and (record := services.base.entity(slug))
        ]
        answer = replace(answer, headline=with_known(services, answer.headline, known))
    return _with_passages(services, query, answer)


def of_source(declined: Answer, told: OfSource) -> Answer:
    """Return a refusal of what a document, or a person, is asked for as what it is: no fact of theirs speaks of it."""
    words = listed([f"“{word}”" for word in told.words], "or")
    speakers = listed(told.speakers, "or")
    said = (
        say("No fact from {documents} speaks of {words}.", documents=speakers, words=words)
        if told.words
        else say("The base holds nothing that {speakers} said.", speakers=speakers)
    )
    return replace(
        declined,
        headline=said,
        may_answer=False,
        denied=None,
    )


def _refused(services: Services, query: Query, beside: Beside) -> Answer:
    denied, near, nearest = beside.denied, beside.near, beside.nearest
    is_off_topic = not near and not subjects(query)
    if is_off_topic and denied is not None and denied.lacking == "together":
        denied = None
    undated = _undated(services, query)
    if undated:
        # The tie itself is what is held of it.
        near = tuple(sorted(near, key=lambda fact: fact.kind is not Kind.PAIRING))
    nothing = undated or NOTHING_OF.get(query.answer_type, NOTHING)
    said = denied.sentence if denied else UNSURE if nearest else nothing
    return Answer(
        headline=_off_topic(services, denied) if is_off_topic else said,
        outcome="unknown",
        match=match(query) if near else "none",
        near=near,
        may_answer=nearest is not None,
        choices=related.choices(services, query, denied),
        context=subjects(query),
        denied=denied,
    )


def _undated(services: Services, query: Query) -> str:
    """Return in a sentence that a tie is held of which the time is asked, and no time of it; "" of any other question."""
    if query.answer_type is not AnswerType.TIME:
        return ""
    places = paired.to_be_paired(services.base, query)
    if not places or paired.unpaired(services.base, query):
        return ""
    return say("The base holds a pairing of {places}, but no date of it.", places=all_of(places))


def _off_topic(services: Services, denied: Denied | None) -> str:
    """Return in one line that the base does not answer, and what it is about."""
    count = len(services.base.seeds.documents)
    if denied is not None and denied.lacking == "name":
        return say_many(
            "{denied} The base covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from "
            "{count} document.",
            "{denied} The base covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from "
            "{count} documents.",
            count,
            denied=denied.sentence,
        )
    if denied is not None:
        return say_many(
            "{denied} It covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from "
            "{count} document.",
            "{denied} It covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from "
            "{count} documents.",
            count,
            denied=denied.sentence,
        )
    return say_many(
        "Nothing in the base answers that: it covers cooperation in the Yangtze River Delta, its cities, pairings, "
        "mechanisms and topics, from {count} document.",
        "Nothing in the base answers that: it covers cooperation in the Yangtze River Delta, its cities, pairings, "
        "mechanisms and topics, from {count} documents.",
        count,
    )


def _may_be_meant(services: Services, stranger: str) -> Suggestions | None:
    """Return the places that are near to an unknown name, if any is."""
    read = services.base.names.resolve(stranger, lambda record: isinstance(record, Place))
    return read if isinstance(read, Suggestions) else None


def _did_you_mean(near: Suggestions) -> str:
    places = listed([f"{record.name} ({record.chinese})" for record in near.records], "or")
    return say("Did you mean {places} by “{typed}”?", places=places, typed=near.typed)


def _pages_of(near: Iterable[Suggestions]) -> Iterator[Choice]:
    for read in near:
        yield from map(about.as_choice, read.records)


def _with_passages(services: Services, query: Query, answer: Answer) -> Answer:
    """Add what the documents at hand print on it; the outcome stays what it is."""
    is_off_topic = not answer.near and outside(query) is None
    return replace(answer, passages=excerpts.offered(services, query, is_off_topic=is_off_topic))


def as_typed(text: str, word: str) -> str:
    """Return a folded word as it stands in `text`, in its own capitals, and in Chinese the whole of the words that it is cut from."""
    at = text.casefold().find(word.casefold())
    if at < 0:
        return word
    start, end = at, at + len(word)
    for run in CHINESE_RUN.finditer(text) if CHINESE.match(word) else ():
        for part in chinese.words(run[0]):
            first, last = run.start() + part.start, run.start() + part.end
            if first < end and at < last:
                start, end = min(start, first), max(end, last)
    return text[start:end]
