"""Which digest is meant behind a verb of one: its number, what it follows, or the one there is."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Reading
from handlers.digests.reading.options import KEYWORDS
from handlers.digests.reading.subjects import Subjects, parse_subjects
from handlers.digests.reading.wishes import MARKS
from handlers.target import MOST, Target
from knowledge.base import FactBase

_NUMBER: Final = re.compile(r"^#?([0-9]{1,80})[,.:]*(?:\s+(.*))?$", re.DOTALL)
_UNTIL: Final = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)
# What people say around it, and what says nothing of which one.
_AROUND: Final = frozenset(
    {
        "about", "all", "digest", "digests", "for", "from", "it", "me", "my", "next", "of", "on", "one", "our", "please",
        "run", "subscription", "that", "the", "this", "us", "now", "today",
    }
)  # fmt: skip
_BY_NAME: Final = frozenset({"show", "pause", "resume", "skip", "unsubscribe", "history"})


def read(base: FactBase, verb: str, rest: str) -> Reading:
    """Return what is wanted by `verb` of one digest and the text behind it: of which one, and what is said to it."""
    numbered = _NUMBER.match(rest)
    if numbered:
        return Reading(verb, numbered[2] or "", Target(id=numbered[1]))
    if verb not in _BY_NAME or not rest:
        return Reading(verb, rest)
    until = _UNTIL.search(rest) if verb == "pause" else None
    head, tail = (rest[: until.start()], rest[until.start() :]) if until else (rest, "")
    said = bare(head)
    if not said:
        return Reading(verb, tail)
    numbered = _NUMBER.match(said)
    if numbered and not numbered[2]:
        return Reading(verb, tail, Target(id=numbered[1]))
    found = parse_subjects(base, said, KEYWORDS)
    if isinstance(found, Subjects) and found:
        return Reading(verb, tail, Target.of(found.slugs[:MOST]))
    return Reading(verb, rest)


def bare(text: str) -> str:
    """Return a text without the words that people put around which digest they mean."""
    return " ".join(word for word in text.split() if word.strip(MARKS).lower() not in _AROUND).strip(MARKS)
