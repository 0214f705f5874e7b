"""Every way in which Slack carries a call out and its answer is lost, or does not say itself whether it did."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.local_slack.state.faults import Faults
from tests.slack.patience import hurried

Lose = Callable[[Faults, str], None]

_LOST: dict[str, Lose] = {
    "dropped": lambda faults, method: faults.drop(method, accepted=True),
    "timed out": lambda faults, method: faults.time_out(method, seconds=3, accepted=True),
    "5xx": lambda faults, method: faults.server_error(method, 502, accepted=True),
    "cut": lambda faults, method: faults.stranger(method, "cut", accepted=True),
    "empty": lambda faults, method: faults.stranger(method, "empty", accepted=True),
    "trickles": lambda faults, method: faults.stranger(method, "trickle", accepted=True, seconds=3),
    "not sure": lambda faults, method: faults.error(method, "internal_error"),
}
_SLOW = frozenset({"timed out", "trickles"})
every_loss = pytest.mark.parametrize(
    "lose",
    [pytest.param(lose, id=name, marks=hurried if name in _SLOW else ()) for name, lose in _LOST.items()],
)
