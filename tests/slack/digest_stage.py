"""The stage with the real fact base, the real commands and the real stores of digests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import privacy
from bot.digests.channels import SlackChannels
from bot.digests.verified_poster import VerifiedPoster
from bot.local_slack import LocalSlackServer
from bot.local_slack.blockkit.ids import interactive_elements
from bot.local_slack.state.records import Message, View
from bot.slack.api.users import SlackPeople
from bot.slack.api.web import client
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.store import Store
from handlers.answer import Answer
from handlers.lookups.message import lookup
from handlers.registry import SLASH
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from tests.slack.patience import PATIENT, patience
from tests.slack.stage import HandClock, Stage


class DigestStage(Stage):
    """A workspace in which digests can be set up. `store` is a second door to the same state.db."""

    def __init__(
        self,
        slack: LocalSlackServer,
        folder: Path,
        clock: HandClock,
        base: FactBase,
        deadline: float = PATIENT,
    ) -> None:
        self.base = base
        self.store = Store.open(folder / "state.db")
        web = client(slack.bot_token, slack.api_url, deadline=deadline)
        self.services = Services(
            base=base,
            subscriptions=StoredSubscriptions(self.store),
            deliveries=StoredDeliveries(self.store),
            channels=SlackChannels(
                VerifiedPoster(client(slack.bot_token, slack.api_url, deadline=deadline), 30.0)
            ),
            people=SlackPeople(web),
            feedback=StoredFeedback(self.store),
            first_seen=StoredFirstSeen(self.store),
            privacy=privacy.sentences(question_days=90, purge_days=30),
        )
        super().__init__(slack, "http", folder, clock, deadline)

    def start(self, version: str = "v1", **others: Any) -> None:
        real = {"services": self.services, "reply": reply, "lookup": lookup, "commands": SLASH}
        super().start(version, **(real | others))

    @property
    def team(self) -> str:
        return self.slack.workspace.identity.team_id

    def kept(self) -> tuple[Any, ...]:
        """The subscriptions there are."""
        return self.services.subscriptions.listed(self.team)

    def desk_answer(self, text: str, user: str, **carried: Any) -> Answer:
        """What the handlers answer the person of that id, past the door."""
        channel = self.slack.team.channel("general").id
        return reply(
            self.services,
            Request(
                text=text,
                now=self.clock.moment(),
                command="/yrd-digest",
                team=self.team,
                user=user,
                channel=channel,
                **carried,
            ),
        )

    def typed(self, text: str, user: str = "alice", channel: str = "general") -> Message:
        """What the person is told about /yrd-digest `text`."""
        before = len(self.slack.team.ephemerals(channel, user))
        self.slack.driver.command(user, channel, "/yrd-digest", text)
        return self.whispers(channel, user, before + 1)[before]

    def pressed(self, message: Message, label: str, user: str = "alice") -> Message:
        """What `message` or a new one says after the button with that label is pressed."""
        block, element = button(message, label)
        team = self.slack.team
        version = team.version
        self.slack.driver.click(
            user, message, element["action_id"], block_id=block["block_id"], chosen=element.get("which")
        )
        self.settle()
        found = [m for m in team.ephemerals(message.channel, user) if m.version > version]
        return found[-1]

    def modal(self, user: str = "alice") -> View:
        found: View = self.slack.team.wait_for(lambda: self.slack.team.modal_of(user))
        return found


def button(message: Message, label: str) -> tuple[Any, Any]:
    """The button of `message` that reads `label`, with its block."""
    for block, element, text in _buttons(message):
        if text == label:
            return block, element
    raise LookupError(label)


def _buttons(message: Message) -> Iterator[tuple[Any, Any, str]]:
    """The buttons with their blocks and what they read; of those that rate something, each of the two."""
    for block, element in interactive_elements(message.blocks):
        if element["type"] == "button":
            yield block, element, element["text"]["text"]
        elif element["type"] == "feedback_buttons":
            for which in ("positive", "negative"):
                yield block, element | {"which": which}, element[f"{which}_button"]["text"]["text"]


def labels(message: Message) -> list[str]:
    """What the buttons of `message` read."""
    return [text for _, _, text in _buttons(message)]


@pytest.fixture
def digests(request: pytest.FixtureRequest, tmp_path: Path, base: FactBase) -> Iterator[DigestStage]:
    clock = HandClock()
    with LocalSlackServer(clock=clock, scopes=scopes_in_use()) as slack:
        staged = DigestStage(slack, tmp_path, clock, base, patience(request))
        yield staged
        staged.close()
        staged.store.close()
