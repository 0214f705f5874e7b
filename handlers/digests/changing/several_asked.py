"""What is asked, or told, of several digests before anything is proposed: which are meant, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, islice
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.digests.access import LISTING, digest_title, each, named, refusal
from handlers.digests.changing.several_deed import Deed
from handlers.digests.changing.several_words import agreeing
from handlers.digests.offers import ending, skipping
from handlers.request import DIGEST, Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.subscription import Subscription

_MOST: Final = 10
_WORDS: Final = MappingProxyType({"unsubscribe": "end"})


def names_none(said: str) -> Answer:
    """Return that a word names no digest, so that nothing is done."""
    return _listing(refusal(say("“{name}” names no digest here, so nothing is changed.", name=said)))


def none_of_own() -> Answer:
    """Return that whoever asks for their own digests has none here."""
    return _listing(refusal(say("You have no digest of your own here.")))


def end_or_hold(services: Services, request: Request, *, is_later: bool) -> Answer:
    """Return the question whether the digest named is to end, to be held or to be skipped once; with `is_later` its end was set
    for a day to come, which none can be.
    """
    at_once = say("A digest ends at once, not on a day to come.")
    # Whoever said a day ends none by choosing which is meant.
    asking = request.saying("", request.target)
    kept = named(services, asking, "show") if is_later else named(services, asking, "unsubscribe", "changes")
    if isinstance(kept, Answer):
        return replace(kept, notes=(at_once, *kept.notes)) if is_later else kept
    title = digest_title(services, kept)
    said = (
        say("{why} Shall digest {digest} end now, or be held?", why=at_once, digest=title)
        if is_later
        else say("Shall digest {digest} end, or be held?", digest=title)
    )
    return refusal(
        said,
        choices=(
            *each(services, request, (kept,), "pause", "changes"),
            skipping(services, kept, request.now),
            ending(services.base, kept),
        ),
    )


def which_of(
    services: Services, request: Request, there: Sequence[Subscription], deed: Deed, count: int
) -> Answer:
    """Return what asks which so many of some digests are meant, with a button for each way to choose them."""
    verb, text = deed.verb, deed.text
    asked = (
        say_many(
            "There is {all} digest. Which {count}?",
            "There are {all} digests. Which {count}?",
            len(there),
            all=len(there),
            count=count,
        )
        if 1 < count < len(there)
        else say_many(
            "There is {all} digest. Is it meant?",
            "There are {all} digests. Which of them?",
            len(there),
            all=len(there),
        )
    )
    advice = say("Say their numbers, such as “{verb} 1 and 2”.", verb=_WORDS.get(verb, verb))
    if not 1 < count < len(there):
        return (
            refusal(
                asked,
                advice,
                choices=each(services, request, there, verb, "reads" if verb == "edit" else "changes", text),
            )
            if verb != "unsubscribe"
            else refusal(asked, advice, choices=each(services, request, there, "show", "reads"))
        )
    choices = tuple(
        Choice(
            f"several:{','.join(numbers)}",
            say("Digests {numbers}", numbers=", ".join(numbers)),
            DIGEST,
            str(Deed(verb, numbers, text)),
            "several",
        )
        for numbers in (tuple(one.id for one in some) for some in islice(combinations(there, count), _MOST))
    )
    # The buttons name numbers alone.
    listed = Section(say("Digests"), tuple(digest_title(services, one) for one in there))
    return replace(refusal(asked, advice, choices=choices), sections=(listed,))


def how(deed: Deed, *, is_all: bool) -> Answer:
    """Return how it is said, with a button that proposes it."""
    numbers = "all" if is_all else ", ".join(deed.numbers)
    typed = f"{_WORDS.get(deed.verb, deed.verb)} {numbers} {deed.text}".strip()
    said = say(
        "Type “/yrd-digest {typed}”, or use the button: it shows first what would change.", typed=typed
    )
    choice = Choice("several", agreeing(deed.verb, len(deed.numbers)), DIGEST, str(deed), "several")
    return Answer(headline=said, outcome="answer", choices=(choice,))


def _listing(answer: Answer) -> Answer:
    return replace(answer, choices=(LISTING,))
