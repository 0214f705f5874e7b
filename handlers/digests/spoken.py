"""Digests asked for outside their command: "subscribe me to ports", "send me ports every Monday", "pause 3"."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from handlers.command import Reading, first_word
from handlers.digests import command
from handlers.digests.reading import sending, which, wishes
from handlers.request import Request
from handlers.services import Services
from knowledge.vocabulary import WordUse

_MARKS: Final = wishes.MARKS
_NUMBERED: Final = re.compile(
    r"(?:(?:pause|resume|unpause|edit|unsubscribe)\s+#?[0-9]{1,6}(?![\w.])"
    r"|(?:skip|show|history|status|log|test|preview)\s+#?[0-9]{1,6}[.!]?$)",
    re.IGNORECASE,
)
_ALONE: Final = frozenset({"pause", "resume", "unpause", "skip", "preview", "暂停", "恢复"})
_NAMES: Final = frozenset({"digest", "digests"})
_SUBSCRIBING: Final = frozenset({WordUse.SUBSCRIBING})
_UNSUBSCRIBING: Final = frozenset({WordUse.UNSUBSCRIBING})
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
    is_preview = command.VERB_OF.get(first) == "preview"
    if is_preview and (wishes.wish(services.base, rest) or wishes.has_slip(services.base, rest)):
        return Reading("preview", rest.strip(_MARKS))
    return _of_verb(services, first, rest) or _of_phrase(services, request)


def _of_verb(services: Services, first: str, rest: str) -> Reading | None:
    """Return what is wanted by "pause the digest", "skip the ports digest", "resume digest 3"."""
    words = {word.strip(_MARKS).lower() for word in rest.split()}
    verb = command.VERB_OF.get(first, "")
    if verb not in command.OF_ONE or _NAMES.isdisjoint(words):
        return None
    found = which.read(services.base, verb, which.bare(rest))
    if verb == "show" and "digests" in words and not found.argument and not found.target:
        return Reading("list")
    is_plain = found.target is not None or not found.argument or found.argument.lower().startswith("until")
    return found if is_plain else None


def _of_digest(services: Services, request: Request, *, is_several: bool) -> Reading | None:
    """Return what is wanted behind the word "digest"."""
    if not request.text.strip(_MARKS):
        return Reading("list" if is_several else "form")
    found = command.read(services, request)
    if found.verb:
        return found
    wish = wishes.names_first(services.base, request.text)
    return Reading("subscribe", wish) if wish else None


def _of_phrase(services: Services, request: Request) -> Reading | None:
    phrases, text = services.base.phrases, request.text
    for cut in phrases.leading(text, _UNSUBSCRIBING):
        found = which.read(services.base, "unsubscribe", text[cut:].strip(_MARKS))
        return Reading("list") if found.argument else found
    for cut in phrases.leading(text, _SUBSCRIBING):
        rest = text[cut:].strip(_MARKS)
        return Reading("subscribe", rest) if rest else Reading("form")
    if not wishes.tells_when(text):
        cuts = phrases.leading(text, _LISTING)
        return Reading("list") if any(_is_digests(text[cut:]) for cut in cuts) else None
    for said in map(partial(wishes.names_first, services.base), sending.ways(services.base, text)):
        wish = wishes.wish(services.base, said)
        if wish and (wish.weekdays is not None or wish.monthday is not None):
            return Reading("subscribe", said)
    return None


def _is_digests(text: str) -> bool:
    return text.strip(_MARKS).lower().removeprefix("my ") in _NAMES
