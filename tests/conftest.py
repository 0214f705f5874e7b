"""What all tests share: the fact base built once from the project's own seeds."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from bot.encoder import installed
from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from handlers.target import Target
from knowledge import build
from knowledge.base import FactBase
from knowledge.search.vectors.embeddings import Encoder

if TYPE_CHECKING:
    from bot.state.store import Store
    from tests.postgresql import Databases

# A socket client that a test has closed may still be asking for an address when pytest ends; what it then logs
# would stand behind pytest's closing line.
for _name in ("slack_sdk", "bot"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
# A slow machine is no failed property.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# What has to do with the encoder asks for it; all else is the same with it and without.
os.environ["LIGHT"] = "1"

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    """Databases on a PostgreSQL; where there is none, its tests skip."""
    from tests.postgresql import databases

    with databases() as given:
        yield given


@pytest.fixture
def url(postgresql: Databases) -> Iterator[str]:
    """The URL of a database with the bot's tables, gone after the test."""
    with postgresql.database() as url:
        yield url


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """What opens the same state each time it is called: a state.db, or what the test is parametrised with (see tests/both.py)."""
    if getattr(request, "param", "sqlite") == "sqlite":
        from tests.state.walls import WatchedStore

        yield lambda: WatchedStore.open(tmp_path / "state.db")
        return
    given: Databases = request.getfixturevalue("postgresql")
    with given.opening() as opened:
        yield opened


@pytest.fixture(scope="session")
def facts_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """facts.db as `yrd build` makes it from the project's seeds."""
    return built_once(tmp_path_factory, "facts.db", None)


@pytest.fixture(scope="session")
def dense_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """facts.db as `yrd build` makes it where there is an encoder."""
    return built_once(tmp_path_factory, "dense.db", installed())


def built_once(tmp_path_factory: pytest.TempPathFactory, name: str, encoder: Encoder | None) -> Path:
    """Return the fact base of that name, which the first that asks for it builds, and no other process."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    target = folder / name
    with target.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            build.build(SEEDS, target, encoder)
    return target


@pytest.fixture
def data_folder(facts_db: Path, tmp_path: Path) -> Path:
    """A data folder of the bot's with the fact base in it, so that what starts there starts at once."""
    return with_base(tmp_path, facts_db)


@pytest.fixture(scope="module")
def shared_data_folder(facts_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for all tests of a module together."""
    return with_base(tmp_path_factory.mktemp("data"), facts_db)


def with_base(folder: Path, facts_db: Path) -> Path:
    """Return a folder with a copy of the fact base in it."""
    shutil.copy(facts_db, folder / "facts.db")
    return folder


@pytest.fixture(scope="session")
def base(facts_db: Path) -> FactBase:
    return FactBase.open(facts_db)


@pytest.fixture(scope="session")
def services(base: FactBase) -> Services:
    return Services(base)


class Asker:
    """Asks the engine as every adapter does."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def __call__(
        self,
        text: str,
        command: str = QUESTION,
        page: int = 1,
        context: tuple[str, ...] = (),
        verb: str | None = None,
        target: Target | None = None,
    ) -> Answer:
        asked = Request(text, NOW, command, page=page, context=context, verb=verb, target=target)
        return reply(self.services, asked)


@pytest.fixture(scope="session")
def ask(services: Services) -> Asker:
    return Asker(services)
