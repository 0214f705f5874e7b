"""What a map shows, in words: for those who do not see it, and for whoever points at a part of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from bot.render.phrases import CAVEAT, citations, stance_text
from bot.render.truncate import clip, one_line
from handlers.answer import Picture, Spot, Tie
from handlers.plural import plural

# Slack's limit for the text of a picture: docs.slack.dev/reference/methods/files.getUploadURLExternal
ALT_TEXT: Final = 1000
# Of what is not drawn so many are named before what is drawn, which may be cut.
_MISSING: Final = 4


def title(picture: Picture) -> str:
    """Return the title of the picture: "Map of Huainan 淮南"."""
    return " ".join(filter(None, ("Map of", picture.title or "the Yangtze River Delta", picture.chinese)))


def alt_text(picture: Picture) -> str:
    """Return what the picture shows: pairings by kind with their places; cut with a count where there are many."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for tie in picture.ties:
        kinds[str(tie.pairing.arrangement)].append(" – ".join(place.name for place in tie.places))
    shown = len(picture.spots)
    parts = [f"{title(picture)}: coast, rivers, lakes and {shown} {plural(shown, 'place')}, no boundaries."]
    if missing := [record.name for record in (*picture.absent, *picture.undrawn)]:
        parts.append(f"Not drawn: {'; '.join(missing[:_MISSING])}{' and more' * (len(missing) > _MISSING)}.")
    parts += [f"{kind.capitalize()}: {'; '.join(names)}." for kind, names in kinds.items()]
    if not kinds:
        parts.append(f"Places: {', '.join(spot.place.name for spot in picture.spots)}. No pairing is drawn.")
    return clip(one_line(" ".join(parts)), ALT_TEXT)


def of_tie(tie: Tie) -> str:
    """Return a pairing with its kind, how its source holds it, its citation and caveat, as a hover shows it."""
    chinese = f" ({tie.pairing.chinese})" if tie.pairing.chinese else ""
    places = " – ".join(place.name for place in tie.places)
    warning = f" · {CAVEAT} {one_line(tie.pairing.caveat)}" if tie.pairing.caveat else ""
    what = f"{tie.pairing.name}{chinese} · {tie.pairing.arrangement}: {places}"
    return f"{what} · {stance_text(tie.fact)} in {citations(tie.fact.citations)}{warning}"


def of_spot(spot: Spot) -> str:
    """Return a place, and where a topic is asked for what the base holds of it there."""
    place = spot.place
    name = f"{place.name} {place.chinese}".strip()
    if not spot.facts:
        return f"{name} · {place.level}"
    count = len(spot.facts)
    cited = citations(spot.facts[0].citations)
    return f"{name} · {place.level} · {count} {plural(count, 'fact')} on this, the first in {cited}"
