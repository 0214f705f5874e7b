"""The one call by which every adapter gets its answer."""

from __future__ import annotations

from dataclasses import replace

from handlers import fact_words, figures
from handlers import standing_beside as beside
from handlers.answer import Answer
from handlers.command import Command
from handlers.desk import Desk
from handlers.help import of_command
from handlers.map import with_button
from handlers.registry import DEEDS, HELP, SLASH, WORDS, slash
from handlers.request import QUESTION, Request
from handlers.team_view import for_team

_HELP = frozenset({"help", "?", "-h", "--help", "帮助", "man", "usage"})


def reply(desk: Desk, request: Request) -> Answer:
    """Return the answer to `request`: its command's, a word's of /yrd, or help.

    What the base could not answer is kept for curators, where the desk has a place for it.
    """
    desk = for_team(desk, request)
    answer = beside.answer(desk, request, _answer(desk, request))
    if (
        answer.outcome == "unknown"
        and desk.questions
        and request.text.strip()
        and slash(request.command)
        and not _is_deed(desk, request)
    ):
        nearest = tuple(fact.id for fact in answer.near)
        text = request.text.strip()
        desk.questions.keep(request.team, request.command, text, nearest, request.now, request.user)
    if answer.lines and (compared := figures.table(desk, answer.lines)):
        answer = replace(answer, table=compared)
    return with_button(desk, answer)


def _is_deed(desk: Desk, request: Request) -> bool:
    """Say whether the text would have something done: that it was refused is no question without an answer."""
    found = _word(desk, request)
    if found is None or request.command != QUESTION:
        return False
    return found[0] in DEEDS or fact_words.SPEC.match(found[1]) is not None


def _answer(desk: Desk, request: Request) -> Answer:
    command = slash(request.command)
    if command is None:
        return _unknown_command(request)
    asked = request.text.strip().lower()
    if command.name == QUESTION and (not asked or asked in _HELP):
        return HELP.handle(desk, request)
    if asked in _HELP:
        return command.explain(desk, request) if command.explain else of_command(command)
    if command.name == QUESTION and (word := _word(desk, request)):
        return word[0].handle(desk, replace(request, text=word[1]))
    return command.handle(desk, request)


def _word(desk: Desk, request: Request) -> tuple[Command, str] | None:
    """Return the word that the text begins with, and the rest, if the rest parses for that word."""
    first, _, rest = request.text.strip().partition(" ")
    name = first.lower().rstrip(":")
    for command in (*WORDS, *SLASH):
        # "/yrd city Ningbo" and "yrd-city Ningbo" in a direct message mean what they say.
        spellings = {command.name, command.name.removeprefix("/"), command.name.removeprefix("/yrd-")}
        if name not in spellings or command.name == QUESTION:
            continue
        if command.is_slash and not (rest.strip() and name.startswith(("/", "yrd"))):
            continue
        if command.takes(desk, rest.strip()):
            return command, rest.strip()
    return None


def _unknown_command(request: Request) -> Answer:
    return Answer(
        headline=f"{request.command} is no command of YRD Desk. Try /yrd help.",
        outcome="unknown",
    )
