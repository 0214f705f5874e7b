"""Every name with every kind of slip, through the names of the base (`make slips`).

A slip that happens to spell another real name is counted apart: nobody could tell. Of a spelling that places
share (Suzhou, Taizhou) the right answer is the question which is meant. Besides: cities outside the delta
typed exactly must be called outside, and must never become a place of the delta, misspelt or not.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.names import keys
from knowledge.names.other_names import neighbours
from knowledge.names.resolver import Ambiguous, Found, NameResolver, Outside, Suggestions
from knowledge.vocabulary import Level

# right: read as the name meant. asked: offered among others. declined: no name, or others only. outside: taken
# for a place outside the base. another: the slip spells another name exactly.
OUTCOMES = ("right", "asked", "declined", "wrong", "outside", "another")
# What no place outside may ever be.
TAKEN = "taken for the delta"
PREFECTURES = Path(__file__).parent / "prefectures.txt"
CITIES = frozenset({Level.PREFECTURE_LEVEL_CITY, Level.MUNICIPALITY})
_HABITS = (("zh", "z"), ("ch", "c"), ("sh", "s"), (r"z(?!h)", "zh"), (r"c(?!h)", "ch"), (r"s(?!h)", "sh"),
           (r"ng(?![aeiou])", "n"), (r"n(?![aeioug])", "ng"))  # fmt: skip

Counts = Counter[str]


_NEIGHBOURS = neighbours()


def dropped(name: str) -> Iterator[str]:
    """Yield `name` without one of its letters."""
    return (name[:i] + name[i + 1 :] for i, letter in enumerate(name) if letter.isalnum())


def doubled(name: str) -> Iterator[str]:
    """Yield `name` with one of its letters twice."""
    return (name[:i] + letter + name[i:] for i, letter in enumerate(name) if letter.isalnum())


def swapped(name: str) -> Iterator[str]:
    """Yield `name` with two neighbouring letters in the wrong order."""
    return (
        name[:i] + name[i + 1] + name[i] + name[i + 2 :]
        for i in range(len(name) - 1)
        if name[i].isalnum() and name[i + 1].isalnum()
    )


def neighbouring_key(name: str) -> Iterator[str]:
    """Yield `name` with one letter replaced by one whose key touches it."""
    return (
        name[:i] + other + name[i + 1 :]
        for i, letter in enumerate(name)
        for other in _NEIGHBOURS.get(letter, "")
    )


def missing_space(name: str) -> Iterator[str]:
    """Yield `name` with one space left out."""
    return (name[:i] + name[i + 1 :] for i, letter in enumerate(name) if letter == " ")


def extra_space(name: str) -> Iterator[str]:
    """Yield `name` with a space inside a word."""
    return (
        f"{name[:i]} {name[i:]}" for i in range(1, len(name)) if name[i].isalnum() and name[i - 1].isalnum()
    )


def pinyin_habits(name: str) -> Iterator[str]:
    """Yield `name` with one sound written as by ear: zh for z, ng for n, and the other way."""
    for pattern, habit in _HABITS:
        for found in re.finditer(pattern, name):
            yield name[: found.start()] + habit + name[found.end() :]


KINDS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "dropped letter": dropped,
    "doubled letter": doubled,
    "swapped letters": swapped,
    "neighbouring key": neighbouring_key,
    "missing space": missing_space,
    "extra space": extra_space,
    "pinyin habit": pinyin_habits,
}


def slips_of(name: str, kind: str) -> tuple[str, ...]:
    """Return the different slips of one kind in a name, without those that leave it as it is."""
    typed = keys.bare(name).lower()
    return tuple(dict.fromkeys(slip for slip in KINDS[kind](typed) if slip != typed and slip.strip()))


def count(names: NameResolver, records: Iterable[Named]) -> dict[str, Counts]:
    """Return for each kind of slip how often it ended how."""
    found: defaultdict[str, Counts] = defaultdict(Counter)
    for record in records:
        for kind in KINDS:
            for slip in slips_of(record.name, kind):
                found[kind][outcome(names, record, slip)] += 1
    return {kind: found[kind] for kind in KINDS if kind in found}


def outcome(names: NameResolver, meant: Named, typed: str) -> str:
    """Return how `typed`, a slip of the name of `meant`, is taken: one of OUTCOMES."""
    exactly = names.exact(keys.squash(typed), typed)
    if exactly and not _reads_as(exactly, meant):
        return "another"
    resolution = names.resolve(typed)
    if _reads_as(resolution, meant):
        return "right"
    match resolution:
        case Found():
            return "wrong"
        case Ambiguous(records=records) | Suggestions(records=records):
            return "asked" if meant in records else "declined"
        case Outside():
            return "outside"
    return "declined"


def _reads_as(resolution: object, meant: Named) -> bool:
    if isinstance(resolution, Found):
        return resolution.record == meant
    # Namesakes are right to be asked about; others that a slip lies between are merely asked.
    return isinstance(resolution, Ambiguous) and all(
        keys.bare(record.name) == keys.bare(meant.name) for record in resolution.records
    )


def prefectures() -> tuple[str, ...]:
    """Return the names of China's prefecture-level cities outside the delta, from a list kept for this."""
    lines = PREFECTURES.read_text(encoding="utf-8").splitlines()
    return tuple(
        name.strip()
        for line in lines
        if not line.startswith("#")
        for name in line.partition(": ")[2].split(",")
    )


