"""A place and a topic and nothing else, as people type them behind /yrd-city: "Ningbo ports"."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Answer
from handlers.questions import answering
from handlers.questions.refusing import refusal
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from handlers.verdict.articles import in_a_sentence
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Topic
from knowledge.search.query import Query


def on_topic_of_place(services: Services, request: Request) -> Answer | None:
    """Return the facts on a place and a topic that a text consists of, or that there are none; None for any other text."""
    query = services.base.parse(request.text)
    places = tuple(dict.fromkeys(mention.place for mention in query.mentions if mention.place))
    topics = _topics(services.base, query)
    if len(places) != 1 or len(topics) != 1 or not all(concept.is_name for concept in query.concepts):
        return None
    (place,), ((topic, typed),) = places, topics
    facts = _on_both(services.base, place, topic)
    if any(hit.entry in facts for hit in services.base.rank(query)):
        return answering.with_facts(services, request, facts)
    refused = refusal.declined(services, query, refusal.looked_for(services, query, ()))
    return replace(
        refused,
        headline=say(
            "Nothing on {topic} of {place}.",
            topic=typed if typed.isascii() else topic,
            place=in_a_sentence(services.base, place),
        ),
    )


def _topics(base: FactBase, query: Query) -> tuple[tuple[Named, str], ...]:
    """Return the topics and ways of cooperating that a question names, each as it was typed."""
    return tuple(
        (record, concept.surface)
        for concept in query.concepts
        for record in [base.entity(slug) for slug in concept.owners][:1]
        if isinstance(record, Topic | Mechanism)
    )


def _on_both(base: FactBase, place: Named, topic: Named) -> tuple[Fact, ...]:
    """Return the facts on a topic that are about a place, or one in it, most telling first."""
    here = base.within(place)
    return tuple(fact for fact in base.facts_of(topic) if any(base.is_about(fact, slug) for slug in here))
