"""/yrd-city, /yrd-mechanism and /yrd-topic: what the base holds on one record of a sort, or a list of them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.answer import Answer
from handlers.command import Command, Example
from handlers.paging import ENTRIES_PER_PAGE
from handlers.questions.by_name import PLACE, by_name
from handlers.records import about
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Place, Topic

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A sort of record with a command of its own: what people call one, and how all of them are listed.

    `said` makes the headline of a number of them.
    """

    sort: type[Named]
    noun: str
    groups: Callable[[FactBase], Groups]
    said: Callable[[int], str]

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return the facts about the record named or described, or the list of those that have any."""
        if request.target is not None:
            return about.of_target(services, request, request.target)
        if request.text.strip():
            return by_name(services, request, lambda record: isinstance(record, self.sort), self.noun)
        groups = self.groups(services.base)
        count = sum(map(len, groups.values()))
        return about.listing(request, self.said(count), groups.items(), ENTRIES_PER_PAGE)


def _places(base: FactBase) -> Groups:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for place in sorted(base.seeds.places, key=lambda place: (not place.delta, place.name)):
        if count := len(base.facts_of(place)):
            entry = f"{place.name} {place.chinese} ({count})".replace("  ", " ")
            groups[about.region_of(base, place)].append(entry)
    return groups


def _by_name(base: FactBase, title: str, records: Iterable[Named]) -> Groups:
    held = ((record, len(base.facts_of(record))) for record in records)
    return {title: sorted(f"{record.name} ({count})" for record, count in held if count)}


_CITIES: Final = Listed(
    Place,
    PLACE,
    _places,
    lambda count: (
        f"The fact base holds facts about {about.counted(count, 'place')}; how many facts stands behind each name."
    ),
)
_MECHANISMS: Final = Listed(
    Mechanism,
    "mechanism",
    lambda base: _by_name(base, "Mechanisms", base.seeds.mechanisms),
    lambda count: f"The fact base knows {about.counted(count, 'mechanism')} of cooperation.",
)
_TOPICS: Final = Listed(
    Topic,
    "topic",
    lambda base: _by_name(base, "Topics", base.seeds.topics),
    lambda count: f"The fact base is filed under {about.counted(count, 'topic')}.",
)

CITY: Final = Command(
    name="/yrd-city",
    usage="city, county, district, province or region",
    summary="Facts about a place, with their sources",
    examples=(
        Example("Hangzhou"),
        Example("hangzou"),
        Example("宁波"),
        Example("Suzhou", outcome="ambiguous"),
        Example("Xiamen University Town of Nowhere", outcome="unknown"),
    ),
    handle=_CITIES,
    is_search=True,
)
MECHANISM: Final = Command(
    name="/yrd-mechanism",
    usage="a way of cooperating, by name or in your words",
    summary="How a cooperation mechanism works and where it is used",
    examples=(Example("enclave economy"), Example("splitting tax income"), Example("飞地经济")),
    handle=_MECHANISMS,
    is_search=True,
)
TOPIC: Final = Command(
    name="/yrd-topic",
    usage="a subject such as ports, talent, low-carbon cities",
    summary="Facts on a subject area",
    examples=(Example("ports"), Example("shipping"), Example("人才")),
    handle=_TOPICS,
    is_search=True,
)
