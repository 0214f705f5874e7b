"""What takes back what was done to several digests: buttons that put each back exactly as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from handlers.answer import Choice
from handlers.digests import coming
from handlers.digests.changing.several_deed import Deed
from handlers.digests.changing.several_words import taking_back
from handlers.request import DIGEST, Request
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription

UNDO: Final = "undo"
"""What takes back an edit, as a verb of several."""
# What takes each back.
_BACK: Final = MappingProxyType(
    {"pause": "resume", "resume": "pause", "skip": "unskip", "unsubscribe": "revive", "edit": UNDO}
)
FOR_GOOD: Final = "held"
"""How a digest is held that is to be until it is resumed."""
# Whose digest it is and where it comes an edit of several does not change.
_FIXED: Final = frozenset({"id", "version", "channel"})
_NAMES: Final = frozenset({"topics", "places", "mechanisms"})
# A button holds 1,500 characters, and writes some of them as two; an answer shows twelve buttons.
_LONGEST: Final = 1200
_MOST: Final = 11


@dataclass
class Backs:
    """What each digest was `before` a deed, and how each that it was done to is put back `after` it."""

    services: Services
    request: Request
    deed: Deed
    _was: dict[str, tuple[Subscription | None, set[str]]] = field(default_factory=dict)
    _own: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def before(self, number: str, kept: Subscription | None) -> None:
        """Keep how a digest stands."""
        self._was[number] = kept, self._skipped(kept)

    def after(self, number: str, kept: Subscription | None) -> None:
        """Keep what puts a digest back that it was done to, and in which version it stands now."""
        was, skipped = self._was[number]
        match self.deed.verb:
            case "pause" | "resume" | "unsubscribe":
                self._own[number] = _held(was)
            case "skip":
                self._own[number] = " ".join(sorted(self._skipped(kept) - skipped))
            case "edit" if was and kept:
                self._own[number] = _difference(was, kept)
            case _:
                return
        if kept and self.deed.verb != "skip":
            self._seen[number] = kept.version

    def choices(self) -> tuple[Choice, ...]:
        """Return the button that puts all back; several where one cannot carry it."""
        verb = _BACK.get(self.deed.verb)
        if verb is None or not self._own:
            return ()
        deeds = [*self._deeds(verb)]
        return tuple(
            Choice(
                f"back:{at}",
                taking_back(verb, deed.numbers, is_part=len(deeds) > 1),
                DIGEST,
                str(deed),
                "several agreed",
                effect="changes",
            )
            for at, deed in enumerate(deeds[:_MOST])
        )

    def lost(self) -> tuple[str, ...]:
        """Return the numbers of the digests that no button puts back, as an answer shows no more of them."""
        verb = _BACK.get(self.deed.verb)
        left = [*self._deeds(verb)][_MOST:] if verb and self._own else []
        return tuple(number for deed in left for number in deed.numbers)

    def _deeds(self, verb: str) -> Iterator[Deed]:
        part: list[str] = []
        for number in self._own:
            if part and len(str(self._deed(verb, [*part, number]))) > _LONGEST:
                yield self._deed(verb, part)
                part = []
            part.append(number)
        yield self._deed(verb, part)

    def _deed(self, verb: str, numbers: list[str]) -> Deed:
        own = {number: self._own[number] for number in numbers}
        return Deed(verb, tuple(numbers), "", own, self._seen)

    def _skipped(self, kept: Subscription | None) -> set[str]:
        """Return the days that are left out of a digest."""
        if kept is None or self.deed.verb != "skip":
            return set()
        skipped = coming.skipped(self.services.deliveries, kept, self.request.now)
        return {run.slot.wanted.date().isoformat() for run in skipped}


def held_again(asked: Request, own: str) -> Request:
    """Return the request that holds a digest as it was held before."""
    return asked.saying("" if own == FOR_GOOD else own, asked.target)


def is_held(kept: Subscription, own: str) -> bool:
    """Say whether a digest is held so, or runs where that is ""."""
    return _held(kept) == own


def is_over(own: str, asked: Request, kept: Subscription | None) -> bool:
    """Say whether the day is over until which a digest was held: it runs again then."""
    if kept is None or own == FOR_GOOD:
        return False
    today = asked.now.astimezone(ZoneInfo(kept.zone)).date()
    return own.removeprefix("until ") <= today.isoformat()


def put_back(kept: Subscription, own: str) -> Subscription | None:
    """Return a digest with what an edit changed of it as it was; None where that cannot be read."""
    try:
        was = json.loads(own)
        chosen = StoredDigest.of(kept).model_dump(mode="json")
        chosen |= {
            name: _with(chosen[name], said) if name in _NAMES and isinstance(said, dict) else said
            for name, said in was.items()
            if name not in _FIXED
        }
        stored = StoredDigest.model_validate_json(json.dumps(chosen))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None
    return replace(stored.by(kept.team, kept.owner), id=kept.id, version=kept.version, channel=kept.channel)


def _difference(before: Subscription, after: Subscription) -> str:
    """Return what was chosen of a digest before, where it is another now."""
    was, now = (StoredDigest.of(one).model_dump(mode="json", exclude=set(_FIXED)) for one in (before, after))
    changed = {
        name: _coming_and_going(said, now[name]) if name in _NAMES else said
        for name, said in was.items()
        if now[name] != said
    }
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":"))


def _coming_and_going(was: list[str], now: list[str]) -> dict[str, object] | list[str]:
    """Return which names come back and where, and which go: alike of all digests of which the same was asked."""
    going = [name for name in now if name not in was]
    coming = [[at, name] for at, name in enumerate(was) if name not in now]
    found: dict[str, object] = {"-": going, "+": coming}
    return found if _with(now, found) == was else was


def _with(now: list[str], change: Mapping[str, Any]) -> list[str]:
    names = [name for name in now if name not in change["-"]]
    for at, name in change["+"]:
        names.insert(int(at), name)
    return names


def _held(kept: Subscription | None) -> str:
    """Return how a digest was held before; "" of one that ran."""
    if kept is None or not (kept.paused or kept.paused_until):
        return ""
    return f"until {kept.paused_until.isoformat()}" if kept.paused_until else FOR_GOOD
