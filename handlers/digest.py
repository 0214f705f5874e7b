"""/yrd-digest: scheduled posts of topics, places and mechanisms to a channel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers import digest_change, digest_hold, digest_view
from handlers.answer import Answer
from handlers.command import Command, Example, Handler
from handlers.desk import Desk
from handlers.digest_change import wrong
from handlers.digest_names import Wrong
from handlers.digest_rights import with_text
from handlers.digest_words import close
from handlers.request import Request

VERBS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        "subscribe": digest_change.subscribe,
        "list": digest_view.list_,
        "show": digest_view.show,
        "preview": digest_view.preview,
        "pause": digest_hold.pause,
        "resume": digest_hold.resume,
        "skip": digest_hold.skip,
        "edit": digest_change.edit,
        "unsubscribe": digest_hold.unsubscribe,
        "history": digest_view.history,
        "help": digest_view.help_,
        "more": digest_view.more,
        # What the buttons of a confirmation ask.
        "save": digest_change.save,
        "test": digest_view.preview,
        "cancel": digest_change.cancel,
    }
)
CHANGES: Final = frozenset(
    {"subscribe", "pause", "resume", "skip", "edit", "unsubscribe", "save", "test", "cancel"}
)
"""The words that change something, or lead to it; the others only show."""
_SAME: Final = MappingProxyType(
    {
        "sub": "subscribe", "new": "subscribe", "add": "subscribe", "create": "subscribe", "start": "subscribe",
        "订阅": "subscribe", "ls": "list", "列表": "list", "stop": "unsubscribe", "delete": "unsubscribe",
        "remove": "unsubscribe", "退订": "unsubscribe", "change": "edit", "unpause": "resume", "status": "show",
        "log": "history", "?": "help", "帮助": "help",
    }
)  # fmt: skip


def digest(desk: Desk, request: Request) -> Answer:
    """Do what the first word says; without a word, list; with what is none, name the word that is near."""
    verb, rest = (request.verb, request.text) if request.verb in VERBS else verb_of(request.text)
    if verb:
        return VERBS[verb](desk, with_text(request, rest))
    if not request.text.strip():
        return digest_view.list_(desk, request) if desk.subscriptions else digest_view.help_(desk, request)
    typed = request.text.split()[0]
    near = close(typed, [word for word in VERBS if word not in ("save", "cancel", "test", "more")], 0.6)
    return wrong(
        Wrong(
            typed,
            "is nothing I can do with digests. Begin with subscribe, list, show, preview or help.",
            near,
        ),
        "",
        request.text,
    )


def verb_of(text: str) -> tuple[str, str]:
    """Return what the text asks to be done, "" where its first word says nothing, and the rest of it."""
    first, _, rest = text.strip().partition(" ")
    word = first.lower().rstrip(":")
    verb = _SAME.get(word, word)
    return (verb, rest.strip()) if verb in VERBS else ("", text.strip())


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
    handle=digest,
    explain=digest_view.help_,
)
