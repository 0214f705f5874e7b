"""How long a bot of the tests waits for an answer of the local Slack: long, as other tests may have the processor, unless a test
lets Slack be slow.
"""

from __future__ import annotations

from typing import Final

import pytest

PATIENT: Final = 10.0
"""Seconds, as in production."""
HURRIED: Final = 2.0
"""Seconds of a bot whose Slack is to take longer."""
hurried = pytest.mark.hurried


def patience(request: pytest.FixtureRequest) -> float:
    """Return the seconds that the bot of this test waits."""
    return HURRIED if request.node.get_closest_marker("hurried") else PATIENT
