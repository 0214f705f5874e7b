"""What all tests share: the fact base built once from the project's own seeds."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from handlers.target import Target
from knowledge import build
from knowledge.base import FactBase

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
def facts_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """facts.db as `yrd build` makes it from the project's seeds."""
    target = tmp_path_factory.mktemp("base") / "facts.db"
    build.build(SEEDS, target)
    return target


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
