"""Ways to find the name meant, each built over the same names: the bot's own, scanning, and symspellpy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.model import Mechanism, Named, Place
from knowledge.names.keys import SUFFIXES
from knowledge.names.resolver import Ambiguous, Found, NameResolver, Suggestions
from knowledge.vocabulary import Level

# Where `make growth` puts what only the benchmark needs, so that .venv stays as its locks say.
EXTRAS = Path(__file__).parent.parent / "var" / "bench-packages"

# What was typed -> the names it may stand for, the likeliest first, and whether the first is read as meant.
Matcher = Callable[[str], tuple[list[str], bool]]


def ours(names: Sequence[str]) -> Matcher:
    """Return the bot's own: aliases, then slips by edits with a margin over the runner-up."""
    known = NameResolver(map(_record, names), ())
    known.warm()

    def match(typed: str) -> tuple[list[str], bool]:
        match known.resolve(typed):
            case Found(record=record):
                return [record.name], True
            case Suggestions(records=records) | Ambiguous(records=records):
                return [record.name for record in records], False
        return [], False

    return match


def _record(name: str) -> Named:
    slug = name.replace(" ", "-")
    common: dict[str, Any] = {"slug": slug, "name": name, "chinese": "", "aliases": (), "caveat": ""}
    words = name.split()
    if len(words) == 1 or words[-1] in SUFFIXES or words[-1] in ("port", "zone"):
        return Place.model_construct(
            **common,
            pinyin="",
            level=Level.COUNTY,
            province=None,
            abbreviations=(),
            spellings_in_documents=(),
        )
    return Mechanism.model_construct(**common, scope="", broader=())


def scanning_ratio(names: Sequence[str]) -> Matcher:
    """Return a scan of all names for the highest `ratio`: what most bots do."""
    known = list(names)

    def match(typed: str) -> tuple[list[str], bool]:
        found = process.extractOne(typed, known, scorer=fuzz.ratio)
        return ([found[0]] if found else []), True

    return match


def scanning_edits(names: Sequence[str]) -> Matcher:
    """Return a scan of all names for the fewest edits, swaps counted as one: the best scorer on slips."""
    known = list(names)

    def match(typed: str) -> tuple[list[str], bool]:
        found = process.extractOne(typed, known, scorer=OSA.distance, score_cutoff=3)
        return ([found[0]] if found else []), True

    return match


def symspell(names: Sequence[str]) -> Matcher:
    """Return symspellpy with two edits: an index of deletions, large and fast."""
    _find_extras()
    from symspellpy import SymSpell, Verbosity

    index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for name in names:
        index.create_dictionary_entry(name, 1)

    def match(typed: str) -> tuple[list[str], bool]:
        found = index.lookup(typed, Verbosity.TOP, max_edit_distance=2)
        return [suggestion.term for suggestion in found], True

    return match


def has_symspell() -> bool:
    """Say whether symspellpy is installed for the benchmark."""
    _find_extras()
    return find_spec("symspellpy") is not None


def _find_extras() -> None:
    if str(EXTRAS) not in sys.path:
        sys.path.append(str(EXTRAS))


MATCHERS: Mapping[str, Callable[[Sequence[str]], Matcher]] = {
    "YRD Desk": ours,
    "scan, ratio": scanning_ratio,
    "scan, edits": scanning_edits,
    "symspellpy": symspell,
}
