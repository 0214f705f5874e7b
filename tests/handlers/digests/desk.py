"""A desk with digests in a channel, asked as people ask it: `/yrd-digest …` there, or in direct messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Literal

from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.answer import Answer
from handlers.digests.reading.subjects import Subjects
from handlers.reply import reply
from handlers.request import DIGEST, QUESTION, Reference, Request
from handlers.services import Services
from handlers.subscription import Subscription
from knowledge.base import FactBase
from tests.conftest import NOW

TEAM, OWNER, CHANNEL, DIRECT = "T1", "U1", "C1", "D1"


class Reachable:
    """A Slack that lets the bot into every channel, and has one member, who is no admin."""

    def trouble(self, team: str, channel: str) -> Literal[""]:
        return ""

    def direct(self, team: str, user: str) -> str:
        return DIRECT

    def is_admin(self, team: str, user: str) -> bool:
        return False

    def admins(self, team: str) -> tuple[str, ...]:
        return ()

    def is_member(self, team: str, user: str) -> bool:
        return True

    def zone(self, team: str, user: str) -> str:
        return "Asia/Shanghai"

    def name(self, team: str, user: str) -> str:
        return user

    def for_request(self) -> Reachable:
        return self

    def at_once(self, users: Sequence[str]) -> Reachable:
        return self


@dataclass(frozen=True)
class Desk:
    """The desk of one workspace."""

    services: Services

    @classmethod
    def of(cls, base: FactBase, folder: Path) -> Desk:
        store = Store.open(folder / "state.db")
        slack = Reachable()
        return cls(
            Services(
                base=base,
                subscriptions=StoredSubscriptions(store),
                deliveries=StoredDeliveries(store),
                channels=slack,
                people=slack,
            )
        )

    def has(self, *names: str, weekdays: tuple[int, ...] = (0,), channel: str = CHANNEL) -> None:
        """Keep a digest on topics and places of these slugs."""
        records = filter(None, map(self.services.base.entity, names))
        chosen = Subjects.sorted(records)
        digest = Subscription(
            TEAM,
            channel,
            OWNER,
            time(9),
            "Asia/Shanghai",
            weekdays=weekdays,
            topics=chosen.topics,
            places=chosen.places,
            mechanisms=chosen.mechanisms,
        )
        self.services.subscriptions.add(digest, NOW)

    def typed(self, text: str, *references: Reference) -> Answer:
        """What `/yrd-digest` answers in the channel."""
        return self._asked(text, DIGEST, CHANNEL, references)

    def told(self, text: str) -> Answer:
        """What a direct message is answered."""
        return self._asked(text, QUESTION, DIRECT, ())

    def _asked(self, text: str, command: str, channel: str, references: tuple[Reference, ...]) -> Answer:
        request = Request(text, NOW, command, team=TEAM, user=OWNER, channel=channel, references=references)
        return reply(self.services, request)

    def kept(self) -> tuple[Subscription, ...]:
        """The digests there are."""
        return self.services.subscriptions.listed(TEAM)


def labels(answer: Answer) -> list[str]:
    """What the buttons of an answer read."""
    return [str(choice.label) for choice in answer.choices]
