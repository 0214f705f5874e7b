"""threads [questions or mention]: what of the replies in a channel's threads is taken for a question to the bot."""

from __future__ import annotations

from typing import Final

from handlers import rights
from handlers.answer import Answer
from handlers.command import Command, Example, Handler, Reading, Verb, next_word
from handlers.ports import ThreadMode
from handlers.request import Request
from handlers.say import say
from handlers.services import Services

CHANNELS: Final = ("C", "G")
NOT_HERE: Final = say("That is set for a channel: type it there.")
STANDS: Final[dict[ThreadMode, str]] = {
    "mention": say("In the threads of this channel I answer mentions only."),
    "questions": say("In threads of this channel where I have answered, I take questions without a mention."),
}
IN_GENERAL: Final = say("In threads I answer mentions only, unless a channel has it otherwise.")
OTHERWISE: Final[dict[ThreadMode, str]] = {
    "mention": say("/yrd threads questions has me take questions there without a mention."),
    "questions": say("/yrd threads mention has me wait for a mention again."),
}
ONLY_WITH_EVENTS: Final = say(
    "Slack sends me replies without a mention only where the app was made with “yrd manifest --threads”."
)


def read(services: Services, request: Request) -> Reading | None:
    """Return what is to be set, "" for nothing; None where the text is a question."""
    word, rest = next_word(request.text)
    return Reading(word) if word in ("", "questions", "mention") and not rest else None


def show(services: Services, request: Request) -> Answer:
    """Return how replies in the threads of the channel are read."""
    if not request.channel.startswith(CHANNELS):
        return Answer(headline=IN_GENERAL, outcome="answer", notes=(OTHERWISE["mention"],))
    mode = services.threads.mode(request.team, request.channel)
    notes = (OTHERWISE[mode], ONLY_WITH_EVENTS) if mode == "questions" else (OTHERWISE[mode],)
    return Answer(headline=STANDS[mode], outcome="answer", notes=notes)


def _setting(mode: ThreadMode) -> Handler:
    """Return what sets it: any member of the workspace may, as any may set up a digest, where they can type."""

    def handle(services: Services, request: Request) -> Answer:
        if not request.channel.startswith(CHANNELS):
            return Answer(headline=NOT_HERE, outcome="refused")
        if denied := rights.denial(services, request):
            return Answer(headline=denied, outcome="refused")
        services.threads.set_mode(request.team, request.channel, mode)
        notes = (OTHERWISE[mode], ONLY_WITH_EVENTS) if mode == "questions" else (OTHERWISE[mode],)
        return Answer(headline=STANDS[mode], outcome="done", notes=notes)

    return handle


COMMAND = Command(
    name="threads",
    in_chinese=("讨论串",),
    usage=say("questions or mention, or nothing"),
    summary=say("What I answer in a channel’s threads"),
    examples=(Example(""),),
    handle=show,
    read=read,
    verbs=(
        Verb("questions", _setting("questions"), "changes"),
        Verb("mention", _setting("mention"), "changes"),
    ),
)
