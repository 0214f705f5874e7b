"""The pairings that facts of a team's own state: who is tied by what a fact counts as is a pairing of the base.

What the seeds hold of pairings is curated by hand; a team says of one sentence which tie it states, and lists, maps and refusals
go by pairings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.model import Fact, Named, Pairing, Place, Tie
from knowledge.stated_ties import as_one, name_of, stated_ties
from knowledge.vocabulary import AS_TWINS, Arrangement, Kind, Stance

_NAMED = 3
_NOUNS = {
    Arrangement.TWINNING: ("twinning", "结对"),
    Arrangement.COUNTERPART_COOPERATION: ("counterpart cooperation", "对口合作"),
    Arrangement.FRIENDSHIP: ("friendly cooperation", "友好合作"),
    Arrangement.PARK: ("joint park", "共建园区"),
    Arrangement.ALLIANCE: ("alliance", "联盟"),
    Arrangement.CORRIDOR: ("corridor", "走廊"),
    Arrangement.METROPOLITAN_AREA: ("metropolitan area", "都市圈"),
    Arrangement.INDUSTRY: ("industrial cooperation", "产业合作"),
    Arrangement.INTEGRATION: ("integration", "一体化"),
    Arrangement.PORT_EQUITY: ("port equity cooperation", "港口股权合作"),
    Arrangement.REGION: ("regional cooperation", "区域合作"),
}


def with_pairings(
    facts: Iterable[Fact], held: Sequence[Pairing], entity: Callable[[str], Named | None]
) -> tuple[tuple[Fact, ...], tuple[Pairing, ...]]:
    """Return `facts`, those that state a tie about its pairing too, and the pairings among these that are not `held`."""
    made = StatedPairings(held, entity)
    stated = tuple(made.about_its_pairings(fact) for fact in facts)
    return stated, tuple(made.pairings.values())


class Stating(Protocol):
    """What states something, a fact or the draft of one."""

    @property
    def statement(self) -> str:
        """Return the sentence."""
        ...

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the slugs of what it is about."""
        ...

    @property
    def kind(self) -> Kind:
        """Return which kind of fact it is."""
        ...

    @property
    def stance(self) -> Stance:
        """Return how it is meant."""
        ...

    @property
    def ties(self) -> tuple[Tie, ...] | None:
        """Return the pairings that it was said to count as, None where nobody was asked."""
        ...


def ties_of(stating: Stating, entity: Callable[[str], Named | None], year: str = "") -> tuple[Tie, ...]:
    """Return the ties of places that a fact, or a draft, counts as: what was said of it.

    Where nobody was asked and people called it a pairing, its statement is read, as of a `year`.
    """
    if stating.ties is not None:
        return stating.ties
    is_pairing = stating.kind is Kind.PAIRING and stating.stance is Stance.REPORTED
    return guessed(stating.statement, stating.subjects, entity, year) if is_pairing else ()


def guessed(
    statement: str, subjects: Iterable[str], entity: Callable[[str], Named | None], year: str = ""
) -> tuple[Tie, ...]:
    """Return the ties between any of the `subjects` that a statement surely states in a `year`, () where it states none so."""
    places = [record for slug in subjects if isinstance(record := entity(slug), Place)]
    if len(places) < len(("one", "other")):
        return ()

    def province_of(place: Place) -> Place | None:
        around = entity(place.province) if place.province else None
        return around if isinstance(around, Place) else None

    return stated_ties(statement, places, province_of, year)


@dataclass(slots=True)
class StatedPairings:
    """The pairings that are held, and those that facts add to them."""

    held: Sequence[Pairing]
    entity: Callable[[str], Named | None]
    pairings: dict[str, Pairing] = field(default_factory=dict)

    def about_its_pairings(self, fact: Fact) -> Fact:
        """Return a fact with the pairings that it states before its other subjects, and none that it states no more."""
        known = tuple(slug for slug in fact.subjects if self.entity(slug) is not None) or fact.subjects
        named = tuple(record for slug in known if isinstance(record := self.entity(slug), Pairing))
        year = fact.contributed.approved[:4] if fact.contributed else ""
        ties = ties_of(fact, self.entity, year)
        stated = dict.fromkeys(
            slug for tie in ties if not _is_named(tie, named) and (slug := self._of(tie, fact.statement))
        )
        subjects = tuple(dict.fromkeys((*stated, *known)))
        return fact if subjects == fact.subjects else fact.model_copy(update={"subjects": subjects})

    def _of(self, tie: Tie, statement: str) -> str:
        """Return the slug of the pairing of a tie, "" where not all of its members are places of the base."""
        places = [record for slug in tie.members if isinstance(record := self.entity(slug), Place)]
        if len(places) < len(tie.members):
            return ""
        kinds, members = as_one(tie.arrangement), frozenset(tie.members)
        for pairing in (*self.held, *self.pairings.values()):
            if pairing.arrangement in kinds and members == frozenset(pairing.members):
                return pairing.slug
        new = _pairing(tie.arrangement, places, statement, self._is_taken)
        self.pairings[new.slug] = new
        return new.slug

    def _is_taken(self, slug: str) -> bool:
        return self.entity(slug) is not None or slug in self.pairings


def _is_named(tie: Tie, named: Iterable[Pairing]) -> bool:
    """Say whether the fact is about a pairing of that kind with all of the places already."""
    kinds, members = as_one(tie.arrangement), frozenset(tie.members)
    return any(pairing.arrangement in kinds and members.issubset(pairing.members) for pairing in named)


def _pairing(
    arrangement: Arrangement, places: Sequence[Place], statement: str, is_taken: Callable[[str], bool]
) -> Pairing:
    """Return the pairing of a tie that a statement states, named as the seeds name theirs."""
    members = sorted(places, key=lambda place: place.slug)
    noun, chinese_noun = _NOUNS[arrangement]
    first = members[:_NAMED]
    left = len(members) - len(first)
    own_name = name_of(statement, arrangement, members)
    names = "-".join(place.name for place in first) + (f" and {left} more" if left else "")
    in_chinese = [place.chinese for place in first]
    joined = ("—" if arrangement in AS_TWINS else "、").join(in_chinese) + ("等" if left else "")
    return Pairing(
        slug=_slug(arrangement, members, is_taken),
        name=own_name or f"{names} {noun}",
        chinese=f"{joined}{chinese_noun}" if all(in_chinese) and not own_name else "",
        arrangement=arrangement,
        members=tuple(place.slug for place in members),
        delta=any(place.delta for place in members),
    )


def _slug(arrangement: Arrangement, members: Sequence[Place], is_taken: Callable[[str], bool]) -> str:
    said = "-".join(place.slug for place in members[:_NAMED])
    if arrangement is not Arrangement.TWINNING:
        said = f"{said}-{arrangement.value.replace(' ', '-')}"
    slug, number = said, 1
    while is_taken(slug):
        number += 1
        slug = f"{said}-{number}"
    return slug
