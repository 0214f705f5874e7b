"""What a storm did, and what it left: held against every slot that there was and every message in Slack."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.local_slack import LocalSlackServer
from bot.state.digests.ledger import SPACING
from bot.state.digests.planning import from_row
from bot.state.store import Store
from handlers.digests.schedule import slots
from tests.digests.office import slot_of
from tests.state import raw


@dataclass
class Report:
    """What a storm did, and what it left: everything but the first block is to be empty."""

    kills: Counter[str] = field(default_factory=Counter)
    kills_after_a_post: int = 0
    kills_of_the_server: int = 0
    cuts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    slots: int = 0
    threads: int = 0
    settled_by_reading: int = 0
    ends: list[float] = field(default_factory=list)

    double: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    too_fast: list[str] = field(default_factory=list)


def examine(report: Report, slacks: Iterable[LocalSlackServer], store: Store) -> None:
    """Write into the report what is in Slack and in state, and what is wrong with it."""
    now = datetime.now(UTC)
    posted = Counter(
        slot_of(message)
        for slack in slacks
        for messages in slack.team.messages.values()
        for message in messages
        if message.by_bot and message.metadata
    )
    found = raw.rows(store, "SELECT * FROM deliveries WHERE slot <= :now", now=now.timestamp())
    rows = {_key(row): row for row in found}
    wanted = set(_wanted(store, now))
    report.slots = sum(key.endswith("digest") for key in wanted)
    report.threads = len(wanted) - report.slots
    report.settled_by_reading = sum(row["why"] == "found by reading back" for row in rows.values())
    report.double = [key for key, times in posted.items() if times > 1]
    report.lost = [key for key in wanted if not posted[key]]
    report.unexplained = [
        f"{key}: {row['state']} {row['why']}"
        for key, row in rows.items()
        if row["state"] not in ("posted", "late") or not posted[key] or key not in wanted
    ]
    report.unexplained += [f"{key}: no row" for key in posted if key not in rows]
    report.too_fast = list(_too_fast(row for row in rows.values() if row["since"] is not None))


def _wanted(store: Store, now: datetime) -> Iterator[str]:
    """Yield the key of every message that there is to be by now."""
    for row in raw.rows(store, "SELECT * FROM subscriptions"):
        kept = from_row(row)
        assert kept.created_at is not None
        for slot in slots(kept, kept.created_at, now):
            key = f"{kept.team}:{kept.id}:{slot.at:%Y-%m-%dT%H:%M:%SZ}"
            yield f"{key}:digest"
            if int(kept.id) % 3 == 0:
                yield f"{key}:thread"


def _key(row: dict[str, Any]) -> str:
    slot = datetime.fromtimestamp(float(row["slot"]), UTC)
    return f"{row['team_id']}:{row['subscription']}:{slot:%Y-%m-%dT%H:%M:%SZ}:{row['part']}"


def _too_fast(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Yield pairs of claims in one channel that follow each other within a second.

    When what was claimed arrives is the machine's affair: under load it waits for its turn.
    """
    claims: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        claims[f"{row['team_id']} {row['channel']}"].append(float(str(row["since"])))
    for channel, at in claims.items():
        for earlier, later in itertools.pairwise(sorted(at)):
            if later - earlier < SPACING.total_seconds() - 0.001:
                yield f"{channel}: {later - earlier:.3f} s"
