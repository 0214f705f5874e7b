"""A state.db that was put back does not know what was posted since: the channel is read before anything is posted again."""

from __future__ import annotations

from pathlib import Path

from bot.state.copies.backup import backup, restore
from tests.digests.office import Office, nine
from tests.state import raw


def test_after_a_restore_what_was_posted_since_the_backup_is_read_back_and_not_posted_again(
    office: Office, tmp_path: Path
) -> None:
    office.subscribe()
    copy = tmp_path / "copy.db"
    backup(raw.path_of(office.store), copy)
    office.at(9)
    office.at(9, day=1)
    posted = len(office.posts())
    office.round.worker.stop()
    office.store.close()
    restore(copy, raw.path_of(office.store), office.clock.moment())
    office.reopen()
    for _ in range(4):
        office.tick(minutes=1)
    assert office.states() == ["posted", "posted"]
    assert len(office.posts()) == posted == 2
    assert office.planned() == [nine(2)]
