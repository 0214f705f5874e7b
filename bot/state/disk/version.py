"""Whether the tables of a state.db are those that this version works with."""

from __future__ import annotations

from sqlite_utils import Database

from bot.state.disk.soundness import UnusableError, require_tables
from bot.state.schema import MIGRATIONS

NEWER = (
    "comes from a newer version of YRD Desk: run that version, or put a backup of this one in its place with `yrd restore"
    " FILE`"
)


def newer(db: Database) -> str:
    """Return why this version is too old for `db`, "" where it is not."""
    known = {migration.name for migration in MIGRATIONS._migrations}
    return NEWER if {migration.name for migration in MIGRATIONS.applied(db)} - known else ""


def problem(db: Database) -> str:
    """Return why this version cannot work with the tables of `db` as they are, "" where it can."""
    try:
        if not (found := newer(db)):
            require_tables(db.conn)
    except UnusableError as error:
        return str(error)
    return found
