"""How replies in the threads of a channel are read, as its people have set it."""

from __future__ import annotations

import sqlite3
from typing import Final

from bot.state.store import Store
from handlers.ports import ThreadMode

_MODES: Final[dict[object, ThreadMode]] = {"mention": "mention", "questions": "questions"}


class StoredThreadModes:
    """The port ThreadModes, on state.db. While that cannot be read a mention is waited for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mode(self, team: str, channel: str) -> ThreadMode:
        """Return how threads are read there: "mention" unless it was set otherwise."""
        try:
            with self._store.promptly():
                rows = list(
                    self._store.connection().query(
                        "SELECT mode FROM thread_modes WHERE team_id = ? AND channel = ?", [team, channel]
                    )
                )
        except sqlite3.OperationalError:
            return "mention"
        return next((_MODES.get(row["mode"], "mention") for row in rows), "mention")

    def set_mode(self, team: str, channel: str, mode: ThreadMode) -> None:
        """Have threads read so from now on."""
        with self._store.writing() as db:
            db.table("thread_modes").upsert(
                {"team_id": team, "channel": channel, "mode": mode}, pk=("team_id", "channel")
            )
