"""The tables of state; every row carries its team. The same on SQLite and on PostgreSQL.

Times are Unix seconds in UTC. What a column holds as JSON is text: a row that another version wrote, or a disk
spoilt, is then left out by itself. How a database gets these tables stands in `bot.state.tables.migrations`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    literal_column,
    text,
)
from sqlalchemy.dialects.sqlite import INTEGER, REAL, TEXT
from sqlalchemy.event import listen
from sqlalchemy.types import TypeEngine

from bot.state.tables import append_only, row_security
from bot.state.tables.moment import Moment

REVISIONS: Final = ("0001", "0002", "0003")
REVISION: Final = REVISIONS[-1]
"""The newest revision of the tables: a database of a later one is of a newer version of YRD Desk."""
VERSION_TABLE: Final = "yrd_schema"
"""Where a database says of which revision it is. Nobody else's table has this name."""

# Sorted by their bytes on both: a server's locale decides nothing.
WORDS: Final[TypeEngine[str]] = Text(collation="C").with_variant(TEXT(), "sqlite")
WHOLE: Final[TypeEngine[int]] = BigInteger().with_variant(INTEGER(), "sqlite")
SECONDS: Final[TypeEngine[float]] = Double().with_variant(REAL(), "sqlite")
IS_SO: Final[TypeEngine[bool]] = Boolean().with_variant(INTEGER(), "sqlite")

EVERY_TEAM: Final = "*"
"""For work that is about no team in particular: cleaning, counting, looking for what is due."""

metadata: Final = MetaData()


def _words(*names: str) -> list[Column[Any]]:
    return [Column(name, WORDS, nullable=False) for name in names]


def _empty(*names: str) -> list[Column[Any]]:
    """Columns that came later: text that is "" where nobody says otherwise."""
    return [Column(name, WORDS, nullable=False, server_default=text("''")) for name in names]


def _at(*names: str) -> list[Column[Any]]:
    return [Column(name, SECONDS, nullable=False) for name in names]


def _ever(*names: str) -> list[Column[Any]]:
    """Times that may not have come."""
    return [Column(name, SECONDS) for name in names]


def _whole(*names: str, default: str | None = None) -> list[Column[Any]]:
    server_default = text(default) if default is not None else None
    return [Column(name, WHOLE, nullable=False, server_default=server_default) for name in names]


def _table(name: str, key: Sequence[str], *columns: list[Column[Any]]) -> Table:
    each = [column for group in columns for column in group]
    return Table(name, metadata, *each, PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_strict=True)


def _index(table: Table, *names: str) -> None:
    Index(f"idx_{table.name}_{'_'.join(names)}", *(table.c[name] for name in names))


# Events of Slack's Events API: received, then answered. `message` is channel:ts, or "". `held_until` says until when
# somebody works on it, `acknowledged_at` since when Slack is known to have the acknowledgement, `posting_at` since
# when an answer may be there. `channel` and `thread` are where whoever wrote is told if nobody works on it any more, ""
# where nobody is. `ending` is how it was answered: "answered", "unknown", "told" or "too old".
events = _table(
    "events", ("team_id", "event_id"),
    _words("team_id", "event_id", "message"), _at("received_at"),
    _ever("answered_at", "held_until", "acknowledged_at", "posting_at"), _empty("channel", "thread", "ending"),
)  # fmt: skip
_index(events, "team_id", "message")
_index(events, "received_at")
Index(
    "events_left",
    events.c.held_until,
    sqlite_where=events.c.answered_at.is_(None),
    postgresql_where=events.c.answered_at.is_(None),
)

# What a thread or a direct message was last about: slugs, as JSON, until `expires_at`; its last question, and the page
# that was shown of its answer.
conversations = _table(
    "conversations", ("team_id", "place"),
    _words("team_id", "place", "subjects"), _at("expires_at"), _empty("question"), _whole("page", default="1"),
)  # fmt: skip
_index(conversations, "expires_at")

# Kinds of failure that the installer has been told about.
notices = _table("notices", ("team_id", "kind"), _words("team_id", "kind"), _at("told_at"))

