"""What a map is to be of, and the words by which that is read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.lookups.kinds_of_ties import NO_KIND, Kinds, are_most, words_for, words_in_chinese

DOUBTFUL: Final = "doubtful"
ONLY: Final = "only"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The names of what a map is to be of, "" for the whole delta, and what is to be on it: `kinds` alone where there are any.
    On it is also all that ties what is named in `also`, and nothing that ties what is named in `without`. What is doubtful is on it too
    where it is `doubtful`, and nothing else where it is `only_doubtful`. `spelt` is how a text is read that says the kinds with a
    slip.
    """

    text: str
    doubtful: bool = False
    only_doubtful: bool = False
    kinds: Kinds = NO_KIND
    larger: bool = False
    spelt: str = ""
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def asked_for(how: Wanted) -> str:
    """Return the words by which it is read again what is to be on a map, the names of what it is of left out."""
    word = words_for(how.kinds)
    kinds = word if not word or are_most(how.kinds) else f"{ONLY} {word}"
    doubts = f"{ONLY} {DOUBTFUL}" if how.only_doubtful else (f"with {DOUBTFUL}" if how.doubtful else "")
    also, without = (" and ".join(names) for names in (how.also, how.without))
    parts = (also and f"also {also}", without and f"without {without}", kinds, doubts)
    return ", ".join(filter(None, parts))


def asked_for_in_chinese(how: Wanted) -> str:
    """Return the same in Chinese."""
    word = words_in_chinese(how.kinds)
    kinds = word if not word or are_most(how.kinds) else f"只看{word}"
    doubts = "只看存疑的" if how.only_doubtful else ("含存疑的" if how.doubtful else "")
    also, without = ("和".join(names) for names in (how.also, how.without))
    parts = (also and f"加上{also}", without and f"不含{without}", kinds, doubts)
    return "，".join(filter(None, parts))


def written(how: Wanted, *, in_chinese: bool = False) -> str:
    """Return what is to be drawn as it is typed behind "map", without how large."""
    if in_chinese:
        return "，".join(filter(None, (how.text, asked_for_in_chinese(how))))
    return ", ".join(filter(None, (how.text, asked_for(how))))
