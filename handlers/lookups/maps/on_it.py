"""What of some names a map shows, and why it does not show the others."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answer import Choice, Picture
from handlers.lookups.maps import beside, selection
from handlers.lookups.maps.changing import names_of
from handlers.lookups.maps.kept import Kept
from handlers.lookups.maps.wanted import Wanted
from handlers.records.enumerated import all_of
from handlers.request import MAP
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Named, Pairing, Place


def missing(services: Services, how: Wanted, names: tuple[str, ...]) -> tuple[Named, ...]:
    """Return which of the places and pairings of some names are not on a map."""
    asked = [one for one in beside.records(services, names) if isinstance(one, Place | Pairing)]
    if not asked:
        return ()
    known = [
        one
        for one in beside.records(services, names_of(services.base, how))
        if not (isinstance(one, Place) and one.fills_the_map)
    ]
    also, without = (beside.records(services, some) for some in (how.also, how.without))
    kept = Kept(how.kinds, how.doubtful, how.only_doubtful, also if known else (), without)
    shown = selection.picture(services, [one for one in known if one not in also], kept)
    return tuple(one for one in asked if not _shows(services, shown, one))


def why_not(records: Sequence[Named]) -> Said:
    """Return that some things are not on a map, which stays as it is."""
    return say_many(
        "{names} has no tie that this map draws, so it stays as it is.",
        "{names} have no ties that this map draws, so it stays as it is.",
        len(records),
        names=all_of(records),
    )


def choice(record: Named) -> Choice:
    """Return the button for the map of one thing."""
    label = say("Map of {name}", name=record)
    return Choice(record.slug, label, MAP, "", "", target=Target(id=record.slug))


def _shows(services: Services, shown: Picture, record: Named) -> bool:
    if isinstance(record, Pairing):
        return any(tie.pairing == record for tie in shown.ties)
    if not isinstance(record, Place):
        return True
    drawn = {spot.place.slug for spot in shown.spots}
    tied = (slug for tie in shown.ties for slug in tie.pairing.members)
    return not drawn.union(tied).isdisjoint({record.slug, *services.base.within(record)})
