"""list: everything of one sort that the base holds, with the number of facts on each, and how to ask for one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.command import Command, Example, Reading, Verb
from handlers.front_page import told
from handlers.lookups import grouping, kinds_of_ties
from handlers.lookups.differing import asked_of, differing
from handlers.lookups.grouping import Groups
from handlers.lookups.kinds_of_ties import NO_KIND, Kinds
from handlers.lookups.lists_in_chinese import (
    ALL_LISTS,
    LINES,
    ONE_OF_THE_LISTS,
    ONE_OF_THEM,
    ChineseLine,
    of_kinds,
)
from handlers.paging import ENTRIES_PER_PAGE
from handlers.records import about, counts
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

LIST: Final = "list"
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """How all records of a sort are listed, in `parts` of which each has headings of its own: `said` makes the sentence above
    them of the number in each; `ask` tells how to have one of them, and both are Chinese (`chinese`) where it is asked for so.
    Where it `is_apart`, each part begins a page.
    """

    title: str
    said: Callable[[Sequence[int]], str]
    ask: str
    parts: Callable[[FactBase], Sequence[Groups]]
    chinese: ChineseLine
    is_apart: bool = False

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return the page of the list that is asked for."""
        parts = self.parts(services.base)
        numbers, in_chinese = [*map(_number, parts)], is_in_chinese(request)
        groups = [tuple(part.items()) for part in parts if part]
        answer = about.listing(
            request,
            self.chinese.said(numbers) if in_chinese else self.said(numbers),
            groups if self.is_apart else [tuple(chain.from_iterable(groups))],
            ENTRIES_PER_PAGE,
        )
        return replace(answer, notes=(ONE_OF_THEM if in_chinese else self.ask,), in_chinese=in_chinese)

    def number(self, base: FactBase) -> int:
        """Return how many are listed."""
        return sum(self.numbers(base))

    def numbers(self, base: FactBase) -> Sequence[int]:
        """Return the same for each part."""
        return [*map(_number, self.parts(base))]


def _number(groups: Groups) -> int:
    return sum(map(len, groups.values()))


def is_in_chinese(request: Request) -> bool:
    """Say whether something is asked for in Chinese."""
    return CHINESE.search(request.text) is not None


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
            grouping.places,
            LINES[WordUse.PLACES],
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
            grouping.cities,
            LINES[WordUse.ALL_CITIES],
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
            grouping.pairings,
            LINES[WordUse.PAIRINGS],
            is_apart=True,
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
            lambda base: grouping.under(base, say("Mechanisms"), base.seeds.mechanisms),
            LINES[WordUse.MECHANISMS],
        ),
        WordUse.TOPICS: Listing(
            say("Topics"),
            lambda numbers: say(
                "The base is filed under {count}; the number of facts stands behind each name.",
                count=counts.topics(sum(numbers)),
            ),
            say("For one of them type its name, or /yrd-topic and its name: /yrd-topic ports."),
            lambda base: grouping.under(base, say("Topics"), base.seeds.topics),
            LINES[WordUse.TOPICS],
        ),
        WordUse.SOURCES: Listing(
            say("Documents"),
            lambda numbers: say(
                "The base draws on {count}; the number of facts stands behind each title.",
                count=counts.documents(sum(numbers)),
            ),
            say("For one of them type source and its label: /yrd source Xu et al. 2024."),
            grouping.documents,
            LINES[WordUse.SOURCES],
        ),
        WordUse.PLANS: Listing(
            say("Plans"),
            lambda numbers: _facts_about(counts.plans(sum(numbers))),
            say("For one of them type its name."),
            lambda base: grouping.under(base, say("Plans"), base.seeds.plans),
            LINES[WordUse.PLANS],
        ),
        WordUse.PROJECTS: Listing(
            say("Projects"),
            lambda numbers: _facts_about(counts.projects(sum(numbers))),
            say("For one of them type its name."),
            lambda base: grouping.under(base, say("Projects"), base.seeds.projects),
            LINES[WordUse.PROJECTS],
        ),
        WordUse.ORGANISATIONS: Listing(
            say("Organisations"),
            lambda numbers: _facts_about(counts.organisations(sum(numbers))),
            say("For one of them type its name."),
            grouping.organisations,
            LINES[WordUse.ORGANISATIONS],
        ),
        WordUse.PEOPLE: Listing(
            say("People"),
            lambda numbers: _facts_about(counts.people(sum(numbers))),
            say("For one of them type the name."),
            grouping.people,
            LINES[WordUse.PEOPLE],
        ),
    }
)
"""What there are lists of, by the use of the words that ask for it."""
_PAIRINGS: Final = LISTINGS[WordUse.PAIRINGS]
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


