"""What every listener has at hand: engine, stores, the way out, and a boundary for work after the ack.

Each request gets its own, over one view of its team's base.

Nothing here knows one listener from another.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from bot.map.cache import Map
from bot.ports import Clock, Conversation, Conversations, Engine, Events, Lookup, Requests
from bot.render.blockkit import Block
from bot.render.blocks import Opened
from bot.render.button_value import LOOK_UP, ButtonValue, carry
from bot.render.clean import LONGEST_QUESTION, LONGEST_TYPED
from bot.render.fact_renderer import FactRenderer
from bot.render.slack_text import Typed
from bot.slack.api import errors
from bot.slack.api.identity import BotIdentityProvider
from bot.slack.api.message import Message, answer_message, sentence
from bot.slack.api.payloads import Call, EventCall
from bot.slack.api.users import Acquaintances
from bot.slack.api.whose import Membership
from bot.slack.sending.admin_alerts import AdminAlerts
from bot.slack.sending.client import SlackSender
from bot.slack.sending.runner import Runner, Work
from bot.slack.sending.views import NotOpenedError
from bot.slack.uploads import Uploads
from bot.slack.whole_map import WholeMap
from bot.state.errors import StateError
from handlers.answer import Answer, Picture
from handlers.command import Command
from handlers.request import QUESTION, Request
from handlers.route import is_read_whole, route
from handlers.routing.routed import Route
from handlers.say import say, say_many
from handlers.services import Services
from knowledge.base import FactBase

_log = logging.getLogger(__name__)

CHANGED: Final = say("The facts have changed since that message; this is the answer as of now.")
CUT: Final = say_many(
    "Your question was longer than {count} character; I read only that much.",
    "Your question was longer than {count} characters; I read only that many.",
    LONGEST_QUESTION,
)
CUT_TYPED: Final = say_many(
    "What you wrote was longer than {count} character; I read only that much.",
    "What you wrote was longer than {count} characters; I read only that many.",
    LONGEST_TYPED,
)
WITHOUT: Final = say(
    "What your workspace added or corrected cannot be read just now, so it is not in this answer. Ask again in a minute."
)
# A message looked up may be longer than a question, but must fit into a button whole.
LONGEST_MESSAGE: Final = 900
NOTHING_ELSE: Final = Typed("")
NOT_OPENED: Final = say("Slack did not let me open the form in time. Please try again.")


async def nobody(message: Message) -> None:
    """Tell nobody, where nobody is left to tell."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and where: ids of Slack's, "" where there is none."""

    team: str
    user: str
    channel: str = ""
    thread: str = ""


class RepeatedError(Exception):
    """The request is a copy of one that was carried out before."""


