"""A map as a text wants it: read by itself, or on top of what the map before it was of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from handlers.lookups.kinds_of_ties import NO_KIND, all_but
from handlers.lookups.maps import kinds
from handlers.lookups.maps.clauses import Clause, apart, clauses
from handlers.lookups.maps.things import Things, records, things
from handlers.lookups.maps.wanted import Wanted
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Named, Pairing, Place
from knowledge.text.normalize import CHINESE

NOTHING_LEFT: Final = say("Nothing of the map is left then, so it stays as it is.")
ALL_ON_IT: Final = say("That is on the map already.")
NONE_DOUBTFUL: Final = say("No doubtful ties are drawn on it, so it stays as it is.")
NOT_OF_IT: Final = say("The map is of no such thing that could be replaced, so it stays as it is.")


@dataclass(frozen=True, slots=True)
class Change:
    """What the map before is to be `now`, or `why` it stays as it is: also since all that was to be `added` is on it."""

    now: Wanted | None
    why: Said | None = None
    added: tuple[str, ...] = ()


def wanted(base: FactBase, text: str) -> Wanted:
    """Return what a text wants on a map by itself, and the names that it leaves."""
    rest, is_larger = kinds.without_size(text)
    head, said = apart(base, rest)
    alone = kinds.wanted(base, head)
    changed = _after(base, alone, said) if said else Change(alone)
    now = changed.now or kinds.wanted(base, rest)
    return replace(now, larger=now.larger or is_larger)


def changed(base: FactBase, was: Wanted, text: str) -> Change | None:
    """Return what a text makes of the map before it; None where it says no such thing."""
    said = clauses(base, text)
    if not said:
        return None
    before = replace(was, larger=False)
    change = _after(base, before, said)
    if change.now != before:
        return change
    if any(clause.deed == "out" and clause.things.doubtful for clause in said):
        return Change(None, NONE_DOUBTFUL)
    put_in = [clause.things for clause in said if clause.deed == "in"]
    added = tuple(name for one in put_in for name in one.names)
    return Change(None, ALL_ON_IT, added) if put_in else change


def _after(base: FactBase, was: Wanted, said: tuple[Clause, ...]) -> Change:
    return reduce(
        lambda change, clause: _done(base, change.now, clause) if change.now else change, said, Change(was)
    )


def _done(base: FactBase, was: Wanted, clause: Clause) -> Change:
    named = clause.things
    match clause.deed:
        case "bigger":
            return Change(replace(was, larger=True))
        case "whole":
            return Change(Wanted(""))
        case "out":
            return _without(base, was, named)
        case "in":
            return _with(base, was, named)
        case "exchange":
            return _exchanged(base, was, clause.gone, named)
        case "swap" if not named.names:
            return _with(base, was, named)
        case _:
            return _only(base, was, named)


def _only(base: FactBase, was: Wanted, named: Things) -> Change:
    now = was
    if named.names:
        now = _kept_to(base, now, named.names)
    if named.kinds is not None:
        now = replace(now, kinds=named.kinds)
    if named.doubtful:
        is_only = named.of_kind or (named.kinds is None and not named.names)
        now = replace(now, doubtful=True, only_doubtful=is_only)
    return Change(now)


def _kept_to(base: FactBase, was: Wanted, names: tuple[str, ...]) -> Wanted:
    """Return the map kept to what is named: places stand in the stead of places, what is no place in that of what is none."""
    before = names_of(base, was)
    are_places = [all(_is_place(one) for one in records(base, name)) for name in names]
    kept = [name for name in before if _are_places(base, name) not in are_places]
    now = tuple(dict.fromkeys((*kept, *names)))
    return replace(was, text=_joined(now), also=(), without=_other(base, was.without, names))


def _without(base: FactBase, was: Wanted, named: Things) -> Change:
    now = was
    if named.doubtful:
        now = replace(now, doubtful=False, only_doubtful=False)
    if named.kinds is not None and not named.of_kind:
        left = (now.kinds or all_but(NO_KIND)) - named.kinds
        if not left or not named.kinds:
            return Change(None, NOTHING_LEFT)
        now = replace(now, kinds=left)
    if not named.names:
        return Change(now)
    before = _names(base, now.text)
    head, also = _other(base, before, named.names), _other(base, now.also, named.names)
    if (before or now.also) and not (head or also):
        return Change(None, NOTHING_LEFT)
    if not head:
        head, also = also[:1], also[1:]
    text = now.text if head == before else _joined(head)
    without = tuple(dict.fromkeys((*_other(base, now.without, named.names), *named.names)))
    return Change(replace(now, text=text, also=also, without=without))


def _with(base: FactBase, was: Wanted, named: Things) -> Change:
    now = was
    if named.doubtful:
        now = replace(now, doubtful=True, only_doubtful=False)
    if named.kinds is not None:
        now = replace(now, kinds=now.kinds | named.kinds if named.kinds and now.kinds else NO_KIND)
    if named.names:
        now = _added(base, now, named.names)
    return Change(now)


def _exchanged(base: FactBase, was: Wanted, gone: Things, named: Things) -> Change:
    """Return the map with some names in the place of others, or some kinds of ties in that of others."""
    if gone.names and named.names and gone.kinds is None and named.kinds is None:
        text, also = (_in_place(base, names, gone, named) for names in (_names(base, was.text), was.also))
        if (text, also) != (_names(base, was.text), was.also):
            without = _other(base, was.without, named.names)
            return Change(replace(was, text=_joined(text), also=also, without=without))
    if gone.kinds and named.kinds and gone.kinds <= was.kinds and not (gone.names or named.names):
        return Change(replace(was, kinds=(was.kinds - gone.kinds) | named.kinds))
    return Change(None, NOT_OF_IT)


def _in_place(base: FactBase, names: tuple[str, ...], gone: Things, named: Things) -> tuple[str, ...]:
    kept = _other(base, names, gone.names)
    if kept == names:
        return names
    at = next(at for at, name in enumerate(names) if name not in kept)
    return tuple(dict.fromkeys((*kept[:at], *named.names, *kept[at:])))


def _added(base: FactBase, was: Wanted, names: tuple[str, ...]) -> Wanted:
    back = replace(was, without=_other(base, was.without, names))
    before = _names(base, back.text)
    new = _other(base, names, (*before, *back.also))
    if not back.text or not new:
        return back
    if not all(_are_places(base, name) for name in before) and not back.also:
        # Beside a topic or the like more places, or more topics, are of it: what is named together there is on the map.
        places = [_are_places(base, name) for name in before]
        if any(places) == all(_are_places(base, name) for name in new):
            return replace(back, text=_joined((*before, *new)))
    return replace(back, also=(*back.also, *new))


def names_of(base: FactBase, was: Wanted) -> tuple[str, ...]:
    """Return the names of what a map is of."""
    return (*_names(base, was.text), *was.also)


def _names(base: FactBase, text: str) -> tuple[str, ...]:
    """Return the names in what a map is of; all of it where it is read by nobody here, as an id is."""
    if not text:
        return ()
    named = things(base, text)
    return named.names if named and named.names else (text,)


def _other(base: FactBase, names: Iterable[str], than: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand for other records than those."""
    gone = {record for name in than for record in records(base, name)}
    inside = {slug for record in gone if isinstance(record, Place) for slug in base.within(record)}
    typed = {name.casefold() for name in than}
    return tuple(
        name
        for name in names
        if name.casefold() not in typed
        and not any(record in gone or record.slug in inside for record in records(base, name))
    )


def _are_places(base: FactBase, name: str) -> bool:
    return all(map(_is_place, records(base, name)))


def _is_place(record: Named) -> bool:
    return isinstance(record, Place | Pairing)


def _joined(names: Iterable[str]) -> str:
    """Return names as they are typed beside each other."""
    said = [*names]
    return ("、" if any(map(CHINESE.search, said)) else ", ").join(said)
