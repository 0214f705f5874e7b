"""The names in a fact that a question asks for: which city, who, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from handlers.questions.values import printed
from handlers.questions.values.printed import Printed
from handlers.questions.values.shown import together
from handlers.questions.values.wanted import LOCALITIES, Wanted
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Organisation, Pairing, Place, Topic
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize
from knowledge.vocabulary import Level

_LEVELS: Final = {
    "cities": (
        Level.PREFECTURE_LEVEL_CITY,
        Level.COUNTY_LEVEL_CITY,
        Level.CITY,
        Level.MUNICIPALITY,
        Level.TOWN,
    ),
    "districts": (Level.DISTRICT,),
    "counties": (Level.COUNTY, Level.COUNTY_LEVEL_CITY),
    "provinces": (Level.PROVINCE, Level.MUNICIPALITY, Level.SPECIAL_ADMINISTRATIVE_REGION),
}
_GOVERNED: Final = tuple(level for levels in _LEVELS.values() for level in levels)
_WIDE: Final = (Level.COUNTRY, Level.REGION)
# What may stand between two names of one list.
_JOINS: Final = re.compile(
    r"(?: District| City| County)?(?:,? and|,|,? or|,? &)(?: the| in| at| by| with| of| cities of)? ?"
)
_IN: Final = re.compile(r"\b(?:in|at|to|near|on|inside)(?: the)? $", re.IGNORECASE)
_AGENT: Final = re.compile(
    r"(?:^|\bby |\bled by |^(?:In|On|At|Since) (?:\([^)]*\)|[^,(])*,? )(?:the )?$", re.IGNORECASE
)
_BEHIND: Final = re.compile(r" (?:of|for|on|in|with)\b| \(")
_IS: Final = re.compile(r"(?: and|,|['’]| (?:is|are|was|were|has|have|had|can|in)\b)")
_END: Final = re.compile(r"[.,;]| (?:for|as|in|by|is|are|to)\b|$")
# Some of a list are not the list, and where something is from, or between what it lies, is not where it is.
_PART: Final = re.compile(
    r"\b(?:among them|printed|such as|including|other than|from(?: [^.]+ to)?)(?: the)? $"
)
# "In Shanghai and in surrounding cities": a place that is named is then not all of where.
_ELSEWHERE: Final = re.compile(
    r"\bin (?:(?:other|nearby|neighbou?ring|several|some|surrounding) )+\w+", re.IGNORECASE
)
# More names than this in a list are of one sort, whatever their levels: districts stand among cities.
_FEW: Final = 2
_PAIR: Final = 2
SAYS: Final = re.compile(
    r",? (?:according to .*|(?:the )?[\w\s.'’-]{0,40}(?:says?|said|finds?|argues?|reports?|holds?|notes?|prints?|expects?|concludes?|recommends?|believes?))\.?$"
)
_CLAUSE: Final = re.compile(r", (?:and|but|while|whereas|with) |; |, (?=[\w'’]+ for )")

Sort = Callable[[Named], bool]


def speaker(base: FactBase, wanted: Wanted, fact: Fact) -> str:
    """Return who holds what a fact states, "" where the question names them."""
    said = fact.speaker
    return "" if _words(said) <= wanted.words else said


def names(base: FactBase, query: Query, wanted: Wanted, fact: Fact) -> str:
    """Return the names in a statement that are of the sort asked for and not in the question, where they stand together."""
    sort = _sort(wanted)
    if sort is None:
        return ""
    statement = SAYS.sub("", fact.statement)
    clauses = [(0, len(statement))] if wanted.is_compound else _clauses(base, query, wanted, fact, statement)
    for begin, end in clauses:
        there = [one for one in printed.names(base.names, fact) if begin <= one.start and one.end <= end]
        if found := _fitting(wanted, sort, statement, there):
            is_one_too_many = len(found) > 1 or (wanted.single and len(found[0]) > 1)
            return "" if is_one_too_many else together(base, [one.record for one in found[0]])
    return ""


def _fitting(wanted: Wanted, sort: Sort, statement: str, there: Sequence[Printed]) -> list[Sequence[Printed]]:
    """Return the lists of names of the sort asked for that stand where an answer does, without what the question names."""
    fitting = [
        (listed, new)
        for listed in _lists(statement, _without_qualifiers(statement, there))
        if not _PART.search(statement[: listed[0].start])
        and (new := _not_named(wanted, listed))
        and (all(sort(one.record) for one in new) or _are_mostly(sort, new))
        and not (wanted.several and len(listed) == 1)
    ]
    if wanted.several and _are_some(wanted, sort, statement, there, fitting):
        return []
    right = [new for listed, new in fitting if _stands_right(wanted, statement, listed)]
    if not right and wanted.where and len(fitting) == 1:
        # "SMIC has chosen Ningbo and Shaoxing": a list of places, of which there is but one.
        right = [
            new for listed, new in fitting if 1 < len(listed) == len(new) and _ends_there(statement, listed)
        ]
    return right


def _are_some(
    wanted: Wanted,
    sort: Sort,
    statement: str,
    there: Sequence[Printed],
    fitting: Sequence[tuple[Sequence[Printed], Sequence[Printed]]],
) -> bool:
    """Say whether a statement holds more of the sort asked for than its lists do: "Shanghai, with Nanjing and Hangzhou"."""
    listed = {one.record.slug for _, new in fitting for one in new}
    provinces = {one.record.province for one in there if isinstance(one.record, Place)}
    return any(
        sort(one.record)
        and one.record.slug not in listed | wanted.named | provinces
        and not _PART.search(statement[: one.start])
        for one in there
    )


def _not_named(wanted: Wanted, listed: Sequence[Printed]) -> Sequence[Printed]:
    """Return a list without what the question names, and without what all of it is called: "the three provinces and one city"."""
    listed_slugs = {one.record.slug for one in listed}
    return [
        one
        for one in listed
        if one.record.slug not in wanted.named
        and not (isinstance(one.record, Pairing) and listed_slugs.issuperset(one.record.members))
    ]


def _are_mostly(sort: Sort, listed: Sequence[Printed]) -> bool:
    """Say whether a long list of places holds some of a sort: a district stands among cities."""
    return (
        len(listed) > _FEW
        and all(isinstance(one.record, Place) for one in listed)
        and any(sort(one.record) for one in listed)
    )


def _sort(wanted: Wanted) -> Sort | None:
    """Return what says whether a record is of the sort asked for; None where no names are asked for."""
    if wanted.titles and wanted.who:
        return lambda record: record.is_person
    levels = tuple(level for sort in wanted.sorts for level in _LEVELS.get(sort, ()))
    if levels:
        return lambda record: isinstance(record, Place) and record.level in levels
    if "bodies" in wanted.sorts:
        return lambda record: (
            isinstance(record, Organisation) and not record.is_person and _is_called(wanted, record)
        )
    if "persons" in wanted.sorts:
        return lambda record: record.is_person
    if wanted.where:
        return lambda record: isinstance(record, Place) and record.level not in _WIDE
    if wanted.publisher:
        return lambda record: isinstance(record, Organisation) and not record.is_person
    if wanted.who:
        return lambda record: (
            isinstance(record, Organisation) or (isinstance(record, Place) and record.level in _GOVERNED)
        )
    if wanted.noun in LOCALITIES:
        return lambda record: isinstance(record, Place) and record.level in _GOVERNED
    if wanted.noun:
        kinds = (wanted.noun, wanted.noun.removesuffix("s"))
        return lambda record: (
            not isinstance(record, Pairing | Topic | Mechanism) and _head(record.name) in kinds
        )
    return None


def _is_called(wanted: Wanted, record: Named) -> bool:
    """Say whether a body may be of the kind asked for: a university is called one."""
    kinds = _stems((wanted.noun,)) & _stems(
        ("bank", "university", "institute", "school", "newspaper", "government")
    )
    return kinds <= _words(record.name)


def _head(name: str) -> str:
    """Return the word of a name that says what it is: "centre" of "Remote monitoring centre for crops"."""
    return (tokenize(normalize(_BEHIND.split(name, maxsplit=1)[0])) or [""])[-1]


def _words(text: str) -> frozenset[str]:
    return _stems(tokenize(normalize(text)))


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, filter(None, words)))


def _clauses(
    base: FactBase, query: Query, wanted: Wanted, fact: Fact, statement: str
) -> list[tuple[int, int]]:
    """Return where to look for names, one place after the other: in the clause that speaks of what is asked, else in the whole
    of a statement; nowhere where several clauses do, each of something else.
    """
    cuts = [0, *(found.start() for found in _CLAUSE.finditer(statement)), len(statement)]
    clauses = list(pairwise(cuts))
    if len(clauses) == 1:
        return clauses
    whole = (0, len(statement))
    named = [one for one in printed.names(base.names, fact) if one.record.slug in wanted.named]
    names = [
        _spoken_of(query, statement[begin:end], are_names=True).union(
            one.record.slug for one in named if begin <= one.start and one.end <= end
        )
        for begin, end in clauses
    ]
    # What a sentence begins with is spoken of in all its clauses.
    own = [
        at for at, one in enumerate(names) if one.difference(*(other for other in names if other is not one))
    ]
    if any(own):
        # "Xuzhou is the central city, and the core city, of the zone" goes on behind what looks like its end.
        return [clauses[own[0]], *([whole] if len(clauses) == _PAIR else [])] if len(own) == 1 else []
    said = [len(_spoken_of(query, statement[begin:end], are_names=False)) for begin, end in clauses]
    return [clauses[said.index(max(said))]] if said.count(max(said)) == 1 else [whole]


def _spoken_of(query: Query, text: str, *, are_names: bool) -> frozenset[str]:
    """Return what of a question a text speaks of: names by the words they are typed with, all else in any words."""
    words = _words(text)
    return frozenset(
        concept.surface
        for concept in query.concepts
        if concept.is_name == are_names
        and (
            any(words.issuperset(form) for form, _ in concept.alternatives)
            or (are_names and not words.isdisjoint(_words(concept.surface)))
        )
    )


def _without_qualifiers(statement: str, there: Sequence[Printed]) -> list[Printed]:
    """Return the names of a statement without those that only say where another lies: "Wuhu, Anhui"."""
    return [
        one
        for one in there
        if "-" not in (statement[one.start - 1 : one.start], statement[one.end : one.end + 1])
        and not any(
            isinstance(other.record, Place)
            and isinstance(one.record, Place)
            and other.record.slug != one.record.slug
            and one.record.slug == other.record.province
            for other in there
        )
    ]


def _lists(statement: str, found: Sequence[Printed]) -> list[list[Printed]]:
    """Return the names cut into those that stand together as a list."""
    lists: list[list[Printed]] = []
    for one in found:
        between = statement[lists[-1][-1].end : one.start] if lists else ""
        if lists and _JOINS.fullmatch(between):
            lists[-1].append(one)
        else:
            lists.append([one])
    return lists


def _ends_there(statement: str, listed: Sequence[Printed]) -> bool:
    """Say whether a list within a sentence is all of its part, and no more than says which of something: "Ningbo ports"."""
    return listed[0].start > 0 and bool(_END.match(statement[listed[-1].end :]))


def _stands_right(wanted: Wanted, statement: str, names: Sequence[Printed]) -> bool:
    before = statement[: names[0].start]
    if wanted.sorts or (wanted.noun and not wanted.who and not wanted.where):
        return True
    if wanted.where:
        return bool(_IN.search(before)) and not _ELSEWHERE.search(statement)
    if wanted.publisher and _IN.search(before):
        return True
    # "Shanghai is the city ..." tells of no doer.
    is_doer = not isinstance(names[-1].record, Place) or not _IS.match(statement[names[-1].end :])
    return bool(_AGENT.search(before)) and is_doer