def outside(base: FactBase, every: int = 1) -> dict[str, Counts]:
    """Return how cities outside the delta are taken, typed exactly and with every slip (or one of `every`)."""
    known = [place.name for place in base.seeds.outside]
    slips = sorted({slip for name in known for kind in KINDS for slip in slips_of(name, kind)})
    typed = {
        "other prefecture-level cities of China, typed exactly": prefectures(),
        "places listed as outside, typed exactly": known,
        "slips of those": [s for s in slips[::every] if not base.names.exact(keys.squash(s), s)],
    }
    return {how: Counter(_as_outside(base.names, name) for name in names) for how, names in typed.items()}


def _as_outside(names: NameResolver, typed: str) -> str:
    match names.resolve(typed):
        case Found(record=record):
            records: tuple[Named, ...] = (record,)
        case Ambiguous(records=records):
            pass
        case other:
            return {Outside: "outside", Suggestions: "asked"}.get(type(other), "declined")
    is_delta = any(isinstance(record, Place) and record.delta for record in records)
    return TAKEN if is_delta else "known, not of the delta"


def table(counts: Mapping[str, Counts]) -> str:
    """Return the outcomes of each kind of slip and of all, those counted apart not in the shares."""
    rows = [f"{'slip':17}{'n':>7}" + "".join(f"{name:>10}" for name in OUTCOMES)]
    for kind, found in (*counts.items(), ("all", total(counts))):
        n = found.total() - found["another"]
        shares = "".join(f"{found[name] / n if n else 0:10.2%}" for name in OUTCOMES[:-1])
        rows.append(f"{kind:17}{n:7}{shares}{found['another']:10}")
    return "\n".join(rows)


def total(counts: Mapping[str, Counts]) -> Counts:
    """Return all kinds together."""
    return sum(counts.values(), Counter[str]())


def delta_places(base: FactBase) -> tuple[Place, ...]:
    return tuple(place for place in base.seeds.places if place.delta)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables: all places of the delta, of them the cities, and what lies outside."""
    parser = argparse.ArgumentParser(prog="slips", description=__doc__)
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    parser.add_argument("--all", action="store_true", help="also the names of everything else in the base")
    parser.add_argument("--wrong", action="store_true", help="show what was read wrongly")
    options = parser.parse_args(arguments)
    base = FactBase.open(options.base)
    places = delta_places(base)
    cities = tuple(place for place in places if place.level in CITIES)
    print(f"{len(places)} places of the delta\n{table(count(base.names, places))}\n")
    print(f"of them {len(cities)} cities\n{table(count(base.names, cities))}\n")
    if options.all:
        others = tuple(record for record in base.seeds.named() if record not in set(places))
        print(f"{len(others)} other names\n{table(count(base.names, others))}\n")
    for how, found in outside(base).items():
        print(
            f"{found.total()} outside places {how}: " + ", ".join(f"{n} {o}" for o, n in found.most_common())
        )
    if options.wrong:
        for place in places:
            for kind in KINDS:
                for slip in slips_of(place.name, kind):
                    if (how := outcome(base.names, place, slip)) in ("wrong", "outside", "declined"):
                        print(f"{how}: {slip!r} for {place.name} ({kind}): {base.names.resolve(slip)!r:.160}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