@dataclass(frozen=True, slots=True)
class SlackContext:
    """The parts that answer Slack. `reply` and `lookup` are the engine; `work` runs what follows an ack; `tz` is the
    zone that dates are shown in, `zone_of` that of a team which has one of its own.

    What a listener gets is `for_request`: whatever it does, the base is as it was when the request came in.
    """

    services: Services
    reply: Engine
    lookup: Lookup
    commands: tuple[Command, ...]
    sender: SlackSender
    identity: BotIdentityProvider
    acquaintances: Acquaintances
    events: Events
    conversations: Conversations
    requests: Requests
    alerts: AdminAlerts
    work: Runner
    render_fact: FactRenderer
    now: Clock
    tz: str
    team: str = ""
    # Of the request, "" where it has none (over Socket Mode), and by whom it is carried out.
    signature: str = ""
    claimant: str = ""
    removed: Callable[[tuple[str, ...]], object] = lambda named: None
    zone_of: Callable[[str], str] = lambda team: ""
    maps: Callable[[Picture], Map] | None = None
    uploads: Uploads = field(default_factory=Uploads)
    whole_map: WholeMap = field(default_factory=WholeMap)

    @property
    def base(self) -> FactBase:
        """Return the base of the team that asks."""
        return self.services.base

    def for_request(self, team: str, signature: str = "") -> SlackContext:
        """Return these parts for one request of `team`, over its base as of now."""
        services = self.services.for_request(team)
        return replace(
            self,
            services=services,
            render_fact=self.render_fact.reading(services.base),
            team=team,
            tz=self.zone_of(team) or self.tz,
            signature=signature,
            claimant=secrets.token_hex(8) if signature else "",
        )

    def renewed(self) -> SlackContext:
        """Return the parts of the same request over the base as it is after a change."""
        services = self.services.with_base_of(self.team)
        return replace(self, services=services, render_fact=self.render_fact.reading(services.base))

    def membership(self, call: Call) -> Membership:
        """Return whether the person of `call` is of our workspace; asks Slack where the call leaves it open.

        Slack's answer may take two seconds. It is enough to be answered by, and no right follows from it.
        """
        told = self.identity.claimed_membership(call)
        return self.acquaintances.membership(self.identity().team, call.user) if told == "unknown" else told

    async def membership_of(self, call: Call) -> Membership:
        """Return the same, and hold no worker while Slack is asked."""
        told = self.identity.claimed_membership(call)
        if told != "unknown":
            return told
        return await self.sender.aside(f"users.info {call.user}", lambda: self.membership(call))

    def knows(self, command: str) -> bool:
        """Say whether `command` is one of the bot's."""
        return command == QUESTION or any(known.name == command for known in self.commands)

    def question(
        self, command: str, typed: Typed, context: tuple[str, ...] = ()
    ) -> tuple[ButtonValue | None, bool]:
        """Return what `typed` asks, and whether it was cut: a question may be so long, and what is none longer."""
        text, cut = typed.cut(LONGEST_MESSAGE if command == LOOK_UP else LONGEST_QUESTION)
        asked = carry(command, text, self.base.version, context)
        if asked is None or command == LOOK_UP or text == typed.text:
            return asked, cut
        request = self.request(command, typed.text, Actor(self.team, ""), typed)
        if not is_read_whole(self.services, request, text):
            return asked, cut
        if carry(command, typed.text, self.base.version, context) is None and self.route(request).is_question:
            # No button could ask it again.
            return asked, cut
        return asked.model_copy(update={"text": typed.text}), typed.was_cut

    def route(self, request: Request) -> Route:
        """Return what `request` wants done."""
        return route(self.services, request)

    def answer(
        self, asked: ButtonValue, request: Request, wanted: Route | None = None, *, cut: bool = False
    ) -> Answer:
        """Return the engine's answer to the `request` of `asked`, which says so where it was cut or the facts changed since.

        `wanted` is the route of the request, which a lookup has not. RepeatedError as `claim`.
        """
        if wanted is not None and wanted.effect == "changes":
            self.claim()
        if asked.command == LOOK_UP:
            answer = self.lookup(self.services, request)
        else:
            answer = self.reply(self.services, request, wanted)
        changed = bool(asked.version) and asked.version != self.base.version
        was_cut = CUT if len(asked.text) <= LONGEST_MESSAGE else CUT_TYPED
        without = not self.services.team_bases.is_whole(self.team)
        notes = [note for note, said in ((was_cut, cut), (CHANGED, changed), (WITHOUT, without)) if said]
        return replace(answer, notes=(*notes, *answer.notes)) if notes else answer

    def request(self, command: str, text: str, actor: Actor, typed: Typed = NOTHING_ELSE) -> Request:
        """Return the request that `text` after `command` is, as it came and uncut; `typed` is whence it came."""
        return Request(
            text=text,
            now=self.now(),
            command=command,
            team=actor.team,
            user=actor.user,
            channel=actor.channel,
            thread=actor.thread,
            tz=self.tz,
            references=typed.references,
            written=typed.written,
        )

    def answer_to(self, request: Request, wanted: Route) -> Answer:
        """Return the engine's answer to `request`, and nothing else. RepeatedError as `claim`."""
        if wanted.effect == "changes":
            self.claim()
        return self.reply(self.services, request, wanted)

    def request_of(self, asked: ButtonValue, actor: Actor, typed: Typed = NOTHING_ELSE) -> Request:
        """Return what a button asks, with the verb, the digest and the target that it carries; `typed` is whence it came."""
        return Request(
            text=asked.text,
            now=self.now(),
            command=QUESTION if asked.command == LOOK_UP else asked.command,
            team=actor.team,
            user=actor.user,
            channel=actor.channel,
            thread=actor.thread,
            tz=self.tz,
            context=asked.context,
            page=asked.page,
            references=typed.references,
            written=typed.written,
            verb=asked.verb,
            digest=asked.digest,
            target=asked.target,
        )

    def message(
        self,
        answer: Answer,
        asked: ButtonValue | None,
        *,
        sharable: bool = False,
        opened: Opened | None = None,
        picture: Block | None = None,
        in_view: bool = False,
    ) -> Message:
        """Return `answer` rendered; its buttons carry `asked` as of the facts that it was answered from. `in_view` is for modals."""
        version = self.base.version
        current = asked
        if asked is not None and asked.version != version:
            current = asked.model_copy(update={"version": version})
        printed = self.services.passages.at_hand()
        # What was approved a moment ago cites a page that the base did not have when the request came in.
        shows_change = answer.outcome == "done" and bool(answer.lines)
        render_fact = self.renewed().render_fact if shows_change else self.render_fact
        return answer_message(
            answer,
            current,
            render_fact=render_fact,
            sharable=sharable,
            printed=printed,
            rated=True,
            opened=opened,
            picture=picture,
            in_view=in_view,
        )

    def note_shown(self, team: str, channel: str, thread: str, answer: Answer) -> None:
        """Remember that a whole channel saw the facts of `answer`, so that corrections reach it."""
        facts = [line.fact.id for line in answer.lines]
        if not facts or channel[:1] not in ("C", "G"):
            return
        try:
            self.services.exposures.note(team, channel, thread, facts, self.now())
        except StateError as error:
            # The answer is out: that its readers could miss a correction is no reason to apologise for it.
            _log.warning("what was shown was not recorded", extra={"error": type(error).__name__})

    def keep_conversation(self, team: str, channel: str, key: str, conversation: Conversation) -> None:
        """Remember what a thread or a person asked last, and of what."""
        try:
            self.conversations.keep(team, channel, key, conversation, self.now())
        except StateError as error:
            # As above: a follow-up has to name its subjects again.
            _log.warning("what was asked about was not kept", extra={"error": str(error)})

    def claim(self) -> None:
        """Record that this request changes something. RepeatedError where it is a copy of one that has."""
        if self.signature and not self.requests.claim(self.team, self.signature, self.claimant, self.now()):
            raise RepeatedError

    def later(
        self,
        what: str,
        call: Call | None,
        work: Callable[[], Work],
        tell: Callable[[Message], Work],
        over: Callable[[], None] = lambda: None,
    ) -> None:
        """Run `work` after the acknowledgement; `tell` gets an apology with an id if it fails.

        None where it may be done and Slack did not say so: an apology would stand beside it. `over` is called when
        all of that is over, or is left because the bot is ending. What somebody pressed or typed may open a form, so it
        does not queue with what events bring.
        """
        is_prompt = not isinstance(call, EventCall | None)
        self.work.start(self._until_over(self._guarded(what, call, work, tell), over), prompt=is_prompt)

    async def _until_over(self, work: Work, over: Callable[[], None]) -> None:
        try:
            await work
        finally:
            over()

    async def _guarded(
        self, what: str, call: Call | None, work: Callable[[], Work], tell: Callable[[Message], Work]
    ) -> None:
        try:
            await work()
            self.alerts.worked()
        except RepeatedError:
            _log.warning("a copy of a request was not carried out", extra={"what": what})
        except errors.UnknownOutcomeError as error:
            self.trouble(error, what, call)
        except NotOpenedError:
            # Nobody's fault and nobody's work: whoever clicked clicks again.
            await self._say(sentence(NOT_OPENED), errors.new_reference(), tell)
        except Exception as error:  # noqa: BLE001 - the boundary of work after an ack
            reference = self.trouble(error, what, call)
            await self._say(sentence(errors.apology(reference)), reference, tell)

    def trouble(self, error: BaseException, what: str, call: Call | None) -> str:
        """Log `error`, tell the installer where that is due, and return the reference of both."""
        reference = errors.new_reference()
        team = call.team if call else ""
        errors.log_error(error, reference, what, team=team, user=call.user if call else "")
        self.alerts.failed(error, reference, team, self.now())
        return reference

    async def _say(self, message: Message, reference: str, tell: Callable[[Message], Work]) -> None:
        try:
            await tell(message)
        except Exception as error:  # noqa: BLE001 - the last boundary: there is no other way to reach the person
            errors.log_error(error, reference, "apology")
