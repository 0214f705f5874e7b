"""/yrd-city, /yrd-mechanism and /yrd-topic: what the base holds on one record of a sort, or a list of them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.answer import Answer
from handlers.command import Command, Example
from handlers.lookups.lists import LISTINGS, Listing
from handlers.questions.by_name import PLACE, by_name
from handlers.questions.by_name import TOPIC as A_TOPIC
from handlers.records import about
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from knowledge.model import Mechanism, Named, Place, Topic
from knowledge.vocabulary import WordUse


@dataclass(frozen=True, slots=True)
class Listed:
    """A sort of record with a command of its own: what people call one, and the list of them all."""

    sort: type[Named]
    noun: str
    listing: Listing

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return the facts about the record named or described, or the list of those that have any."""
        if request.target is not None:
            return about.of_target(services, request, request.target)
        if request.text.strip():
            return by_name(services, request, lambda record: isinstance(record, self.sort), self.noun)
        return self.listing(services, request)


_CITIES: Final = Listed(Place, PLACE, LISTINGS[WordUse.PLACES])
_MECHANISMS: Final = Listed(Mechanism, say("mechanism"), LISTINGS[WordUse.MECHANISMS])
_TOPICS: Final = Listed(Topic, A_TOPIC, LISTINGS[WordUse.TOPICS])

CITY: Final = Command(
    name="/yrd-city",
    usage=say("city, county, district, province or region"),
    summary=say("Facts about a place, with their sources"),
    examples=(
        Example("Hangzhou"),
        Example("宁波"),
        Example("Suzhou", outcome="ambiguous"),
    ),
    handle=_CITIES,
    is_search=True,
)
MECHANISM: Final = Command(
    name="/yrd-mechanism",
    usage=say("a way of cooperating, by name or in your words"),
    summary=say("How a cooperation mechanism works and where it is used"),
    examples=(Example("enclave economy"), Example("splitting tax income"), Example("飞地经济")),
    handle=_MECHANISMS,
    is_search=True,
)
TOPIC: Final = Command(
    name="/yrd-topic",
    usage=say("a subject such as ports, talent, low-carbon cities"),
    summary=say("Facts on a subject area"),
    examples=(Example("ports"), Example("shipping"), Example("人才")),
    handle=_TOPICS,
    is_search=True,
)
