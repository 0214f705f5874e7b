"""How many there are of what the base holds, as a sentence names that: "no facts", "1 fact", "12 facts"."""

from __future__ import annotations

from handlers.say import Said, say, say_many


def facts(number: int) -> Said:
    """Return how many facts."""
    return say_many("{count} fact", "{count} facts", number) if number else say("no facts")


def places(number: int) -> Said:
    """Return how many places."""
    return say_many("{count} place", "{count} places", number) if number else say("no places")


def cities(number: int) -> Said:
    """Return how many cities."""
    return say_many("{count} city", "{count} cities", number) if number else say("no cities")


def districts(number: int) -> Said:
    """Return how many districts and counties."""
    if not number:
        return say("no districts or counties")
    return say_many("{count} district or county", "{count} districts and counties", number)


def pairings(number: int) -> Said:
    """Return how many pairings."""
    return say_many("{count} pairing", "{count} pairings", number) if number else say("no pairings")


def metropolitan_areas(number: int) -> Said:
    """Return how many metropolitan areas."""
    if not number:
        return say("no metropolitan areas")
    return say_many("{count} metropolitan area", "{count} metropolitan areas", number)


def mechanisms(number: int) -> Said:
    """Return how many mechanisms."""
    return say_many("{count} mechanism", "{count} mechanisms", number) if number else say("no mechanisms")


def topics(number: int) -> Said:
    """Return how many topics."""
    return say_many("{count} topic", "{count} topics", number) if number else say("no topics")


def documents(number: int) -> Said:
    """Return how many documents."""
    return say_many("{count} document", "{count} documents", number) if number else say("no documents")


def plans(number: int) -> Said:
    """Return how many plans."""
    return say_many("{count} plan", "{count} plans", number) if number else say("no plans")


def projects(number: int) -> Said:
    """Return how many projects."""
    return say_many("{count} project", "{count} projects", number) if number else say("no projects")


def organisations(number: int) -> Said:
    """Return how many organisations."""
    return (
        say_many("{count} organisation", "{count} organisations", number)
        if number
        else say("no organisations")
    )


def people(number: int) -> Said:
    """Return how many people."""
    return say_many("{count} person", "{count} people", number) if number else say("no people")
