"""Which names have an article in a sentence, as the statements of a base write them: the Huaihai Economic Zone, and Hefei."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.say import Said, Value, say
from knowledge.base import FactBase
from knowledge.model import Named

# What stands behind the word that says what a name is the name of.
_TAIL: Final = re.compile(r" (?:\(|(?:of|for|in|on|along|adjacent|as|between|to|with|west)\b).*$")
# A name that is printed less often than this may have lost its article to a list.
_SURE: Final = 2


def in_a_sentence(base: FactBase, record: Named) -> Value:
    """Return what `record` is called within a sentence, with its article where it has one."""
    return say("the {name}", name=record) if has_article(base, record) else record


def name_in_a_sentence(base: FactBase, record: Named) -> str:
    """Return the same in English."""
    name = in_a_sentence(base, record)
    return name if isinstance(name, Said) else record.name


def has_article(base: FactBase, record: Named) -> bool:
    """Say whether "the" stands before a name: where statements print it more often with it, or hardly print it, and others of
    the sort have it.
    """
    # A single word is a name by itself: a city, a company.
    if " " not in record.name:
        return False
    own = _votes(base, record)
    if abs(own) >= _SURE:
        return own > 0
    return sum(_votes(base, other) for other in _named(base) if _head(other) == _head(record)) > 0


def _named(base: FactBase) -> Iterator[Named]:
    """Yield what has a name of several words, and is no topic."""
    seeds = base.seeds
    lists: tuple[tuple[Named, ...], ...] = (
        seeds.places, seeds.pairings, seeds.organisations, seeds.plans, seeds.projects
    )  # fmt: skip
    return (record for records in lists for record in records if " " in record.name)


def _votes(base: FactBase, record: Named) -> int:
    """Return in how many places statements print a name with "the" before it, less those without."""
    printed = re.compile(rf"(\b[Tt]he )?(?<![\w-]){re.escape(record.name)}(?![\w-]| [A-Z])")
    return sum(
        1 if found[1] else -1
        for fact in base.facts
        if record.name in fact.statement
        for found in printed.finditer(fact.statement)
    )


def _head(record: Named) -> str:
    """Return the word that says what a name is the name of: "zone" of an economic zone."""
    return _TAIL.sub("", record.name).rsplit(" ", 1)[-1].lower()
