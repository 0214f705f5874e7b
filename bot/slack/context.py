"""What every listener has at hand: engine, stores, the way out, and a boundary for work after the ack.

Nothing here knows one listener from another.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

from bot.map.cache import Map
from bot.ports import Clock, Conversations, Engine, Events
from bot.render.button_value import LOOK_UP, Asked, ask
from bot.render.clean import LONGEST_QUESTION, Typed
from bot.render.fact_renderer import Typesetter
from bot.slack.api import errors
from bot.slack.api.identity import WhoAmI
from bot.slack.api.message import Message, of, sentence
from bot.slack.api.payloads import Call
from bot.slack.api.users import Acquaintances
from bot.slack.api.whose import Standing
from bot.slack.sending.admin_alerts import Alarm
from bot.slack.sending.client import Outbox
from handlers.answer import Answer, Picture
from handlers.command import Command
from handlers.request import QUESTION, Request
from handlers.route import Route, route
from handlers.services import Desk
from knowledge.base import FactBase

_log = logging.getLogger(__name__)

CHANGED: Final = "The facts have changed since that message; this is the answer as of now."
CUT: Final = f"Your question was longer than {LONGEST_QUESTION} characters; I read only that many."
# A message looked up may be longer than a question, but must fit into a button whole.
LONGEST_MESSAGE: Final = 900


People = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: ids of Slack's, "" where there is none."""

    team: str
    user: str
    channel: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """The parts that answer Slack. `reply` and `lookup` are the engine; `work` runs what follows an ack."""

    desk: Desk
    reply: Engine
    lookup: Engine
    commands: tuple[Command, ...]
    outbox: Outbox
    who: WhoAmI
    acquaintances: Acquaintances
    events: Events
    conversations: Conversations
    alarm: Alarm
    work: Executor
    typeset: Typesetter
    now: Clock
    tz: str
    removed: Callable[[], None] = lambda: None
    maps: Callable[[Picture], Map] | None = None

    @property
    def base(self) -> FactBase:
        """The base as the bot's own team sees it now."""
        return self.desk.views.of(self.who().team) if self.desk.views else self.desk.base

    def desk_of(self, team: str) -> Desk:
        """Return the desk with the base as `team` sees it now."""
        return replace(self.desk, base=self.desk.views.of(team)) if self.desk.views else self.desk

    def standing(self, call: Call) -> Standing:
        """Return whether the person of `call` is of our workspace; asks Slack where the call leaves it open.

        Slack's answer may take two seconds. It is enough to be answered by, and no right follows from it.
        """
        told = self.who.told(call)
        return self.acquaintances.standing(self.who().team, call.user) if told == "unknown" else told

    def knows(self, command: str) -> bool:
        """Say whether `command` is one of the bot's."""
        return command == QUESTION or any(known.name == command for known in self.commands)

    def question(
        self, command: str, typed: Typed, context: tuple[str, ...] = ()
    ) -> tuple[Asked | None, bool]:
        """Return what `typed` asks, and whether it was cut."""
        text, cut = typed.cut(LONGEST_MESSAGE if command == LOOK_UP else LONGEST_QUESTION)
        return ask(command, text, self.base.version, context), cut

    def route(self, request: Request) -> Route:
        """Return what `request` wants done, read against the base of its team."""
        return route(self.desk_of(request.team), request)

    def answer(self, asked: Asked, asker: Asker, *, cut: bool = False, people: People = ()) -> Answer:
        """Ask the engine; say so where the question was cut, or the facts changed since it was asked."""
        engine = self.lookup if asked.command == LOOK_UP else self.reply
        answer = engine(self.desk, replace(self.request_of(asked, asker), people=people))
        changed = bool(asked.version) and asked.version != self.base.version
        notes = [note for note, said in ((CUT, cut), (CHANGED, changed)) if said]
        return replace(answer, notes=(*notes, *answer.notes)) if notes else answer

    def request(self, command: str, text: str, asker: Asker, people: People = ()) -> Request:
        """Return the request that `text` after `command` is, as it came and uncut; `people` are those it mentions."""
        asked = Asked.model_construct(command=command, text=text)
        return replace(self.request_of(asked, asker), people=people)

    def answer_to(self, request: Request) -> Answer:
        """Ask the engine what `request` asks, and nothing else."""
        return self.reply(self.desk, request)

    def request_of(self, asked: Asked, asker: Asker) -> Request:
        """Return what a button asks, with the verb and the digest that it carries."""
        return Request(
            text=asked.text,
            now=self.now(),
            command=QUESTION if asked.command == LOOK_UP else asked.command,
            team=asker.team,
            user=asker.user,
            channel=asker.channel,
            thread=asker.thread,
            tz=self.tz,
            context=asked.context,
            page=asked.page,
            verb=asked.verb,
            digest=asked.digest,
        )

    def message(self, answer: Answer, asked: Asked | None, *, sharable: bool = False) -> Message:
        """Render `answer`; its buttons carry `asked` as of the facts of now."""
        version = self.base.version
        current = asked
        if asked is not None and asked.version != version:
            current = asked.model_copy(update={"version": version})
        passages = self.desk.passages
        printed = passages is not None and passages.at_hand()
        rated = self.desk.feedback is not None and self.desk.contributions is not None
        return of(answer, current, typeset=self.typeset, sharable=sharable, printed=printed, rated=rated)

    def note_shown(self, team: str, channel: str, thread: str, answer: Answer) -> None:
        """Remember that a whole channel saw the facts of `answer`, so that corrections reach it."""
        facts = [line.fact.id for line in answer.lines]
        if self.desk.shown is None or not facts or channel[:1] not in ("C", "G"):
            return
        try:
            self.desk.shown.note(team, channel, thread, facts, self.now())
        except sqlite3.Error as error:
            # The answer is out: that its readers could miss a correction is no reason to apologise for it.
            _log.warning("what was shown was not recorded", extra={"error": str(error)})

    def later(
        self, what: str, call: Call | None, work: Callable[[], object], tell: Callable[[Message], None]
    ) -> None:
        """Run `work` after the acknowledgement; `tell` gets an apology with an id if it fails."""
        self.work.submit(self._guarded, what, call, work, tell)

    def _guarded(
        self, what: str, call: Call | None, work: Callable[[], object], tell: Callable[[Message], None]
    ) -> None:
        try:
            work()
            self.alarm.worked()
        except Exception as error:  # noqa: BLE001 - the boundary of work after an ack
            reference = self.trouble(error, what, call)
            self._apologise(reference, tell)

    def trouble(self, error: BaseException, what: str, call: Call | None) -> str:
        """Log `error`, tell the installer where that is due, and return the reference of both."""
        reference = errors.new_reference()
        team = call.team if call else ""
        errors.log(error, reference, what, team=team, user=call.user if call else "")
        self.alarm.failed(error, reference, team, self.now())
        return reference

    def _apologise(self, reference: str, tell: Callable[[Message], None]) -> None:
        try:
            tell(sentence(errors.apology(reference)))
        except Exception as error:  # noqa: BLE001 - the last boundary: there is no other way to reach the person
            errors.log(error, reference, "telling of a failure")
