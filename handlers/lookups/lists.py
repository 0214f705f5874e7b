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
from handlers.plural import plural
from handlers.records import about
from handlers.records.kind_of import arrangement
from handlers.request import Request
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
    """How all records of a sort are listed: `said` is the sentence above them, with their {count} in words; `ask` tells how to
    have one of them.
    """

    title: str
    noun: str
    nouns: str
    said: str
    ask: str
    groups: Callable[[FactBase], Groups]

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return the page of the list that is asked for."""
        groups = self.groups(services.base)
        number = sum(map(len, groups.values()))
        said = self.said.format(count=f"{number or 'no'} {plural(number, self.noun, self.nouns)}")
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
    return _grouped(base, ((arrangement(p).capitalize(), p) for p in base.seeds.pairings))


def _organisations(base: FactBase) -> Groups:
    bodies = (o for o in base.seeds.organisations if o.sort != "person")
    return _grouped(base, (("Organisations", body) for body in bodies))


def _people(base: FactBase) -> Groups:
    return _grouped(base, (("People", o) for o in base.seeds.organisations if o.sort == "person"))


def _documents(base: FactBase) -> Groups:
    held = [(sum(d.slug in f.documents for f in base.facts), d) for d in base.documents]
    entries = [f"{d.label}: {d.title} ({count})" for count, d in sorted(held, key=lambda one: -one[0])]
    return {"Documents": entries} if entries else {}


LISTINGS: Final[Mapping[WordUse, Listing]] = MappingProxyType(
    {
        WordUse.PLACES: Listing(
            "Places",
            "place",
            "places",
            "The base holds facts about {count}; the number of facts stands behind each name.",
            "For one of them type its name, or /yrd-city and its name: /yrd-city Hangzhou.",
            _places,
        ),
        WordUse.PAIRINGS: Listing(
            "Pairings",
            "pairing",
            "pairings",
            "The base records {count}; the number of facts stands behind each name.",
            "For one of them name its places: /yrd-pair Minhang and Huainan.",
            _pairings,
        ),
        WordUse.MECHANISMS: Listing(
            "Mechanisms",
            "mechanism",
            "mechanisms",
            "The base knows {count} of cooperation; the number of facts stands behind each name.",
            "For one of them type its name, or /yrd-mechanism and its name: /yrd-mechanism enclave economy.",
            lambda base: _grouped(base, (("Mechanisms", m) for m in base.seeds.mechanisms)),
        ),
        WordUse.TOPICS: Listing(
            "Topics",
            "topic",
            "topics",
            "The base is filed under {count}; the number of facts stands behind each name.",
            "For one of them type its name, or /yrd-topic and its name: /yrd-topic ports.",
            lambda base: _grouped(base, (("Topics", t) for t in base.seeds.topics)),
        ),
        WordUse.SOURCES: Listing(
            "Documents",
            "document",
            "documents",
            "The base draws on {count}; the number of facts stands behind each title.",
            "For one of them type source and its label: /yrd source Xu et al. 2024.",
            _documents,
        ),
        WordUse.PLANS: Listing(
            "Plans",
            "plan",
            "plans",
            "The base holds facts about {count}; the number of facts stands behind each name.",
            "For one of them type its name.",
            lambda base: _grouped(base, (("Plans", p) for p in base.seeds.plans)),
        ),
        WordUse.PROJECTS: Listing(
            "Projects",
            "project",
            "projects",
            "The base holds facts about {count}; the number of facts stands behind each name.",
            "For one of them type its name.",
            lambda base: _grouped(base, (("Projects", p) for p in base.seeds.projects)),
        ),
        WordUse.ORGANISATIONS: Listing(
            "Organisations",
            "organisation",
            "organisations",
            "The base holds facts about {count}; the number of facts stands behind each name.",
            "For one of them type its name.",
            _organisations,
        ),
        WordUse.PEOPLE: Listing(
            "People",
            "person",
            "people",
            "The base holds facts about {count}; the number of facts stands behind each name.",
            "For one of them type the name.",
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
    counts = {use: sum(map(len, listing.groups(services.base).values())) for use, listing in LISTINGS.items()}
    held = [(use, listing) for use, listing in LISTINGS.items() if counts[use]]
    return Answer(
        headline="I can list what the base holds.",
        outcome="answer",
        sections=(Section("Lists", tuple(f"{listing.title} ({counts[use]})" for use, listing in held)),),
        choices=tuple(Choice(use, listing.title, LIST, "", str(use)) for use, listing in held),
        notes=("Type one of these words, such as topics; then a name from the list.",),
    )


def read(services: Services, request: Request) -> Reading | None:
    """Return which list is asked for behind the word; None where a question begins with it."""
    sort = sort_of(services.base, units(f"{LIST} {request.text}"))
    return None if sort is None else Reading(sort)


COMMAND: Final = Command(
    name=LIST,
    usage="topics, mechanisms, pairings, places, documents, plans, projects, organisations or people",
    summary="Everything of one sort that the base holds",
    examples=(Example("topics"), Example(""), Example("pairings"), Example("all mechanisms")),
    handle=all_lists,
    verbs=tuple(Verb(str(use), listing) for use, listing in LISTINGS.items()),
    read=read,
    begins_questions=True,
)
