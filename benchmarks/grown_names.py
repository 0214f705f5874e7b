"""Made-up names in any number, and queries for them with one or two slips: the same for the same seed.

As in the measurements the design was chosen by: 55 % places in pinyin, 30 % mechanisms of three to five words,
15 % pairings; half the queries with one and half with two slips, substitutions mostly by a neighbouring key.
"""

from __future__ import annotations

import random
import string
from collections.abc import Mapping

from knowledge.names.other_names import neighbours

SEED = 20261122
INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()  # noqa: SIM905
FINALS = "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu o ong ou u ua uan ui un uo".split()  # noqa: SIM905
SUFFIXES = ("", "", "", " city", " district", " county", " new area", " port", " zone")
WORDS = (  # noqa: SIM905
    "joint shared cross border regional cost benefit sharing transfer payment land quota talent housing fund mutual "
    "recognition credit hospital insurance patent data platform approval customs clearance river basin ecological "
    "compensation green energy grid carbon quota tax revenue split enclave park industrial chain innovation voucher "
    "equipment science corridor port equity rail ticket metro card school library service counter licence standard "
    "inspection mutual supervision court mediation emergency flood water supply coordination council office task "
    "force pilot zone demonstration investment bond guarantee relocation twinning counterpart assistance village "
    "tourism route airline slot truck platoon battery hydrogen charging network cloud computing chip packaging"
).split()


def names(count: int) -> list[str]:
    """Return `count` different names in small letters, mean length about 19."""
    chance = random.Random(SEED)
    found: dict[str, None] = {}
    while len(found) < count:
        found[_name(chance)] = None
    return list(found)


def _name(chance: random.Random) -> str:
    sort = chance.random()
    if sort < 0.55:
        return _place(chance) + chance.choice(SUFFIXES)
    if sort < 0.85:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 5)))
    return f"{_place(chance)} {_place(chance)}"


def _place(chance: random.Random) -> str:
    syllables = chance.randint(2, 4)
    return "".join(chance.choice(INITIALS) + chance.choice(FINALS) for _ in range(syllables))


def queries(known: list[str], count: int) -> list[tuple[str, str]]:
    """Return `count` pairs of a misspelt name and the name meant: every second with two slips."""
    chance = random.Random(SEED + 1)
    near = neighbours()
    pairs = []
    for number in range(count):
        meant = typed = chance.choice(known)
        for _ in range(1 + number % 2):
            typed = _slip(typed, chance, near)
        pairs.append((typed, meant))
    return pairs


def _slip(text: str, chance: random.Random, near: Mapping[str, str]) -> str:
    at = chance.randrange(len(text))
    letter = text[at]
    match chance.randrange(4):
        case 0:
            keys = near.get(letter, "") if chance.random() < 0.7 else ""
            return text[:at] + chance.choice(keys or string.ascii_lowercase) + text[at + 1 :]
        case 1:
            return text[:at] + chance.choice(string.ascii_lowercase) + text[at:]
        case 2:
            return text[:at] + text[at + 1 :]
        case _:
            return text[:at] + text[at + 1 : at + 2] + letter + text[at + 2 :]
