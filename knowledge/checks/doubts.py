"""Checks that what a record doubts is part of it, and that its caveat says why."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.model import Place
from knowledge.seeds import Problem, Seeds, file_of


def check(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every doubt that is of nothing, or of which no caveat warns, and every capital of nothing."""
    found = (
        *((file_of(fact), fact.id, fact.doubts, fact.subjects, fact.caveat) for fact in seeds.facts),
        *(("pairings.toml", one.slug, one.doubts, one.members, one.caveat) for one in seeds.pairings),
    )
    return (*(problem for row in found for problem in _doubts(*row)), *_capitals(seeds))


def _doubts(
    file: str, record: str, doubts: tuple[str, ...], held: tuple[str, ...], caveat: str
) -> Iterator[Problem]:
    for slug in doubts:
        if slug not in held:
            yield Problem(file, record, "doubts", f'"{slug}" is no part of it: doubt only what it names')
    if doubts and not caveat:
        yield Problem(file, record, "caveat", "is missing: it says what is meant instead of what is doubted")


def _capitals(seeds: Seeds) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for place in seeds.places:
        if place.capital and not place.province:
            yield Problem("places.toml", place.slug, "capital", "is that of no province")
        elif place.capital and place.province and (other := first.setdefault(place.province, place)) != place:
            yield Problem(
                "places.toml", place.slug, "capital", f"{other.slug} is that of {place.province} already"
            )
