"""What a map is called, by what it is of and what it keeps of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.lookups.kinds_of_ties import are_most, words_for
from handlers.lookups.kinds_of_ties import title as of_kinds
from handlers.lookups.maps.kept import Kept
from handlers.records.enumerated import all_of
from handlers.say import Said, Value, say
from knowledge.model import Named

_DOUBTFUL_TIES: Final = say("Doubtful ties")


def title(records: Sequence[Named], how: Kept) -> Said | str:
    """Return what stands at the head of the map of `records`, "" for the whole delta with every tie."""
    of = [_added((_beside(records), *how.also))] if records else []
    ties = [*([of_kinds(how.kinds)] if how.kinds else []), *([_DOUBTFUL_TIES] if how.only_doubtful else [])]
    less = [say("without {names}", names=all_of(how.without))] if how.without else []
    whole = [say("Yangtze River Delta")] if less and not of and not ties else []
    parts = [*of, *whole, *ties, *less]
    return _beside(parts) if parts else ""


def _beside(parts: Sequence[Value]) -> Said:
    """Return "A – B – C"."""
    *others, last = parts
    return say("{some} – {other}", some=_beside(others), other=last) if others else all_of([last])


def _added(parts: Sequence[Value]) -> Said:
    """Return "A + B + C"."""
    *others, last = parts
    return say("{some} + {other}", some=_added(others), other=last) if others else all_of([last])


def key(records: Sequence[Named], how: Kept) -> str:
    """Return what tells the map from others, of which its file has its name."""
    named = [record.slug for record in records] or ["delta"]
    doubts = ["only-doubtful" if how.only_doubtful else "doubtful"] if how.doubtful else []
    most = "" if are_most(how.kinds) else "only "
    kinds = [f"{most}{words_for(how.kinds)}".replace(" ", "-")] if how.kinds else []
    also = [f"also-{record.slug}" for record in how.also]
    without = [f"without-{record.slug}" for record in how.without]
    return "+".join([*named, *doubts, *kinds, *also, *without])
