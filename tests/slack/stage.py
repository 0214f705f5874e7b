"""The real Bolt app behind the local Slack, with real stores and an engine whose answers a test writes."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, Final

from a2wsgi import ASGIMiddleware

from bot.event_keeper import EventKeeper
from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import Message
from bot.render.content import Content
from bot.slack.api.identity import BotIdentityProvider
from bot.slack.api.message import sentence
from bot.slack.api.users import SlackPeople
from bot.slack.api.web import client
from bot.slack.listeners.app import build_app, build_context, make_ready
from bot.slack.listeners.events import INTERRUPTED
from bot.slack.listeners.workspaces import OneWorkspace
from bot.slack.receiving.http import SlackEndpoint
from bot.slack.receiving.socket import SocketLink
from bot.slack.receiving.verification import RequestVerifier
from bot.slack.sending.client import SlackSender
from bot.slack.sending.notifier import SlackNotifier
from bot.slack.sending.open_cards import OpenCards
from bot.slack.sending.outbox import Outbox
from bot.slack.sending.runner import Runner
from bot.state.cards import StoredCards
from bot.state.conversations import StoredConversations
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.events import StoredEvents
from bot.state.notices import StoredNotices
from bot.state.requests import StoredRequests
from bot.state.store import Store
from bot.state.thread_modes import StoredThreadModes
from handlers.answer import Answer
from handlers.command import Command, Example
from handlers.request import Request
from handlers.routing.routed import Route
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Document, WordList
from knowledge.seeds import Seeds
from knowledge.vocabulary import WordUse
from tests.render.answers import answer
from tests.slack.patience import PATIENT
from tests.state import raw

# Seconds until what is in hand is given up: far more than it takes on a machine with other work.
_IN_HAND: Final = 30

DOCUMENT = Document(
    slug="xu-twinning",
    file="004.txt",
    title="Twinning cooperation in the delta",
    label="Xu et al. 2024",
    authors=("Jiayi Xu", "Han Yu"),
    kind="paper",
    published="2024-03",
)


class HandClock:
    """Unix seconds, moved on by hand."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now, UTC)


class Hands(ThreadPoolExecutor):
    """An executor that remembers what it took, so that a test can wait for all of it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.taken: list[Future[Any]] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(work, *args, **kwargs)
        self.taken.append(future)
        return future


class Engine:
    """Notes every request and answers as told."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answer: Callable[[Request], Answer] = lambda request: answer(
            headline=f"You asked: {request.text}"
        )

    def __call__(self, services: Services, request: Request, wanted: Route | None = None) -> Answer:
        self.asked.append(request)
        return self.answer(request)


def base(version: str = "v1") -> FactBase:
    words = (
        WordList(use=WordUse.MORE, words=("more",)),
        WordList(use=WordUse.DOUBT, words=("really",)),
    )
    fields: dict[str, Any] = dict.fromkeys((field.name for field in dataclasses.fields(Seeds)), ()) | {
        "documents": (DOCUMENT,),
        "words": words,
    }
    return FactBase(Seeds(**fields), version)


def commands(engine: Engine) -> tuple[Command, ...]:
    names = ("/yrd", "/yrd-city", "/yrd-pair", "/yrd-digest")
    return tuple(Command(name, "NAME", f"Asks {name}", (Example("Ningbo"),), engine) for name in names)


def _loop(parts: ExitStack) -> asyncio.AbstractEventLoop:
    """An event loop that runs in a thread until `parts` are closed."""
    loop = asyncio.new_event_loop()
    running = Thread(target=loop.run_forever, daemon=True)
    running.start()
    parts.callback(loop.close)
    parts.callback(running.join)
    parts.callback(loop.call_soon_threadsafe, loop.stop)
    return loop


