"""Sentences that ask for a deed of the team: "did they approve my fact?", "make Bob a curator", "propose a fact: …"."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Command
from handlers.curation import add, admin
from handlers.plain_words import of_curators, of_proposals

_READ: Final = tuple(
    (tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns), command, told)
    for patterns, command, told in (*of_proposals.TABLE, *of_curators.TABLE)
)
_BEFORE: Final = " ,，"
_BEHIND: Final = " ?!？！。."
_POLITELY: Final = re.compile(r"(?:please|(?:can|could|would|will)\s+(?:you|i|we)|请)", re.IGNORECASE)


def read(text: str) -> tuple[Command, str] | None:
    """Return the command that a sentence asks for, and what it is told; None where it is no such sentence."""
    said = text.strip(_BEFORE)
    for patterns, command, told in _READ:
        # The mark behind a statement is part of it.
        whole = said if command is add.COMMAND else said.rstrip(_BEHIND)
        for pattern in patterns:
            if found := pattern.fullmatch(whole):
                meant = told.format(**found.groupdict()).strip()
                return command, of_curators.LIST if command is admin.COMMAND and _asks(said) else meant
    return None


def _asks(said: str) -> bool:
    """Say whether a sentence asks whether something is to be done, which does it not: "make Bob a curator?"."""
    return said.rstrip().endswith(("?", "？")) and not _POLITELY.match(said)
