"""What is kept of people, as it is told in Slack: made from the table by which it is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from bot.render.phrases import ENTRY
from bot.state.kept import KeptTable, tables
from handlers.say import Said, say, say_many

_NOT_KEPT: Final = say(
    "Other questions that had an answer are not kept, but stand in Slack's buttons and on Home."
)
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


def sentences(question_days: int, purge_days: float) -> tuple[str, ...]:
    """Return what is kept of people, by the time that it stays, in lines that Slack shows whole."""
    by_time: dict[Said, list[Said]] = {}
    for kept in tables(question_days):
        if kept.whose:
            held = say("{what} ({marks} of {whom})", what=kept.holds, marks=marks(kept), whom=kept.whose)
            by_time.setdefault(lasting(kept), []).append(held)
    purged = span(timedelta(days=purge_days))
    return (
        *(line for how_long, held in by_time.items() for line in _lines(how_long, held)),
        say(
            "All of it is deleted {period} after the workspace has removed the app. It goes to nobody but Slack.",
            period=purged,
        ),
        _NOT_KEPT,
    )


def _lines(how_long: Said, held: Iterable[Said]) -> Iterator[Said]:
    """Yield lines that say what is kept as long as that, none longer than an entry of an answer may be."""
    first, *others = held
    line = say("{how_long}: {held}", how_long=how_long, held=first)
    for one in others:
        longer = say("{line}; {held}", line=line, held=one)
        if len(longer) < ENTRY:
            line = longer
        else:
            yield say("{line}.", line=line)
            line = say("{how_long}: {held}", how_long=how_long, held=one)
    yield say("{line}.", line=line)


def lasting(kept: KeptTable) -> Said:
    """Return how long the rows of a table stay: "48 hours", "90 days, or until they are told"."""
    how_long = _periods(kept)
    if kept.sooner:
        return say("{how_long}, or until {event}", how_long=how_long, event=kept.sooner)
    return how_long


def _periods(kept: KeptTable) -> Said:
    if not kept.lasts:
        return (
            say("As long as the workspace has the app")
            if "team_id" in kept.columns
            else say("As long as the file")
        )
    said = [
        say("{period} in {where}", period=span(period), where=where) if where else span(period)
        for where, period in kept.lasts
    ]
    return _in_a_row(said)


def span(period: timedelta) -> Said:
    """Return a period in the largest unit that divides it: "90 days", "15 minutes"."""
    seconds = period.total_seconds()
    if seconds % _DAY == 0:
        return say_many("{count} day", "{count} days", int(seconds // _DAY))
    if seconds % _HOUR == 0:
        return say_many("{count} hour", "{count} hours", int(seconds // _HOUR))
    if seconds % _MINUTE == 0:
        return say_many("{count} minute", "{count} minutes", int(seconds // _MINUTE))
    return say("{days} days", days=format(seconds / _DAY, "g"))


def marks(kept: KeptTable) -> Said:
    """Return what of people the rows of a table hold: "Slack id, name"."""
    named = ((say("Slack id"), kept.ids), (say("name"), kept.names), (say("words"), kept.words))
    return _in_a_row([mark for mark, columns in named if columns])


def _in_a_row(said: Iterable[Said]) -> Said:
    first, *others = said
    for other in others:
        first = say("{one}, {other}", one=first, other=other)
    return first
