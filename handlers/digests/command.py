"""/yrd-digest: scheduled posts of topics, places and mechanisms to a channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from handlers.command import Command, Example, Reading, first_word, without_marks
from handlers.digests.access import listed_for
from handlers.digests.changing import several as changing_several
from handlers.digests.not_understood import no_verb
from handlers.digests.reading import changing, names_changed, sending, sentences, which, wishes
from handlers.digests.reading.deeds import (
    asking,
    choosing,
    exchanging,
    named,
    several,
    some_days,
    standing,
    stopping,
    whether,
)
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.when.until import tells_until
from handlers.digests.showing import show
from handlers.digests.verbs import OF_ONE, ONLY_OF_BUTTONS, VERB_OF, VERBS, near_verbs
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase
from knowledge.text.normalize import is_number, simplified
from knowledge.vocabulary import WordUse

_SUBSCRIBING: Final = frozenset({WordUse.SUBSCRIBING, WordUse.KEEPING_UP, WordUse.PLEASE})
_UNSUBSCRIBING: Final = frozenset({WordUse.UNSUBSCRIBING})

_OF_NUMBER: Final = re.compile(
    r"(?P<change>(?:add|drop|remove|(?:keep|leave|have)\s+(?:only|just|nothing\s+but))\s.+?)\s+(?:to|from|in|on)\s+(?:the\s+)?(?:digest\s+)?#?(?P<digest>[0-9]{1,6})[.!]?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER_FIRST: Final = re.compile(
    r"(?:(?:edit|change|修改)\s*)?(?:digest\s+)?#?(?P<digest>[0-9]{1,6})[号个]?\s*(?P<change>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NUMBER: Final = 6
_OF_ONE_IN_CHINESE: Final = sorted(
    (word for word, verb in VERB_OF.items() if verb in {*OF_ONE, "cancel"} and not word.isascii()),
    key=len,
    reverse=True,
)
_CHINESE_VERB: Final = re.compile(rf"({'|'.join(_OF_ONE_IN_CHINESE)})\s*[:：]?\s*(.+)", re.DOTALL)
_NUMBERED_IN_CHINESE: Final = re.compile(r"[#0-9一两下到直至第]")


def read(services: Services, request: Request) -> Reading:
    """Return the verb that the text begins with, the digest that is numbered or named after it, and the rest.

    Nothing asks for the form, and a wish needs no verb. What is said of several digests is proposed for each of them, and who
    only asks whether something is done is shown the digest.
    """
    request = request.saying(simplified(request.text), request.target)
    if found := read_standing(services, request) or read_undone(services, request, _read_any):
        return found
    wanted = _read_any(services, request.saying(whether.without_asking(request.text), request.target))
    return whether.unless_asked(request.text, wanted)


def read_standing(services: Services, request: Request) -> Reading | None:
    """Return the reading of a text that asks whether digests are held, skipped, ended or running; None where it asks no such thing."""
    return standing.of_state(services.base, request.text, lambda: listed_for(services, request))


def read_undone(
    services: Services, request: Request, read_deed: Callable[[Services, Request], Reading | None]
) -> Reading | None:
    """Return that what a text forbids is not done, if it is a deed as it is read without that; of one digest a skip or a pause is
    taken back. None for a text that forbids none.
    """
    said = whether.undone(request.text)
    if not said:
        return None
    back = stopping.read(services.base, request.text)
    if back and back.verb in ("unskip", "resume") and back.target and not back.argument:
        return back
    return whether.forbidden(read_deed(services, request.saying(said, request.target)))


def _read_any(services: Services, request: Request) -> Reading:
    return (
        _alone_in_one(services.base, request.text)
        or read_several(services, request)
        or _read_one(services, request)
    )


def _alone_in_one(base: FactBase, text: str) -> Reading | None:
    """Return what alone the digest of a number is to be on: "drop everything but ports from 4"; said of none, it is of several."""
    found = _OF_NUMBER.fullmatch(text.strip()) or _NUMBER_FIRST.fullmatch(text.strip())
    if found is None or not names_changed.kept(base, found["change"]):
        return None
    return Reading("edit", found["change"], Target(id=found["digest"]))


def read_several(services: Services, request: Request, *, is_plain: bool = True) -> Reading | None:
    """Return what a text wants of several digests at once; None where it speaks of none or of one.

    Where it `is_plain` that digests are spoken of, "both" and "everything" need no word for them.
    """
    for said in several.ways(services.base, request.text):
        found = _of_each(services, request, said)
        if found.verb not in changing_several.VERBS or not (
            said.names_digests or is_plain or _is_whole(found, said)
        ):
            continue
        here = _meant_here(services, request, said, found)
        chosen = choosing.chosen(services.base, here, said, found.verb)
        if chosen is None:
            continue
        if isinstance(chosen, choosing.Unclear):
            return changing_several.unclear(found, chosen)
        if several.asks_how(request.text):
            return changing_several.how(found, chosen)
        if found.verb == "unsubscribe" and choosing.are_on_more(here, chosen, found.target):
            # The names are dropped from what is on more.
            return found
        # What is left when others are taken away, or stands at a place, is not ended unseen.
        is_worked_out = bool(said.but) or said.place is not None
        if len(chosen) > 1 or (chosen and found.verb == "unsubscribe" and (found.argument or is_worked_out)):
            return changing_several.asked(found, chosen)
        if chosen:
            return replace(found, target=Target(id=chosen[0]))
    return None


def _of_each(services: Services, request: Request, said: named.Several) -> Reading:
    """Return what is wanted of each, without the word that stands for it."""
    found = Reading(said.verb, said.said) if said.verb else _read_one(services, request.saying(said.said))
    if said.change and found.verb != "edit":
        found = Reading("edit", said.change)
    return replace(found, argument=several.without_word(found.argument))


def _is_whole(found: Reading, said: named.Several) -> bool:
    """Say whether all that is said to a digest was read, but for words that are to tell which ones are meant."""
    is_read = (
        not which.bare(several.without_exception(found.argument)) if said.unread or said.is_some else False
    )
    return (
        is_read
        or found.verb == "edit"
        or not which.bare(counted(found.argument)[1])
        or tells_until(found.argument)
    )


def _meant_here(
    services: Services, request: Request, said: named.Several, found: Reading
) -> tuple[Subscription, ...]:
    """Return the digests that may be meant: where somebody speaks of their own, these alone."""
    here = listed_for(services, request)
    if said.is_own:
        here = tuple(one for one in here if one.owner == request.user)
    if found.target is not None and not found.target.id.isdecimal():
        here = which.fitting(services.base, here, found.target.ids)
    return here


def _read_one(services: Services, request: Request) -> Reading:
    def among() -> Sequence[Subscription]:
        return listed_for(services, request)

    base, text = services.base, request.text
    if own := changing.read(base, text, among) or standing.read(base, text, among):
        return own
    first, rest = _verb_in_chinese(services.base, request.text) or first_word(request.text)
    # "stop, please" may be said to somebody else; "list." is a word and no more.
    first = first if rest else without_marks(first)
    verb = VERB_OF.get(first) if first not in ONLY_OF_BUTTONS else None
    if found := _change_of_numbered(services.base, request.text):
        return found
    if verb is None and is_number(first.removeprefix("#")):
        return which.read(services.base, "show", request.text)
    if verb is None:
        exchanged = exchanging.unaddressed(services.base, request.text)
        return (
            exchanged
            or _without_verb(services.base, request.text)
            or Reading("" if first else "form", request.text)
        )
    if verb == "cancel" and rest:
        verb = "unsubscribe"
    if verb == "unsubscribe" and (some := some_days.read(services.base, request.text)):
        return some
    if verb in ("unsubscribe", "pause", "skip") and (each := some_days.of_each_week(services.base, rest)):
        return each
    if verb == "subscribe":
        return Reading(verb, _wished(services.base, request.text, rest))
    found = which.read(services.base, verb, rest) if verb in OF_ONE else Reading(verb, rest)
    is_kept = verb == "preview" and (found.target or not rest)
    return replace(found, verb="preview kept") if is_kept else found


def _change_of_numbered(base: FactBase, text: str) -> Reading | None:
    """Return the change of "add talent to 1", "drop ports from digest 1", "keep only ports in 1" and "1 weekly tue"."""
    if named := _OF_NUMBER.fullmatch(text.strip()):
        return Reading("edit", named["change"], Target(id=named["digest"]))
    number, _, change = text.strip().removeprefix("#").partition(" ")
    if not is_number(number) or not change or len(number) > _LONGEST_NUMBER:
        return None
    is_change = names_changed.changes(base, change) or wishes.is_when_alone(base, change)
    return Reading("edit", change, Target(id=number)) if is_change else None


def _verb_in_chinese(base: FactBase, text: str) -> tuple[str, str] | None:
    """Return the Chinese verb of one digest that stands before its number or names without a space, and the rest: 暂停1一周,
    预览港口.
    """
    found = _CHINESE_VERB.fullmatch(text.strip())
    if found is None:
        return None
    rest = found[2].strip()
    if _NUMBERED_IN_CHINESE.match(rest):
        return found[1], rest.removeprefix("第")
    return (found[1], rest) if wishes.wish(base, rest) else None


def is_numbered_in_chinese(base: FactBase, text: str) -> bool:
    """Say whether a text is a Chinese verb with the number of its digest, or asks for a preview."""
    first, rest = _verb_in_chinese(base, text) or ("", "")
    return bool(rest) and (is_number(rest[:1]) or VERB_OF.get(first) == "preview")


def _wished(base: FactBase, text: str, rest: str) -> str:
    """Return what is to be a digest of a text that begins with the verb, be it "subscribe me to" it."""
    cut = next(base.phrases.leading(text, _SUBSCRIBING), 0)
    said = text[cut:].strip(wishes.MARKS) if cut else rest
    return said if wishes.wish(base, said) else sending.asked_for(base, said) or said


def _without_verb(base: FactBase, text: str) -> Reading | None:
    """Return what is wanted of digests in other words than the command's; None where it is not plain."""
    if found := some_days.read(base, text) or stopping.read(base, text):
        return found
    for cut in base.phrases.leading(text, _UNSUBSCRIBING):
        return which.read(base, "unsubscribe", text[cut:].strip(wishes.MARKS))
    if found := sentences.read(base, text):
        return found
    if asking.asks(text) and not wishes.turned(base, text):
        return None
    if wishes.is_but_for_names(base, text):
        return Reading("subscribe", text)
    is_denied = stopping.denies(text) and not wishes.wish(base, text)
    if not is_denied and (wish := sending.asked_for(base, text)):
        return Reading("subscribe", wish)
    for cut in () if is_denied else base.phrases.leading(text, _SUBSCRIBING):
        return Reading("subscribe", text[cut:].strip(wishes.MARKS))
    if is_denied or near_verbs(base, text):
        return None
    is_wish = wishes.is_when_alone(base, text) or wishes.tells_when(base, text)
    return Reading("subscribe", sending.without_thanks(base, text)) if is_wish else None


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
    handle=no_verb,
    verbs=VERBS,
    read=read,
    explain=show.help_,
)
