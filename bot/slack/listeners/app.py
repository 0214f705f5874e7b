"""The Bolt app: which listener takes what, and the boundaries around them.

Nothing is sent or asked while it is built.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.error import BoltUnhandledRequestError

from bot.map.cache import Map
from bot.ports import Clock, Conversations, Engine, Events, Lookup, Notices, Requests
from bot.render.fact_renderer import fact_renderer
from bot.slack import forms
from bot.slack.api import errors, web
from bot.slack.api.identity import BotIdentityProvider
from bot.slack.api.message import in_ack, nothing, sentence
from bot.slack.api.payloads import Call, Click, EventCall, ShortcutCall, SlashCall, Submission
from bot.slack.api.users import Acquaintances, SlackPeople
from bot.slack.api.web import SlackWeb
from bot.slack.context import RepeatedError, SlackContext, nobody
from bot.slack.curation import modal as curation_modal
from bot.slack.curation import submission as curation_submission
from bot.slack.digests import submission as digests_submission
from bot.slack.home.publish import make_map_ready
from bot.slack.listeners import actions, events, shortcut
from bot.slack.listeners.door import UNAVAILABLE, Door, unasked
from bot.slack.listeners.workspaces import Workspaces
from bot.slack.sending.admin_alerts import AdminAlerts
from bot.slack.sending.client import SlackSender
from bot.slack.sending.open_cards import OpenCards
from bot.slack.sending.reply import deliver
from bot.slack.sending.runner import Runner
from handlers.answer import Picture
from handlers.command import Command
from handlers.say import say
from handlers.services import Services

ANY: Final = re.compile(r".*", re.DOTALL)
UNKNOWN: Final = say("I do not know what to do with that. Type /yrd help to see what I can do.")


@dataclass(frozen=True, slots=True)
class Listener:
    """Requests of one sort that `matches` (a name, or any), what they are read as, and who answers them."""

    sort: Literal["event", "action", "shortcut", "view"]
    matches: str | re.Pattern[str]
    call: type[SlashCall | EventCall | Click | ShortcutCall | Submission]
    answer: Callable[[SlackContext, Any], BoltResponse]


# In this order; the first that matches answers. Requests that none takes get a sentence from `_unhandled`.
# Slash commands are answered at the door.
LISTENERS: tuple[Listener, ...] = (
    Listener("event", "app_mention", EventCall, events.mentioned),
    Listener("event", "message", EventCall, events.messaged),
    Listener("event", "app_home_opened", EventCall, events.opened),
    Listener("event", "app_uninstalled", EventCall, events.removed),
    Listener("event", "tokens_revoked", EventCall, events.removed),
    Listener("event", ANY, EventCall, events.passed_by),
    Listener("action", ANY, Click, actions.pressed),
    Listener("shortcut", ANY, ShortcutCall, shortcut.used),
    Listener("view", curation_modal.FORMS, Submission, curation_submission.submitted),
    Listener("view", digests_submission.FORMS, Submission, digests_submission.submitted),
)


def build_context(
    *,
    services: Services,
    reply: Engine,
    lookup: Lookup,
    commands: tuple[Command, ...],
    client: SlackWeb,
    identity: BotIdentityProvider,
    events: Events,
    conversations: Conversations,
    notices: Notices,
    requests: Requests,
    work: Runner,
    installer: str = "",
    install_at: str = "",
    tz: str = "Asia/Shanghai",
    zone_of: Callable[[str], str] = lambda team: "",
    removed: Callable[[tuple[str, ...]], object] = lambda named: None,
    now: Clock = lambda: datetime.now(UTC),
    maps: Callable[[Picture], Map] | None = None,
    open_cards: OpenCards | None = None,
) -> SlackContext:
    """Return the parts that answer one workspace with `reply` and `lookup` and post with `client`.

    `client` is best made by `bot.slack.api.web.client`. `work` runs what follows an acknowledgement; whoever gave it
    closes it. `removed` is called, with the workspaces that are named, when Slack says that the app or its token is gone. `maps`
    draws maps; without it they are told in words alone. `open_cards` are those that the notifier of `services` renews.
    """
    sender = SlackSender(client, open_cards)
    alerts = AdminAlerts(sender, notices, work.start, installer, install_at)
    return SlackContext(
        services=services, reply=reply, lookup=lookup, commands=commands, sender=sender, identity=identity,
        acquaintances=Acquaintances(SlackPeople(client)), events=events, conversations=conversations,
        requests=requests, alerts=alerts, work=work,
        render_fact=fact_renderer(services.base), now=now, tz=tz, zone_of=zone_of, removed=removed, maps=maps,
    )  # fmt: skip


def build_app(
    workspaces: Workspaces,
    *,
    api_url: str,
    signing_secret: str = "",
    promptly: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> DeskApp:
    """Return the Bolt app that has the parts of each of the `workspaces` answer what is its.

    Without `signing_secret` no request over plain HTTP is ever accepted by Bolt. `promptly` is entered while Slack waits for
    an acknowledgement.
    """
    app = DeskApp(
        logger=_bolt_logger(),
        name="yrd-desk",
        process_before_response=True,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=True,
        # Bolt reads the environment for what it is not given; an unguessable secret keeps its check closed.
        signing_secret=signing_secret or secrets.token_hex(32),
        client=web.client(None, api_url),
        before_authorize=Door(workspaces),
        authorize=_Authorize(),
        listener_executor=workspaces.elsewhere.work.workers,
    )
    app.promptly = promptly
    for listener in LISTENERS:
        _register(app, listener)
    app.error(_boundary(workspaces.elsewhere))
    return app


def make_ready(slack: SlackContext) -> None:
    """Have made, aside, what is wanted first of a workspace; to be called once it is known who the bot is in it."""
    slack.later("map", None, lambda: make_map_ready(slack), nobody)


def _register(app: App, listener: Listener) -> None:
    def answer(context: BoltContext) -> BoltResponse:
        slack: SlackContext = context["slack"]
        call = context["call"]
        # Bolt counts dialogues among actions and global shortcuts among shortcuts; the bot has neither.
        if not isinstance(call, listener.call):
            return _unhandled(slack, call)
        if isinstance(call, Submission):
            slack.claim()
        return listener.answer(slack, call)

    register: Callable[..., Any] = getattr(app, listener.sort)
    register(listener.matches)(answer)


class DeskApp(App):
    """Bolt's app without a new web client for every request: nothing here posts with Bolt's client.

    Should Bolt rename the method, requests are answered as before and take a little longer.
    """

    promptly: Callable[[], AbstractContextManager[None]] = nullcontext
    """What a request is answered in, up to its acknowledgement."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Return the acknowledgement of `req`."""
        with self.promptly():
            return super().dispatch(req)

    def _init_context(self, req: BoltRequest) -> None:
        req.context["logger"] = self._framework_logger
        req.context["token"] = None
        req.context["client"] = self.client
        req.context["listener_runner"] = self.listener_runner


