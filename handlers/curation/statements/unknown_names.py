"""Names in a statement that the base has never heard of, and that nothing in it resembles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.dates import DAYS_IN_FULL, MONTHS_IN_FULL
from knowledge.names.resolver import Unknown
from knowledge.text.normalize import CHINESE, normalize, stem, tokenize

_CAPITALISED: Final = re.compile(r"[A-Z][a-z]+(?:['’-]?\w+)*")
_PART: Final = re.compile(r"(?<![\w'’])[A-Z][a-z]+(?![\w'’])")
# What stands before a name with a hyphen and is none.
_PREFIXES: Final = frozenset(
    {"anti", "greater", "inter", "intra", "mid", "non", "pan", "post", "pre", "pro", "sino", "trans"}
)
_TIMES: Final = frozenset(map(str.lower, (*DAYS_IN_FULL, *MONTHS_IN_FULL)))
_FEWEST_LETTERS: Final = 3
# Endings of adverbs, and of what is done or how: "Recently signed", "Construction ended".
_NO_NAME: Final = ("ly", "ing", "ed", "tion", "ment", "ness", "ity")
# What is told of whoever stands before it; another may stand between.
_DOES: Final = re.compile(
    r"(?:['’]s\b| (?:and|with) [A-Z]|(?: and [A-Z]\S+)? (?:is|are|was|were|has|have|had|will|does|did|gave|took|built|sent|made|paid|led|won|sold|bought"
    r"|set|grew|rose|fell|became|began|held|met|joined|hosts|plans|[a-z]{2,}ed)\b)"
)

# The same of a name of several words, which is sure to be one.
_DOES_TOO: Final = re.compile(r" [a-z]{3,}s\b")


def names(base: FactBase, text: str) -> tuple[str, ...]:
    """Return them as they are written, those that stand beside each other as one name."""
    query = base.parse(text)
    named = {word for mention in query.mentions for word in tokenize(normalize(mention.typed))}
    heard = named | {concept.surface for concept in query.concepts if base.holding.of_all(concept.terms)}
    strangers = {word for stranger in query.strangers for word in tokenize(normalize(stranger))}
    found: list[tuple[int, int]] = []
    for word in _CAPITALISED.finditer(text):
        start, end = word.span()
        if found and start < found[-1][1]:
            continue
        opened = _opening(base, text, start, named)
        if not _is_unknown(base, word[0], heard, strangers, is_opening=opened > start):
            found += _beside_names(base, word, named)
        else:
            found.append((start, max(_whole(text, end, named), opened)))
    in_chinese = [stranger for stranger in query.strangers if CHINESE.search(stranger) and stranger in text]
    return tuple(dict.fromkeys((*(text[first:last] for first, last in found), *in_chinese)))


def _opening(base: FactBase, text: str, start: int, named: set[str]) -> int:
    """Return where a name ends that opens a sentence at `start`, before what whoever bears it did; `start` where none does.

    A name may be of several words, the first of which is no ordinary one.
    """
    before = text[:start].rstrip(' “"(')
    if before and before[-1] not in ".!?:;":
        return start
    word = _CAPITALISED.match(text, start)
    if word is None or _is_ordinary(base, word[0]):
        return start
    first = word.end()
    end = _whole(text, first, named)
    does = _DOES.match(text, end) or (end > first and _DOES_TOO.match(text, end))
    return end if does else start


def _whole(text: str, end: int, named: set[str]) -> int:
    """Return where a name ends of which a word ends at `end`: with "Gotham" goes "City", and no name that is known."""
    while (
        (more := _CAPITALISED.match(text, end + 1))
        and text[end] == " "
        and named.isdisjoint(tokenize(normalize(more[0])))
    ):
        end = more.end()
    return end


def _is_ordinary(base: FactBase, word: str) -> bool:
    """Say whether a word may begin a sentence and be no name: "Negotiations ended", "Recently signed"."""
    said = normalize(word)
    is_plural = said.endswith("s") and not {said[:-1], f"{said[:-3]}y"}.isdisjoint(base.english)
    is_of_field = base.termhood.is_everyday(said) or base.termhood.is_of_field((stem(said),))
    return is_of_field or is_plural or said.endswith(_NO_NAME)


def _beside_names(base: FactBase, word: re.Match[str], named: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand that a hyphen joins to one that is known: "Gotham-Hefei"."""
    for part in _PART.finditer(word[0]):
        said = normalize(part[0])
        is_name = said not in named | _PREFIXES and not _is_ordinary(base, part[0])
        is_joined = "-" in word[0] and not named.isdisjoint(tokenize(normalize(word[0])))
        if is_joined and is_name and isinstance(base.resolve(part[0]), Unknown):
            yield word.start() + part.start(), word.start() + part.end()


def _is_unknown(base: FactBase, word: str, heard: set[str], strangers: set[str], *, is_opening: bool) -> bool:
    parts = tokenize(normalize(word))
    if any(part in heard or part in _TIMES for part in parts) or len(word) < _FEWEST_LETTERS:
        return False
    # An English word that is written as a name may be part of one, or begin the sentence.
    is_strange = (
        is_opening
        or any(part in strangers for part in parts)
        or not all(part in base.english for part in parts)
    )
    return is_strange and isinstance(base.resolve(word), Unknown)


def doubt(base: FactBase, text: str) -> Iterator[Said]:
    """Yield the sentence that whoever wrote `text` is told, where it holds such names."""
    named = names(base, text)
    if len(named) == 1:
        yield say("The base does not know the name “{name}”. Is it spelt right?", name=named[0])
    elif named:
        quoted = ", ".join(say("“{name}”", name=name) for name in named)
        yield say("The base does not know these names: {names}. Are they spelt right?", names=quoted)
