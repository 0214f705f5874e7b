"""Several names in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.say import Said, Value, say


def all_of(names: Sequence[Value]) -> Said:
    """Return "nothing", "a", "a and b", "a, b and c"."""
    if not names:
        return say("nothing")
    *others, last = names
    return say("{names} and {name}", names=in_a_row(others), name=last) if others else _alone(last)


def one_of(names: Sequence[Value]) -> Said:
    """Return "a", "a or b", "a, b or c"."""
    *others, last = names
    return say("{names} or {name}", names=in_a_row(others), name=last) if others else _alone(last)


def in_a_row(names: Sequence[Value]) -> Said:
    """Return "a", "a, b", "a, b, c"."""
    *others, last = names
    return say("{names}, {name}", names=in_a_row(others), name=last) if others else _alone(last)


def _alone(name: Value) -> Said:
    # No sentence that anybody has to translate.
    return name if isinstance(name, Said) else Said.of("{name}", "", 1, {"name": name})
