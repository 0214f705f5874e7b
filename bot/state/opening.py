"""Which state the settings name: a state.db, or a database on a server."""

from __future__ import annotations

from bot.settings import Settings
from bot.state.store import Store


def open_state(settings: Settings, *, may_be_away: bool = False) -> Store:
    """Open the state that `settings` name, bring its tables up to date and return it. StateError when it cannot be used.

    With `may_be_away` one that another program holds, or whose server is away, is opened by whoever first uses it later.
    """
    if settings.database_url is not None:
        return Store.connect(settings.database_url.get_secret_value(), may_be_away=may_be_away)
    return Store.open(settings.state_db, may_be_locked=may_be_away)
