"""The desk that digests are asked for at."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import FactBase
from tests.handlers.digests.desk import Desk


@pytest.fixture
def desk(base: FactBase, tmp_path: Path) -> Desk:
    """A desk of its own, without a digest."""
    return Desk.of(base, tmp_path)
