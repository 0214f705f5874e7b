"""Where Slack does not take the bot's token, lists of digests say first that nothing is posted."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.state.store import Store
from bot.state.teams import StoredTeams
from tests.conftest import NOW
from tests.handlers.digests.desk import TEAM, Desk

SAID = "Slack does not take my token, so I post nothing here until the app is installed again."


def stop(folder: Path, team: str) -> None:
    with closing(Store.open(folder / "state.db")) as store:
        StoredTeams(store).stop(team, "token_expired", NOW, None)


@pytest.mark.parametrize("typed", ["list", "show 1", "show", "next"])
def test_a_workspace_whose_token_is_not_taken_is_told_so_first(
    desk: Desk, typed: str, tmp_path: Path
) -> None:
    desk.has("ports")
    assert SAID not in desk.typed(typed).notes
    stop(tmp_path, TEAM)
    assert desk.typed(typed).notes[0] == SAID


def test_so_is_one_without_a_digest_and_one_with_several(desk: Desk, tmp_path: Path) -> None:
    stop(tmp_path, TEAM)
    assert desk.typed("list").notes[0] == SAID
    for _ in range(2):
        desk.has("ports")
    assert desk.typed("list").notes[0] == SAID


def test_it_is_said_until_the_token_is_taken_again_and_to_no_other_workspace(
    desk: Desk, tmp_path: Path
) -> None:
    desk.has("ports")
    stop(tmp_path, "T2")
    assert SAID not in desk.typed("list").notes
    with closing(Store.open(tmp_path / "state.db")) as store:
        teams = StoredTeams(store)
        teams.stop(TEAM, "app_uninstalled", NOW, timedelta(days=30))
        assert desk.typed("list").notes[0] == SAID
        teams.restart(TEAM)
        assert SAID not in desk.typed("list").notes
