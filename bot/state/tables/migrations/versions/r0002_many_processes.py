"""What was made of commits whose confirmation was lost, and on PostgreSQL the rule that no team sees another's rows."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import Column, Double, PrimaryKeyConstraint, Text, inspect
from sqlalchemy.dialects.sqlite import REAL, TEXT
from sqlalchemy.types import TypeEngine

from bot.state.tables import row_security

revision = "0002"
down_revision = "0001"

_WORDS: Final[TypeEngine[str]] = Text(collation="C").with_variant(TEXT(), "sqlite")
_SECONDS: Final[TypeEngine[float]] = Double().with_variant(REAL(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outcomes",
        Column("team_id", _WORDS, nullable=False),
        Column("id", _WORDS, nullable=False),
        Column("at", _SECONDS, nullable=False),
        PrimaryKeyConstraint("team_id", "id", name="pk_outcomes"),
        sqlite_strict=True,
    )
    op.create_index("idx_outcomes_at", "outcomes", ["at"])
    here = inspect(op.get_bind())
    if here.dialect.name != "postgresql":
        return
    for table in here.get_table_names():
        if any(column["name"] == "team_id" for column in here.get_columns(table)):
            for statement in row_security.statements(table):
                op.execute(statement)
