"""Ids of facts as people write them: in any case, without leading zeros, with "#" or in a sentence."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.vocabulary import FACT_ID

_DIGITS: Final = 3
MOST: Final = 5
"""Facts that are shown of the ids in one message."""
# A letter or a digit goes on an id; a Chinese character beside it does not.
_GOES_ON: Final = r"[^\W㐀-鿿]"
_WRITTEN: Final = re.compile(
    rf"(?<!{_GOES_ON})(?<!-)([a-z][a-z0-9]*(?:-[a-z0-9]+)*)-([0-9]{{1,3}})(?!{_GOES_ON}|-|[.,:/][0-9])"
)
_DASHES: Final = str.maketrans("‐‑‒–—−_", "-------")
_AROUND: Final = "#\"'“”‘’«»<>()[]（）【】「」`*.,:;!?。，：；！？ "


def standard(text: str) -> str:
    """Return an id as the base writes it: "#XU-TWINNING-45" -> "xu-twinning-045"; what is none in lower case."""
    bare = text.strip(_AROUND).translate(_DASHES).lower()
    found = _WRITTEN.fullmatch(bare)
    return f"{found[1]}-{found[2].zfill(_DIGITS)}" if found else bare


def in_text(base: FactBase, text: str) -> tuple[str, ...]:
    """Return the ids of facts that `text` names, each once, also of facts that there are not; of another series than the base
    has only where the text is that and nothing else.
    """
    folded = text.translate(_DASHES).lower()
    found = list(_WRITTEN.finditer(folded)) if "-" in folded else []
    if not found:
        return ()
    series = series_of(base)
    ids = [f"{one[1]}-{one[2].zfill(_DIGITS)}" for one in found if one[1] in series]
    alone = standard(text)
    if not ids and FACT_ID.match(alone) and get_close_matches(alone[: -_DIGITS - 1], series, 1):
        ids = [alone]
    return tuple(dict.fromkeys(ids))[:MOST]


def mistaken(services: Services, typed: str) -> Said:
    """Return that what was typed where the id of a fact is wanted is none, and how one looks."""
    example = services.base.facts[0].id
    return say("“{typed}” is no id of a fact. An id looks like {example}.", typed=typed, example=example)


def series_of(base: FactBase) -> frozenset[str]:
    """Return what the ids of facts begin with, which tells their document."""
    return frozenset(fact.id[: -_DIGITS - 1] for fact in base.facts)


def nearest(base: FactBase, fact_id: str) -> tuple[str, ...]:
    """Return up to three ids nearest to one that no fact has: of its series the numbers beside it, else of the series most like it."""
    wanted, _, number = fact_id.rpartition("-")
    like = get_close_matches(wanted, series_of(base), 1)
    if not (like and number.isdecimal()):
        return ()
    held = [fact.id for fact in base.facts if fact.id[: -_DIGITS - 1] == like[0]]
    return tuple(sorted(sorted(held, key=lambda held: abs(int(held[-_DIGITS:]) - int(number)))[:3]))