# Digests that channels are promised. `plan` is JSON: what is posted and when. Slots after `since` count.
subscriptions = _table(
    "subscriptions", ("team_id", "id"),
    _words("team_id", "id", "channel", "owner", "plan"), _whole("paused"), _words("paused_until", "pause_reason"),
    _whole("version"), _at("created_at", "edited_at", "since"), _ever("removed_at"),
)  # fmt: skip
_index(subscriptions, "team_id", "channel")

# What became of each slot: the ledger that claims are made in. See docs/digests.md for the states. `part` is "digest",
# "thread" (its continuation) or a notice to the owner. `content` is the message while it is still to be sent.
# `not_before` is when to act next: post what is planned, look for what is unknown; NULL when nothing is to be done any
# more.
deliveries = _table(
    "deliveries", ("team_id", "subscription", "slot", "part"),
    _words("team_id", "subscription"), _whole("slot"), _words("part", "channel", "label", "state"), _at("due_at"),
    _ever("not_before"), _whole("attempt"), _words("claimed_by"), _ever("since"),
    _words("ts", "why", "facts", "content", "thread_ts"),
)  # fmt: skip
_index(deliveries, "team_id", "state", "not_before")
_index(deliveries, "team_id", "channel", "since")
# Of all teams what is due, and what somebody works on: few among the many that are over.
for _name, _of, _is in (
    ("deliveries_due", deliveries.c.not_before, deliveries.c.not_before.is_not(None)),
    ("deliveries_claimed", deliveries.c.since, deliveries.c.state == literal_column("'claimed'")),
):
    Index(_name, _of, sqlite_where=_is, postgresql_where=_is)

# Whose turn it is to deliver a team's digests, among processes, and until when; until when Slack wants no channel of the
# team read.
turns = _table("turns", ("team_id",), _words("team_id", "held_by"), _at("held_until", "read_after"))

# The time zone that dates are shown in, where the workspace has one of its own.
team_zones = _table("team_zones", ("team_id",), _words("team_id", "zone"))

# What was done to each digest, by whom and when, in words.
digest_changes = _table(
    "digest_changes", ("team_id", "subscription", "seq"),
    _words("team_id", "subscription"), _whole("seq"), _at("at"), _words("who", "what"),
)  # fmt: skip

# Teams that the bot no longer works for, since when and why; their rows go after `purge_at`, if set.
teams = _table("teams", ("team_id",), _words("team_id"), _at("stopped_at"), _words("why"), _ever("purge_at"))

# Questions that had no answer, how often and when last; never who asked.
questions = _table(
    "questions", ("team_id", "command", "text"),
    _words("team_id", "command", "text", "nearest"), _whole("times"), _at("asked_at"),
)  # fmt: skip
_index(questions, "asked_at")

# Who asked them, to be told once; they go when told, or with the question.
question_askers = _table(
    "question_askers", ("team_id", "command", "text", "user_id"),
    _words("team_id", "command", "text", "user_id"), _at("asked_at"),
)  # fmt: skip

# Questions that curators do not want to see again.
question_scope = _table(
    "question_scope", ("team_id", "command", "text"),
    _words("team_id", "command", "text"), _at("settled_at"),
)  # fmt: skip

# What a person thinks of a digest: one vote each, the latest.
feedback = _table(
    "feedback", ("team_id", "about", "user_id"),
    _words("team_id", "about", "user_id"), _whole("helpful"), _at("voted_at"),
)  # fmt: skip

# When each statement of the fact base was first seen, so that digests can tell what is new.
arrivals = _table("arrivals", ("team_id", "fact"), _words("team_id", "fact"), _at("seen_at"))

# What a team's curators did: a ledger of events from which everything else about them is derived. Rows are only ever
# added, the next one at a time; they go with the team alone. The database itself refuses anything else.
contributions = _table(
    "contributions", ("team_id", "seq"),
    _words("team_id"), _whole("seq"), _words("subject", "deed", "who", "name"), _at("at"), _words("why", "body"),
)  # fmt: skip

# Which facts an answer showed that a whole channel saw, so that corrections reach its readers.
shown = _table(
    "shown", ("team_id", "channel", "thread", "fact"),
    _words("team_id", "channel", "thread", "fact"), _at("shown_at"),
)  # fmt: skip
_index(shown, "team_id", "fact")
_index(shown, "shown_at")

# Signatures, hashed, of signed requests that changed something, so that a copy changes nothing again.
requests = _table(
    "requests", ("team_id", "signature"), _words("team_id", "signature", "claimed_by"), _at("seen_at")
)
_index(requests, "seen_at")

