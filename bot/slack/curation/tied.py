"""What the inputs of a form say of a pairing: what ties, and which places."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.curation import fields
from bot.slack.curation.fields import Values, text
from handlers.curation import describe, naming
from handlers.draft import TIES_MAX
from handlers.say import say
from handlers.services import Services
from knowledge.model import Place, Tie
from knowledge.vocabulary import Arrangement

_FEWEST = 2


def read(
    services: Services, values: Values, shown: Values, subjects: Sequence[str], wrong: dict[str, str]
) -> tuple[Tie, ...]:
    """Return the pairings that the inputs name, and add to what is `wrong`; the inputs began with what was `shown`.

    Without a line they are of all places among the `subjects`.
    """
    chosen = text(values, fields.TIE)
    lines = [line for line in map(str.strip, text(values, fields.BETWEEN).splitlines()) if line]
    kind = next((one for one in Arrangement if one.value == chosen), None)
    if kind is None:
        if lines and text(values, fields.BETWEEN) != text(shown, fields.BETWEEN):
            wrong[fields.TIE] = say("Choose what ties these places, or leave Between empty.")
        return ()
    if len(lines) > TIES_MAX:
        wrong[fields.BETWEEN] = say(
            "A fact counts as {most} pairings at most: put the others into a fact of their own.",
            most=TIES_MAX,
        )
    listed = [_members(services, line, wrong) for line in lines[:TIES_MAX]] or [_places(services, subjects)]
    if any(len(members) < _FEWEST for members in listed):
        wrong.setdefault(fields.BETWEEN, say("Name the places of each pairing, two at least."))
    ties = (Tie(arrangement=kind, members=members) for members in listed if len(members) >= _FEWEST)
    return tuple(dict.fromkeys(ties))


def _members(services: Services, line: str, wrong: dict[str, str]) -> tuple[str, ...]:
    """Return the places of a line."""
    names = naming.named(services, line)
    places = _places(services, names.slugs)
    others = tuple(slug for slug in names.slugs if slug not in places)
    told = [*names.wrong]
    if others:
        told.append(say("Only places are tied, and no {names}.", names=describe.names(services, others)))
    if told:
        wrong.setdefault(fields.BETWEEN, " ".join(told))
    return places


def _places(services: Services, slugs: Sequence[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if isinstance(services.base.entity(slug), Place))
