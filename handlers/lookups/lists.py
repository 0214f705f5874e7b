"""list: everything of one sort that the base holds, with the number of facts on each, and how to ask for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.command import Command, Example, Reading, Verb
from handlers.paging import ENTRIES_PER_PAGE
from handlers.records import about, counts
from handlers.records.kind_of import arrangement_heading
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.phrases import units
from knowledge.vocabulary import WordUse

LIST: Final = "list"
Groups = Mapping[str, Sequence[str]]
"""Headings, each with the entries under it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """How all records of a sort are listed: `said` makes the sentence above them of their number; `ask` tells how to have one of
    them.
    """

    title: str
    said: Callable[[int], str]
    ask: str
    groups: Callable[[FactBase], Groups]

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return the page of the list that is asked for."""
        groups = self.groups(services.base)
        said = self.said(sum(map(len, groups.values())))
        answer = about.listing(request, said, groups.items(), ENTRIES_PER_PAGE)
        return replace(answer, notes=(self.ask,))


def _entry(record: Named, count: int) -> str:
    return f"{' · '.join(filter(None, (record.name, record.chinese)))} ({count})"


def _grouped(base: FactBase, records: Iterable[tuple[str, Named]], last: str = "") -> Groups:
    """Return the records that have facts under their headings, those with most facts first; the heading `last` stands last."""
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for title, record in records:
        if count := len(base.facts_of(record)):
            groups[title].append((count, _entry(record, count)))
    order = sorted(groups, key=lambda title: (title == last, -sum(count for count, _ in groups[title])))
    return {
        title: [entry for _, entry in sorted(groups[title], key=lambda held: (-held[0], held[1]))]
        for title in order
    }


def _places(base: FactBase) -> Groups:
    return _grouped(base, ((about.region_of(base, p), p) for p in base.seeds.places), about.ELSEWHERE)


def _pairings(base: FactBase) -> Groups:
    return _grouped(base, ((arrangement_heading(p), p) for p in base.seeds.pairings))


def _organisations(base: FactBase) -> Groups:
    bodies = (o for o in base.seeds.organisations if not o.is_person)
    return _grouped(base, ((say("Organisations"), body) for body in bodies))


def _people(base: FactBase) -> Groups:
    return _grouped(base, ((say("People"), o) for o in base.seeds.organisations if o.is_person))


def _documents(base: FactBase) -> Groups:
    held = [(sum(d.slug in f.documents for f in base.facts), d) for d in base.documents]
    entries = [f"{d.label}: {d.title} ({count})" for count, d in sorted(held, key=lambda one: -one[0])]
    return {say("Documents"): entries} if entries else {}


def _facts_about(counted: Said) -> Said:
    return say(
        "The base holds facts about {count}; the number of facts stands behind each name.", count=counted
    )


LISTINGS: Final[Mapping[WordUse, Listing]] = MappingProxyType(
    {
        WordUse.PLACES: Listing(
            say("Places"),
            lambda number: _facts_about(counts.places(number)),
            say("For one of them type its name, or /yrd-city and its name: /yrd-city Hangzhou."),
            _places,
        ),
        WordUse.PAIRINGS: Listing(
            say("Pairings"),
            lambda number: say(
                "The base records {count}; the number of facts stands behind each name.",
                count=counts.pairings(number),
            ),
            say("For one of them name its places: /yrd-pair Minhang and Huainan."),
            _pairings,
        ),
        WordUse.MECHANISMS: Listing(
            say("Mechanisms"),
            lambda number: say(
                "The base knows {count} of cooperation; the number of facts stands behind each name.",
                count=counts.mechanisms(number),
            ),
            say(
                "For one of them type its name, or /yrd-mechanism and its name: /yrd-mechanism enclave economy."
            ),
            lambda base: _grouped(base, ((say("Mechanisms"), m) for m in base.seeds.mechanisms)),
        ),
        WordUse.TOPICS: Listing(
            say("Topics"),
            lambda number: say(
                "The base is filed under {count}; the number of facts stands behind each name.",
                count=counts.topics(number),
            ),
            say("For one of them type its name, or /yrd-topic and its name: /yrd-topic ports."),
            lambda base: _grouped(base, ((say("Topics"), t) for t in base.seeds.topics)),
        ),
        WordUse.SOURCES: Listing(
            say("Documents"),
            lambda number: say(
                "The base draws on {count}; the number of facts stands behind each title.",
                count=counts.documents(number),
            ),
            say("For one of them type source and its label: /yrd source Xu et al. 2024."),
            _documents,
        ),
        WordUse.PLANS: Listing(
            say("Plans"),
            lambda number: _facts_about(counts.plans(number)),
            say("For one of them type its name."),
            lambda base: _grouped(base, ((say("Plans"), p) for p in base.seeds.plans)),
        ),
        WordUse.PROJECTS: Listing(
            say("Projects"),
            lambda number: _facts_about(counts.projects(number)),
            say("For one of them type its name."),
            lambda base: _grouped(base, ((say("Projects"), p) for p in base.seeds.projects)),
        ),
        WordUse.ORGANISATIONS: Listing(
            say("Organisations"),
            lambda number: _facts_about(counts.organisations(number)),
            say("For one of them type its name."),
            _organisations,
        ),
        WordUse.PEOPLE: Listing(
            say("People"),
            lambda number: _facts_about(counts.people(number)),
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
    numbers = {
        use: sum(map(len, listing.groups(services.base).values())) for use, listing in LISTINGS.items()
    }
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
    usage=say("topics, mechanisms, pairings, places, documents, plans, projects, organisations or people"),
    summary=say("Everything of one sort that the base holds"),
    examples=(Example("topics"), Example(""), Example("pairings"), Example("all mechanisms")),
    handle=all_lists,
    verbs=tuple(Verb(str(use), listing) for use, listing in LISTINGS.items()),
    read=read,
    begins_questions=True,
)
