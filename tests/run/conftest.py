"""A bot starts at once: its data folder has a fact base."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(data_folder: Path) -> Path:
    return data_folder
