"""The themes of a pool of facts: what they tell together, found from the records and told whole, in time order.

A fact belongs to one theme, that which it is most about: a pairing that it is on, a project, a mechanism, a plan, a topic in a section of a document, a
place, and last its document alone. Facts that nothing ties to another come last, together. A pure function of the fact base
and of what is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Pairing, Place, Plan, Project, Topic
from knowledge.vocabulary import Kind, Region, Stance

# What is done or measured is told before what somebody holds, advises or defines.
_CLAIMED: Final = {
    Kind.PAIRING: 0, Kind.EVENT: 0, Kind.PROJECT: 0, Kind.FIGURE: 0, Kind.PLAN: 1, Kind.MECHANISM: 1,
    Kind.CLUSTER: 1, Kind.CASE: 1, Kind.ORGANISATION: 2, Kind.CLAIM: 3, Kind.RECOMMENDATION: 3,
    Kind.DEFINITION: 4,
}  # fmt: skip
_MOSTLY_CLAIMED: Final = 2
# What ties more facts than this is too wide to be a story: a mechanism half of a document is about.
_LONGEST: Final = 8
# A fact on more of them is about no one pairing.
_MOST_PAIRINGS: Final = 2
# Comes after every date.
_NO_TIME: Final = "9"

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """Facts that tell of one thing, `about`: the slug of a record or of a document; "" for those that nothing ties.

    `facts` are in time order. `number` counts the themes about one thing, such as a topic's threads in several sections.
    """

    about: str
    facts: tuple[Fact, ...]
    number: int = 1

    @property
    def is_of_single_facts(self) -> bool:
        """Say whether its facts tell of nothing together: each is alone in the pool."""
        return not self.about


def themes(base: FactBase, pool: Sequence[Fact], asked: Iterable[str]) -> tuple[Theme, ...]:
    """Return the themes of `pool` in the order in which they are told; `asked` are the names that it was found by."""
    found = [replace(theme, facts=_in_time(base, theme.facts)) for theme in _found(base, pool, asked)]
    single = _in_time(base, [theme.facts[0] for theme in found if len(theme.facts) == 1])
    # What is on the documents themselves is told last here too.
    single = tuple(sorted(single, key=lambda fact: _is_on_documents(base, fact)))
    whole = _in_turn(base, [theme for theme in found if len(theme.facts) > 1])
    return (*_numbered(whole), *((Theme("", single),) if single else ()))


def _numbered(found: Iterable[Theme]) -> Iterator[Theme]:
    """Yield themes as they come, each with its number among those about the same."""
    count = Counter[str]()
    for theme in found:
        count[theme.about] += 1
        yield replace(theme, number=count[theme.about])


def _found(base: FactBase, pool: Sequence[Fact], asked: Iterable[str]) -> Iterator[Theme]:
    """Yield the themes that are found, the surest ties first; what is left over is a theme of one fact."""
    named = frozenset(asked)
    left = dict.fromkeys(pool)
    for keys_of, longest in _ties(base, named):
        keys = {fact: keys_of(fact) for fact in left}
        while True:
            tied: dict[_Key, list[Fact]] = {}
            for fact in left:
                for key in keys[fact]:
                    tied.setdefault(key, []).append(fact)
            told = {key: facts for key, facts in tied.items() if 1 < len(facts) <= longest}
            if not told:
                break
            key = min(told, key=lambda one: _fit(one, told[one], keys))
            yield Theme(key[0], tuple(told[key]))
            for fact in told[key]:
                del left[fact]
    for fact in left:
        yield Theme(fact.documents[0], (fact,))


def _fit(
    key: _Key, told: Sequence[Fact], keys: Mapping[Fact, Sequence[_Key]]
) -> tuple[float, int, tuple[str, int, str], _Key]:
    """Return what orders ties: that comes first which most of its facts are about.

    A fact on one pairing is about it whole, one on two about each by half; of equal ones the larger is told first, then that
    whose document begins with it, so that no order of records or of a set decides.
    """
    about = sum(1 / len(keys[fact]) for fact in told)
    return (-about, -len(told), min(map(_place_of, told)), key)


def _wider(base: FactBase, asked: Iterable[str]) -> frozenset[str]:
    """Return the names asked for and all that are wider: what everything is about is no theme."""
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        slug = waiting.pop()
        if slug not in found:
            found.add(slug)
            record = base.entity(slug)
            waiting += record.broader if isinstance(record, Topic | Mechanism) else ()
            waiting += filter(None, (record.province,)) if isinstance(record, Place) else ()
    return frozenset(found)


def _ties(base: FactBase, asked: frozenset[str]) -> Iterator[tuple[Callable[[Fact], list[_Key]], int]]:
    """Yield what may tie facts together, the surest first, each with the most facts that it may tie."""
    too_wide = _wider(base, asked)

    def of_sort(sort: type[Named]) -> Callable[[Fact], list[_Key]]:
        def keys(fact: Fact) -> list[_Key]:
            records = (record for slug in fact.subjects if (record := base.entity(slug)))
            return [
                (record.slug,)
                for record in records
                if isinstance(record, sort)
                and record.slug not in too_wide
                and record.slug not in base.going_without_saying
                and not _is_on_documents(base, fact)
            ]

        return keys

    def pairing(fact: Fact) -> list[_Key]:
        keys = of_sort(Pairing)(fact)
        # Of several pairings the digest's own is the one that its readers follow. What counts up more than two is about none
        # of them, but about what they have in common: a mechanism, a plan, the thread of its section.
        own = [key for key in keys if not asked.isdisjoint(_members(base, key[0]))]
        return own or (keys if len(keys) <= _MOST_PAIRINGS else [])

    def thread(fact: Fact) -> list[_Key]:
        first = fact.citations[0]
        return [
            (topic, first.document, first.section)
            for topic in fact.topics
            if not _is_on_documents(base, fact)
        ]

    def topic(fact: Fact) -> list[_Key]:
        return [(topic, fact.documents[0]) for topic in fact.topics if not _is_on_documents(base, fact)]

    unbounded = 10**6
    yield pairing, unbounded
    yield of_sort(Project), unbounded
    yield of_sort(Mechanism), _LONGEST
    yield of_sort(Plan), _LONGEST
    yield thread, _LONGEST
    yield topic, _LONGEST
    yield of_sort(Place), _LONGEST
    yield lambda fact: [(fact.documents[0],)], unbounded


def _members(base: FactBase, slug: str) -> tuple[str, ...]:
    record = base.entity(slug)
    return record.members if isinstance(record, Pairing) else ()


def looks_ahead(base: FactBase, fact: Fact) -> bool:
    """Say whether the date of a fact is one to which its document looked ahead: later than the document, or of something that
    an undated one plans.
    """
    published = base.document(fact.documents[0]).published
    if not fact.date:
        return False
    if not published:
        return fact.stance is Stance.PLANNED
    known = min(len(fact.date), len(published))
    return fact.date[:known] > published[:known]


def _in_time(base: FactBase, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return facts in time order, those of one date together; what has no date is told behind what stands before it in its
    document, and what looks ahead when it was said.
    """
    at: dict[Fact, str] = {}
    by_document: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=_place_of):
        by_document.setdefault(fact.documents[0], []).append(fact)
    for document, told in by_document.items():
        published = base.document(document).published
        dated = {fact: fact.date for fact in told if fact.date and not looks_ahead(base, fact)}
        latest = next(iter(dated.values()), published or _NO_TIME)
        for fact in told:
            latest = dated.get(fact, latest)
            at[fact] = published if fact.date and fact not in dated and published else latest
    is_dated = {fact: bool(fact.date) and not looks_ahead(base, fact) for fact in facts}
    return tuple(sorted(facts, key=lambda fact: (at[fact], not is_dated[fact], _place_of(fact))))


