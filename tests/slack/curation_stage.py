"""The stage with the real fact base and the real stores of curation: Alice is an admin, Bob and Carol are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.local_slack import CommandHint, LocalSlackServer, ShortcutHint
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.records import Message, User, View
from bot.slack.api.users import SlackPeople
from bot.slack.api.web import client
from bot.slack.curation.command import SAVE_CALLBACK, SAVE_NAME
from bot.slack.curation.modal import DETAILS
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.contributions import FRESH_SECONDS, StoredContributions
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from handlers.curation.team_base import CachedTeamBases
from handlers.digests.arrivals import TeamFirstSeen
from handlers.lookups.message import lookup
from handlers.registry import SLASH
from handlers.reply import asks, reply
from handlers.services import Services
from knowledge.base import FactBase
from tests.slack.digest_stage import button
from tests.slack.patience import PATIENT, patience
from tests.slack.stage import HandClock, Stage

STATEMENT = "Ningbo and Hefei opened a joint harbour office for river containers in May 2026."
HINTS = tuple(CommandHint(command=c.name, description=c.summary, usage_hint=c.usage) for c in SLASH)
SHORTCUTS = (ShortcutHint(callback_id=SAVE_CALLBACK, name=SAVE_NAME),)
FILLED = {
    "p_statement": STATEMENT,
    "p_subjects": ["ningbo", "hefei"],
    "p_topics": ["ports"],
    "p_source": "https://example.org/news/harbour",
    "p_title": "Harbour news",
    "p_published": "2026-05-04",
    "p_words": "opened a joint harbour office",
}


class CurationStage(Stage):
    """A workspace whose team curates. `store` is a second door to the same state.db."""

    def __init__(
        self,
        slack: LocalSlackServer,
        folder: Path,
        clock: HandClock,
        base: FactBase,
        mode: str = "http",
        deadline: float = PATIENT,
    ) -> None:
        self.base = base
        self.store = Store.open(folder / "state.db")
        team = slack.team
        team.add_user(User("U04CAROL0X1", "carol", "Carol Wu"))
        team.im("carol")
        for channel in ("general", "delta-news"):
            team.join(channel, "carol")
        self.services = services_over(self.store, base, slack, deadline)
        super().__init__(slack, mode, folder, clock, deadline)

    def start(self, version: str = "v1", **others: Any) -> None:
        real = {"services": self.services, "reply": reply, "lookup": lookup, "commands": SLASH}
        super().start(version, **(real | others))

    @property
    def team_id(self) -> str:
        return self.slack.workspace.identity.team_id

    def typed(self, text: str, user: str = "alice", channel: str = "general") -> Message:
        """What the person is told about `/yrd text`."""
        before = len(self.slack.team.ephemerals(channel, user))
        self.slack.driver.command(user, channel, "/yrd", text)
        return self.whispers(channel, user, before + 1)[before]

    def pressed(self, message: Message, label: str, user: str) -> None:
        """Press the button with that label, and let all that follows happen."""
        block, element = button(message, label)
        self.slack.driver.click(
            user, message, element["action_id"], block_id=block["block_id"], chosen=element.get("which")
        )
        self.settle()

    def settle(self) -> None:
        """Let everything in hand finish, and what it set off."""
        count = -1
        while count != len(self._work.taken):
            count = len(self._work.taken)
            super().settle()

    def modal(self, user: str) -> View:
        found: View = self.slack.team.wait_for(lambda: self.slack.team.modal_of(user))
        return found

    def appointed(self, *users: str) -> None:
        """Have Alice appoint curators."""
        for user in users:
            self.typed(f"admin curators add @{user}")
        self.settle()

    def proposed(self, user: str = "bob", **changes: Any) -> None:
        """Have somebody propose the fact of FILLED."""
        self.slack.driver.command(user, "general", "/yrd", "add")
        self.filled(user, FILLED | changes)
        self.settle()

    def filled(self, user: str, values: dict[str, Any]) -> Delivery:
        """Have somebody open all the fields of the form that they have before them, fill them in and send it."""
        if DETAILS not in str(self.modal(user).body):
            return self.slack.driver.submit_view(user, values)
        self.detailed(
            user, {name: held for name, held in values.items() if name in ("p_statement", "p_source")}
        )
        return self.slack.driver.submit_view(user, values)

    def detailed(self, user: str, typed: dict[str, Any] | None = None) -> View:
        """Have somebody open all the fields of the form that they have before them."""
        self.modal(user)
        self.slack.driver.click_modal(user, DETAILS, typed=typed)
        self.settle()
        return self.modal(user)

    def card(self, user: str) -> Message:
        """The newest direct message of the bot to the person."""
        self.settle()
        return [post for post in self.slack.team.posts(self.slack.team.im(user)) if post.by_bot][-1]


def services_over(
    store: Store, base: FactBase, slack: LocalSlackServer, deadline: float = PATIENT
) -> Services:
    """A desk as a process of the bot's has it."""
    # Time flies here: what another process did is looked for at every question.
    contributions = StoredContributions(store, now=count(step=FRESH_SECONDS).__next__)
    team_bases = CachedTeamBases(base, contributions)
    return Services(
        base=base,
        subscriptions=StoredSubscriptions(store),
        people=SlackPeople(client(slack.bot_token, slack.api_url, deadline=deadline)),
        feedback=StoredFeedback(store),
        deliveries=StoredDeliveries(store),
        questions=StoredQuestions(store, 90),
        asks=asks,
        contributions=contributions,
        team_bases=team_bases,
        first_seen=TeamFirstSeen(StoredFirstSeen(store), team_bases),
        exposures=StoredExposures(store),
    )


def question(queue: Message, words: str) -> str:
    """The label of the button, in a queue, of the question with these words."""
    return next(line for line in queue.text.splitlines() if words in line).lstrip("• ").partition(":")[0]


def told(sent: Delivery) -> str:
    """All that a person reads of the answer to a form: under its fields, or on the page that came."""
    return json.dumps(sent.reply, ensure_ascii=False)


@pytest.fixture
def team(request: pytest.FixtureRequest, tmp_path: Path, base: FactBase) -> Iterator[CurationStage]:
    clock = HandClock()
    with LocalSlackServer(clock=clock, commands=HINTS, shortcuts=SHORTCUTS, scopes=scopes_in_use()) as slack:
        staged = CurationStage(slack, tmp_path, clock, base, deadline=patience(request))
        yield staged
        staged.close()
        staged.store.close()
