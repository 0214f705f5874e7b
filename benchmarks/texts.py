"""The questions of the benchmark: every name in the base, and misspelt ones, always the same."""

from __future__ import annotations

import random
import string

from knowledge.base import FactBase

SEED = 20261122
AT_LEAST = 2_000

Question = tuple[str, str]
"""A slash command and what is typed after it."""


def questions(base: FactBase) -> list[Question]:
    """Return each spelling of each name under its command, as it is and (from four letters on) misspelt."""
    chance = random.Random(SEED)
    named = {
        "/yrd-city": base.seeds.places,
        "/yrd-pair": base.seeds.pairings,
        "/yrd-mechanism": base.seeds.mechanisms,
        "/yrd-topic": base.seeds.topics,
    }
    exact = [
        (command, spelling)
        for command, records in named.items()
        for record in records
        for spelling in record.spellings()
    ]
    misspelt = [
        (command, misspell(text, chance)) for command, text in exact if text.isascii() and len(text) >= 4
    ]
    found = list(dict.fromkeys([*exact, *misspelt]))
    if len(found) < AT_LEAST:
        raise ValueError(f"the base gives {len(found)} different questions; {AT_LEAST} are needed")
    chance.shuffle(found)
    return found


def misspell(text: str, chance: random.Random) -> str:
    """Return `text` with one letter left out, doubled, replaced, or swapped with the next."""
    at = chance.randrange(1, len(text) - 1)
    slips = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + chance.choice(string.ascii_lowercase) + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    return chance.choice(slips)