def kinds_asked(base: FactBase, text: str) -> Kinds:
    """Return the kinds of ties of which a message asks the number or a list and nothing else: "how many joint parks are there?"."""
    found = _TIES.match(text)
    kinds = kinds_of_ties.named(found["kind"]) if found else NO_KIND
    if found is None or not kinds:
        return NO_KIND
    around = [units(part) for part in (found["before"], found["behind"])]
    if sort_of(base, units(text)) == WordUse.PAIRINGS:
        return kinds
    if any(said and base.phrases.cover(said, _AROUND) is None for said in around):
        return NO_KIND
    # "What are twinnings?" asks what they are, and "what twinnings are there?" which.
    return kinds if around[1] or _COUNTING.search(found["before"]) else NO_KIND


_TIES: Final = re.compile(
    rf"^(?P<before>.*?)(?<![a-z])(?P<kind>{kinds_of_ties.PHRASE})"
    r"(?P<behind>.*?)(?:\s+(?:in|of) the (?:yangtze river )?delta)?[\s?？.。!！]*$",
    re.IGNORECASE,
)
_COUNTING: Final = re.compile(
    r"\b(?:how many|number of|list|show|display|print|give|all|every|which)\b|多少|几[个种]|哪些|列出|列举|列表|所有|全部",
    re.IGNORECASE,
)


def _of_pairings(services: Services, request: Request) -> Answer:
    """Return the list of pairings, of those kinds alone of which a text asks one."""
    base, kinds = services.base, kinds_asked(services.base, request.text)
    if not kinds:
        return _PAIRINGS(services, request)
    here = Counter(one.arrangement for one in base.seeds.pairings if one.delta and base.facts_of(one))
    return replace(
        _PAIRINGS,
        said=lambda numbers: say(
            "The base records {count} of the delta and {elsewhere} elsewhere in China; the number of facts stands "
            "behind each name.",
            count=kinds_of_ties.counted(kinds, here),
            elsewhere=numbers[1] or say("none"),
        ),
        parts=lambda base: grouping.pairings(base, kinds),
        chinese=of_kinds(kinds_of_ties.in_chinese(kinds)),
    )(services, request)


def all_lists(services: Services, request: Request) -> Answer:
    """Return what there are lists of, with a button for each."""
    numbers = {use: listing.number(services.base) for use, listing in LISTINGS.items()}
    held = [(use, listing) for use, listing in LISTINGS.items() if numbers[use]]
    in_chinese = is_in_chinese(request)
    titles = {use: listing.chinese.title if in_chinese else listing.title for use, listing in held}
    one_of_them = say("Type one of these words, such as topics; then a name from the list.")
    return Answer(
        headline=ALL_LISTS if in_chinese else say("I can list what the base holds."),
        outcome="answer",
        sections=(
            Section(
                "列表" if in_chinese else say("Lists"),
                tuple(
                    say("{title} ({number})", title=title, number=numbers[use])
                    for use, title in titles.items()
                ),
            ),
        ),
        # What a button asks is its verb; its text tells in which script.
        choices=tuple(
            Choice(use, title, LIST, title if in_chinese else "", str(use)) for use, title in titles.items()
        ),
        notes=(ONE_OF_THE_LISTS if in_chinese else one_of_them,),
        in_chinese=in_chinese,
    )


def read(services: Services, request: Request) -> Reading | None:
    """Return which list is asked for behind the word; None where a question begins with it."""
    if asked_of(services.base, request.text) is not None:
        return Reading(str(WordUse.DISAGREEMENTS), request.text)
    if kinds_asked(services.base, f"{LIST} {request.text}"):
        return Reading(str(WordUse.PAIRINGS), f"{LIST} {request.text}")
    sort = sort_of(services.base, units(f"{LIST} {request.text}"))
    return None if sort is None else Reading(sort)


COMMAND: Final = Command(
    name=LIST,
    in_chinese=("列表", "清单"),
    usage=say(
        "topics, mechanisms, pairings, cities, places, documents, plans, projects, organisations or people"
    ),
    summary=say("Everything of one sort that the base holds"),
    examples=(Example("topics"), Example(""), Example("pairings"), Example("all mechanisms")),
    handle=all_lists,
    verbs=(
        *(
            Verb(str(use), _of_pairings if listing is _PAIRINGS else listing)
            for use, listing in LISTINGS.items()
        ),
        Verb(str(WordUse.DISAGREEMENTS), differing),
        Verb(str(WordUse.RECENT), told.what_is_new),
        Verb(str(WordUse.FACT_OF_THE_DAY), told.of_the_day),
    ),
    read=read,
    begins_questions=True,
)
