"""The one place that reads what a text wants done. Adapters, buttons and the engine itself ask it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from handlers.answer import Answer, Effect
from handlers.command import MARKS, READ_AS, Command, Verb, first_word, without_marks
from handlers.help import of_command
from handlers.lookups import compare
from handlers.questions import command as questions_command
from handlers.registry import HELP, WORDS, slash
from handlers.request import QUESTION, Request
from handlers.services import Services
from handlers.target import Target

DEAD: Final = "That no longer does anything."
"""What is said of a button or an option that an older version of the bot, or somebody else, has made."""
# What is left of how somebody was addressed.
_BEFORE: Final = " :,：，、"
_VERSUS: Final = re.compile(r"\s+(?:vs|versus)\b\.?\s+", re.IGNORECASE)
_HELP: Final = frozenset({"help", "?", "-h", "--help", "帮助", "man", "usage"})


@dataclass(frozen=True, slots=True)
class Route:
    """What a text wants done: `verb` of `command`, to `target`, with what is said to it."""

    command: Command
    verb: Verb
    argument: str = ""
    target: Target | None = None

    @property
    def effect(self) -> Effect:
        """Return what following it does: whether it reads, changes or opens a form."""
        return self.verb.effect

    @property
    def is_question(self) -> bool:
        """Say whether it only reads what everybody may: answered at once, shared, and asked again by a button."""
        return self.effect == "reads" and not self.verb.is_private

    @property
    def is_search(self) -> bool:
        """Say whether it looks for what people want to know, and not for what they name in a syntax of the bot's."""
        return self.command.is_search and self.verb.name in ("", READ_AS)


def route(services: Services, request: Request) -> Route:
    """Return what `request` wants done: a verb of its command, of a word of /yrd, or to have its text answered.

    The base of `services` is that of the team that asks: whether "map" or "source" is a word or part of a question
    depends on what follows it being known there.
    """
    found = _route(services, request)
    if request.written in ("", request.text) or found.is_question:
        return found
    # What is kept as it was written is read with what it refers to: a link is a reason, where the words give none.
    whole = _route(services, replace(request, text=request.written, written=""))
    is_said = found.effect == "changes" and whole.verb.name != found.verb.name
    return whole if whole.verb.keeps_text and not is_said else found


def _route(services: Services, request: Request) -> Route:
    request = request.saying(request.text.strip(), request.target)
    if request.verb is not None:
        return _as_said(request, request.verb)
    command = slash(request.command)
    if command is None:
        return Route(_NO_SUCH, _NO_SUCH.verb(""), request.text)
    if command.name == QUESTION:
        return _of_free_text(services, request)
    if _asks_for_help(request.text):
        return Route(command, Verb("help", command.explain or _Usage(command)))
    return _read(services, request, command) or Route(command, command.verb(""), request.text)


def is_read_whole(services: Services, request: Request, short: str) -> bool:
    """Say whether all of a text is read that is longer than a question may be, of which `short` is the beginning.

    What is no question is, and so is a question that would be none if it were cut.
    """
    readings = (request, request.saying(short, request.target))
    return not all(route(services, reading).is_question for reading in readings)


def _as_said(request: Request, name: str) -> Route:
    """Return what a button says: the verb of that name of a command or a word, with nothing read of the text."""
    command = slash(request.command) or next((word for word in WORDS if word.name == request.command), None)
    if command is None or not command.has(name):
        return Route(_NO_SUCH, Verb("", _no_such_verb, is_private=True), request.text, request.target)
    return Route(command, command.verb(name), request.text, request.target)


def _of_free_text(services: Services, request: Request) -> Route:
    request = request.saying(request.text.lstrip(_BEFORE))
    name, rest = first_word(request.text)
    while name == QUESTION:
        # The bot's own sentences say "/yrd fact ID correct": typed where it is no slash command, it means that.
        request = request.saying(rest)
        name, rest = first_word(rest)
    if not request.text or _asks_for_help(request.text):
        return Route(HELP, HELP.verb(""))
    word = next((word for word in WORDS if word.name == without_marks(name)), None)
    found = _read(services, request.saying(rest), word) if word is not None else None
    # A comma may be a sentence's ("map, please, of Ningbo"): behind it nothing may be said but a verb and what it is
    # done to.
    if word and found and (word.name == name or found.verb.name or found.target or not found.argument):
        return found
    # "Xuzhou vs Jining", two names and nothing else, wants them side by side.
    sides = _VERSUS.sub(" and ", request.text)
    if sides != request.text and (found := _read(services, request.saying(sides), compare.COMMAND)):
        return found
    # "yrd-city Ningbo" in a direct message, and "/yrd-city" where Slack takes it for words, mean what they say.
    command = slash(f"/{name.removeprefix('/')}")
    if command is not None and command.name != QUESTION and (rest or name.startswith("/")):
        return _route(services, replace(request, text=rest, command=command.name))
    return Route(questions_command.COMMAND, questions_command.COMMAND.verb(""), request.text)


def _asks_for_help(text: str) -> bool:
    word = text.lower().removeprefix("/")
    return word in _HELP or word.rstrip(f"{MARKS}!?！？ ") in _HELP


def _read(services: Services, request: Request, command: Command) -> Route | None:
    """Return what the text after the name of `command` wants of it; None where that is a question."""
    found = command.read(services, request)
    return Route(command, command.verb(found.verb), found.argument, found.target) if found else None


@dataclass(frozen=True, slots=True)
class _Usage:
    """Answers help with what is made from a command's own usage and examples."""

    command: Command

    def __call__(self, services: Services, request: Request) -> Answer:
        return of_command(self.command)


def _no_such(services: Services, request: Request) -> Answer:
    return Answer(
        headline=f"{request.command} is no command of YRD Desk. Try /yrd help.",
        outcome="unknown",
    )


def _no_such_verb(services: Services, request: Request) -> Answer:
    return Answer(headline=f"{DEAD} Please ask again.", outcome="refused")


_NO_SUCH: Final = Command(name="", usage="", summary="", examples=(), handle=_no_such)
