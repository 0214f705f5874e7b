"""A picture that the bot uploaded is still there after a restart."""

from __future__ import annotations

from pathlib import Path

from bot.local_slack.state.identity import new_identity
from bot.local_slack.state.persistence import FILES_FOLDER, STATE_FILE, Persistence
from bot.local_slack.state.records import File
from bot.local_slack.state.seed import populate
from bot.local_slack.state.team import Team

PICTURE = File("F1", "a.png", "what it shows", 4, "ticket", "A", b"\x89PNG")


def _kept(folder: Path) -> Team:
    team = populate(Team(new_identity()))
    persistence = Persistence(team, folder / STATE_FILE)
    persistence.start()
    persistence.close()
    return team


def _leave_a_picture(folder: Path) -> None:
    team = populate(Team(new_identity()))
    persistence = Persistence(team, folder / STATE_FILE)
    persistence.start()
    team.files["F1"] = PICTURE
    team.post("general", team.identity.bot_user, "Here", files=["F1"])
    persistence.close()


def test_a_picture_outlives_a_restart(tmp_path: Path) -> None:
    _leave_a_picture(tmp_path)
    team = _kept(tmp_path)
    assert team.files["F1"] == PICTURE
    assert [m.files for m in team.posts("general") if m.files] == [["F1"]]


def test_a_picture_whose_file_was_deleted_is_left_out(tmp_path: Path) -> None:
    _leave_a_picture(tmp_path)
    (tmp_path / FILES_FOLDER / "F1").unlink()
    team = _kept(tmp_path)
    assert team.files == {}
    assert any(m.text == "Here" for m in team.posts("general"))
