"""Digests asked for outside their command: "subscribe me to ports", "send me ports every Monday", "pause 3"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers.command import Reading, first_word
from handlers.digests import command
from handlers.digests.access import listed_for
from handlers.digests.reading import changing, known, names_changed, sending, sentences, which, wishes
from handlers.digests.reading.deeds import asking, exchanging, some_days, standing, stopping, whether
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.when.unheard import ALONE
from handlers.digests.reading.when.until import until
from handlers.digests.reading.words import RHYTHMS
from handlers.digests.verbs import OF_ONE, VERB_OF
from handlers.request import Request
from handlers.services import Services
from handlers.target import Target
from knowledge.text.normalize import simplified
from knowledge.vocabulary import WordUse

_MARKS: Final = wishes.MARKS
_NUMBERED: Final = re.compile(
    r"(?:(?:pause|mute|snooze|resume|unpause|unmute|edit|unsubscribe|unfollow)\s+#?[0-9]{1,6}(?![\w.])"
    r"|(?:skip|unskip|show|history|status|log|test|preview|forecast)\s+#?[0-9]{1,6}[.!]?$)",
    re.IGNORECASE,
)
_ALONE: Final = frozenset(
    {
        "pause",
        "mute",
        "snooze",
        "resume",
        "unpause",
        "unmute",
        "skip",
        "unskip",
        "preview",
        "forecast",
        "暂停",
        "恢复",
    }
)
# What is done to digests and to nothing else that has a name.
_OF_DIGESTS_ALONE: Final = frozenset({"pause", "skip", "unskip", "resume", "restart"})
_EDITING: Final = re.compile(r"\bedit\b")
_LONGEST_NUMBER: Final = 3
_NAMES: Final = frozenset({"digest", "digests"})
_NOUN: Final = re.compile(
    rf"(?:^|(?<=\s))(?P<rhythm>{'|'.join(word for word in (*RHYTHMS, *ALONE) if word.isascii())}) (?:digest|newsletter|summary|update)s?"
    r" (?:on|of|about|for) ",
    re.IGNORECASE,
)
# Who is sent something at times is sent a digest.
_SENT: Final = re.compile(
    r"(?:(?:please|can you|could you|would you|will you)\s+)*(?:send|post|e-?mail|mail|message|notify|remind|update|alert)\s+(?:me|us|here)\b",
    re.IGNORECASE,
)
_SENDING: Final = frozenset({WordUse.SENDING, WordUse.PLEASE})
_KEEPING_UP: Final = frozenset({WordUse.KEEPING_UP, WordUse.PLEASE})
_SUBSCRIBING: Final = frozenset({WordUse.SUBSCRIBING})
_UNSUBSCRIBING: Final = frozenset({WordUse.UNSUBSCRIBING})
_LISTING: Final = frozenset({WordUse.LISTING, WordUse.LISTS})


def read(services: Services, request: Request) -> Reading | None:
    """Return what a text wants of digests, as `/yrd-digest` reads it; None where it wants nothing of them."""
    request = request.saying(simplified(request.text), request.target)
    is_first = request.earlier is None and not request.context
    is_of_digests = is_first or standing.speaks_of_digests(request.text)
    if is_of_digests and (stands := command.read_standing(services, request)):
        return stands
    if undone := command.read_undone(services, request, _read):
        return undone
    found = _read(services, request.saying(whether.without_asking(request.text), request.target))
    wanted = whether.unless_asked(request.text, found) if found else None
    # Whether something is held that no digest is on the base is asked.
    is_of_none = wanted is not None and wanted.verb == "show" and found is not None and found.verb != "show"
    return None if is_of_none and wanted and not _is_there(services, request, wanted.target) else wanted


def _read(services: Services, request: Request) -> Reading | None:
    first, rest = first_word(request.text)
    if first == "my" and _is_digests(rest):
        return Reading("list")
    if first in _NAMES:
        return _of_digest(services, request.saying(rest), is_several=first == "digests")
    if listed_for(services, request) and (of_all := command.read_several(services, request, is_plain=False)):
        return of_all
    if changed := changing.read(services.base, request.text, lambda: listed_for(services, request)):
        return changed
    if of_own := _own(services, request, first, rest):
        return of_own
    bare = request.text.strip(_MARKS).lower()
    if bare in _ALONE or _NUMBERED.match(request.text):
        return command.read(services, request.saying(request.text.rstrip(_MARKS)))
    is_preview = VERB_OF.get(first) == "preview"
    if is_preview and (wishes.wish(services.base, rest) or wishes.nearly(services.base, rest)):
        return Reading("preview", rest.strip(_MARKS))
    if _says_how_long(VERB_OF.get(first, ""), rest, request):
        return command.read(services, request.saying(request.text.rstrip(_MARKS)))
    if command.is_numbered_in_chinese(services.base, request.text):
        return command.read(services, request)
    return (
        _of_verb(services, request, first, rest)
        or _stopped(services, request)
        or _of_phrase(services, request)
    )


def _own(services: Services, request: Request, first: str, rest: str) -> Reading | None:
    """Return what is said or asked of digests that there are, by what they are on."""
    return (
        _exchanged(services, request) or _standing(services, request) or _next(services, request, first, rest)
    )


def _standing(services: Services, request: Request) -> Reading | None:
    """Return what is asked of digests as they stand: of names alone, only where no answer of the base was before it."""
    if not standing.speaks_of_digests(request.text) and (request.earlier is not None or request.context):
        return None
    return standing.read(services.base, request.text, lambda: listed_for(services, request))


def _is_of_own(services: Services, request: Request) -> bool:
    """Say whether what comes next is asked of digests: there are some, and no answer of the base was before that it may go on."""
    return request.earlier is None and not request.context and bool(listed_for(services, request))


def changes_names(services: Services, request: Request) -> bool:
    """Say whether a text puts names into digests that are there, or takes some out: "add Ningbo to all digests" proposes no fact."""
    request = request.saying(simplified(request.text), request.target)
    if exchanging.read(services.base, request.text) or changing.of_names(services.base, request.text):
        return True
    if not listed_for(services, request):
        return False
    found = command.read_several(services, request, is_plain=False)
    return found is not None and _EDITING.search(f"{found.verb} {found.argument}") is not None


def _exchanged(services: Services, request: Request) -> Reading | None:
    """Return that names are exchanged in the digest that is on what goes: of an answer before it may be said of that."""
    found = exchanging.unaddressed(services.base, request.text)
    if found is None or request.earlier is not None or request.context:
        return None
    return found if _is_there(services, request, found.target) else None


def _next(services: Services, request: Request, first: str, rest: str) -> Reading | None:
    """Return that it is asked what comes next of digests."""
    if sentences.asks_next(request.text) and _is_of_own(services, request):
        return Reading("next")
    return _next_of_followed(services, request, first, rest)


def _next_of_followed(services: Services, request: Request, first: str, rest: str) -> Reading | None:
    """Return what comes next of a digest there is, by its number or what it is on: "next 2", "when will ports come next?"."""
    if VERB_OF.get(first) == "next" and rest:
        found = which.read(services.base, "next", rest.strip(_MARKS))
        found = replace(found, argument="") if not which.bare(found.argument) else found
    elif sentences.asks_when_next(request.text):
        found = sentences.read(services.base, request.text) or Reading()
    else:
        return None
    if found.verb != "next" or found.argument or found.target is None:
        return None
    here = listed_for(services, request) if request.earlier is None and not request.context else ()
    is_there = any(one.id == found.target.id for one in here) or which.fitting(
        services.base, here, found.target.ids
    )
    return found if is_there else None


def _stopped(services: Services, request: Request) -> Reading | None:
    """Return what is wanted by "no more ports" and "kill the ports digest", if what stands there is all that may be followed."""
    some = some_days.read(services.base, request.text)
    if some and _is_there(services, request, some.target):
        return some
    if not stopping.is_plain(request.text):
        return None
    found = stopping.read(services.base, request.text)
    if found is None or (not found.argument and which.names_digest(request.text)):
        return found
    # "End of 2018" speaks of a year.
    is_number = found.target is not None and found.target.id.isdecimal()
    is_year = is_number and found.target is not None and len(found.target.id) > _LONGEST_NUMBER
    is_said = found.target is not None and not is_year and not (is_number and found.argument)
    return found if is_said else None


def _is_there(services: Services, request: Request, target: Target | None) -> bool:
    """Say whether a digest is meant: by its number, by the names of one there is, or as "the digest"."""
    if target is None:
        return which.names_digest(request.text)
    here = listed_for(services, request)
    return target.id.isdecimal() or bool(which.fitting(services.base, here, target.ids))


def _says_how_long(verb: str, rest: str, request: Request) -> bool:
    """Say whether "pause" or "skip" is said with nothing behind it but until when, or how many runs."""
    if verb == "pause":
        return until(rest.strip(_MARKS), request.now.date()) is not None
    count, others = counted(rest.strip(_MARKS)) if verb == "skip" else (0, rest)
    return count > 0 and not which.bare(others)


def _of_verb(services: Services, request: Request, first: str, rest: str) -> Reading | None:
    """Return what is wanted by "pause the digest", "skip the ports digest", "resume digest 3"."""
    words = {word.strip(_MARKS).lower() for word in rest.split()}
    verb = VERB_OF.get(first, "")
    if verb == "resume" and (resumed := which.read(services.base, verb, rest)).target:
        return resumed
    if verb not in OF_ONE or _NAMES.isdisjoint(words):
        return _of_names_alone(services, request, verb, rest)
    found = which.read(services.base, verb, which.bare(rest))
    if verb == "show" and "digests" in words and not found.argument and not found.target:
        return Reading("list")
    if verb == "edit" and names_changed.named_and_changed(services.base, rest)[0]:
        return found
    is_plain = found.target is not None or not found.argument or _says_how_long(verb, found.argument, request)
    return found if is_plain else None


def _of_names_alone(services: Services, request: Request, verb: str, rest: str) -> Reading | None:
    """Return what is wanted by "skip Suzhou" and "edit Hangzhou weekly tue", which is done to nothing but a digest."""
    if verb == "edit":
        names, change = names_changed.named_and_changed(services.base, rest)
        is_change = not change or wishes.is_when_alone(services.base, change)
        is_change = is_change or names_changed.changes(services.base, change)
        return Reading("edit", rest) if names and is_change else None
    if verb not in _OF_DIGESTS_ALONE:
        return None
    found = which.read(services.base, verb, rest.strip(_MARKS))
    is_plain = not found.argument or _says_how_long(verb, found.argument, request)
    return found if found.target and is_plain else None


def _of_digest(services: Services, request: Request, *, is_several: bool) -> Reading | None:
    """Return what is wanted behind the word "digest"."""
    if not request.text.strip(_MARKS):
        return Reading("list" if is_several else "form")
    found = command.read(services, request)
    return found if found.verb else None


def _of_phrase(services: Services, request: Request) -> Reading | None:
    phrases, text = services.base.phrases, request.text
    for cut in phrases.leading(text, _UNSUBSCRIBING):
        ended = which.read(services.base, "unsubscribe", text[cut:].strip(_MARKS))
        return Reading("list") if ended.argument else ended
    for cut in phrases.leading(text, _SUBSCRIBING):
        rest = text[cut:].strip(_MARKS)
        return command.read(services, request.saying(f"subscribe {rest}")) if rest else Reading("form")
    for cut in phrases.leading(text, _KEEPING_UP):
        rest = sending.without_thanks(services.base, text[cut:].strip(_MARKS))
        is_nearly = wishes.tells_when(services.base, rest) and wishes.nearly(services.base, rest)
        if followed := wishes.turned(services.base, rest) or (rest if is_nearly else ""):
            return Reading("subscribe", followed)
    if not wishes.tells_when(services.base, text):
        if which.names_digest(text) and (found := sentences.read(services.base, text)):
            return found
        cuts = phrases.leading(text, _LISTING)
        return Reading("list") if any(_is_digests(text[cut:]) for cut in cuts) else None
    if asking.asks(text):
        # "Ports monthly?" is a wish as it stands; what only has its words in it is a question.
        wished = wishes.turned(services.base, sending.without_thanks(services.base, text))
        return Reading("subscribe", wished) if wished else None
    if wishes.is_but_for_names(services.base, text):
        return Reading("subscribe", text)
    said = "" if stopping.denies(text) else sending.asked_for(services.base, text)
    wish = (wishes.wish(services.base, said) or wishes.nearly(services.base, said)) if said else None
    if wish and (wish.weekdays is not None or wish.monthday is not None):
        return Reading("subscribe", said)
    return _of_digest_on(services, text)


def _of_digest_on(services: Services, text: str) -> Reading | None:
    """Return that a digest is asked for in plain words, though not all of it is known: "set up a weekly digest on tulips"."""
    base = services.base
    if noun := _NOUN.search(text):
        before, names = text[: noun.start()].strip(), text[noun.end() :].strip(_MARKS)
        is_asked = not before or next(base.phrases.leading(before, _SENDING), None) is not None
        return Reading("subscribe", f"{names} {noun['rhythm']}") if is_asked and names else None
    head, options = known.apart(base, text.strip(_MARKS))
    if not _SENT.match(text) or not known.names_in(base, head):
        return None
    return Reading("subscribe", text) if wishes.is_when_alone(base, options) else None


def _is_digests(text: str) -> bool:
    return text.strip(_MARKS).lower().removeprefix("my ") in _NAMES
