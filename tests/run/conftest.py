"""A data folder with a built fact base, made once, so that a bot starts at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import build
from tests.run.bot_process import SEEDS


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "facts.db"
    build.ensure(SEEDS, path)
    return path


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    shutil.copy(built, tmp_path / "facts.db")
    return tmp_path
