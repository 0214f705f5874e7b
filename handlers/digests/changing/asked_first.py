"""What is asked before words change a digest that do not say they are of one, where something else was shown last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from handlers.answer import Answer, Choice, Effect
from handlers.command import Reading
from handlers.digests.access import each, listed_for, refusal
from handlers.digests.changing import several_deed
from handlers.digests.changing.end import dropping
from handlers.digests.changing.several_words import question
from handlers.digests.reading import which, wishes
from handlers.digests.reading.subjects import Subjects
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase
from knowledge.model import Named

DEEDS: Final = frozenset({"unsubscribe", "pause", "skip", "restart", "edit", "several", "several asked"})
"""What changes digests, or proposes to."""
_OF_DIGESTS: Final = re.compile(
    r"\b(?:digests?|(?:un)?subscri\w+|newsletters?|feeds?)\b|摘要|简报|订阅|退订|推送|日报|周报|月报",
    re.IGNORECASE,
)


def speaks_of_digests(base: FactBase, text: str) -> bool:
    """Say whether a text says that it is of digests: by a word for them, or by when they come."""
    return bool(_OF_DIGESTS.search(text)) or which.says_until(text) or wishes.tells_when(base, text)


def choices(services: Services, request: Request, found: Reading) -> tuple[Choice, ...]:
    """Return the buttons that do what was read to each digest that may be meant; () where none may."""
    if found.verb == "several":
        deed = several_deed.read(found.argument)
        label = question(deed.verb, len(deed.numbers)) if deed else ""
        return (Choice("several", label, DIGEST, found.argument, found.verb),) if label else ()
    if found.verb == "several asked":
        return ()
    here = listed_for(services, request)
    slugs = found.target.ids if found.target else ()
    if found.target is None:
        meant: Sequence[Subscription] = here
    elif found.target.id.isdecimal():
        meant = [one for one in here if one.id == found.target.id]
    elif found.verb == "unsubscribe":
        meant = [one for one in here if not set(slugs).isdisjoint(Subjects.of(one).slugs)]
        return tuple(dropping(services, one, slugs) for one in meant[:10])
    else:
        meant = which.fitting(services.base, here, slugs)
    effect: Effect = "reads" if found.verb == "edit" else "changes"
    return each(services, request, meant, found.verb, effect, found.argument)


def ask(of_digests: Sequence[Choice], others: Sequence[Choice]) -> Answer:
    """Return what asks which is meant: something to do with digests, or another thing."""
    headline = (
        say("Is that said of the map or of a digest? Nothing is changed yet.")
        if others
        else say("Is that said of a digest? Nothing is changed yet.")
    )
    return refusal(headline, choices=(*others, *of_digests))


def records(base: FactBase, target: Target | None) -> tuple[Named, ...]:
    """Return what a deed is done to by name, () where a digest is named by its number or not at all."""
    return tuple(record for slug in target.ids if (record := base.entity(slug))) if target else ()