class _Authorize(Authorize):
    """Who the bot is, for Bolt; the door has seen to whose request it is."""

    def __init__(self) -> None:
        """Need nothing of what Bolt's own need."""

    def __call__(self, *, context: BoltContext, **_: Any) -> AuthorizeResult:
        slack: SlackContext = context["slack"]
        me = slack.identity()
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_id=me.bot or None, bot_user_id=me.user or None
        )


def _boundary(elsewhere: SlackContext) -> Callable[..., BoltResponse]:
    """What Bolt calls for every exception before the acknowledgement."""

    def boundary(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse:
        call = context.get("call")
        # What fails at the door may fail before it is known whose the request is.
        slack: SlackContext = context.get("slack") or elsewhere
        if isinstance(error, BoltUnhandledRequestError):
            return _unhandled(slack, call)
        if isinstance(error, RepeatedError):
            return nothing()
        reference = slack.trouble(error, "request", call)
        if body.get("type") == "event_callback":
            # Nothing was done yet and nobody can be told here: Slack sends the event again.
            return BoltResponse(status=UNAVAILABLE, body=reference)
        return _say(slack, call, errors.apology(reference))

    return boundary


def _unhandled(slack: SlackContext, call: Call | None) -> BoltResponse:
    return unasked(call) or _say(slack, call, UNKNOWN)


def _say(slack: SlackContext, call: Call | None, text: str) -> BoltResponse:
    if call is None or isinstance(call, SlashCall):
        return in_ack(sentence(text))
    if isinstance(call, Submission):
        return forms.kept_open(call.view, text)
    if not isinstance(call, EventCall):
        slack.later("notice", call, lambda: deliver(slack.sender, call, sentence(text)), nobody)
    return nothing()


def _bolt_logger() -> logging.Logger:
    """Bolt's warnings are on whole requests, so only its errors are logged, as those of any library."""
    logger = logging.getLogger("slack_bolt.desk")
    logger.setLevel(logging.ERROR)
    return logger
