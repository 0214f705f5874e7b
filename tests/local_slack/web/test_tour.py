"""The tour waits for whoever reads, and each tab of a browser goes through it by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local_slack import Workspace, build_workspace
from bot.local_slack.web.tour import MOST_TABS, STEPS, Step, Tour

TAB, OTHER = "tab-1", "tab-2"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    # Port 9 (discard) answers nobody: a step that fails does not end the tour.
    built = build_workspace(origin="http://127.0.0.1:9", folder=tmp_path, guided=True)
    yield built
    built.close()


def number(tour: Tour, tab: str = TAB) -> int:
    shown = tour.shown(tab)
    return int(shown["number"]) if shown else 0


def test_a_look_at_the_first_step_does_nothing(workspace: Workspace) -> None:
    workspace.tour.start(TAB)

    assert number(workspace.tour) == 1
    assert not any(workspace.team.messages.values())
    workspace.tour.stop(TAB)
    assert number(workspace.tour) == 0


def test_it_goes_on_when_asked_and_stays_at_its_end(workspace: Workspace) -> None:
    workspace.tour.start(TAB)
    for step in range(2, len(STEPS) + 1):
        workspace.tour.next(TAB)
        assert number(workspace.tour) == step
    workspace.tour.next(TAB)
    assert number(workspace.tour) == len(STEPS)


def test_next_without_a_tour_does_nothing(workspace: Workspace) -> None:
    workspace.tour.next(TAB)

    assert number(workspace.tour) == 0
    assert not any(workspace.team.messages.values())


def test_one_tab_does_not_lead_another(workspace: Workspace) -> None:
    tour = workspace.tour
    tour.start(TAB)
    tour.next(TAB)
    assert (number(tour, TAB), number(tour, OTHER)) == (2, 0)

    tour.start(OTHER)
    assert (number(tour, TAB), number(tour, OTHER)) == (2, 1)
    tour.stop(OTHER)
    assert (number(tour, TAB), number(tour, OTHER)) == (2, 0)
    tour.start(TAB)
    assert number(tour, TAB) == 1


def test_what_is_called_for_from_outside_begins_in_the_one_tab_that_is_looked_at_next(
    workspace: Workspace,
) -> None:
    tour = workspace.tour
    tour.look(TAB)
    assert number(tour, TAB) == 0

    tour.call()
    tour.look(TAB)
    tour.look(OTHER)

    assert (number(tour, TAB), number(tour, OTHER)) == (1, 0)


def test_tabs_that_were_closed_in_the_middle_are_forgotten_in_time(workspace: Workspace) -> None:
    for closed in range(MOST_TABS):
        workspace.tour.start(f"closed-{closed}")
    workspace.tour.start(TAB)

    assert (number(workspace.tour, "closed-0"), number(workspace.tour, "closed-1")) == (0, 1)
    assert number(workspace.tour) == 1


def test_who_hurries_on_sees_the_next_step_once_the_form_of_the_one_before_is_there(
    workspace: Workspace,
) -> None:
    begun, done = threading.Event(), threading.Event()

    def slowly(_: object) -> None:
        begun.set()
        assert done.wait(5)

    steps = (Step("First.", "app"), Step("Slow.", "app", slowly, opens_form=True), Step("Last.", "app"))
    tour = Tour(workspace.team, workspace.driver, steps)
    tour.start(TAB)
    hurried = [threading.Thread(target=tour.next, args=[TAB]) for _ in range(2)]
    hurried[0].start()
    assert begun.wait(5)
    hurried[1].start()
    assert number(tour) == 2

    done.set()
    for thread in hurried:
        thread.join()
    assert number(tour) == 3
