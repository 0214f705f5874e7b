"""What the kinds and stances of facts, and the pairings that they count as, are called, where somebody proposes or reviews one."""

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
        Stance.REPORTED: say("reported"),
        Stance.CLAIMED: say("claimed"),
        Stance.PLANNED: say("planned"),
        Stance.RECOMMENDED: say("recommended"),
        Stance.HISTORICAL: say("historical"),
    }
)
# By itself "cooperation" tells nobody that it is along a corridor.
PAIRINGS: Final[Mapping[Arrangement, Said]] = MappingProxyType(
    {**ARRANGEMENTS, Arrangement.CORRIDOR: say("cooperation along a corridor")}
)


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
