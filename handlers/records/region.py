"""Which region a fact is on, told where its statement leaves that open: most name it, and none of the delta needs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handlers.say import say
from knowledge.base import FactBase
from knowledge.model import Fact, Pairing, Place
from knowledge.text.normalize import normalize, tokenize
from knowledge.vocabulary import Level, Region

OUTSIDE: Final = say("outside the Yangtze River Delta")
# The widest first; the delta lies in a country, too.
_REGIONS: Final = (
    (Level.REGION, Level.ZONE, Level.BELT, Level.CORRIDOR),
    (Level.PROVINCE, Level.MUNICIPALITY, Level.SPECIAL_ADMINISTRATIVE_REGION),
    tuple(level for level in Level if level is not Level.COUNTRY),
)


def region_tag(base: FactBase, fact: Fact) -> str:
    """Return the region of a fact as it stands behind the citation, "" where a reader of the statement needs none.

    None is needed of the delta and of places in it, nor where the statement says where that is.
    """
    if fact.region is not Region.ELSEWHERE:
        return ""
    # What goes without saying, the delta itself among it, tells no place from another.
    places = [place for place in _places(base, fact) if not place.goes_without_saying]
    if any(place.delta or _is_named(place, fact) for place in places):
        return ""
    widest = next((place for levels in _REGIONS for place in places if place.level in levels), None)
    return say("region: {name}", name=widest) if widest else OUTSIDE


def _places(base: FactBase, fact: Fact) -> Iterator[Place]:
    """Yield the places that a fact is about, then those of its pairings."""
    records = [base.entity(slug) for slug in fact.subjects]
    yield from (record for record in records if isinstance(record, Place))
    for pairing in records:
        if isinstance(pairing, Pairing):
            members = (base.entity(member) for member in pairing.members)
            yield from (member for member in members if isinstance(member, Place))


def _is_named(place: Place, fact: Fact) -> bool:
    statement = _in_words(fact.statement)
    return any(_in_words(spelling) in statement for spelling in place.spellings())


def _in_words(text: str) -> str:
    return f" {' '.join(tokenize(normalize(text)))} "
