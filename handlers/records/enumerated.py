"""Names in a row, as a sentence holds them, and sentences in a row, as a line holds them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.say import Said, Value, say, say_many


def enumerated(names: Sequence[Value], most: int) -> Said:
    """Return "A", "A and B", "A, B and C"; of more than `most` the first, and how many more there are."""
    if more := _beyond(names, most):
        return say_many(
            "{names} and {count} more", "{names} and {count} more", more, names=in_a_row(names[:most])
        )
    return all_of(names)


def all_of(names: Sequence[Value]) -> Said:
    """Return "nothing", "A", "A and B", "A, B and C"."""
    if not names:
        return say("nothing")
    *others, last = names
    return say("{names} and {name}", names=in_a_row(others), name=last) if others else _alone(last)


def one_of(names: Sequence[Value]) -> Said:
    """Return "A", "A or B", "A, B or C"."""
    *others, last = names
    return say("{names} or {name}", names=in_a_row(others), name=last) if others else _alone(last)


def listed(names: Sequence[Value], most: int) -> Said:
    """Return "A; B; C", for names that may hold commas; of more than `most` the first, and how many more there are."""
    if more := _beyond(names, most):
        return say_many("{names}; {count} more", "{names}; {count} more", more, names=apart(names[:most]))
    return apart(names)


def in_a_row(names: Sequence[Value]) -> Said:
    """Return "A", "A, B", "A, B, C"."""
    *others, last = names
    return say("{names}, {name}", names=in_a_row(others), name=last) if others else _alone(last)


def apart(names: Sequence[Value]) -> Said:
    """Return "A", "A; B", "A; B; C"."""
    *others, last = names
    return say("{names}; {name}", names=apart(others), name=last) if others else _alone(last)


def sentences(said: Sequence[Value]) -> Said:
    """Return sentences as one text, each behind the other."""
    *others, last = said
    return (
        say("{sentences} {sentence}", sentences=sentences(others), sentence=last) if others else _alone(last)
    )


def _beyond(names: Sequence[Value], most: int) -> int:
    return max(0, len(names) - most)


def _alone(name: Value) -> Said:
    # No sentence that anybody has to translate.
    return name if isinstance(name, Said) else Said.of("{name}", "", 1, {"name": name})
