"""`yrd backup`, `yrd restore` and `yrd migrate`: state as a whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from bot.cli.command import DONE, PROBLEMS, WRONG, Command, complain, usable, with_settings
from bot.plural import plural
from bot.settings import Settings
from bot.state.copies import carrying
from bot.state.copies.backup import backup as write_backup
from bot.state.copies.backup import restore as put_back
from bot.state.errors import StateError
from bot.state.opening import open_state

_ON_A_SERVER: Final = (
    "State is in the PostgreSQL of YRD_DATABASE_URL, and `{command}` is for state.db: {tool}."
)


@click.command(cls=Command, help="write a copy of state.db to FILE")
@click.argument("file", type=click.Path(path_type=Path))
@with_settings
def backup(settings: Settings, file: Path) -> int:
    """Copy what people told the bot."""
    if settings.database_url is not None:
        tool = "use pg_dump as docs/operations.md says under Backup (otherwise it fails, or dumps no rows)"
        return complain(_ON_A_SERVER.format(command="yrd backup", tool=tool), WRONG)
    try:
        with usable(file, "used"):
            write_backup(settings.state_db, file)
    except StateError as error:
        return complain(str(error), PROBLEMS)
    print(f"{file} holds a copy of {settings.state_db}.")
    return DONE


@click.command(cls=Command, help="put FILE in place of state.db")
@click.argument("file", type=click.Path(path_type=Path))
@with_settings
def restore(settings: Settings, file: Path) -> int:
    """Put a copy in place, and the old one aside."""
    if settings.database_url is not None:
        tool = (
            "use pg_restore as docs/operations.md says under Backup (otherwise half a dump empties the database),"
            " or `yrd migrate --from FILE` to carry a state.db over"
        )
        return complain(_ON_A_SERVER.format(command="yrd restore", tool=tool), WRONG)
    try:
        with usable(file, "used"):
            aside = put_back(file, settings.state_db, datetime.now(UTC))
    except StateError as error:
        return complain(str(error), PROBLEMS)
    kept = f" The old one is {aside}." if aside else ""
    print(f"{settings.state_db} is now {file}.{kept}")
    return DONE


@click.command(
    cls=Command, help="bring the tables of state up to date, or carry a state.db over to PostgreSQL"
)
@click.option(
    "--from",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="a state.db, whose bot is stopped, to copy into the database of YRD_DATABASE_URL, which nobody has used yet",
)
@with_settings
def migrate(settings: Settings, file: Path | None) -> int:
    """Do what a start would do, ahead of it."""
    if file is not None and settings.database_url is None:
        return complain("Set YRD_DATABASE_URL to the PostgreSQL that FILE is to be carried to.", WRONG)
    try:
        if file is not None:
            carrying.check(file)
        store = open_state(settings)
    except StateError as error:
        return complain(str(error), PROBLEMS)
    try:
        if file is None:
            print(f"{store.backend.name} is up to date.")
            return DONE
        carried = sum(carrying.carry_over(file, store).values())
    except StateError as error:
        return complain(str(error), PROBLEMS)
    except OSError as error:
        said = f"{file} cannot be read where it lies ({error.strerror}): copy it to a folder that can be written."
        return complain(said, PROBLEMS)
    finally:
        store.close()
    print(
        f"{store.backend.name} now holds the {carried:,} {plural(carried, 'row')} of {file}, which is left as it was."
    )
    return DONE
