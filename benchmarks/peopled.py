"""A database with workspaces that installed the app and follow digests, all due in one second that is chosen later."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import psycopg
from psycopg import sql
from slack_sdk.oauth.installation_store import Installation

from benchmarks.fleet import Server
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.installations.cipher import Cipher
from bot.state.installations.stored import StoredInstallations
from bot.state.store import Store
from handlers.subscription import Subscription

CLIENT: Final = "123.456"
KEY: Final = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
OWNER: Final = "U04ALICE7K2"
_OPEN: Final = "('planned', 'claimed', 'unknown')"


def team_names(count: int) -> list[str]:
    """Return the ids of so many workspaces."""
    return [f"T04BENCH{number:05}" for number in range(count)]


def people(
    server: Server, database: str, teams: Sequence[str], digests: int, per_channel: int, topics: Sequence[str]
) -> None:
    """Install the app in each of the teams, and have it follow digests, so many in a channel, for a time half a day off.

    Those of the first are set up as the bot does, and the others' are copies.
    """
    now = datetime.now(UTC)
    at = (now + timedelta(hours=12)).time().replace(microsecond=0)
    first, *others = teams
    with closing(Store.connect(server.create(database))) as store:
        subscriptions = StoredSubscriptions(store)
        for number in range(digests):
            channel, topic = f"C{first[1:]}{number // per_channel:02}", topics[number % len(topics)]
            new = Subscription(first, channel, OWNER, at, "UTC", tuple(range(7)), topics=(topic,))
            subscriptions.add(new, now)
        installations = StoredInstallations(store, CLIENT, Cipher((KEY,)))
        for team in _told(teams):
            installations.save(_installation(team))
            # As if Slack had been asked today: a thousand workspaces do not install in one minute.
            installations.checking(team, now)
    with server.connected(database, user="postgres") as db:
        for table in ("subscriptions", "deliveries"):
            _copied(db, table, first, others)
        db.execute("ANALYZE")


def _copied(db: psycopg.Connection[tuple[Any, ...]], table: str, first: str, others: Sequence[str]) -> None:
    """Give the other teams what the first has in a table, each in channels of its own."""
    found = db.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    columns = [str(name) for (name,) in found.fetchall()]
    own = {
        "team_id": sql.SQL("team"),
        "channel": sql.SQL("replace(channel, substr(team_id, 2), substr(team, 2))"),
    }
    values = [own.get(name, sql.Identifier(name)) for name in columns]
    copied = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, unnest(%s::text[]) AS team WHERE team_id = %s"
    )
    named = {"table": sql.Identifier(table), "columns": sql.SQL(", ").join(map(sql.Identifier, columns))}
    db.execute(copied.format(**named, values=sql.SQL(", ").join(values)), [list(others), first])


def _told(teams: Sequence[str]) -> Iterator[str]:
    for number, team in enumerate(teams):
        if number % 100 == 0:
            print(f"\rsetting up {number} of {len(teams)} workspaces ", end="", file=sys.stderr, flush=True)
        yield team
    print("\r" + " " * 50, end="\r", file=sys.stderr, flush=True)


def _installation(team: str) -> Installation:
    return Installation(
        app_id="A0123456789", team_id=team, team_name=f"Lab {team}", bot_token=f"xoxb-{team}", bot_id="B0BOT",
        bot_user_id="U0BOT", bot_scopes="chat:write,commands", user_id=OWNER, token_type="bot",
    )  # fmt: skip


def all_due(server: Server, database: str, due: datetime) -> int:
    """Move every digest to `due`, and return how many there are."""
    with server.connected(database, user="postgres") as db, db.transaction():
        moved = db.execute(
            "UPDATE subscriptions SET plan = jsonb_set(plan::jsonb, '{at}', to_jsonb(%s::text))::text", [due.time().isoformat()]
        )  # fmt: skip
        at = due.timestamp()
        db.execute("DELETE FROM deliveries WHERE slot > %s AND state <> 'planned'", [at])
        planned = db.execute(
            "UPDATE deliveries SET slot = %s, due_at = %s, not_before = %s WHERE state = 'planned'", [int(at), at, at]
        )  # fmt: skip
        assert moved.rowcount == planned.rowcount, (moved.rowcount, planned.rowcount)
        return planned.rowcount


def looked_after(server: Server, database: str) -> int:
    """Return for how many teams a bot has gone a round."""
    with server.connected(database, user="postgres") as db:
        found = db.execute("SELECT count(*) FROM turns WHERE held_until > 0").fetchone()
    return int(found[0]) if found else 0


def open_rows(server: Server, database: str, due: datetime) -> int:
    """Return how many messages of the slot are still to be posted or looked for."""
    query = f"SELECT count(*) FROM deliveries WHERE slot = %s AND state IN {_OPEN}"  # noqa: S608
    with server.connected(database, user="postgres") as db:
        found = db.execute(query, [int(due.timestamp())]).fetchone()
    return int(found[0]) if found else 0


def states(server: Server, database: str, due: datetime) -> dict[str, int]:
    """Return what became of the messages of the slot."""
    query = "SELECT part || ' ' || state, count(*) FROM deliveries WHERE slot = %s GROUP BY 1 ORDER BY 1"
    with server.connected(database, user="postgres") as db:
        return {str(what): int(count) for what, count in db.execute(query, [int(due.timestamp())]).fetchall()}
