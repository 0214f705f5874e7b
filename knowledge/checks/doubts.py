"""Checks that what a record doubts is part of it, and that its caveat says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from knowledge.model import Named, Pairing, Place
from knowledge.seeds import Problem, Seeds, file_of
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import Level

# What else holds others in its name: the Greater Bay Area is Guangdong, Hong Kong and Macao.
_ADMINISTRATIVE: Final = frozenset({
    Level.MUNICIPALITY, Level.PROVINCE, Level.PREFECTURE_LEVEL_CITY, Level.COUNTY_LEVEL_CITY, Level.DISTRICT, Level.COUNTY,
})  # fmt: skip


def check(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every doubt that is of nothing, or of which no caveat warns, every name that contradicts itself without a
    doubt, and every capital of nothing.
    """
    places = {place.slug: place for place in seeds.places}
    named = tuple(record for record in seeds.named() if not isinstance(record, Place))
    doubted = (
        *((file_of(fact), fact.id, fact.doubts, fact.subjects, fact.caveat) for fact in seeds.facts),
        *((_file_of(one), one.slug, one.doubts, _held(one, places), one.caveat) for one in named),
    )
    meant = (
        *((file_of(fact), fact.id, fact.doubts, fact.meant) for fact in seeds.facts),
        *((_file_of(one), one.slug, one.doubts, one.meant) for one in named),
    )
    return (
        *chain.from_iterable(_doubts(*row) for row in doubted),
        *chain.from_iterable(_meant(places.keys(), *row) for row in meant),
        *chain.from_iterable(_contradicting(record, seeds.places) for record in named),
        *_capitals(seeds),
    )


def _file_of(record: Named) -> str:
    return f"{type(record).__name__.lower()}s.toml"


def _held(record: Named, places: dict[str, Place]) -> Sequence[str]:
    """Return what a record may doubt: members of a pairing, places in the name of anything else."""
    if isinstance(record, Pairing):
        return record.members
    return [place.slug for place in places.values() if _stands_in_english(place, record)]


def _doubts(
    file: str, record: str, doubts: tuple[str, ...], held: Sequence[str], caveat: str
) -> Iterator[Problem]:
    for slug in doubts:
        if slug not in held:
            yield Problem(file, record, "doubts", f'"{slug}" is no part of it: doubt only what it names')
    if doubts and not caveat:
        yield Problem(file, record, "caveat", "is missing: it says what is meant instead of what is doubted")


def _meant(
    places: Iterable[str], file: str, record: str, doubts: tuple[str, ...], meant: tuple[str, ...]
) -> Iterator[Problem]:
    if meant and len(meant) != len(doubts):
        yield Problem(file, record, "meant", "is not one for each of its doubts")
    for slug in meant:
        if slug not in places:
            yield Problem(file, record, "meant", f'"{slug}" is no place')


def _contradicting(record: Named, places: Sequence[Place]) -> Iterator[Problem]:
    """Yield a problem where the English name says one place and the Chinese another, and nothing tells readers why."""
    administrative = [place for place in places if place.level in _ADMINISTRATIVE]
    in_english = [place for place in administrative if _stands_in_english(place, record)]
    in_chinese = [place for place in administrative if place.chinese and place.chinese in record.chinese]
    english = [place for place in in_english if not _stands_in_chinese(place, record)]
    chinese = [place for place in in_chinese if place not in in_english]
    if english and chinese and not (record.doubts and record.meant):
        yield Problem(
            _file_of(record),
            record.slug,
            "doubts",
            f"is missing: it is {english[0].name} in English and {chinese[0].name} in Chinese",
        )


def _stands_in_english(place: Place, record: Named) -> bool:
    name = _in_words(record.name)
    return any(_in_words(spelling) in name for spelling in place.spellings() if not CHINESE.search(spelling))


def _stands_in_chinese(place: Place, record: Named) -> bool:
    return any(spelling in record.chinese for spelling in place.spellings() if CHINESE.search(spelling))


# Every name is held against the spellings of every place.
@lru_cache(maxsize=10_000)
def _in_words(text: str) -> str:
    return f" {' '.join(tokenize(normalize(text)))} "


def _capitals(seeds: Seeds) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for place in seeds.places:
        if place.capital and not place.province:
            yield Problem("places.toml", place.slug, "capital", "is that of no province")
        elif place.capital and place.province and (other := first.setdefault(place.province, place)) != place:
            yield Problem(
                "places.toml", place.slug, "capital", f"{other.slug} is that of {place.province} already"
            )
