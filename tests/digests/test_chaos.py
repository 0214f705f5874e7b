"""kill -9 at random moments, while Slack drops, delays, limits and fails: every slot is posted once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.digests.storm import Report, Storm


def check(report: Report, kills: int) -> None:
    print(report, f"slowest end {max(report.ends, default=0):.1f} s")
    assert kills <= report.kills.total() <= kills + 1
    assert (report.double, report.lost, report.unexplained) == ([], [], [])
    assert report.too_fast == []


@pytest.mark.parametrize("processes", [1, 2])
def test_no_slot_is_doubled_or_lost_when_bots_are_killed(processes: int, tmp_path: Path) -> None:
    check(Storm(tmp_path, kills=15, processes=processes, seed=processes).rage(), kills=15)


@pytest.mark.chaos
@pytest.mark.parametrize("processes", [1, 2])
def test_no_slot_is_doubled_or_lost_in_300_kills(processes: int, tmp_path: Path) -> None:
    check(Storm(tmp_path, kills=300, processes=processes, seed=20261122 + processes).rage(), kills=300)