class Stage:
    """A workspace with the bot in it. `restart` ends the bot and starts another on the same stores."""

    def __init__(
        self, slack: LocalSlackServer, mode: str, folder: Path, clock: HandClock, deadline: float = PATIENT
    ) -> None:
        self.slack = slack
        self.deadline = deadline
        self.clock = clock
        self.engine, self.lookup = Engine(), Engine()
        self._mode = mode
        self._folder = folder
        self._parts = ExitStack()
        self.start()

    def start(self, version: str = "v1", **others: Any) -> None:
        parts = self._parts
        self.state = store = Store.open(self._folder / "state.db")
        parts.callback(store.close)
        self._work = work = Hands(4)
        parts.callback(work.shutdown)
        self._runner = Runner(work, Outbox())
        # Everything in hand is finished, as long as it takes.
        parts.callback(lambda: self._runner.close(10))
        web = client(self.slack.bot_token, self.slack.api_url, deadline=self.deadline)
        self.identity = BotIdentityProvider(web, self.slack.workspace.identity.app_id)
        line = sentence(INTERRUPTED)
        events = StoredEvents(store)
        self.keeper = EventKeeper(events, Content(line.text, line.blocks).to_json(), self.clock.moment)
        settings: dict[str, Any] = {
            "services": Services(base(version), StoredSubscriptions(store), threads=StoredThreadModes(store)),
            "reply": self.engine,
            "lookup": self.lookup,
            "commands": commands(self.engine),
            "client": web,
            "identity": self.identity,
            "events": events,
            "conversations": StoredConversations(store),
            "notices": StoredNotices(store),
            "requests": StoredRequests(store),
            "work": self._runner,
            "installer": self.slack.team.user("alice").id,
            "now": self.clock.moment,
        }
        settings |= others
        services: Services = settings["services"]
        open_cards = OpenCards()
        sender = SlackSender(web, open_cards)
        self.notifier = SlackNotifier(
            sender,
            SlackPeople(web),
            self._runner,
            services.team_bases,
            StoredCards(store),
            self.clock.moment,
        )
        settings |= {"services": replace(services, notifier=self.notifier), "open_cards": open_cards}
        context = build_context(**settings)
        app = build_app(OneWorkspace(context), api_url=web.base_url)
        self._context = context
        if self._mode == "http":
            verifier = RequestVerifier(self.slack.signing_secret, now=self.clock)
            threads = ThreadPoolExecutor(4)
            parts.callback(threads.shutdown)
            endpoint: Any = SlackEndpoint(verifier, app, threads, acknowledged=self.keeper.acknowledged)
            # a2wsgi writes the type of WSGI out, and more narrowly than wsgiref does.
            application: Any = ASGIMiddleware(endpoint, loop=_loop(parts))
            self.slack.attach(application)
            return
        link = SocketLink(
            app,
            self.slack.app_token,
            client(self.slack.app_token, self.slack.api_url),
            4,
            self.keeper.acknowledged,
        )
        parts.callback(link.close)
        link.start()
        self.slack.use_socket()
        self.slack.wait_for_socket()

    def begin(self) -> None:
        """Make ready what is wanted first."""
        make_ready(self._context)

    def close(self) -> None:
        """End the bot; work in hand is finished first."""
        self._parts.close()
        # What is sent next is for the next bot: not for a socket whose end Slack has not seen yet.
        self.slack.wait_for_socket(0)

    def restart(self, version: str = "v1", **others: Any) -> None:
        self.close()
        self._parts = ExitStack()
        self.start(version, **others)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """What state.db holds in a table."""
        return list(raw.at(self.state).table(table).rows)

    def endings(self) -> list[str]:
        """How the events that came in ended, "" for those that are still open."""
        return [row["ending"] for row in self.rows("events")]

    def settle(self) -> None:
        """Let everything in hand finish."""
        self._runner.wait_until_idle(_IN_HAND)
        wait(self._work.taken, timeout=_IN_HAND)

    def replies(self, message: Message, count: int = 1) -> list[Message]:
        """The bot's replies in the thread of `message`, once there are `count`."""
        team = self.slack.team

        def there() -> list[Message] | None:
            found = [reply for reply in team.replies(message.channel, message.ts) if reply.by_bot]
            return found if len(found) >= count else None

        found: list[Message] = team.wait_for(there)
        return found

    def whispers(self, channel: str, user: str, count: int = 1) -> list[Message]:
        """The messages only `user` sees in `channel`, once there are `count`."""
        team = self.slack.team
        found: list[Message] = team.wait_for(
            lambda: seen if len(seen := team.ephemerals(channel, user)) >= count else None
        )
        return found

    def posts(self, channel: Any, count: int = 1) -> list[Message]:
        """The bot's messages that everybody in `channel` sees, once there are `count`."""
        team = self.slack.team

        def there() -> list[Message] | None:
            found = [post for post in team.posts(channel) if post.by_bot]
            return found if len(found) >= count else None

        found: list[Message] = team.wait_for(there)
        return found
