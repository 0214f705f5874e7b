"""/yrd-digest: scheduled posts of topics, places and mechanisms to a channel."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer
from handlers.command import Command, Example, Reading, Verb, first_word, without_marks
from handlers.digests import edit, pause, show
from handlers.digests.dates import near_words
from handlers.digests.edit import parse_error_answer
from handlers.digests.subjects import ParseError
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from handlers.target import Target

VERBS: Final = (
    # The digests are listed where the form of a new one cannot be opened.
    Verb("form", show.offer, "opens a form", is_private=True, needs="subscriptions", without=show.help_),
    Verb(
        "subscribe",
        edit.subscribe,
        aliases=("sub", "new", "add", "create", "start", "订阅"),
        is_private=True,
        needs="subscriptions",
        without=edit.sketch,
    ),
    Verb("list", show.list_, aliases=("ls", "列表"), is_private=True, without=show.list_elsewhere),
    Verb("show", show.show, aliases=("status",), is_private=True),
    Verb("preview", show.preview),
    Verb("preview kept", show.preview_kept, is_private=True),
    Verb("pause", pause.pause, "changes"),
    Verb("resume", pause.resume, "changes", ("unpause",)),
    Verb("skip", pause.skip, "changes"),
    Verb("edit", edit.edit, aliases=("change",), is_private=True),
    Verb("unsubscribe", pause.unsubscribe, "changes", ("stop", "delete", "remove", "退订")),
    Verb("history", show.history, aliases=("log",), is_private=True),
    Verb("help", show.help_, aliases=("?", "帮助")),
    # What buttons ask.
    Verb("more", show.more, without=show.more_on_names),
    Verb("save", edit.save, "changes"),
    Verb("test", show.test, is_private=True),
    Verb("cancel", edit.cancel, is_private=True),
)
"""What /yrd-digest does, by the first word of its text. Of one that is kept, Slack may be asked for rights to it."""
_OF_BUTTONS: Final = frozenset({"form", "preview kept", "more", "save", "test", "cancel"})
# What nobody needs to type: it is carried out on what the button carries.
_ONLY_OF_BUTTONS: Final = frozenset({"form", "save"})
_OF_ONE: Final = frozenset(
    {"show", "preview", "pause", "resume", "skip", "edit", "unsubscribe", "history", "more", "test"}
)
_NUMBER: Final = re.compile(r"^#?([0-9]{1,80})[,.:]*(?:\s+(.*))?$", re.DOTALL)
_VERB_OF: Final = MappingProxyType({word: verb.name for verb in VERBS for word in (verb.name, *verb.aliases)})


def read(services: Services, request: Request) -> Reading:
    """Return the verb that the text begins with, the digest that is numbered after it, and the rest.

    Nothing asks for the form.
    """
    first, rest = first_word(request.text)
    # "stop, please" may be said to somebody else; "list." is a word and no more.
    first = first if rest else without_marks(first)
    verb = _VERB_OF.get(first) if first not in _ONLY_OF_BUTTONS else None
    if verb is None:
        return Reading("" if first else "form", request.text)
    numbered = _NUMBER.match(rest) if verb in _OF_ONE else None
    if verb == "preview" and (numbered or not rest):
        verb = "preview kept"
    return Reading(verb, numbered[2] or "", Target(id=numbered[1])) if numbered else Reading(verb, rest)


def _no_verb(services: Services, request: Request) -> Answer:
    """Name the word that is near to one that is none."""
    typed, _ = first_word(request.text)
    near = near_words(
        typed, [verb.name for verb in VERBS if verb.name not in _OF_BUTTONS], services.base.tuning.near_verb
    )
    return parse_error_answer(
        ParseError(
            typed,
            say(
                "“{word}” is nothing I can do with digests. Begin with subscribe, list, show, preview or help.",
                word=typed,
            ),
            near,
        ),
        None,
        request.text,
    )


COMMAND = Command(
    name=DIGEST,
    usage=say("subscribe ports weekly mon 09:00 | list | help, or nothing for a form"),
    summary=show.SUMMARY,
    examples=(
        Example("subscribe ports, G60 weekly mon 09:00 Asia/Shanghai"),
        Example("subscribe portss weekly", outcome="suggestion"),
        Example("preview integrated circuits, Hangzhou"),
        Example("help"),
    ),
    handle=_no_verb,
    verbs=VERBS,
    read=read,
    explain=show.help_,
)
