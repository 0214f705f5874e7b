"""The port Shown, on state.db: answers by their own rows, digests by the delivery record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.state.database.statements import insert_or_update, rows
from bot.state.digests.planning import DIGEST
from bot.state.store import Store
from bot.state.tables.schema import deliveries, shown
from bot.state.unreadable import Row, strings
from handlers.ports import Exposure

# Corrections reach back 30 days; a day more is enough.
KEPT = timedelta(days=31)


class StoredExposures:
    """Keeps ids of facts and channels, never words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, channel: str, thread: str, facts: Iterable[str], now: datetime) -> None:
        """Record that these facts were shown there; an answer waits for it, so a lock is not waited for."""
        at = {"team_id": team, "channel": channel, "thread": thread}
        with self._store.promptly(), self._store.writing(team) as db:
            for fact in facts:
                insert_or_update(db, shown, at | {"fact": fact, "shown_at": now.timestamp()})

    def of_fact(self, team: str, fact: str, since: datetime) -> tuple[Exposure, ...]:
        """Return one exposure a channel, the newest."""
        answers = select(shown.c.channel, shown.c.thread, shown.c.shown_at.label("at")).where(
            shown.c.team_id == team, shown.c.fact == fact, shown.c.shown_at >= since.timestamp()
        )
        begins = f"{fact}@"
        columns = (deliveries.c[name] for name in ("subscription", "slot", "part", "channel", "facts"))
        digests = select(*columns, deliveries.c.ts.label("thread"), deliveries.c.since.label("at")).where(
            deliveries.c.team_id == team, deliveries.c.part == DIGEST, deliveries.c.state.in_(("posted", "late")),
            deliveries.c.ts != "", deliveries.c.since >= since.timestamp(),
            # Which of them it is in is read from the list itself.
            deliveries.c.facts.contains(begins, autoescape=True),
        )  # fmt: skip
        with self._store.reading(team) as db:
            answered, posted = rows(db, answers), rows(db, digests)
        read = self._store.unreadable
        held = [
            row
            for row in posted
            if any(
                one.startswith(begins)
                for one in read.one("deliveries", row, lambda row: strings(row["facts"])) or ()
            )
        ]
        found = sorted(read.each("shown", [*answered, *held], _exposure), key=lambda exposure: exposure.at)
        return tuple({exposure.channel: exposure for exposure in found}.values())


def _exposure(row: Row) -> Exposure:
    return Exposure(row["channel"], row["thread"], datetime.fromtimestamp(row["at"], UTC))
