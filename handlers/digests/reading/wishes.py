"""A wish for a digest said without a word of /yrd-digest: "ports weekly monday 9:00", "every Monday ports"."""

from __future__ import annotations

from typing import Final

from handlers.digests.reading import chinese, parse
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.words import EVERY, RHYTHMS, opens_options
from knowledge.base import FactBase

MARKS: Final = " ,.:!?，。：！？"
_DAYS: Final = ("day", "days")
_IN_CHINESE: Final = tuple(word for word in RHYTHMS if not word.isascii())
_MOST_WORDS: Final = 12
_MOST_WORDS_OF_A_NAME: Final = 4


def wish(base: FactBase, text: str) -> DigestChanges | None:
    """Return what a text wishes of a digest if it reads as that and names something."""
    said = text.strip(MARKS)
    found = parse.read(base, said) if said else None
    return found if isinstance(found, DigestChanges) and found.names else None


def tells_when(text: str) -> bool:
    """Say whether a text speaks of a rhythm at all: nearly none does, and only such a one is worth reading for it."""
    words = [word.strip(MARKS) for word in text.lower().split()]
    said = any(word in RHYTHMS or word in EVERY or word.endswith(_DAYS) for word in words)
    return said or any(rhythm in text for rhythm in _IN_CHINESE)


def names_first(base: FactBase, text: str) -> str:
    """Return a wish with its names before when it is to come, as it is read; "" for what is none."""
    if wish(base, text):
        return text.strip(MARKS)
    words = [part for word in text.strip(MARKS).split() for part in chinese.apart(word)]
    if not words or len(words) > _MOST_WORDS or not opens_options(*words[:2]):
        return ""
    turned = (" ".join((*words[cut:], *words[:cut])) for cut in range(1, len(words)))
    return next((one for one in turned if wish(base, one)), "")


def is_when_alone(base: FactBase, text: str) -> bool:
    """Say whether a text tells when a digest comes, and not of what."""
    found = parse.read(base, text.strip(MARKS))
    return isinstance(found, DigestChanges) and found != DigestChanges() and not found.names


def has_slip(base: FactBase, text: str) -> bool:
    """Say whether a text is a name with a slip in it, and nothing else."""
    said = text.strip(MARKS)
    if not said or len(said.split()) > _MOST_WORDS_OF_A_NAME:
        return False
    found = parse.read(base, said)
    return isinstance(found, ParseError) and bool(found.instead) and found.word.lower() == said.lower()
