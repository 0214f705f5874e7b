"""The list in a statement that a question asks for: "A, B and C are the models that the paper names"."""

from __future__ import annotations

import re
from typing import Final

from handlers.questions.values.wanted import Wanted
from knowledge.text.normalize import normalize, stem, tokenize

_AFTER: Final = re.compile(
    r"^(?P<about>[^:,]{3,160}?)(?:: | (?:are|is|were|include|includes|cover|covers|joins|spans) )(?P<list>[^:]+?(?:, [^:]+?)* and [^:,]+)\.$"
)
_BEFORE: Final = re.compile(
    r"^(?P<list>[^:]{3,160}? and [^:,]{3,60}?) (?:are|were|serve as|make up) (?P<about>[^:]+)\.$"
)
_SAYS: Final = re.compile(
    r",? (?:according to .*|the [\w\s.'’-]{0,40}(?:says?|said|finds?|argues?|reports?|holds?|notes?|prints?|expects?|concludes?|recommends?|believes?))\.?$"
)
_OF: Final = re.compile(r" (?:of|in|on|for|to|by|with|from|that|which|under|the paper)\b")
_RELATIVE: Final = re.compile(r"\b(?:that|which)$")
_VERB: Final = re.compile(r"(?:to|not|still|\w+ed|\w+en|meant|among|small|more|held|made)\b")
_LONGEST: Final = 160
# In a sentence: "in the A, B and C industries", "on A, B and C, among other fields".
_BEGINS: Final = re.compile(r"\b(?:in|on|for) ")
_GOES_ON: Final = re.compile(
    r"\b(?:in|of|to|for|on|by|with|that|which|as|is|are|was|were|has|have|can|may|must|should|will|from)\b|[;:.]"
)


def enumeration(wanted: Wanted, statement: str) -> str:
    """Return the list that a statement is made of, where it is one of what is asked for by its noun."""
    if not wanted.noun.endswith("s"):
        return ""
    said = _SAYS.sub(".", statement)
    for pattern in (_AFTER, _BEFORE):
        if (found := pattern.match(said)) and _is_of(wanted, found["about"]) and _is_of_nouns(found["list"]):
            return found["list"]
    return _within(wanted.noun, said)


def _within(noun: str, statement: str) -> str:
    """Return the list in a sentence that its noun ends: "the A, B and C industries", "the A industry and the B industry"; ""
    where there are several.
    """
    found = []
    for end in re.finditer(rf"\b(?:{re.escape(noun)}|{re.escape(_singular(noun))})\b", statement):
        starts = [one.end() for one in _BEGINS.finditer(statement, 0, end.start())]
        listed = statement[starts[-1] : end.end()] if starts else ""
        if " and " in listed and not _GOES_ON.search(listed) and _is_of_nouns(listed):
            found.append(listed)
    return found[0] if len(found) == 1 else ""


def _singular(noun: str) -> str:
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


def _is_of(wanted: Wanted, about: str) -> bool:
    """Say whether what is listed is called as the question calls it: "fields of modern services" are fields."""
    head = _OF.split(about, maxsplit=1)[0] or about
    return stem(wanted.noun) in map(stem, tokenize(normalize(head))) and not _RELATIVE.search(about)


def _is_of_nouns(listed: str) -> bool:
    """Say whether a list is of things, and goes on with no verb: "are to be set up", "is described"."""
    return len(listed) <= _LONGEST and not _VERB.match(listed)
