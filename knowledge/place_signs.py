"""A statement with one character for each place that it names, so that patterns see who is tied and not how they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from knowledge.model import Place
from knowledge.text.normalize import CHINESE, normalize

ANY: Final = "[\ue000-\uefff]"
"""The pattern of the character of a place."""
_FIRST: Final = 0xE000
_LEVELS: Final = "city|cities|district|county|municipality|province|prefecture"


class PlaceSigns:
    """A statement with a character for each place in it, and none of the words that only say where one lies."""

    def __init__(
        self, statement: str, places: Sequence[Place], province_of: Callable[[Place], Place | None]
    ) -> None:
        places = [place for place in places if not place.goes_without_saying]
        around = {place.slug: place for one in places if (place := province_of(one))}
        known = {place.slug: place for place in (*places, *around.values())}
        self._places = tuple(known.values())
        said = normalize(statement.replace("’s ", " ").replace("'s ", " "))
        text = _spelt(self._places).sub(self._sign, said) if self._places else said
        self._text = self._without_whereabouts(text, province_of)

    @property
    def named(self) -> tuple[Place, ...]:
        """Return the places that it names, those aside in which others of it lie."""
        return self.members(self._text)

    def sentences(self) -> list[str]:
        """Return its sentences."""
        return re.split(r"(?<=[.!?])\s+|(?<=[。！？?])|[;；]", self._text)

    def members(self, signs: str) -> tuple[Place, ...]:
        """Return the places of a list, those aside in which others of it lie."""
        found = [self._places[ord(sign) - _FIRST] for sign in re.findall(ANY, signs)]
        around = {place.province for place in found}
        return tuple(dict.fromkeys(place for place in found if place.slug not in around))

    def _sign(self, found: re.Match[str]) -> str:
        return chr(_FIRST + _owners(self._places)[found[0]])

    def _without_whereabouts(self, text: str, province_of: Callable[[Place], Place | None]) -> str:
        text = re.sub(rf"(?<={ANY})\s?\([^()]{{1,30}}\)", "", text)
        text = re.sub(rf"(?<={ANY})(?:\s(?:{_LEVELS})\b|[市区县省镇])", "", text)
        text = re.sub(
            rf"\bthe\s(?:(?!twin|sister|partner|friend|counterpart)\w+\s)?(?:{_LEVELS}|districts|counties|ports?|towns?)\s(?:of\s)?(?={ANY})",
            "",
            text,
        )
        for at, place in enumerate(self._places):
            province = province_of(place)
            if province in self._places and province is not None and province != place:
                own, wide = chr(_FIRST + at), chr(_FIRST + self._places.index(province))
                where = r"(?:,?\s(?:in|of)\s|,\s|的|\s)(?:the\s)?(?:\w+ern\s|皖北)?"
                text = re.sub(rf"{own}{where}{wide}", own, text)
                text = re.sub(rf"{wide}\s?的?{own}", own, text)
        return re.sub(rf"(?<={ANY})(?:\s(?:{_LEVELS})\b|[市区县省镇])", "", text)


def spellings(place: Place) -> Iterator[str]:
    """Yield how a place may be written, each as it reads after normalising."""
    for spelling in (place.name, re.sub(r"\s*\(.*?\)", "", place.name), place.chinese, *place.aliases):
        said = normalize(spelling)
        if len(said) > 1:
            yield said
            if CHINESE.match(said) and said[-1] in "市区县省" and len(said) > len("合肥"):
                yield said[:-1]


@lru_cache(maxsize=256)
def _owners(places: tuple[Place, ...]) -> Mapping[str, int]:
    return {spelling: at for at, place in reversed([*enumerate(places)]) for spelling in spellings(place)}


@lru_cache(maxsize=256)
def _spelt(places: tuple[Place, ...]) -> re.Pattern[str]:
    longest = sorted(_owners(places), key=len, reverse=True)
    each = (
        re.escape(name) if CHINESE.match(name) else rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"
        for name in longest
    )
    return re.compile("|".join(each))
