"""What a restored state.db does not know is looked for before anything is posted again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.state.copies.backup import backup, restore
from bot.state.events import StoredEvents
from bot.state.store import Store
from tests.state import raw
from tests.state.test_events import LINE, MINUTE, NOW, _endings, _left_by_another, _lines


def test_nobody_is_told_of_what_a_backup_has_unanswered(store: Store, tmp_path: Path) -> None:
    _left_by_another(store)
    copy = tmp_path / "copy.db"
    backup(raw.path_of(store), copy)
    restore(copy, tmp_path / "restored" / "state.db", NOW + MINUTE)
    with closing(Store.open(tmp_path / "restored" / "state.db")) as restored:
        assert StoredEvents(restored).keep_up(NOW + MINUTE, LINE) == 0
        assert (_endings(restored), _lines(restored)) == (["unknown"], [])
