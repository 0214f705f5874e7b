"""A wish for a digest said without a word of /yrd-digest: "ports weekly monday 9:00", "every Monday ports"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from handlers.digests.reading import known, parse
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import ParseError, before_denial
from handlers.digests.reading.when import chinese, unheard
from handlers.digests.reading.when.dates import near_words
from handlers.digests.reading.words import EVERY, MOST_AHEAD, RHYTHMS, opens_options
from knowledge.base import FactBase

MARKS: Final = " ,.:!?，。：！？"
_DAYS: Final = ("day", "days")
_TIMES: Final = frozenset({"once", "twice", "times", "alternate"})
_ALONE: Final = (*(word for word in RHYTHMS if word.isascii() and word != "month"), *unheard.ALONE)
MOST_SLIPS: Final = 3
"""Words that are wrong in what is nearly a wish: names, and when it comes."""
_IN_CHINESE: Final = tuple(word for word in RHYTHMS if not word.isascii())
_MOST_WORDS: Final = 12
# Of each slip are tried the words that are nearest; in a text of many names that would be too many ways.
_MOST_TRIED: Final = 4
_LONGEST_WITH_SLIPS: Final = 160
_NUMBER: Final = re.compile(r"^\s*[0-9]+(?![0-9:.])(?:st|nd|rd|th)?(?!\s*[ap]\.?m)")
_LONGEST_NO_SLIP: Final = 4
_MOST_WORDS_WITH_SLIP: Final = 6


def wish(base: FactBase, text: str) -> DigestChanges | None:
    """Return what a text wishes of a digest if it reads as that and names something."""
    said = text.strip(MARKS)
    found = parse.read(base, said) if said else None
    return found if isinstance(found, DigestChanges) and found.names else None


def nearly(base: FactBase, text: str, slips: int = MOST_SLIPS) -> DigestChanges | None:
    """Return what a text wishes of a digest once the words that are wrong in it are what was probably meant; None where it
    is no wish even then, or is one as it stands.
    """
    said = text.strip(MARKS)
    wrong = parse.read(base, said) if said and slips and len(said) <= _LONGEST_WITH_SLIPS else None
    if not isinstance(wrong, ParseError) or not wrong.word:
        return None
    for word in wrong.instead[:_MOST_TRIED]:
        right = wrong.put_right(said, word)
        if right != said and (found := wish(base, turned(base, right)) or nearly(base, right, slips - 1)):
            return found
    return None


def without_wrong(base: FactBase, text: str) -> str:
    """Return a text whose names are known without the words behind them that are wrong; "" where more is wrong than that."""
    said = text.strip(MARKS)
    for _ in range(MOST_SLIPS):
        wrong = parse.read(base, said)
        if isinstance(wrong, DigestChanges):
            return said if wrong.names else ""
        rest = _without(said, wrong) if wrong.word else said
        if rest == said or not wish(base, known.apart(base, said)[0]):
            return ""
        said = " ".join(rest.split())
    return said if wish(base, said) else ""


def _without(text: str, wrong: ParseError) -> str:
    """Return a text without the word that is wrong, and without what follows where that is a number of it: "for 3 months"."""
    rest = wrong.put_right(text, "\0")
    before, _, after = rest.partition("\0")
    return f"{before} {_NUMBER.sub('', after)}"


def tells_when(base: FactBase, text: str) -> bool:
    """Say whether a text speaks of a rhythm at all, be it with a slip: nearly none does, and only such a one is worth reading
    for it.
    """
    words = [word.strip(MARKS) for word in text.lower().split()]
    said = any(word in RHYTHMS or word in EVERY or word in _TIMES or word.endswith(_DAYS) for word in words)
    if said or any(rhythm in text for rhythm in _IN_CHINESE) or chinese.UNHEARD.search(text):
        return True
    # A wish is short, and ends with when it comes.
    return len(words) <= _MOST_WORDS_WITH_SLIP and any(
        near_words(word, _ALONE, base.tuning.near_keyword) for word in words if len(word) > _LONGEST_NO_SLIP
    )


def turned(base: FactBase, text: str) -> str:
    """Return a wish with its names before when it is to come, as it is read; "" for what is none."""
    return _turned(base, text, wish)


def nearly_turned(base: FactBase, text: str, slips: int) -> str:
    """Return what is a wish but for so many words at most, its names likewise; "" for what is none."""
    return _turned(base, text, lambda base, said: nearly(base, said, slips))


def _turned(base: FactBase, text: str, read: Callable[[FactBase, str], DigestChanges | None]) -> str:
    if read(base, text):
        return text.strip(MARKS)
    words = [part for word in text.strip(MARKS).split() for part in chinese.apart(word)]
    if not words or len(words) > _MOST_WORDS or not opens_options(*words[:MOST_AHEAD]):
        return ""
    ways = (" ".join((*words[cut:], *words[:cut])) for cut in range(1, len(words)))
    return next((one for one in ways if read(base, one)), "")


def is_when_alone(base: FactBase, text: str) -> bool:
    """Say whether a text tells when a digest comes, and not of what."""
    found = parse.read(base, text.strip(MARKS))
    return isinstance(found, DigestChanges) and found != DigestChanges() and not found.names


def is_but_for_names(base: FactBase, text: str) -> bool:
    """Say whether a text is a wish but for names that it leaves out, which no digest can: "ports without Suzhou weekly mon"."""
    head, options = known.apart(base, text.strip(MARKS))
    names = before_denial(head).strip(MARKS)
    is_denied = names != head.strip(MARKS) and bool(known.names_in(base, head[len(names) :]))
    return is_denied and wish(base, f"{names} {options}") is not None
