"""The commands, in tuples that can be read. Manifest, help, docs and example tests are made from them."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.command import Command, Example, Reading, Verb, without_marks
from handlers.curation import add, admin
from handlers.curation import review as curation_review
from handlers.digests import command as digests_command
from handlers.help import PRIVACY, overview, privacy
from handlers.lookups import compare, document, fact, listed, lists, pair, passage
from handlers.lookups.maps import command as map_word
from handlers.questions import command as questions_command
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from handlers.threads import command as threads_command
from knowledge.text.normalize import CHINESE


def _help(services: Services, request: Request) -> Answer:
    return overview(
        services,
        SLASH,
        WORDS,
        after_answer=bool(request.earlier or request.context),
        in_chinese=CHINESE.search(request.text) is not None,
    )


def _read_help(services: Services, request: Request) -> Reading | None:
    said = without_marks(request.text).lower()
    return Reading(said) if said in ("", PRIVACY) else None


HELP = Command(
    name="help",
    usage=say("a command, {privacy}, or nothing", privacy=PRIVACY),
    summary=say("What can be asked, with examples"),
    examples=(Example(""), Example("map")),
    handle=_help,
    verbs=(Verb(PRIVACY, privacy),),
    read=_read_help,
    begins_questions=True,
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
    lists.COMMAND,
    document.COMMAND,
    fact.COMMAND,
    passage.COMMAND,
    compare.COMMAND,
    map_word.COMMAND,
    add.COMMAND,
    curation_review.COMMAND,
    admin.COMMAND,
    threads_command.COMMAND,
)


def slash(name: str) -> Command | None:
    """Return the slash command of that name."""
    return next((command for command in SLASH if command.name == name.lower()), None)
