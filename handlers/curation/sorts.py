"""What the kinds and stances of facts are called, where somebody proposes or reviews one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.say import Said, say
from knowledge.vocabulary import Kind, Stance

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
