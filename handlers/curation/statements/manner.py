"""How a statement is told by its own words: whether it reports, claims, plans or advises, and who does."""

from __future__ import annotations

import re
from typing import Any, Final

from handlers.curation.statements import kind
from handlers.draft import SPEAKER_MAX
from knowledge.base import FactBase
from knowledge.vocabulary import Stance

_SPEAKER: Final = re.compile(
    r"^(?P<before>[^,.]{2,60}?),? (?:says?|said|claims?|claimed|argues?|argued|recommends?|recommended|calls? for|urges?) "
    r"|\baccording to (?P<after>[^,.]{2,60})"
)
_RECOMMENDED: Final = re.compile(
    r"\b(?:should|recommends?|recommended|calls? for|urges?|ought to)\b|应当|应该|建议"
)
_PLANNED: Final = re.compile(r"\b(?:will|plans? to|is to|are to|planned|aims? to|intends? to)\b|将|计划|拟")
_CLAIMED: Final = re.compile(r"\b(?:claims?|claimed|argues?|argued|according to|says?|said)\b")


def manner(base: FactBase, text: str) -> dict[str, Any]:
    """Return the kind, the stance and the speaker of a statement by its words."""
    speaker = speaker_of(text)
    stance = stance_of(text, speaker)
    return {
        "kind": kind.of(base, text, stance),
        "stance": stance,
        "speaker": speaker if stance in (Stance.CLAIMED, Stance.RECOMMENDED) else "",
    }


def stance_of(text: str, speaker: str) -> Stance:
    """Return how a statement is meant that has that speaker, "" where it has none."""
    if _RECOMMENDED.search(text) and speaker:
        return Stance.RECOMMENDED
    if _CLAIMED.search(text) and speaker:
        return Stance.CLAIMED
    return Stance.PLANNED if _PLANNED.search(text) else Stance.REPORTED


def speaker_of(text: str) -> str:
    """Return who says or advises what a statement states, "" where it names nobody."""
    found = _SPEAKER.search(text)
    return (found["before"] or found["after"] or "").strip()[:SPEAKER_MAX] if found else ""
