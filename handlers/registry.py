"""The commands, in tuples that can be read. Manifest, help, docs and example tests are made from them."""

from __future__ import annotations

from handlers import (
    add,
    admin,
    compare,
    digest,
    fact,
    listed,
    pair,
    passage,
    question_command,
    review,
    source,
)
from handlers import map as map_word
from handlers.answer import Answer
from handlers.command import Command, Example, whole_if
from handlers.desk import Desk
from handlers.help import overview
from handlers.request import Request


def _help(desk: Desk, request: Request) -> Answer:
    return overview(desk, SLASH, WORDS)


HELP = Command(
    name="help",
    usage="",
    summary="What can be asked, with examples",
    examples=(Example(""),),
    handle=_help,
    read=whole_if(lambda desk, rest: not rest),
)

# Order is the order of help and of Slack's menu.
SLASH: tuple[Command, ...] = (
    question_command.COMMAND,
    listed.CITY,
    pair.COMMAND,
    listed.MECHANISM,
    listed.TOPIC,
    digest.COMMAND,
)
# First words of /yrd, of mentions and of direct messages.
WORDS: tuple[Command, ...] = (
    HELP,
    source.COMMAND,
    fact.COMMAND,
    passage.COMMAND,
    compare.COMMAND,
    map_word.COMMAND,
    add.COMMAND,
    review.COMMAND,
    admin.COMMAND,
)


def slash(name: str) -> Command | None:
    """Return the slash command of that name."""
    return next((command for command in SLASH if command.name == name.lower()), None)
