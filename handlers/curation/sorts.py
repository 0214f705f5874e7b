"""What kinds of facts, the ways of telling them and the pairings that they count as are called, where somebody proposes or reviews one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from handlers.records.enumerated import all_of
from handlers.records.kind_of import ARRANGEMENTS
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Tie
from knowledge.vocabulary import Arrangement, Kind, Stance

KINDS: Final[Mapping[Kind, Said]] = MappingProxyType(
    {
        Kind.FIGURE: say("figure"),
        Kind.EVENT: say("event"),
        Kind.PAIRING: say("pairing"),
        Kind.MECHANISM: say("mechanism"),
        Kind.PLAN: say("plan"),
        Kind.PROJECT: say("project"),
        Kind.ORGANISATION: say("organisation"),
        Kind.CLUSTER: say("cluster"),
        Kind.CLAIM: say("claim"),
        Kind.RECOMMENDATION: say("recommendation"),
        Kind.DEFINITION: say("definition"),
        Kind.CASE: say("case"),
    }
)
STANCES: Final[Mapping[Stance, Said]] = MappingProxyType(
    {
        Stance.REPORTED: say("a fact"),
        Stance.CLAIMED: say("a claim"),
        Stance.PLANNED: say("a plan"),
        Stance.RECOMMENDED: say("a recommendation"),
        Stance.HISTORICAL: say("history"),
    }
)
TOLD_AS: Final = say("Told as")
"""What stands before one of STANCES."""
# How a kind is told unless somebody says otherwise; any other as a fact.
_USUALLY: Final[Mapping[Kind, Stance]] = MappingProxyType(
    {
        Kind.CLAIM: Stance.CLAIMED,
        Kind.PLAN: Stance.PLANNED,
        Kind.RECOMMENDATION: Stance.RECOMMENDED,
    }
)
# By itself "cooperation" tells nobody that it is along a corridor.
PAIRINGS: Final[Mapping[Arrangement, Said]] = MappingProxyType(
    {**ARRANGEMENTS, Arrangement.CORRIDOR: say("cooperation along a corridor")}
)


def told(kind: Kind, stance: Stance, speaker: str) -> Said:
    """Return what kind of fact something is, and how its source tells it where that is not how such a fact is told: "event",
    "claim of the Port Group", "figure, told as a plan".
    """
    sort = KINDS[kind]
    if stance is not _USUALLY.get(kind, Stance.REPORTED):
        sort = say("{kind}, told as {stance}", kind=sort, stance=STANCES[stance])
    return say("{kind} of {speaker}", kind=sort, speaker=speaker) if speaker else sort


def pairings(base: FactBase, ties: Iterable[Tie]) -> str:
    """Return which places are tied and by what, "" where none are."""
    return "; ".join(
        say(
            "{places} ({kind})",
            places=all_of([base.entity(slug) or slug for slug in tie.members]),
            kind=PAIRINGS[tie.arrangement],
        )
        for tie in ties
    )
