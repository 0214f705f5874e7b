"""list: everything of one sort that the base holds, with the number of facts on each, and how to ask for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.command import Command, Example, Reading, Verb
from handlers.paging import ENTRIES_PER_PAGE
from handlers.records import about, caveats, counts
from handlers.records.kind_of import arrangement, arrangement_heading
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.phrases import units
from knowledge.vocabulary import Arrangement, Level, WordUse

LIST: Final = "list"
Groups = Mapping[str, Sequence[str]]
"""Headings, each with the entries under it."""
_CITY: Final = frozenset({
    Level.MUNICIPALITY, Level.PREFECTURE_LEVEL_CITY, Level.COUNTY_LEVEL_CITY, Level.CITY,
})  # fmt: skip
_OF_CITY: Final = frozenset({Level.DISTRICT, Level.COUNTY})
_MUNICIPALITIES: Final = say("Municipality")
_DISTRICTS: Final = say("Districts and counties")
_TWO: Final = 2
_CLOSEST_FIRST: Final = {kind: place for place, kind in enumerate(Arrangement)}


@dataclass(frozen=True, slots=True)
class Listing:
    """How all records of a sort are listed, in `parts` of which each has headings of its own: `said` makes the sentence above
    them of the number in each; `ask` tells how to have one of them.
    """

    title: str
    said: Callable[[Sequence[int]], str]
    ask: str
    parts: Callable[[FactBase], Sequence[Groups]]

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return the page of the list that is asked for."""
        parts = self.parts(services.base)
        groups = chain.from_iterable(part.items() for part in parts)
        answer = about.listing(request, self.said([*map(_number, parts)]), groups, ENTRIES_PER_PAGE)
        return replace(answer, notes=(self.ask,))

    def number(self, base: FactBase) -> int:
        """Return how many are listed."""
        return sum(map(_number, self.parts(base)))


def _number(groups: Groups) -> int:
    return sum(map(len, groups.values()))


def _entry(base: FactBase, record: Named, count: int) -> str:
    names = " · ".join(filter(None, (record.name, record.chinese)))
    if instead := caveats.printed(base, record):
        return say(
            "{names} · {instead} ({count})", names=names, instead=caveats.instead_of(*instead), count=count
        )
    return f"{names} ({count})"


def _grouped(base: FactBase, records: Iterable[tuple[str, Named]], order: Sequence[str] = ()) -> Groups:
    """Return the records that have facts under their headings, those with most facts first; the headings of `order` first."""
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for title, record in records:
        if count := len(base.facts_of(record)):
            groups[title].append((count, _entry(base, record, count)))
    most = sorted(groups, key=lambda title: -sum(count for count, _ in groups[title]))
    titles = [
        *(title for title in order if title in groups),
        *(title for title in most if title not in order),
    ]
    return {
        title: [entry for _, entry in sorted(groups[title], key=lambda held: (-held[0], held[1]))]
        for title in titles
    }


def _places(base: FactBase) -> Sequence[Groups]:
    return _in_the_delta_first(base, base.seeds.places, lambda place: about.region_of(base, place))


def _cities(base: FactBase) -> Sequence[Groups]:
    """Return the cities, then the districts and counties of cities: those of the delta first, and last those of elsewhere."""
    cities = [place for place in base.seeds.places if place.level in _CITY]
    parts = [place for place in base.seeds.places if place.level in _OF_CITY]
    return (
        *_in_the_delta_first(base, cities, lambda place: _province_of(base, place)),
        *_in_the_delta_first(base, parts, lambda place: _DISTRICTS, say("Elsewhere: districts and counties")),
    )


def _province_of(base: FactBase, place: Place) -> str:
    return _MUNICIPALITIES if place.level is Level.MUNICIPALITY else about.region_of(base, place)


def _in_the_delta_first(
    base: FactBase, places: Sequence[Place], heading: Callable[[Place], str], elsewhere: str = about.ELSEWHERE
) -> Sequence[Groups]:
    here = [place for place in places if base.lies_in_delta(place)]
    there = [place for place in places if not base.lies_in_delta(place)]
    return (
        _grouped(base, ((heading(place), place) for place in here), (_MUNICIPALITIES,)),
        _grouped(base, ((elsewhere, place) for place in there)),
    )


def _pairings(base: FactBase) -> Sequence[Groups]:
    """Return the pairings of the delta and those elsewhere, what ties two places most closely first."""
    held = sorted(base.seeds.pairings, key=lambda pairing: _CLOSEST_FIRST[pairing.arrangement])
    here = [(arrangement_heading(pairing), pairing) for pairing in held if pairing.delta]
    there = [
        (say("Elsewhere in China: {kind}", kind=arrangement(pairing)), pairing)
        for pairing in held
        if not pairing.delta
    ]
    return tuple(
        _grouped(base, part, list(dict.fromkeys(title for title, _ in part))) for part in (here, there)
    )


def _under(base: FactBase, title: str, records: Iterable[Named]) -> Sequence[Groups]:
    return (_grouped(base, ((title, record) for record in records)),)


def _organisations(base: FactBase) -> Sequence[Groups]:
    return _under(base, say("Organisations"), (o for o in base.seeds.organisations if not o.is_person))


def _people(base: FactBase) -> Sequence[Groups]:
    return _under(base, say("People"), (o for o in base.seeds.organisations if o.is_person))


def _documents(base: FactBase) -> Sequence[Groups]:
    held = [(sum(d.slug in f.documents for f in base.facts), d) for d in base.documents]
    entries = [f"{d.label}: {d.title} ({count})" for count, d in sorted(held, key=lambda one: -one[0])]
    return ({say("Documents"): entries},) if entries else ()


