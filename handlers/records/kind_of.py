"""What a record is and where it lies, in a few words."""

from __future__ import annotations

from typing import Final

from knowledge.base import FactBase
from knowledge.model import Named, Organisation, Pairing, Place
from knowledge.vocabulary import Arrangement, Level

_ARRANGEMENT: Final = {
    Arrangement.PARK: "joint park",
    Arrangement.PORT_EQUITY: "port equity cooperation",
    Arrangement.CORRIDOR: "cooperation",
    Arrangement.FRIENDSHIP: "friendly cooperation",
    Arrangement.INDUSTRY: "industrial cooperation",
    Arrangement.REGION: "regional cooperation",
}


def full_name(record: Named) -> str:
    """Return the name with the Chinese one behind it."""
    return f"{record.name} {record.chinese}".strip()


def kind_of(base: FactBase, record: Named) -> str:
    """Return what `record` is: "sub-provincial city and capital of Zhejiang", "district of Shanghai", "twinning", "topic"."""
    match record:
        case Place():
            return _of_place(base, record)
        case Pairing():
            return arrangement(record)
        case Organisation():
            return record.sort
        case _:
            return type(record).__name__.lower()


def arrangement(pairing: Pairing) -> str:
    """Return what ties the members of `pairing`, as people call it."""
    return _ARRANGEMENT.get(pairing.arrangement, str(pairing.arrangement))


def _of_place(base: FactBase, place: Place) -> str:
    called = place.standing or place.level
    province = base.entity(place.province) if place.province else None
    if not isinstance(province, Place):
        region = next((found for slug in place.part_of if _is_of_delta(found := base.entity(slug))), None)
        return f"{called} in the {region.name}" if region else str(called)
    if place.capital:
        return f"{called} and capital of {province.name}"
    city = next((found for slug in place.part_of if _is_city(found := base.entity(slug))), None)
    if city is not None:
        return f"{called} in {city.name.split(' (')[0]}, {province.name}"
    if province.level is Level.MUNICIPALITY and place.level is Level.DISTRICT:
        return f"{called} of {province.name}"
    return f"{called} in {province.name}"


def _is_of_delta(record: Named | None) -> bool:
    return isinstance(record, Place) and record.delta and record.level is Level.REGION


def _is_city(record: Named | None) -> bool:
    return isinstance(record, Place) and record.level is Level.PREFECTURE_LEVEL_CITY
