"""/yrd-city: what the base holds about a city, county, district, province, region or corridor."""

from __future__ import annotations

from collections import defaultdict

from handlers import found
from handlers.answer import Answer
from handlers.by_name import by_name
from handlers.command import Command, Example
from handlers.desk import Desk
from handlers.paging import ENTRIES_PER_PAGE
from handlers.request import Request
from knowledge.model import Named, Place


def is_place(record: Named) -> bool:
    return isinstance(record, Place)


def city(desk: Desk, request: Request) -> Answer:
    """Return the facts about the place named, or the list of places."""
    if not request.text.strip():
        return _all(desk, request)
    return by_name(desk, request, is_place, "place")


def _all(desk: Desk, request: Request) -> Answer:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    total = 0
    for place in sorted(desk.base.seeds.places, key=lambda place: (not place.delta, place.name)):
        if count := len(desk.base.about(place.slug)):
            total += 1
            groups[_region(desk, place)].append(f"{place.name} {place.chinese} ({count})".replace("  ", " "))
    return found.listing(
        request,
        f"The fact base holds facts about {total} places; how many facts stands behind each name.",
        groups.items(),
        ENTRIES_PER_PAGE,
    )


def _region(desk: Desk, place: Place) -> str:
    if not place.delta:
        return "Elsewhere"
    province = desk.base.entity(place.province) if place.province else None
    return province.name if province else "Yangtze River Delta"


COMMAND = Command(
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
    handle=city,
)
