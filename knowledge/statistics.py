"""How much the base holds: facts by document, topic and place, and where two of these meet.

Counts only; what a count is worth to readers is for those who show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Document, Place, Topic
from knowledge.vocabulary import Level

TABLED: Final = frozenset({Level.MUNICIPALITY, Level.PROVINCE, Level.PREFECTURE_LEVEL_CITY})


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Numbers of facts where a place (row) and a topic (column) meet."""

    places: tuple[Place, ...]
    topics: tuple[Topic, ...]
    counts: tuple[tuple[int, ...], ...]


def by_document(base: FactBase) -> tuple[tuple[Document, int], ...]:
    """Return the documents of the base with the number of facts that cite each, in the order of the seeds."""
    cited = Counter(slug for fact in base.facts for slug in fact.documents)
    return tuple((document, cited[document.slug]) for document in base.documents)


def by_topic(base: FactBase) -> tuple[tuple[Topic, int], ...]:
    """Return every topic with its number of facts, most first."""
    counted = ((topic, len(base.on(topic.slug))) for topic in base.seeds.topics)
    return tuple(sorted(counted, key=lambda found: (-found[1], found[0].name)))


def by_place(base: FactBase) -> tuple[tuple[Place, int], ...]:
    """Return every place that facts are about with their number, most first."""
    counted = ((place, len(base.about(place.slug))) for place in base.seeds.places)
    held = (found for found in counted if found[1])
    return tuple(sorted(held, key=lambda found: (-found[1], found[0].name)))


def table(base: FactBase, places: int, topics: int) -> CrossTable:
    """Return the `places` cities and provinces of the delta and the `topics` with most facts, and their meetings."""
    rows = tuple(p for p, _ in by_place(base) if p.delta and p.level in TABLED)[:places]
    columns = tuple(t for t, count in by_topic(base) if count and not _is_aside(t))[:topics]
    on = [frozenset(fact.id for fact in base.on(topic.slug)) for topic in columns]
    counts = tuple(tuple(_both(base, place, ids) for ids in on) for place in rows)
    return CrossTable(rows, columns, counts)


def _is_aside(topic: Topic) -> bool:
    """Say whether a topic is of the sources or of elsewhere: no reader looks for it under a place of the delta."""
    return topic.about_documents or topic.about_elsewhere


def _both(base: FactBase, place: Place, ids: Collection[str]) -> int:
    return sum(1 for fact in base.about(place.slug) if fact.id in ids)
