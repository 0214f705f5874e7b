"""Workspaces that installed the app by OAuth, with their tokens, and who is about to; which process delivers for each; their time zones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Double, PrimaryKeyConstraint, Text, inspect, text
from sqlalchemy.dialects.sqlite import INTEGER, REAL, TEXT
from sqlalchemy.types import TypeEngine

from bot.state.tables import row_security

revision = "0003"
down_revision = "0002"

_WORDS: Final[TypeEngine[str]] = Text(collation="C").with_variant(TEXT(), "sqlite")
_WHOLE: Final[TypeEngine[int]] = BigInteger().with_variant(INTEGER(), "sqlite")
_SECONDS: Final[TypeEngine[float]] = Double().with_variant(REAL(), "sqlite")
_IS_SO: Final[TypeEngine[bool]] = Boolean().with_variant(INTEGER(), "sqlite")
_OF_BOT: Final = (
    "app_id",
    "enterprise_id",
    "enterprise_name",
    "team_name",
    "bot_token",
    "bot_id",
    "bot_user_id",
)
_ALSO: Final = (
    "enterprise_url", "bot_scopes", "bot_refresh_token", "user_token", "user_scopes", "user_refresh_token",
    "incoming_webhook_url", "incoming_webhook_channel", "incoming_webhook_channel_id",
    "incoming_webhook_configuration_url", "token_type",
)  # fmt: skip


def upgrade() -> None:
    _create(
        "slack_bots", "team_id", ("client_id", "team_id"), (*_OF_BOT, "bot_scopes", "bot_refresh_token"),
        [*_times("bot_token_expires_at"), *_installed(), *_times("renewing_until", "checked_at")],
    )  # fmt: skip
    _create(
        "slack_installations", "team_id", ("client_id", "team_id", "user_id"), (*_OF_BOT, *_ALSO),
        [*_times("bot_token_expires_at", "user_token_expires_at"), *_installed()],
    )  # fmt: skip
    _create(
        "slack_oauth_states",
        "state",
        ("team_id", "state"),
        (),
        [Column("expire_at", _SECONDS, nullable=False)],
    )
    op.create_table(
        "turns",
        *(Column(one, _WORDS, nullable=False) for one in ("team_id", "held_by")),
        *(Column(one, _SECONDS, nullable=False) for one in ("held_until", "read_after")),
        PrimaryKeyConstraint("team_id", name="pk_turns"),
        sqlite_strict=True,
    )
    _secure("turns")
    op.create_table(
        "team_zones",
        *(Column(one, _WORDS, nullable=False) for one in ("team_id", "zone")),
        PrimaryKeyConstraint("team_id", name="pk_team_zones"),
        sqlite_strict=True,
    )
    _secure("team_zones")
    for index, column, where in (
        ("deliveries_due", "not_before", "not_before IS NOT NULL"),
        ("deliveries_claimed", "since", "state = 'claimed'"),
    ):
        op.create_index(index, "deliveries", [column], sqlite_where=text(where), postgresql_where=text(where))


def _times(*names: str) -> list[Column[Any]]:
    return [Column(name, _SECONDS) for name in names]


def _installed() -> list[Column[Any]]:
    return [
        Column("is_enterprise_install", _IS_SO, nullable=False),
        Column("installed_at", _SECONDS, nullable=False),
    ]


def _create(
    name: str, indexed: str, needed: Sequence[str], optional: Sequence[str], rest: Sequence[Column[Any]]
) -> None:
    op.create_table(
        name,
        Column("id", _WHOLE, nullable=False, autoincrement=True),
        *(Column(one, _WORDS, nullable=False) for one in needed),
        *(Column(one, _WORDS) for one in optional),
        *rest,
        PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sqlite_strict=True,
    )
    op.create_index(f"idx_{name}_{indexed}", name, [indexed])
    _secure(name)


def _secure(name: str) -> None:
    if inspect(op.get_bind()).dialect.name == "postgresql":
        for statement in row_security.statements(name):
            op.execute(statement)
