"""/yrd-digest: scheduled posts of topics, places and mechanisms to a channel."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers import digest_change, digest_hold, digest_view
from handlers.answer import Answer
from handlers.command import Command, Example, Verb, first_word
from handlers.desk import Desk
from handlers.digest_change import wrong
from handlers.digest_names import Wrong
from handlers.digest_words import close
from handlers.request import Request


def _form(desk: Desk, request: Request) -> Answer:
    """List the digests, where the form of a new one cannot be opened."""
    return digest_view.list_(desk, request) if desk.subscriptions else digest_view.help_(desk, request)


VERBS: Final = (
    Verb("form", _form, "opens a form"),
    Verb("subscribe", digest_change.subscribe, "changes", ("sub", "new", "add", "create", "start", "订阅")),
    Verb("list", digest_view.list_, aliases=("ls", "列表")),
    Verb("show", digest_view.show, aliases=("status",)),
    Verb("preview", digest_view.preview),
    Verb("pause", digest_hold.pause, "changes"),
    Verb("resume", digest_hold.resume, "changes", ("unpause",)),
    Verb("skip", digest_hold.skip, "changes"),
    Verb("edit", digest_change.edit, "changes", ("change",)),
    Verb("unsubscribe", digest_hold.unsubscribe, "changes", ("stop", "delete", "remove", "退订")),
    Verb("history", digest_view.history, aliases=("log",)),
    Verb("help", digest_view.help_, aliases=("?", "帮助")),
    # What buttons ask.
    Verb("more", digest_view.more),
    Verb("save", digest_change.save, "changes"),
    Verb("test", digest_view.preview, "changes"),
    Verb("cancel", digest_change.cancel, "changes"),
)
"""What /yrd-digest does, by the first word of its text. What leads to a change counts as one."""
_OF_BUTTONS: Final = frozenset({"form", "more", "save", "test", "cancel"})
_VERB_OF: Final = MappingProxyType({word: verb.name for verb in VERBS for word in (verb.name, *verb.aliases)})


def read(desk: Desk, request: Request) -> tuple[str, str]:
    """Return the verb that the text begins with, and the rest; nothing asks for the form."""
    first, rest = first_word(request.text)
    return (_VERB_OF[first], rest) if first in _VERB_OF else ("" if first else "form", request.text)


def _no_verb(desk: Desk, request: Request) -> Answer:
    """Name the word that is near to one that is none."""
    typed = request.text.split()[0]
    near = close(typed, [verb.name for verb in VERBS if verb.name not in _OF_BUTTONS], 0.6)
    return wrong(
        Wrong(
            typed,
            "is nothing I can do with digests. Begin with subscribe, list, show, preview or help.",
            near,
        ),
        "",
        request.text,
    )


COMMAND = Command(
    name="/yrd-digest",
    usage="subscribe ports weekly mon 09:00 | list | help, or nothing for a form",
    summary=digest_view.SUMMARY,
    examples=(
        Example("subscribe ports, G60 weekly mon 09:00 Asia/Shanghai"),
        Example("subscribe portss weekly", outcome="suggestion"),
        Example("preview integrated circuits, Hangzhou"),
        Example("preview Guangzhou Tower of Nowhere", outcome="unknown"),
        Example("help"),
    ),
    handle=_no_verb,
    verbs=VERBS,
    read=read,
    explain=digest_view.help_,
)
