"""What a map shows, in words: for those who do not see it, and for whoever points at a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from typing import Final

from bot.map.styles import NAMES
from bot.render.phrases import citations, stance_text
from bot.render.truncate import clip, one_line
from handlers.answer import Picture, Spot, Tie
from handlers.say import Said, Value, say, say_many
from knowledge.vocabulary import Arrangement

# Slack's limit for the text of a picture: docs.slack.dev/reference/methods/files.getUploadURLExternal
ALT_TEXT: Final = 1000
# Of what is not drawn so many are named before what is drawn, which may be cut.
_MISSING: Final = 4


def title(picture: Picture) -> str:
    """Return the title of the picture: "Map of Huainan 淮南"."""
    if not picture.title:
        return say("Map of the Yangtze River Delta")
    if not picture.chinese:
        return say("Map of {place}", place=picture.title)
    return say("Map of {place} {chinese}", place=picture.title, chinese=picture.chinese)


def alt_text(picture: Picture) -> str:
    """Return what the picture shows: pairings by kind with their places; cut with a count where there are many."""
    sentences = [
        say_many(
            "{title}: coast, rivers, lakes and {count} place, no boundaries.",
            "{title}: coast, rivers, lakes and {count} places, no boundaries.",
            len(picture.spots),
            title=title(picture),
        ),
        *_not_drawn(picture),
        *_drawn(picture),
    ]
    told = reduce(lambda before, after: say("{before} {after}", before=before, after=after), sentences)
    return clip(one_line(told), ALT_TEXT)


def _not_drawn(picture: Picture) -> list[str]:
    missing = (*picture.absent, *(tie.pairing for tie in (*picture.undrawn, *picture.doubtful)))
    if not missing:
        return []
    names = _listed(missing[:_MISSING])
    if len(missing) > _MISSING:
        return [say("Not drawn: {names} and more.", names=names)]
    return [say("Not drawn: {names}.", names=names)]


def _drawn(picture: Picture) -> list[str]:
    if not picture.ties:
        places: Iterable[Value] = (spot.place for spot in picture.spots)
        names = reduce(lambda some, other: say("{some}, {other}", some=some, other=other), places)
        return [say("Places: {names}. No pairing is drawn.", names=names)]
    kinds: defaultdict[Arrangement, list[Value]] = defaultdict(list)
    for tie in picture.ties:
        if not tie.doubted:
            kinds[tie.pairing.arrangement].append(_places(tie))
    told: list[str] = [
        say("{kind}: {places}.", kind=NAMES[kind], places=_listed(ties)) for kind, ties in kinds.items()
    ]
    if (own := of_the_team(picture)) is not None:
        told.append(own)
    if doubted := [_places(tie) for tie in picture.ties if tie.doubted]:
        told.append(say("Doubtful, in grey: {places}.", places=_listed(doubted)))
    return told


def of_the_team(picture: Picture) -> Said | None:
    """Return which of the ties that are drawn the team has added; None where none is."""
    own = [_places(tie) for tie in picture.ties if tie.is_own]
    if not own:
        return None
    names = _listed(own[:_MISSING])
    if len(own) > _MISSING:
        return say("Added by your team: {names} and more.", names=names)
    return say("Added by your team: {names}.", names=names)


def of_tie(tie: Tie) -> str:
    """Return a pairing with its kind, how its source holds it, its citation and caveat, as a hover shows it."""
    pairing = tie.pairing
    name = (
        say("{name} ({chinese})", name=pairing.name, chinese=pairing.chinese)
        if pairing.chinese
        else pairing.name
    )
    what = say(
        "{name} · {kind}: {places} · {stance} in {citation}",
        name=name,
        kind=NAMES[pairing.arrangement],
        places=_places(tie),
        stance=stance_text(tie.fact),
        citation=citations(tie.fact.citations),
    )
    if tie.is_own:
        what = say("{pairing} · added by your team", pairing=what)
    if not pairing.caveat:
        return what
    return say("{pairing} · ⚠ Caveat: {caveat}", pairing=what, caveat=one_line(pairing.caveat))


def of_spot(spot: Spot) -> str:
    """Return a place, and where a topic is asked for what the base holds of it there."""
    place = spot.place
    name = f"{place.name} {place.chinese}".strip()
    if not spot.facts:
        return say("{name} · {level}", name=name, level=place.level)
    return say_many(
        "{name} · {level} · {count} fact on this, in {citation}",
        "{name} · {level} · {count} facts on this, the first in {citation}",
        len(spot.facts),
        name=name,
        level=place.level,
        citation=citations(spot.facts[0].citations),
    )


def _places(tie: Tie) -> Value:
    """Return the places of a tie, each to be named in the language that the picture is told in."""
    places: tuple[Value, ...] = tie.places
    return reduce(lambda some, other: say("{some} – {other}", some=some, other=other), places)


def _listed(values: Iterable[Value]) -> Value:
    """Return `values` beside each other: names, or ties of several."""
    return reduce(lambda some, other: say("{some}; {other}", some=some, other=other), values)
