"""Keeps the workspace between runs: workspace.json and workspace-files in YRD_DATA_DIR. Derived; safe to delete.

Messages, the files that the bot uploaded with them, direct messages, who is in which channel, and how far the clock
was put forward. Not what one person alone saw, modals and Home tabs, faults, or any token.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.clock import MovableClock
from bot.local_slack.state.records import Channel, File, Message
from bot.local_slack.state.team import Team

LOG = logging.getLogger(__name__)
STATE_FILE: Final = "workspace.json"
FILES_FOLDER: Final = "workspace-files"
MESSAGES: Final = 500
# Seconds in which changes gather before they are written.
PAUSE: Final = 0.5


class Persistence:
    """Puts a team back as `path` has it, then writes it there whenever it changed, in a thread of its own."""

    def __init__(self, team: Team, path: Path, clock: MovableClock | None = None) -> None:
        self._team = team
        self._path = path
        self._clock = clock
        self._stop = threading.Event()
        self._written = -1
        self._thread = threading.Thread(target=self._run, name="workspace-persistence", daemon=True)

    def start(self) -> None:
        """Read what there is and begin to write. A file that cannot be read is put aside, not overwritten."""
        self._make_private()
        try:
            if self._path.exists():
                self._restore(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            LOG.warning(
                "the workspace's file cannot be read and is put aside", extra={"error": type(error).__name__}
            )
            self._put_aside()
        self._written = self._team.version
        self._thread.start()

    def close(self) -> None:
        """Write what changed last, and end."""
        self._stop.set()
        self._thread.join()
        self._write()

    def _run(self) -> None:
        while not self._stop.wait(PAUSE):
            self._write()

    def _write(self) -> None:
        with self._team.lock:
            if self._team.version == self._written:
                return
            version, held = self._team.version, snapshot(self._team, self._clock)
        try:
            self._write_files()
            write_private(self._path, json.dumps(held, ensure_ascii=False).encode())
        except OSError as error:
            LOG.warning("the workspace was not kept", extra={"error": str(error)})
        self._written = version

    def _write_files(self) -> None:
        folder = self._path.parent / FILES_FOLDER
        for file in list(self._team.files.values()):
            if file.content and not (folder / file.id).exists():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_private(folder / file.id, file.content)

    def _file(self, entry: Json) -> File | None:
        """A file as it was kept; None when its content is gone."""
        try:
            content = (self._path.parent / FILES_FOLDER / Path(str(entry["id"])).name).read_bytes()
        except OSError:
            return None
        return File(**(entry | {"content": content}))

    def _restore(self, held: Json) -> None:
        channels = [_channel(entry) for entry in held["channels"]]
        messages = [_message(entry) for entry in held["messages"]]
        files = [file for entry in held.get("files", ()) if (file := self._file(entry))]
        with self._team.changed:
            self._team.files.update((file.id, file) for file in files)
            for channel in channels:
                self._take(channel)
            known = [m for m in messages if m.channel in self._team.channels and m.user in self._team.users]
            for message in known:
                message.version = self._team.version
                self._team.messages[message.channel].append(message)
            if self._clock is not None:
                self._clock.ahead = max(float(held["ahead"]), 0.0)
            self._team.touch()

    def _take(self, channel: Channel) -> None:
        """Take a channel as it was left. The seed decides which there are, but for direct messages."""
        people = channel.members & self._team.users.keys()
        if channel.im_with in self._team.users:
            seeded = self._team.im(channel.im_with)
            del self._team.channels[seeded.id], self._team.messages[seeded.id]
            self._team.add_channel(channel)
        elif channel.id in self._team.channels:
            self._team.channels[channel.id].members = people

    def _make_private(self) -> None:
        """Take from others the right to what an older version kept."""
        folder = self._path.parent / FILES_FOLDER
        for kept, mode in (
            (self._path, 0o600),
            (folder, 0o700),
            *((file, 0o600) for file in folder.glob("*")),
        ):
            try:
                if kept.exists():
                    kept.chmod(mode)
            except OSError as error:
                LOG.warning("%s may be open to others: %s", kept.name, error.strerror)

    def _put_aside(self) -> None:
        try:
            os.replace(self._path, self._path.with_suffix(".unreadable"))
        except OSError as error:
            LOG.warning("the workspace's file cannot be put aside", extra={"error": str(error)})


def snapshot(team: Team, clock: MovableClock | None) -> Json:
    """Return what is kept, as JSON."""
    with team.lock:
        return {
            "ahead": clock.ahead if clock is not None else 0.0,
            "channels": [asdict(c) | {"members": sorted(c.members)} for c in team.channels.values()],
            "files": [asdict(f) | {"content": ""} for f in team.files.values() if f.content],
            "messages": [
                asdict(message)
                for channel in team.channels
                for message in team.messages[channel][-MESSAGES:]
                if not message.deleted and not message.only_for
            ],
        }


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}.new")
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)


def _channel(entry: dict[str, Any]) -> Channel:
    return Channel(**{f.name: entry[f.name] for f in fields(Channel)} | {"members": set(entry["members"])})


def _message(entry: dict[str, Any]) -> Message:
    return Message(**{f.name: entry[f.name] for f in fields(Message) if f.name in entry})
