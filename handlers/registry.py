"""The commands, in tuples that can be read. Manifest, help, docs and example tests are made from them."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.command import Command, Example, whole_if
from handlers.curation import add, admin
from handlers.curation import review as curation_review
from handlers.digests import command as digests_command
from handlers.help import overview
from handlers.lookups import compare, document, fact, listed, pair, passage
from handlers.lookups import map as map_word
from handlers.questions import command as questions_command
from handlers.request import Request
from handlers.services import Services


def _help(services: Services, request: Request) -> Answer:
    return overview(services, SLASH, WORDS)


HELP = Command(
    name="help",
    usage="",
    summary="What can be asked, with examples",
    examples=(Example(""),),
    handle=_help,
    read=whole_if(lambda services, rest: not rest),
)

# Order is the order of help and of Slack's menu.
SLASH: tuple[Command, ...] = (
    questions_command.COMMAND,
    listed.CITY,
    pair.COMMAND,
    listed.MECHANISM,
    listed.TOPIC,
    digests_command.COMMAND,
)
# First words of /yrd, of mentions and of direct messages.
WORDS: tuple[Command, ...] = (
    HELP,
    document.COMMAND,
    fact.COMMAND,
    passage.COMMAND,
    compare.COMMAND,
    map_word.COMMAND,
    add.COMMAND,
    curation_review.COMMAND,
    admin.COMMAND,
)


def slash(name: str) -> Command | None:
    """Return the slash command of that name."""
    return next((command for command in SLASH if command.name == name.lower()), None)
