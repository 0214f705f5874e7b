"""Bringing a database up to date, within a transaction of its caller."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.state.tables.schema import REVISION, VERSION_TABLE, metadata


def revision(connection: Connection) -> str:
    """Return the revision that the tables of a database are of, "" where it has none of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - the name is ours
    return str(found or "")


def create(connection: Connection) -> None:
    """Make every table as it is now in a database that has none of ours."""
    metadata.create_all(connection, checkfirst=False)
    connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES (:now)"), {"now": REVISION})  # noqa: S608


def upgrade(connection: Connection) -> None:
    """Make what is missing, and change what is of an earlier revision."""
    # Only who has something to change waits for Alembic to be loaded.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
