"""Questions that name a spelling which several places share: each reading with what answers it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line
from handlers.answerability import answering
from handlers.questions.highlight import highlight
from handlers.records import about
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.model import Named, Place
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous, Found
from knowledge.search.query import Query
from knowledge.text.normalize import CHINESE


def resolve_by_province(services: Services, query: Query) -> Query:
    """Return `query` with each shared spelling decided whose province the question names too."""
    named = {owner for concept in query.concepts for owner in concept.owners}
    for mention in query.mentions:
        resolution = mention.resolution
        if not isinstance(resolution, Ambiguous):
            continue
        fitting = [r for r in resolution.records if isinstance(r, Place) and r.province in named]
        if len(fitting) == 1:
            query = _decided(query, mention, fitting[0])
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


def side_by_side(services: Services, request: Request, query: Query, mention: Mention) -> Answer:
    """Return the question which namesake is meant, with what answers for each under its name."""
    resolution = mention.resolution
    records = resolution.records if isinstance(resolution, Ambiguous) else ()
    lines: list[Line] = []
    for record in records:
        narrowed = _decided(query, mention, record)
        found = answering(services.base, narrowed, services.base.rank(narrowed), services.rules)
        lines.extend(
            Line(hit.fact, group=record.name, bold=highlight(narrowed, hit.fact)) for hit in islice(found, 2)
        )
    return Answer(
        headline=f"“{mention.typed}” is written for {len(records)} places. Which one?",
        outcome="ambiguous",
        match="alias",
        lines=tuple(lines[:FACTS_PER_PAGE]),
        choices=tuple(_choice(services, request, mention, record) for record in records),
        context=tuple(record.slug for record in records),
    )


def _choice(services: Services, request: Request, mention: Mention, record: Named) -> Choice:
    asked = re.sub(re.escape(mention.typed), record.name, request.text, flags=re.IGNORECASE)
    # Inside Chinese the name with its bracket would run into the words around it.
    text = record.name if CHINESE.search(request.text) else asked
    return Choice(record.slug, about.describe(services, record), QUESTION, text)


def _decided(query: Query, mention: Mention, record: Named) -> Query:
    owners = (
        {r.slug for r in mention.resolution.records} if isinstance(mention.resolution, Ambiguous) else set()
    )
    concepts = tuple(
        replace(c, owners=(record.slug,)) if set(c.owners) == owners else c for c in query.concepts
    )
    found_one = replace(mention, resolution=Found(record, "alias", mention.typed))
    mentions = tuple(found_one if other is mention else other for other in query.mentions)
    return replace(query, concepts=concepts, mentions=mentions)
