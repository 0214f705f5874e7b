"""What a record is and where it lies, in a few words, and the name by which it alone is meant."""

from __future__ import annotations

from typing import Final

from handlers.say import Said, Value, say
from knowledge.base import FactBase
from knowledge.model import Named, Organisation, Pairing, Place
from knowledge.names.resolver import Found
from knowledge.vocabulary import Arrangement, Level

# By their English, which is what the seeds call them.
_KINDS: Final[dict[str, Said]] = {
    kind: kind
    for kind in (
        say("municipality"),
        say("province"),
        say("special administrative region"),
        say("prefecture-level city"),
        say("county-level city"),
        say("district"),
        say("county"),
        say("town"),
        say("region"),
        say("zone"),
        say("belt"),
        say("corridor"),
        say("park"),
        say("port"),
        say("island"),
        say("country"),
        say("city"),
        say("sub-provincial city"),
        say("autonomous region"),
        say("organisation"),
        say("person"),
        say("mechanism"),
        say("topic"),
        say("plan"),
        say("project"),
    )
}
ARRANGEMENTS: Final[dict[Arrangement, Said]] = {
    Arrangement.TWINNING: say("twinning"),
    Arrangement.COUNTERPART_COOPERATION: say("counterpart cooperation"),
    Arrangement.PARK: say("joint park"),
    Arrangement.ALLIANCE: say("alliance"),
    Arrangement.PORT_EQUITY: say("port equity cooperation"),
    Arrangement.METROPOLITAN_AREA: say("metropolitan area"),
    Arrangement.CORRIDOR: say("cooperation"),
    Arrangement.INTEGRATION: say("integration"),
    Arrangement.FRIENDSHIP: say("friendly cooperation"),
    Arrangement.INDUSTRY: say("industrial cooperation"),
    Arrangement.REGION: say("regional cooperation"),
}
_ARRANGEMENT_HEADING: Final[dict[Arrangement, Said]] = {
    Arrangement.TWINNING: say("Twinning"),
    Arrangement.COUNTERPART_COOPERATION: say("Counterpart cooperation"),
    Arrangement.PARK: say("Joint parks"),
    Arrangement.ALLIANCE: say("Alliances"),
    Arrangement.PORT_EQUITY: say("Port equity cooperation"),
    Arrangement.METROPOLITAN_AREA: say("Metropolitan areas"),
    Arrangement.CORRIDOR: say("Cooperation"),
    Arrangement.INTEGRATION: say("Integration"),
    Arrangement.FRIENDSHIP: say("Friendly cooperation"),
    Arrangement.INDUSTRY: say("Industrial cooperation"),
    Arrangement.REGION: say("Regional cooperation"),
}


def full_name(record: Named) -> str:
    """Return the name with the Chinese one behind it."""
    return f"{record.name} {record.chinese}".strip()


def marked(base: FactBase, record: Named, name: Value | None = None) -> Value:
    """Return `name`, or a record's own, and behind it that the team has added the record, where it has."""
    called = record if name is None else name
    return say("{name} (added by your team)", name=called) if base.is_own(record) else called


def kind_of(base: FactBase, record: Named) -> Said:
    """Return what `record` is: "sub-provincial city and capital of Zhejiang", "district of Shanghai", "twinning", "topic"."""
    match record:
        case Place():
            return _of_place(base, record)
        case Pairing():
            return arrangement(record)
        case Organisation():
            return _KINDS[record.sort]
        case _:
            return _KINDS[type(record).__name__.lower()]


def arrangement(pairing: Pairing) -> Said:
    """Return what ties the members of `pairing`, as people call it."""
    return ARRANGEMENTS[pairing.arrangement]


def arrangement_heading(pairing: Pairing) -> Said:
    """Return what ties the members of `pairing`, as a heading has it."""
    return _ARRANGEMENT_HEADING[pairing.arrangement]


def _of_place(base: FactBase, place: Place) -> Said:
    called = _KINDS[place.standing or place.level]
    province = base.entity(place.province) if place.province else None
    if not isinstance(province, Place):
        region = next((found for slug in place.part_of if _is_of_delta(found := base.entity(slug))), None)
        return say("{kind} in the {region}", kind=called, region=region) if region else called
    if place.capital:
        return say("{kind} and capital of {province}", kind=called, province=province)
    city = next((found for slug in place.part_of if _is_city(found := base.entity(slug))), None)
    if city is not None:
        name = city.name.split(" (")[0]
        return say("{kind} in {city}, {province}", kind=called, city=name, province=province)
    if province.level is Level.MUNICIPALITY and place.level is Level.DISTRICT:
        return say("{kind} of {province}", kind=called, province=province)
    return say("{kind} in {province}", kind=called, province=province)


def _is_of_delta(record: Named | None) -> bool:
    return isinstance(record, Place) and record.delta and record.level is Level.REGION


def _is_city(record: Named | None) -> bool:
    return isinstance(record, Place) and record.level is Level.PREFECTURE_LEVEL_CITY


def spelt(base: FactBase, record: Named, *, in_chinese: bool = False) -> str:
    """Return the name of a record, in that language where it has one, by which no other is meant."""
    names = (record.chinese, record.name) if in_chinese else (record.name, record.chinese)
    for name in (*filter(None, names), *record.aliases):
        read = base.resolve(name, slips=False)
        if isinstance(read, Found) and read.record.slug == record.slug:
            return name
    return record.name
