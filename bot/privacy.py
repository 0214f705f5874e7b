"""What is kept of people, told in the README and in Slack: made from the table by which it is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.render.phrases import ENTRY
from bot.settings import Settings
from bot.state.kept import KeptTable, tables
from handlers.plural import plural

_NOT_KEPT: Final = (
    "Other questions that had an answer are not kept, but stand in Slack's buttons and on Home."
)


def sentences(question_days: int, purge_days: float) -> tuple[str, ...]:
    """Return what is kept of people, by the time that it stays, in lines that Slack shows whole."""
    by_time: dict[str, list[str]] = {}
    for kept in tables(question_days):
        if kept.whose:
            by_time.setdefault(lasting(kept), []).append(f"{kept.holds} ({_marks(kept)} of {kept.whose})")
    purged = span(timedelta(days=purge_days))
    return (
        *(line for how_long, held in by_time.items() for line in _lines(_capital(how_long), held)),
        f"All of it is deleted {purged} after the workspace has removed the app. It goes to nobody but Slack.",
        _NOT_KEPT,
    )


def _lines(how_long: str, held: list[str]) -> Iterator[str]:
    """Yield lines that say what is kept as long as that, none longer than an entry of an answer may be."""
    line = ""
    for one in held:
        if line and len(f"{line}; {one}.") > ENTRY:
            yield f"{line}."
            line = ""
        line = f"{line}; {one}" if line else f"{how_long}: {one}"
    yield f"{line}."


def table() -> str:
    """Return every table of state.db as Markdown for the README, with the settings as they are by default."""
    rows = ["| What is kept | Of whom | How long | Table of `state.db` |", "|---|---|---|---|"]
    for kept in tables(Settings.model_fields["question_days"].default):
        named = ", ".join(f"`{column}`" for column in kept.of_people)
        whom = f"{_marks(kept)} of {kept.whose}" if kept.whose else "nobody"
        where = f"`{kept.table}`" + (f" ({named})" if named else "")
        rows.append(f"| {_capital(kept.holds)} | {whom} | {lasting(kept)} | {where} |")
    return "\n".join(rows)


def lasting(kept: KeptTable) -> str:
    """Return how long the rows of a table stay: "48 hours", "90 days, or until they are told"."""
    periods = [f"{span(period)} in {where}" if where else span(period) for where, period in kept.lasts]
    stays = "as long as the workspace has the app" if "team_id" in kept.columns else "as long as the file"
    how_long = ", ".join(periods) or stays
    return f"{how_long}, or until {kept.sooner}" if kept.sooner else how_long


def span(period: timedelta) -> str:
    """Return a period in the largest unit that divides it: "90 days", "15 minutes"."""
    seconds = period.total_seconds()
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds % size == 0:
            count = int(seconds // size)
            return f"{count} {plural(count, unit)}"
    return f"{seconds / 86400:g} days"


def _marks(kept: KeptTable) -> str:
    named = {"Slack id": kept.ids, "name": kept.names, "words": kept.words}
    return ", ".join(mark for mark, columns in named.items() if columns)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
