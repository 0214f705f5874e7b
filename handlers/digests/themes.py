"""The themes of a pool of facts: what they tell together, found from the records and told whole, in time order.

A fact belongs to one theme: a pairing that it is on, a project, a mechanism, a plan, a topic in a section of a document, a
place, and last its document alone. A pure function of the fact base and of what is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Pairing, Place, Plan, Project, Topic
from knowledge.vocabulary import Kind, Region

# What is done or measured is told before what somebody holds, advises or defines.
_CLAIMED: Final = {
    Kind.PAIRING: 0, Kind.EVENT: 0, Kind.PROJECT: 0, Kind.FIGURE: 0, Kind.PLAN: 1, Kind.MECHANISM: 1,
    Kind.CLUSTER: 1, Kind.CASE: 1, Kind.ORGANISATION: 2, Kind.CLAIM: 3, Kind.RECOMMENDATION: 3,
    Kind.DEFINITION: 4,
}  # fmt: skip
_MOSTLY_CLAIMED: Final = 2
# What ties more facts than this is too wide to be a story: a mechanism half of a document is about.
_LONGEST: Final = 8

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """Facts that tell of one thing, `about`: the slug of a record or of a document.

    `facts` are in time order. `beside` are akin to them and have no theme of their own.
    """

    about: str
    facts: tuple[Fact, ...]
    beside: tuple[Fact, ...] = ()

    @property
    def all(self) -> tuple[Fact, ...]:
        """Return its facts in the order in which they are told."""
        return (*self.facts, *self.beside)


def themes(base: FactBase, pool: Sequence[Fact], asked: Iterable[str]) -> tuple[Theme, ...]:
    """Return the themes of `pool` in the order in which they are told; `asked` are the names that it was found by."""
    found = [replace(theme, facts=_in_time(base, theme.facts)) for theme in _found(base, pool, asked)]
    lone = [theme.facts[0] for theme in found if len(theme.facts) == 1]
    whole = [theme for theme in found if len(theme.facts) > 1]
    if not whole:
        return (Theme(found[0].about, tuple(lone)),) if lone else ()
    for fact in lone:
        at = max(range(len(whole)), key=lambda place: (_kinship(base, fact, whole[place]), -place))
        whole[at] = replace(whole[at], beside=(*whole[at].beside, fact))
    return tuple(_in_turn(base, whole))


def when_told(base: FactBase, fact: Fact) -> str:
    """Return when what a fact tells was so: its own date, else that of its document; "" where neither has one."""
    return fact.date or base.document(fact.documents[0]).published


def _found(base: FactBase, pool: Sequence[Fact], asked: Iterable[str]) -> Iterator[Theme]:
    """Yield the themes that are found, the surest ties first; what is left over is a theme of one fact."""
    too_wide = _wider(base, asked)
    left = dict.fromkeys(pool)
    for keys_of, longest in _ties(base, too_wide):
        keys = {fact: keys_of(fact) for fact in left}
        while True:
            tied: dict[_Key, list[Fact]] = {}
            for fact in left:
                for key in keys[fact]:
                    tied.setdefault(key, []).append(fact)
            told = {key: facts for key, facts in tied.items() if 1 < len(facts) <= longest}
            if not told:
                break
            key = max(told, key=lambda one: len(told[one]))
            yield Theme(key[0], tuple(told[key]))
            for fact in told[key]:
                del left[fact]
    for fact in left:
        yield Theme(fact.documents[0], (fact,))


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


def _ties(base: FactBase, too_wide: frozenset[str]) -> Iterator[tuple[Callable[[Fact], list[_Key]], int]]:
    """Yield what may tie facts together, the surest first, each with the most facts that it may tie."""

    def is_on_documents(fact: Fact) -> bool:
        return not base.about_documents.isdisjoint(fact.topics)

    def of_sort(sort: type[Named]) -> Callable[[Fact], list[_Key]]:
        def keys(fact: Fact) -> list[_Key]:
            records = (record for slug in fact.subjects if (record := base.entity(slug)))
            return [
                (record.slug,)
                for record in records
                if isinstance(record, sort)
                and record.slug not in too_wide
                and record.slug not in base.going_without_saying
                and not is_on_documents(fact)
            ]

        return keys

    def thread(fact: Fact) -> list[_Key]:
        first = fact.citations[0]
        return [(topic, first.document, first.section) for topic in fact.topics if not is_on_documents(fact)]

    def topic(fact: Fact) -> list[_Key]:
        return [(topic, fact.documents[0]) for topic in fact.topics if not is_on_documents(fact)]

    unbounded = 10**6
    yield of_sort(Pairing), unbounded
    yield of_sort(Project), unbounded
    yield of_sort(Mechanism), _LONGEST
    yield of_sort(Plan), _LONGEST
    yield thread, _LONGEST
    yield topic, _LONGEST
    yield of_sort(Place), _LONGEST
    yield lambda fact: [(fact.documents[0],)], unbounded


def _in_time(base: FactBase, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return facts in time order; what has no date is told as of what stands before it in its document, or else after it."""
    at: dict[Fact, str] = {}
    by_document: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=_place_of):
        by_document.setdefault(fact.documents[0], []).append(fact)
    for document, told in by_document.items():
        latest = next((fact.date for fact in told if fact.date), base.document(document).published or "9")
        for fact in told:
            latest = fact.date or latest
            at[fact] = latest
    return tuple(sorted(facts, key=lambda fact: (at[fact], _place_of(fact))))


def _place_of(fact: Fact) -> tuple[str, int, str]:
    first = fact.citations[0]
    return (first.document, first.paragraph, fact.id)


def _kinship(base: FactBase, fact: Fact, theme: Theme) -> int:
    """Return how near a fact is to those of a theme: by topic and document, then by place."""
    return max(
        4 * (fact.documents[0] in other.documents and not set(fact.topics).isdisjoint(other.topics))
        + 2 * bool(_places(base, fact) & _places(base, other))
        + (fact.documents[0] in other.documents)
        for other in theme.facts
    )


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
    on_documents = sum(not base.about_documents.isdisjoint(fact.topics) for fact in theme.facts)
    elsewhere = sum(fact.region is not Region.DELTA for fact in theme.facts)
    claimed = sum(_CLAIMED[fact.kind] for fact in theme.facts)
    return (2 * on_documents > count, claimed >= _MOSTLY_CLAIMED * count, 2 * elsewhere > count)
