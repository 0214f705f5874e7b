"""What `yrd doctor` says of state: of a state.db, or of the database on a server, and of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.cli.findings import installations
from bot.cli.findings.finding import Finding
from bot.plural import plural
from bot.settings import Settings
from bot.state.database.sqlite import is_older_version, verify
from bot.state.disk import files
from bot.state.errors import StateError
from bot.state.every_row import unreadable_rows
from bot.state.processes import StoredProcesses, apart
from bot.state.store import Store

# Seconds. Leases and schedules go by the server's clock, what Slack signed by this machine's.
_APART: Final = 30


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield how state is and, row by row, what of it cannot be read. Nothing is changed."""
    if settings.database_url is not None:
        yield from _server(settings, settings.database_url.get_secret_value())
        return
    path = settings.state_db
    try:
        verify(path)
        if not files.is_there(path):
            yield Finding("state", "note", f"{path} does not exist yet", "The first start makes it.")
            return
        store = Store.look(path)
    except (StateError, OSError) as error:
        yield Finding("state", "FAIL", str(error))
        return
    with closing(store):
        is_older = is_older_version(path)
        yield _file(store, path, is_older=is_older)
        if not is_older:
            yield from _rows(settings, store)


def _file(store: Store, path: Path, *, is_older: bool) -> Finding:
    if not store.is_writable():
        return Finding("state", "FAIL", f"{path} cannot be written", "Check its owner, and the disk.")
    if left := files.left_of_a_restore(path):
        return Finding(
            "state",
            "note",
            f"{path} is the old one: a restore was cut off",
            f"Run it again, or delete {left}.",
        )
    if is_older:
        said = f"{path} is sound, and of an older version"
        return Finding("state", "note", said, "The next start brings it up to date.")
    return Finding("state", "ok", f"{path} is sound and can be written")


def _server(settings: Settings, url: str) -> Iterator[Finding]:
    try:
        store = Store.look_at(url)
    except StateError as error:
        yield Finding("state", "FAIL", str(error))
        return
    with closing(store):
        backend = store.backend
        try:
            is_behind = store.is_behind()
        except StateError as error:
            yield Finding("state", "FAIL", str(error))
            return
        if is_behind:
            said = f"{backend.name} is of an older version, or has no tables yet"
            yield Finding("state", "note", said, "`yrd migrate`, or the next start, brings it up to date.")
            return
        if problem := backend.problem():
            yield Finding("state", "FAIL", problem)
            return
        if not store.is_writable():
            yield Finding("state", "FAIL", backend.unwritable)
            return
        yield Finding("state", "ok", f"{backend.name} is up to date and can be written")
        if store.sees_all():
            yield Finding(
                "state",
                "note",
                "its user is held to no row-level security: one wall less between workspaces",
                "Give the bot a user that is no superuser and has no BYPASSRLS.",
            )
        off = (datetime.now(UTC) - store.now()).total_seconds()
        if abs(off) > _APART:
            said = f"this machine's clock is {abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} the database's"
            yield Finding("state", "note", said, "Turn on NTP on both.")
        running = StoredProcesses(store).running(store.now())
        if found := apart(running):
            advice = "Build the same seeds on every machine, and start each bot again."
            yield Finding("processes", "note", found, advice)
        elif running:
            said = f"{len(running)} {plural(len(running), 'bot')} at work, from base {running[0].short}"
            yield Finding("processes", "ok", said)
        yield from _rows(settings, store)


def _rows(settings: Settings, store: Store) -> Iterator[Finding]:
    if settings.slack_client_id:
        yield from installations.findings(settings, store)
    if lost := unreadable_rows(store):
        said = f"{len(lost)} {plural(len(lost), 'row')} cannot be read: {', '.join(lost[:5])}"
        advice = (
            "The rest goes on. Run the version of YRD Desk that wrote them, put back a backup with `yrd restore FILE`,"
            " or end such digests with /yrd-digest unsubscribe."
        )
        yield Finding("rows", "FAIL", said, advice)