# Who the bot is, by the hash of its token, so that it answers before Slack has said it again.
identities = _table(
    "identities", ("team_id",), _words("team_id", "token_hash", "user_id", "bot_id", "enterprise_id")
)

# How the threads of a channel are read: "questions" or "mention".
thread_modes = _table("thread_modes", ("team_id", "channel"), _words("team_id", "channel", "mode"))

# Where the cards of each proposal stand, for whom ("" for everyone in a channel), and the version of the proposal that
# each shows, 0 for unknown.
cards = _table(
    "cards", ("team_id", "proposal", "channel", "ts"),
    _words("team_id"), _whole("proposal"), _words("channel", "ts"), _at("posted_at"), _empty("reader"),
    _whole("shown", default="0"),
)  # fmt: skip

TRIGGERS: Final = {
    "contributions": ("contributions_stay", "contributions_keep", "contributions_grow", "contributions_count")
}
"""What triggers a table has on SQLite."""

# Changes that were made, for a day: whoever lost the connection while one was committed finds it here, or not. On SQLite
# nobody can lose one.
outcomes = _table("outcomes", ("team_id", "id"), _words("team_id", "id"), _at("at"))
_index(outcomes, "at")

# Bots that run on this state, from which version of the fact base each answers, and when it was last heard of. Of no team.
processes = _table("processes", ("team_id", "id"), _words("team_id", "id", "host", "base"), _at("seen_at"))
_index(processes, "seen_at")


# Workspaces that installed the app by OAuth: the tables of slack_sdk's stores, by its names of their columns
# (slack_sdk.oauth.installation_store.sqlalchemy). `team_id` is the organisation where the app is installed for all of one;
# tokens are encrypted. `renewing_until` says until when a process has a new token made for an expiring one, `checked_at` when
# Slack was last asked whether the token works.
def _of_slack(name: str, needed: Sequence[str], optional: Sequence[str], moments: Sequence[str]) -> Table:
    return _table(
        name, ("id",),
        [Column("id", WHOLE, nullable=False, autoincrement=True)], _words(*needed),
        [Column(column, WORDS) for column in optional], [Column(column, Moment()) for column in moments],
        [Column("is_enterprise_install", IS_SO, nullable=False), Column("installed_at", Moment(), nullable=False)],
    )  # fmt: skip


_OF_BOT: Final = (
    "app_id",
    "enterprise_id",
    "enterprise_name",
    "team_name",
    "bot_token",
    "bot_id",
    "bot_user_id",
)
slack_bots = _of_slack(
    "slack_bots", ("client_id", "team_id"), (*_OF_BOT, "bot_scopes", "bot_refresh_token"), ("bot_token_expires_at",)
)  # fmt: skip
for _column in _ever("renewing_until", "checked_at"):
    slack_bots.append_column(_column)
_index(slack_bots, "team_id")
slack_installations = _of_slack(
    "slack_installations", ("client_id", "team_id", "user_id"),
    (
        *_OF_BOT, "enterprise_url", "bot_scopes", "bot_refresh_token", "user_token", "user_scopes", "user_refresh_token",
        "incoming_webhook_url", "incoming_webhook_channel", "incoming_webhook_channel_id",
        "incoming_webhook_configuration_url", "token_type",
    ),
    ("bot_token_expires_at", "user_token_expires_at"),
)  # fmt: skip
_index(slack_installations, "team_id")

# What whoever is about to install brings back from Slack, once. Of no team yet.
slack_oauth_states = _table(
    "slack_oauth_states", ("id",),
    [Column("id", WHOLE, nullable=False, autoincrement=True)], _words("team_id", "state"), _at("expire_at"),
)  # fmt: skip
_index(slack_oauth_states, "state")

for _dialect, _statements in append_only.STATEMENTS.items():
    for _statement in _statements:
        listen(contributions, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))

for _table_ in metadata.tables.values():
    for _statement in row_security.statements(_table_.name):
        listen(_table_, "after_create", DDL(_statement).execute_if(dialect="postgresql"))

TEAM_TABLES: Final = tuple(sorted(metadata.tables.values(), key=lambda table: table is teams))
"""Every table, `teams` last: the ledger of contributions asks it whether rows may go."""
