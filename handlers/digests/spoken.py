"""Digests asked for outside their command: "subscribe me to ports", "send me ports every Monday", "pause 3"."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Reading, first_word
from handlers.digests import command, parse
from handlers.digests.changes import DigestChanges
from handlers.digests.words import EVERY, RHYTHMS
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.vocabulary import WordUse

_MARKS: Final = " ,.:!?，。：！？"
_NUMBERED: Final = re.compile(
    r"(?:(?:pause|resume|unpause|edit|unsubscribe)\s+#?[0-9]{1,6}(?![\w.])"
    r"|(?:skip|show|history|status|log|test|preview)\s+#?[0-9]{1,6}[.!]?$)",
    re.IGNORECASE,
)
_ALONE: Final = frozenset({"pause", "resume", "unpause", "skip", "preview"})
_DAYS: Final = ("day", "days")
_IN_CHINESE: Final = tuple(word for word in RHYTHMS if not word.isascii())
_NAMES: Final = frozenset({"digest", "digests"})
_SUBSCRIBING: Final = frozenset({WordUse.SUBSCRIBING})
_UNSUBSCRIBING: Final = frozenset({WordUse.UNSUBSCRIBING})
_SENDING: Final = frozenset({WordUse.SENDING, WordUse.PLEASE})
_LISTING: Final = frozenset({WordUse.LISTING, WordUse.LISTS})


def read(services: Services, request: Request) -> Reading | None:
    """Return what a text wants of digests, as `/yrd-digest` reads it; None where it wants nothing of them."""
    first, rest = first_word(request.text)
    if first == "my" and _is_digests(rest):
        return Reading("list")
    if first in _NAMES:
        return _of_digest(services, request.saying(rest), is_several=first == "digests")
    bare = request.text.strip(_MARKS).lower()
    if bare in _ALONE or _NUMBERED.match(request.text):
        return command.read(services, request.saying(request.text.rstrip(_MARKS)))
    if first == "preview" and _wish(services.base, rest):
        return Reading("preview", rest)
    return _of_phrase(services, request)


def _of_digest(services: Services, request: Request, *, is_several: bool) -> Reading | None:
    """Return what is wanted behind the word "digest"."""
    if not request.text.strip(_MARKS):
        return Reading("list" if is_several else "form")
    found = command.read(services, request)
    if found.verb:
        return found
    return Reading("subscribe", request.text) if _wish(services.base, request.text) else None


def _of_phrase(services: Services, request: Request) -> Reading | None:
    phrases, text = services.base.phrases, request.text
    for cut in phrases.leading(text, _UNSUBSCRIBING):
        # Which digest is named by its number alone.
        rest = text[cut:].strip(_MARKS)
        return Reading("list") if rest else Reading("unsubscribe")
    for cut in phrases.leading(text, _SUBSCRIBING):
        rest = text[cut:].strip(_MARKS)
        return Reading("subscribe", rest) if rest else Reading("form")
    if not _tells_when(text):
        cuts = phrases.leading(text, _LISTING)
        return Reading("list") if any(_is_digests(text[cut:]) for cut in cuts) else None
    for cut in phrases.leading(text, _SENDING):
        wish = _wish(services.base, text[cut:])
        if wish and (wish.weekdays is not None or wish.monthday is not None):
            return Reading("subscribe", text[cut:].strip(_MARKS))
    return None


def _is_digests(text: str) -> bool:
    return text.strip(_MARKS).lower().removeprefix("my ") in _NAMES


def _tells_when(text: str) -> bool:
    """Say whether a text speaks of a rhythm at all: nearly none does, and only such a one is worth reading for it."""
    words = [word.strip(_MARKS) for word in text.lower().split()]
    said = any(word in RHYTHMS or word in EVERY or word.endswith(_DAYS) for word in words)
    return said or any(rhythm in text for rhythm in _IN_CHINESE)


def _wish(base: FactBase, text: str) -> DigestChanges | None:
    """Return what a text wishes of a digest if it reads as that and names something."""
    wish = parse.read(base, text.strip(_MARKS)) if text.strip(_MARKS) else None
    return wish if isinstance(wish, DigestChanges) and wish.names else None
