"""kill -9 at random moments, while Slack drops, delays, limits and fails: every slot is posted once.

On PostgreSQL its server is killed as well, connections are cut as something is committed, and no machine's clock is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.digests.aftermath import Report
from tests.digests.kept_in import File, Server
from tests.digests.storm import Storm
from tests.postgresql import programs

APART_SECONDS = 180.0


def check(report: Report, kills: int, processes: int) -> None:
    print(report, f"slowest end {max(report.ends, default=0):.1f} s")
    # Now and then all processes are killed at once.
    assert kills <= report.kills.total() < kills + processes
    assert (report.double, report.lost, report.unexplained) == ([], [], [])
    assert report.too_fast == []


@pytest.fixture
def served() -> Iterator[Callable[[int], Server]]:
    """What gives a server of the storm's own."""
    with ExitStack() as servers:
        yield lambda seed: servers.enter_context(closing(Server(programs(), seed)))


@pytest.mark.parametrize("processes", [1, 2])
def test_no_slot_is_doubled_or_lost_when_bots_are_killed(processes: int, tmp_path: Path) -> None:
    check(Storm(File(tmp_path), 15, processes, seed=processes).rage(), 15, processes)


@pytest.mark.slow
@pytest.mark.parametrize(("processes", "teams"), [(2, 1), (2, 3)])
def test_nor_is_one_where_the_server_is_killed_too_and_clocks_are_apart(
    processes: int, teams: int, served: Callable[[int], Server]
) -> None:
    storm = Storm(
        served(teams), 12, processes, seed=teams,
        teams=teams, server_kills=2, apart=APART_SECONDS, gap=0.8, digests=30,
    )  # fmt: skip
    report = storm.rage()
    check(report, 12, processes)
    assert report.kills_of_the_server == 2


@pytest.mark.chaos
@pytest.mark.parametrize("processes", [1, 2])
def test_no_slot_is_doubled_or_lost_in_300_kills(processes: int, tmp_path: Path) -> None:
    check(Storm(File(tmp_path), 300, processes, seed=20261122 + processes).rage(), 300, processes)


@pytest.mark.chaos
@pytest.mark.parametrize("processes", [2, 4])
def test_nor_is_one_in_300_kills_and_30_of_the_server(
    processes: int, served: Callable[[int], Server]
) -> None:
    seed = 20261129 + processes
    storm = Storm(
        served(seed), 300, processes, seed,
        teams=3, server_kills=30, apart=APART_SECONDS, gap=0.6, digests=360,
    )  # fmt: skip
    report = storm.rage()
    check(report, 300, processes)
    assert report.kills_of_the_server == 30
    assert report.cuts.total() >= 30
