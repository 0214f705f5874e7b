"""The tour waits for whoever reads, and begins by itself once in the life of a workspace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local_slack import Workspace, build_workspace
from bot.local_slack.web.tour import STEPS, Step, Tour


def build(folder: Path) -> Workspace:
    # Port 9 (discard) answers nobody: a step that fails does not end the tour.
    return build_workspace(origin="http://127.0.0.1:9", folder=folder, guided=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    built = build(tmp_path)
    yield built
    built.close()


def number(workspace: Workspace) -> int:
    return workspace.team.tour["number"] if workspace.team.tour else 0


def test_it_is_offered_once(workspace: Workspace) -> None:
    workspace.tour.offer()
    assert number(workspace) == 1
    workspace.tour.stop()

    workspace.tour.offer()
    assert number(workspace) == 0
    workspace.tour.start()
    assert number(workspace) == 1


def test_it_is_not_offered_again_after_a_restart(tmp_path: Path) -> None:
    first = build(tmp_path)
    first.tour.offer()
    first.close()

    again = build(tmp_path)
    again.tour.offer()
    assert number(again) == 0
    again.close()


def test_a_workspace_that_is_not_guided_offers_none() -> None:
    workspace = build_workspace(origin="http://127.0.0.1:9")
    workspace.tour.offer()
    assert number(workspace) == 0
    workspace.close()


def test_a_look_at_the_first_step_does_nothing(workspace: Workspace) -> None:
    workspace.tour.offer()

    assert not any(workspace.team.messages.values())
    workspace.tour.stop()
    assert number(workspace) == 0


def test_it_goes_on_when_asked_and_stays_at_its_end(workspace: Workspace) -> None:
    workspace.tour.start()
    for step in range(2, len(STEPS) + 1):
        workspace.tour.next()
        assert number(workspace) == step
    workspace.tour.next()
    assert number(workspace) == len(STEPS)


def test_next_without_a_tour_does_nothing(workspace: Workspace) -> None:
    workspace.tour.next()

    assert number(workspace) == 0
    assert not any(workspace.team.messages.values())


def test_who_hurries_on_sees_the_next_step_once_the_form_of_the_one_before_is_there(
    workspace: Workspace,
) -> None:
    begun, done = threading.Event(), threading.Event()

    def slowly(_: object) -> None:
        begun.set()
        assert done.wait(5)

    steps = (Step("First.", "app"), Step("Slow.", "app", slowly, opens_form=True), Step("Last.", "app"))
    tour = Tour(workspace.team, workspace.driver, steps)
    tour.start()
    hurried = [threading.Thread(target=tour.next) for _ in range(2)]
    hurried[0].start()
    assert begun.wait(5)
    hurried[1].start()
    assert number(workspace) == 2

    done.set()
    for thread in hurried:
        thread.join()
    assert number(workspace) == 3
