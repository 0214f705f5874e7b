"""Which digests are meant by what is said of several, or why that is not plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.digests.reading import which
from handlers.digests.reading.deeds.named import One, Several
from handlers.digests.reading.deeds.places import Placed
from handlers.digests.reading.subjects import Subjects
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase

Why = Literal["unread", "own", "count", "some"]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why nothing may be done: a word names no digest, whoever asks has none, or it is not said which of these are meant."""

    why: Why
    said: str = ""
    numbers: tuple[str, ...] = ()


def chosen(
    base: FactBase, here: Sequence[Subscription], said: Several, verb: str
) -> tuple[str, ...] | Unclear | None:
    """Return the numbers of the digests meant, or why they are not known; None where one is meant by all the names together, or
    names are to go from digests that are on more.
    """
    if said.unread and verb != "edit":
        return Unclear("unread", said.unread)
    if said.is_some:
        return Unclear("some", numbers=tuple(one.id for one in here))
    if said.is_own and not here and not said.these:
        return Unclear("own")
    left_out: set[str] = set()
    for one in said.but:
        found = _of(here, one)
        if not found:
            return Unclear("unread", one.said)
        left_out.update(kept.id for kept in found)
    if said.these:
        these = _these(base, here, said.these, verb)
        return (
            tuple(number for number in these if number not in left_out) if isinstance(these, tuple) else these
        )
    if said.place is not None and (said.place.count or not left_out):
        return _placed(here, said.place, verb)
    numbers = tuple(one.id for one in here if one.id not in left_out)
    if said.count and numbers and said.count != len(numbers):
        return Unclear("count", str(said.count), numbers)
    return numbers


def _placed(here: Sequence[Subscription], place: Placed, verb: str) -> tuple[str, ...] | Unclear:
    """Return the digests at some places, in the order of their numbers; of the rest, those that what is asked for was not done to
    yet, where it was done to some.
    """
    every = tuple(one.id for one in _in_order(here))
    if not place.is_rest:
        start, stop = place.part
        found = every[start:stop]
        is_there = len(found) == place.count <= len(every)
        return found if is_there else Unclear("some", numbers=every)
    held = tuple(one.id for one in _in_order(here) if one.paused or one.paused_until is not None)
    running = tuple(number for number in every if number not in held)
    rest = {"pause": running, "resume": held}.get(verb, ())
    return rest if rest and held and running else Unclear("some", numbers=every)


def _these(
    base: FactBase, here: Sequence[Subscription], these: Sequence[One], verb: str
) -> tuple[str, ...] | Unclear | None:
    slugs = [slug for one in these for slug in one.slugs]
    if all(one.slugs for one in these) and which.fitting(base, here, slugs):
        return None
    if not any(_of(here, one) for one in these) and all(one.slugs for one in these):
        # Names that no digest is on may be those of a new one.
        return None
    numbers: list[str] = []
    for one in these:
        # Whether there is one of that number, and whose, is told of each.
        found = _of(here, one)
        if not found and not (one.said.isdecimal() and not one.is_from):
            return Unclear("unread", one.said)
        if verb == "unsubscribe" and one.slugs and any(_is_on_more(kept, slugs) for kept in found):
            return None
        numbers += [kept.id for kept in found] or [one.said]
    return tuple(dict.fromkeys(numbers))


def are_on_more(here: Sequence[Subscription], chosen: Sequence[str], target: Target | None) -> bool:
    """Say whether some of the digests that were chosen by names are on more than these."""
    slugs = () if target is None or target.id.isdecimal() else target.ids
    return bool(slugs) and any(_is_on_more(kept, slugs) for kept in here if kept.id in chosen)


def _is_on_more(kept: Subscription, slugs: Sequence[str]) -> bool:
    return not set(Subjects.of(kept).slugs) <= set(slugs)


def _of(here: Sequence[Subscription], one: One) -> list[Subscription]:
    if one.place is not None:
        start, stop = one.place.part
        found = _in_order(here)[start:stop]
        return found if len(found) == one.place.count <= len(here) else []
    if one.is_from:
        return [kept for kept in _in_order(here) if int(kept.id) >= int(one.said)]
    if not one.slugs:
        return [kept for kept in here if kept.id == one.said]
    return [kept for kept in here if not set(one.slugs).isdisjoint(Subjects.of(kept).slugs)]


def _in_order(here: Sequence[Subscription]) -> list[Subscription]:
    return sorted(here, key=lambda kept: int(kept.id))
