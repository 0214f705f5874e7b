"""Which bots run, what was made of commits whose confirmation was lost, and on PostgreSQL the rule that no team sees
another's rows.
"""

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
    _create("outcomes", (), "at")
    _create("processes", ("host", "base"), "seen_at")
    here = inspect(op.get_bind())
    if here.dialect.name != "postgresql":
        return
    for table in here.get_table_names():
        if any(column["name"] == "team_id" for column in here.get_columns(table)):
            for statement in row_security.statements(table):
                op.execute(statement)


def _create(name: str, words: tuple[str, ...], at: str) -> None:
    op.create_table(
        name,
        *(Column(one, _WORDS, nullable=False) for one in ("team_id", "id", *words)),
        Column(at, _SECONDS, nullable=False),
        PrimaryKeyConstraint("team_id", "id", name=f"pk_{name}"),
        sqlite_strict=True,
    )
    op.create_index(f"idx_{name}_{at}", name, [at])
