"""The tables as they were when Alembic took over; a state.db of version 0.1 is completed where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from alembic import op
from sqlalchemy import BigInteger, Column, Double, Inspector, PrimaryKeyConstraint, Text, inspect, text
from sqlalchemy.dialects.sqlite import INTEGER, REAL, TEXT
from sqlalchemy.types import TypeEngine

from bot.state.tables import append_only

revision = "0001"
down_revision = None

_LEGACY: Final = "_sqlite_migrations"
_WORDS: Final[TypeEngine[str]] = Text(collation="C").with_variant(TEXT(), "sqlite")
_WHOLE: Final[TypeEngine[int]] = BigInteger().with_variant(INTEGER(), "sqlite")
_SECONDS: Final[TypeEngine[float]] = Double().with_variant(REAL(), "sqlite")


class _Table(NamedTuple):
    """Names of columns, by what they hold. `key` are the primary one's; `ever` may be NULL; `empty` are "" else, `zero`
    and `one` that number.
    """

    key: str
    words: str
    whole: str = ""
    at: str = ""
    ever: str = ""
    empty: str = ""
    zero: str = ""
    one: str = ""
    indexes: tuple[str, ...] = ()

    def columns(self) -> Iterator[Column[Any]]:
        sorts: tuple[tuple[str, TypeEngine[Any], bool, str | None], ...] = (
            (self.words, _WORDS, False, None),
            (self.whole, _WHOLE, False, None),
            (self.at, _SECONDS, False, None),
            (self.ever, _SECONDS, True, None),
            (self.empty, _WORDS, False, "''"),
            (self.zero, _WHOLE, False, "0"),
            (self.one, _WHOLE, False, "1"),
        )
        for names, kind, nullable, default in sorts:
            for name in names.split():
                yield Column(name, kind, nullable=nullable, server_default=text(default) if default else None)


_TABLES: Final = {
    "events": _Table(
        "team_id event_id", "team_id event_id message", at="received_at",
        ever="answered_at held_until acknowledged_at posting_at", empty="channel thread ending",
        indexes=("team_id message", "received_at"),
    ),
    "conversations": _Table(
        "team_id place", "team_id place subjects", at="expires_at", empty="question", one="page", indexes=("expires_at",)
    ),
    "notices": _Table("team_id kind", "team_id kind", at="told_at"),
    "subscriptions": _Table(
        "team_id id", "team_id id channel owner plan paused_until pause_reason", whole="paused version",
        at="created_at edited_at since", ever="removed_at", indexes=("team_id channel",),
    ),
    "deliveries": _Table(
        "team_id subscription slot part",
        "team_id subscription part channel label state claimed_by ts why facts content thread_ts",
        whole="slot attempt", at="due_at", ever="not_before since",
        indexes=("team_id state not_before", "team_id channel since"),
    ),
    "digest_changes": _Table("team_id subscription seq", "team_id subscription who what", whole="seq", at="at"),
    "teams": _Table("team_id", "team_id why", at="stopped_at", ever="purge_at"),
    "questions": _Table(
        "team_id command text", "team_id command text nearest", whole="times", at="asked_at", indexes=("asked_at",)
    ),
    "question_askers": _Table("team_id command text user_id", "team_id command text user_id", at="asked_at"),
    "question_scope": _Table("team_id command text", "team_id command text", at="settled_at"),
    "feedback": _Table("team_id about user_id", "team_id about user_id", whole="helpful", at="voted_at"),
    "arrivals": _Table("team_id fact", "team_id fact", at="seen_at"),
    "contributions": _Table(
        "team_id seq", "team_id subject deed who name why body", whole="seq", at="at"
    ),
    "shown": _Table(
        "team_id channel thread fact", "team_id channel thread fact", at="shown_at", indexes=("team_id fact", "shown_at")
    ),
    "requests": _Table("team_id signature", "team_id signature claimed_by", at="seen_at", indexes=("seen_at",)),
    "identities": _Table("team_id", "team_id token_hash user_id bot_id enterprise_id"),
    "thread_modes": _Table("team_id channel", "team_id channel mode"),
    "cards": _Table(
        "team_id proposal channel ts", "team_id channel ts", whole="proposal", at="posted_at", empty="reader", zero="shown"
    ),
}  # fmt: skip


def upgrade() -> None:
    here = inspect(op.get_bind())
    there = set(here.get_table_names())
    for name, table in _TABLES.items():
        if name in there:
            _complete(name, table, here)
        else:
            _create(name, table)
    if "events_left" not in _indexes(here, "events", there):
        unanswered = text("answered_at IS NULL")
        op.create_index(
            "events_left", "events", ["held_until"], sqlite_where=unanswered, postgresql_where=unanswered
        )
    _rule()
    # The version before asks this table of what age a state.db is: without it, it leaves the file alone.
    if _LEGACY in there:
        op.drop_table(_LEGACY)


def _create(name: str, table: _Table) -> None:
    key = PrimaryKeyConstraint(*table.key.split(), name=f"pk_{name}")
    op.create_table(name, *table.columns(), key, sqlite_strict=True)
    for index in table.indexes:
        op.create_index(f"idx_{name}_{index.replace(' ', '_')}", name, index.split())


def _complete(name: str, table: _Table, here: Inspector) -> None:
    """Add the columns that came with later versions of 0.1; every one has a default, or may be NULL."""
    known = {column["name"] for column in here.get_columns(name)}
    for column in table.columns():
        if column.name not in known:
            op.add_column(name, column)


def _indexes(here: Inspector, table: str, there: set[str]) -> set[str | None]:
    return {index["name"] for index in here.get_indexes(table)} if table in there else set()


def _rule() -> None:
    """Have the ledger of contributions only grow; what there was of the rule is made anew."""
    here = op.get_bind()
    if here.dialect.name == "sqlite":
        query = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'contributions'")
        for (trigger,) in here.execute(query).all():
            op.execute(f'DROP TRIGGER "{trigger}"')
    for statement in append_only.STATEMENTS[here.dialect.name]:
        here.exec_driver_sql(statement)