def _facts_about(counted: Said) -> Said:
    return say(
        "The base holds facts about {count}; the number of facts stands behind each name.", count=counted
    )


LISTINGS: Final[Mapping[WordUse, Listing]] = MappingProxyType(
    {
        WordUse.PLACES: Listing(
            say("Places"),
            lambda numbers: _facts_about(counts.places(sum(numbers))),
            say("For one of them type its name, or /yrd-city and its name: /yrd-city Hangzhou."),
            _places,
        ),
        WordUse.ALL_CITIES: Listing(
            say("Cities"),
            lambda numbers: say(
                "The base holds facts about {cities} and {districts}; the number of facts stands behind each name.",
                cities=counts.cities(sum(numbers[:_TWO])),
                districts=counts.districts(sum(numbers[_TWO:])),
            ),
            say(
                "For one of them type its name, or /yrd-city and its name: /yrd-city Hangzhou. Type places for provinces, "
                "regions, parks and ports too."
            ),
            _cities,
        ),
        WordUse.PAIRINGS: Listing(
            say("Pairings"),
            lambda numbers: say(
                "The base records {count} of the delta and {elsewhere} elsewhere in China; the number of facts stands "
                "behind each name.",
                count=counts.pairings(numbers[0]),
                elsewhere=numbers[1],
            ),
            say("For one of them name its places: /yrd-pair Minhang and Huainan."),
            _pairings,
        ),
        WordUse.MECHANISMS: Listing(
            say("Mechanisms"),
            lambda numbers: say(
                "The base knows {count} of cooperation; the number of facts stands behind each name.",
                count=counts.mechanisms(sum(numbers)),
            ),
            say(
                "For one of them type its name, or /yrd-mechanism and its name: /yrd-mechanism enclave economy."
            ),
            lambda base: _under(base, say("Mechanisms"), base.seeds.mechanisms),
        ),
        WordUse.TOPICS: Listing(
            say("Topics"),
            lambda numbers: say(
                "The base is filed under {count}; the number of facts stands behind each name.",
                count=counts.topics(sum(numbers)),
            ),
            say("For one of them type its name, or /yrd-topic and its name: /yrd-topic ports."),
            lambda base: _under(base, say("Topics"), base.seeds.topics),
        ),
        WordUse.SOURCES: Listing(
            say("Documents"),
            lambda numbers: say(
                "The base draws on {count}; the number of facts stands behind each title.",
                count=counts.documents(sum(numbers)),
            ),
            say("For one of them type source and its label: /yrd source Xu et al. 2024."),
            _documents,
        ),
        WordUse.PLANS: Listing(
            say("Plans"),
            lambda numbers: _facts_about(counts.plans(sum(numbers))),
            say("For one of them type its name."),
            lambda base: _under(base, say("Plans"), base.seeds.plans),
        ),
        WordUse.PROJECTS: Listing(
            say("Projects"),
            lambda numbers: _facts_about(counts.projects(sum(numbers))),
            say("For one of them type its name."),
            lambda base: _under(base, say("Projects"), base.seeds.projects),
        ),
        WordUse.ORGANISATIONS: Listing(
            say("Organisations"),
            lambda numbers: _facts_about(counts.organisations(sum(numbers))),
            say("For one of them type its name."),
            _organisations,
        ),
        WordUse.PEOPLE: Listing(
            say("People"),
            lambda numbers: _facts_about(counts.people(sum(numbers))),
            say("For one of them type the name."),
            _people,
        ),
    }
)
"""What there are lists of, by the use of the words that ask for it."""
_SORTS: Final = frozenset(LISTINGS)
_AROUND: Final = frozenset({WordUse.LISTING, WordUse.LISTS, WordUse.PLEASE, WordUse.HELLO, WordUse.THANKS})


def sort_of(base: FactBase, message: Sequence[str]) -> str | None:
    """Return the sort that a message (its units) asks a list of and nothing else, "" for lists as such; None where it asks
    something else.
    """
    for uses in (_AROUND, _AROUND | _SORTS):
        said = base.phrases.cover(message, uses)
        if said is not None:
            sorts = said & _SORTS
            is_list = WordUse.LISTS in said
            return str(next(iter(sorts))) if len(sorts) == 1 else "" if is_list and not sorts else None
    return None


def all_lists(services: Services, request: Request) -> Answer:
    """Return what there are lists of, with a button for each."""
    numbers = {use: listing.number(services.base) for use, listing in LISTINGS.items()}
    held = [(use, listing) for use, listing in LISTINGS.items() if numbers[use]]
    return Answer(
        headline=say("I can list what the base holds."),
        outcome="answer",
        sections=(Section(say("Lists"), tuple(_entry_of(listing, numbers[use]) for use, listing in held)),),
        choices=tuple(Choice(use, listing.title, LIST, "", str(use)) for use, listing in held),
        notes=(say("Type one of these words, such as topics; then a name from the list."),),
    )


def _entry_of(listing: Listing, number: int) -> Said:
    return say("{title} ({number})", title=listing.title, number=number)


def read(services: Services, request: Request) -> Reading | None:
    """Return which list is asked for behind the word; None where a question begins with it."""
    sort = sort_of(services.base, units(f"{LIST} {request.text}"))
    return None if sort is None else Reading(sort)


COMMAND: Final = Command(
    name=LIST,
    usage=say(
        "topics, mechanisms, pairings, cities, places, documents, plans, projects, organisations or people"
    ),
    summary=say("Everything of one sort that the base holds"),
    examples=(Example("topics"), Example(""), Example("pairings"), Example("all mechanisms")),
    handle=all_lists,
    verbs=tuple(Verb(str(use), listing) for use, listing in LISTINGS.items()),
    read=read,
    begins_questions=True,
)
