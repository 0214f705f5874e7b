"""Sentences that ask for a deed of the team: "did they approve my fact?", "make Bob a curator", "propose a fact: …"."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Command, Reading
from handlers.curation import admin, review
from handlers.plain_words import of_curators, of_facts, of_proposals
from handlers.request import Request
from handlers.services import Services
from knowledge.text.normalize import simplified

_READ: Final = tuple(
    (tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns), command, told)
    for patterns, command, told in (*of_facts.TABLE, *of_curators.TABLE)
)
_BECOMING: Final = f"curators {admin.BECOMING}"
_FEW: Final = 4
_BEFORE: Final = " ,，"
_BEHIND: Final = " ?!？！。."
_PLEASE: Final = re.compile(r"[\s,，]+(?:please|pls|thanks|thank you|谢谢)$", re.IGNORECASE)


def read(services: Services, request: Request) -> tuple[Command, Reading] | None:
    """Return the command that a sentence asks for, and what it is to do; None where it is no such sentence."""
    said = request.text.strip(_BEFORE)
    people = any(one.kind == "person" for one in request.references)
    # Whom the bot is told of stands in what was written alone.
    of_people = (request.written or request.text).strip(_BEFORE) if people else said
    for patterns, command, told in _READ:
        # The mark behind a statement is part of it.
        text = of_people if command is admin.COMMAND else said
        whole = text if "{statement}" in told else _PLEASE.sub("", text.rstrip(_BEHIND))
        told_plainly = simplified(whole)
        for pattern in patterns:
            if found := pattern.fullmatch(told_plainly):
                return _meant(services, request, command, told, _groups(found, whole))
    proposals = of_proposals.read(services, request.saying(said))
    return (review.COMMAND, proposals) if proposals else None


def _meant(
    services: Services, request: Request, command: Command, told: str, groups: dict[str, str]
) -> tuple[Command, Reading] | None:
    if "statement" in groups:
        return command, Reading(argument=groups["statement"].strip())
    is_asked = command is admin.COMMAND and told != _BECOMING and _asks(request)
    meant = of_curators.LIST if is_asked else told.format(me=request.user, **groups).strip()
    read = command.read(services, request.saying(meant))
    return (command, read) if read else None


def _groups(found: re.Match[str], whole: str) -> dict[str, str]:
    """Return what the groups of a pattern met, as it was typed: in traditional characters, if it was."""
    is_alike = len(found.string) == len(whole)
    text = whole if is_alike else found.string
    return {name: text[found.start(name) : found.end(name)] for name in found.groupdict()}


def _asks(request: Request) -> bool:
    """Say whether a sentence asks, or stands behind something else that was said, and so is no plain order: "make Bob a curator?"."""
    whole = request.written or request.text
    is_behind = not whole.lstrip(" ,，:：").startswith((request.text[:_FEW], "@")) and not request.references
    return whole.rstrip(" .!。！").endswith(("?", "？", "吗", "呢", "吧")) or is_behind
