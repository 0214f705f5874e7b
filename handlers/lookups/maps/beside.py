"""What is to be on a map beside what it is of, and what is to be left out of it."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Answer, Choice
from handlers.lookups.maps import things
from handlers.lookups.maps.wanted import Wanted, written
from handlers.records.enumerated import all_of
from handlers.records.kind_of import spelt
from handlers.request import MAP
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.model import Mechanism, Named, Topic


def unclear(services: Services, wanted: Wanted) -> Answer | None:
    """Return what asks which of several is meant by a name that is to be on a map too, or to be left out; None where each is clear."""
    for name in (*wanted.also, *wanted.without):
        if _one(services, name) is None:
            several = things.records(services.base, name)
            return Answer(
                headline=say("Several go by the name of “{name}”.", name=name),
                outcome="ambiguous",
                choices=tuple(_choice(services, wanted, name, record) for record in several),
            )
    return None


def records(services: Services, names: tuple[str, ...]) -> tuple[Named, ...]:
    """Return what the names stand for, each of one record."""
    return tuple(record for name in names if (record := _one(services, name)))


def left_out(count: int, without: tuple[Named, ...]) -> tuple[Said, ...]:
    """Return how much is left out, where something is to be."""
    if not without:
        return ()
    names = all_of(without)
    if not count:
        return (say("No tie here is one of {names}, so nothing is left out.", names=names),)
    return (
        say_many(
            "Left out: {count} tie of {names}.",
            "Left out: {count} ties of {names}.",
            count,
            names=names,
        ),
    )


def _one(services: Services, name: str) -> Named | None:
    """Return what a name stands for: of a topic or mechanism and another thing of that name, the former."""
    several = things.records(services.base, name)
    wide = [record for record in several if isinstance(record, Mechanism | Topic)]
    return next(iter(several if len(several) == 1 else wide), None)


def _choice(services: Services, wanted: Wanted, name: str, record: Named) -> Choice:
    meant = spelt(services.base, record)
    also, without = (
        tuple(meant if one == name else one for one in names) for names in (wanted.also, wanted.without)
    )
    text = written(replace(wanted, also=also, without=without))
    return Choice(record.slug, record.name, MAP, text, "")
