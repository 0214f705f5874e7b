"""Whether a place lies in another: "is Wuhu in Zhejiang?", 芜湖在浙江吗. The records of the places say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.records import about
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Place
from knowledge.names.resolver import Ambiguous, Found
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import Level, WordUse

# Of a region the documents say who belongs to it, and may differ.
_OF_ONE_ADMINISTRATION: Final = (
    Level.MUNICIPALITY, Level.PROVINCE, Level.SPECIAL_ADMINISTRATIVE_REGION, Level.PREFECTURE_LEVEL_CITY,
    Level.COUNTY_LEVEL_CITY, Level.DISTRICT, Level.COUNTY, Level.COUNTRY,
)  # fmt: skip
_WHETHER: Final = re.compile(r"^(?:is|are|does|do)\s+(?:the\s+)?(?P<rest>.+)$", re.IGNORECASE)
_WHETHER_IN_CHINESE: Final = re.compile(
    r"^(?P<inner>.+?)(?P<asks>是不是|是否)?(?:位于|属于|归属|在|归|是)(?P<outer>.+?)(?:的|管|境内)*(?P<whether>吗|么|嘛)?$"
)
_MARKS: Final = " ?？.。!！,，"
_OF: Final = re.compile(r"^(?:the\s+)?(?:(?:city|province|municipality|district) of\s+)?", re.IGNORECASE)


def whether_it_lies(services: Services, request: Request) -> Answer | None:
    """Return whether one place lies in another, with the page of the first, where a text asks that and no more; else None."""
    for inner, outer in _two_sides(services.base, request.text.strip(_MARKS)):
        places, around = _places(services.base, inner), _places(services.base, outer)
        if not places or len(around) != 1 or around[0].level not in _OF_ONE_ADMINISTRATION:
            continue
        within = [place for place in places if lies_in(services.base, place, around[0])]
        if places == around or len(within or places) != 1:
            continue
        return _told(services, request, (within or places)[0], around[0], lies=bool(within))
    return None


def _told(services: Services, request: Request, place: Place, around: Place, *, lies: bool) -> Answer:
    page = about.about(services, request, place, "exact")
    if lies:
        headline = say("Yes, {place} lies in {other}. {page}", place=place, other=around, page=page.headline)
    else:
        headline = say(
            "No, {place} does not lie in {other}. {page}", place=place, other=around, page=page.headline
        )
    return replace(page, headline=headline)


def _two_sides(base: FactBase, text: str) -> Iterator[tuple[str, str]]:
    """Yield the two that a question may be about: what lies, and in what."""
    if found := _WHETHER_IN_CHINESE.match(text) if CHINESE.search(text) else None:
        if found["asks"] or found["whether"]:
            yield found["inner"], found["outer"]
        return
    if not (asked := _WHETHER.match(text)):
        return
    phrases = (phrase for words in base.seeds.words if words.use is WordUse.LOCATED for phrase in words.words)
    for phrase in sorted(filter(str.isascii, phrases), key=len, reverse=True):
        inner, joint, outer = asked["rest"].partition(f" {phrase} ")
        if joint:
            yield inner, _OF.sub("", outer)


def _places(base: FactBase, name: str) -> tuple[Place, ...]:
    read = base.resolve(name.strip(_MARKS), lambda record: isinstance(record, Place), slips=False)
    records = (
        (read.record,) if isinstance(read, Found) else read.records if isinstance(read, Ambiguous) else ()
    )
    return tuple(record for record in records if isinstance(record, Place))


def lies_in(base: FactBase, place: Place, around: Place) -> bool:
    """Say whether a place lies in another, itself or by what it is part of."""
    above = (place.province, *place.part_of)
    return around.slug in above or any(
        lies_in(base, record, around)
        for slug in above
        if slug and isinstance(record := base.entity(slug), Place)
    )