def _place_of(fact: Fact) -> tuple[str, int, str]:
    first = fact.citations[0]
    return (first.document, first.paragraph, fact.id)


def _is_on_documents(base: FactBase, fact: Fact) -> bool:
    return not base.about_documents.isdisjoint(fact.topics)


def _places(base: FactBase, fact: Fact) -> set[str]:
    known = (base.entity(slug) for slug in fact.subjects)
    return {one.slug for one in known if isinstance(one, Place) and not one.goes_without_saying}


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a theme stands: the document that most of it is from, and the places that it is on."""

    document: str
    places: frozenset[str]

    @classmethod
    def of(cls, base: FactBase, theme: Theme) -> _Setting:
        documents = Counter(name for fact in theme.facts for name in fact.documents)
        places = frozenset[str]().union(*(_places(base, fact) for fact in theme.facts))
        return cls(documents.most_common(1)[0][0], places)

    def likeness(self, before: _Setting | None) -> int:
        """Return how like it is to the one before, which readers have just had."""
        if before is None:
            return 0
        return 2 * (self.document == before.document) + bool(self.places & before.places)


def _in_turn(base: FactBase, found: list[Theme]) -> Iterator[Theme]:
    """Yield what was done before what is claimed, and each time what differs in document and places from the one before."""
    left = [(at, theme, _standing(base, theme), _Setting.of(base, theme)) for at, theme in enumerate(found)]
    before: _Setting | None = None
    while left:
        order = [(standing, setting.likeness(before), at) for at, _, standing, setting in left]
        _, theme, _, before = left.pop(order.index(min(order)))
        yield theme


def _standing(base: FactBase, theme: Theme) -> tuple[bool, bool, bool]:
    count = len(theme.facts)
    on_documents = sum(_is_on_documents(base, fact) for fact in theme.facts)
    elsewhere = sum(fact.region is not Region.DELTA for fact in theme.facts)
    claimed = sum(_CLAIMED[fact.kind] for fact in theme.facts)
    return (2 * on_documents > count, claimed >= _MOSTLY_CLAIMED * count, 2 * elsewhere > count)
