"""What a map shows, in words: how much is drawn, each tie with its kind and source, and what is not drawn and why."""

from __future__ import annotations

from typing import Final

from handlers.answer import Picture, Section, Tie
from handlers.lookups.maps import selection
from handlers.records import caveats, counts
from handlers.records.enumerated import all_of, apart
from handlers.records.kind_of import arrangement
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.citing import cited
from knowledge.vocabulary import Arrangement

# Letters of a kind by which a name says it too: "integrated", "Alliance".
_STEM: Final = 7
_NOT_MEANT: Final = say("Not drawn: one of the places is probably not meant")
_CLOSEST_FIRST: Final = tuple(Arrangement)


def headline(shown: Picture) -> Said:
    """Return what is on the map, in a sentence."""
    if not shown.title:
        return say("Map of the Yangtze River Delta: {what} drawn.", what=_counted(shown))
    are_several = sum(spot.asked for spot in shown.spots) > 1
    if are_several and not (shown.ties or shown.doubtful or shown.undrawn):
        return say("Map of {title}: no pairing of them is recorded.", title=shown.title)
    if shown.absent and len(shown.absent) == shown.records:
        return say(
            "Map of what ties {title} to the Yangtze River Delta: {what} drawn.",
            title=shown.title,
            what=_counted(shown),
        )
    return say("Map of {title}: {what} drawn.", title=shown.title, what=_counted(shown))


def nothing_drawn(shown: Picture) -> Said:
    """Return why there is no map of something: what there is of it is doubtful, or lies elsewhere."""
    if not shown.doubtful:
        return say(
            "Nothing about {what} lies on the map, which shows the Yangtze River Delta.", what=shown.title
        )
    return say_many(
        "{what} is not drawn: its {count} pairing is printed with a place that is probably not meant.",
        "{what} is not drawn: its {count} pairings are each printed with a place that is probably not meant.",
        len(shown.doubtful),
        what=shown.title,
    )


def lists(services: Services, shown: Picture) -> tuple[Section, ...]:
    """Return what is drawn, and what is not by why, each with the kind of tie and where it stands."""
    drawn = {tie.pairing for tie in shown.ties}
    wide = [tie for tie in shown.undrawn if selection.ties_provinces(tie.places)]
    sure = [tie for tie in shown.ties if not tie.doubted]
    titled = {
        say("Pairings drawn"): [tie for tie in sure if not _is_area(tie)],
        say("Metropolitan areas drawn"): [tie for tie in sure if _is_area(tie)],
        say("Drawn in grey: one of the places is probably not meant"): [t for t in shown.ties if t.doubted],
        _NOT_MEANT if shown.spots else say("What is printed, and what is probably meant"): [
            tie for tie in shown.doubtful if tie.pairing not in drawn
        ],
        say("Not drawn: ties of whole provinces"): wide,
        say("Not drawn: fewer than two of the places are on the map"): [
            tie for tie in shown.undrawn if tie not in wide
        ],
    }
    return tuple(
        Section(title, tuple(_entry(services, tie) for tie in sorted(ties, key=_closeness)))
        for title, ties in titled.items()
        if ties
    )


def absent(shown: Picture) -> tuple[Said, ...]:
    """Return why some of what the map is of is not on it."""
    if not shown.absent:
        return ()
    return (say("Not drawn: {reasons}.", reasons=apart([*map(selection.why_absent, shown.absent)])),)


def ties_counted(shown: Picture) -> Said:
    """Return how many ties are drawn. A metropolitan area ties a city to what lies around it, and is no pairing of two."""
    return all_of(_ties(shown))


def _counted(shown: Picture) -> Said:
    """How much is drawn."""
    return all_of(
        [counts.places(sum(selection.is_on_map(spot.place) for spot in shown.spots)), *_ties(shown)]
    )


def _ties(shown: Picture) -> list[Said]:
    areas = sum(map(_is_area, shown.ties))
    pairings = len(shown.ties) - areas
    counted = [counts.pairings(pairings)] if pairings or not areas else []
    return [*counted, counts.metropolitan_areas(areas)] if areas else counted


def _is_area(tie: Tie) -> bool:
    return tie.pairing.arrangement is Arrangement.METROPOLITAN_AREA


def _closeness(tie: Tie) -> int:
    return _CLOSEST_FIRST.index(tie.pairing.arrangement)


def _entry(services: Services, tie: Tie) -> Said:
    pairing, kind, source = tie.pairing, arrangement(tie.pairing), cited(tie.fact.citations)
    if kind.split()[-1][:_STEM] in pairing.name.lower():
        entry = say("{name} ({source})", name=pairing, source=source)
    else:
        entry = say("{name}, {kind} ({source})", name=pairing, kind=kind, source=source)
    if services.base.is_own(pairing):
        entry = say("{entry}, added by your team", entry=entry)
    place, other = caveats.printed(services.base, pairing) or (None, None)
    if not place or not other:
        return entry
    if tie.places and not tie.doubted:
        return say(
            "{entry}: drawn without {place}, for which {other} is probably meant",
            entry=entry,
            place=place,
            other=other,
        )
    return say("{entry}: {other} is probably meant, not {place}", entry=entry, other=other, place=place)
