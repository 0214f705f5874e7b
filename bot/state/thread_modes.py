"""How replies in the threads of a channel are read, as its people have set it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from bot.state.database.statements import insert_or_update
from bot.state.errors import UnavailableError
from bot.state.store import Store
from bot.state.tables.schema import thread_modes
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
                of_channel = (thread_modes.c.team_id == team, thread_modes.c.channel == channel)
                row = self._store.row(team, select(thread_modes.c.mode).where(*of_channel))
        except UnavailableError:
            return "mention"
        return _MODES.get(row["mode"], "mention") if row else "mention"

    def set_mode(self, team: str, channel: str, mode: ThreadMode) -> None:
        """Have threads read so from now on."""
        with self._store.writing(team) as db:
            insert_or_update(db, thread_modes, {"team_id": team, "channel": channel, "mode": mode})
