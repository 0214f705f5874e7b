"""Which side of a tie is asked: "what did A get out of B" is not what B got out of A, though its words are the same."""

from __future__ import annotations

import re
from itertools import combinations

from handlers.services import Services
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Found
from knowledge.search.index import Hit
from knowledge.search.query import Query
from knowledge.text.normalize import CHINESE, normalize, stem, tokenize

# What stands between two that do something together.
_AND = r"\s*(?:and|&|和|与|跟|同|及)\s*"

Pairs = frozenset[tuple[str, str]]


def side_asked_first(services: Services, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return `hits` with those near the best first whose asks put two places before and behind the words of the question.

    Only where nothing else tells them apart. Words count that are never searched for: they say who gives and who gets.
    """
    places = [mention for mention in query.mentions if mention.place]
    words = sum(concept.weight for concept in query.concepts if not concept.is_name)
    if not hits or len(places) != 2 or len(query.mentions) > 2 or words >= services.base.tuning.tells:
        return hits
    one, other = (re.escape(place.typed) for place in places)
    if re.search(rf"{one}{_AND}{other}", normalize(query.text)):
        return hits
    asked, names = _as_read(query), frozenset(word for place in places for word in _words(_name(place)))
    wanted = _in_order(asked, names)
    # What has the question among its asks comes first, whatever its score: the order of their words may differ.
    least = min(max(hit.score for hit in hits) - services.base.tuning.beside_a_side, hits[0].score)
    near = [hit for hit in hits if hit.score >= least]
    agreeing = {hit.entry.id: _agreement(wanted, names, hit) for hit in near}
    near.sort(key=lambda hit: -agreeing[hit.entry.id])
    return (*near, *(hit for hit in hits if hit.score < least))


def _name(mention: Mention) -> str:
    """Return the name of a place as asks have it: in full, but where it is written in Chinese."""
    read = mention.resolution
    return read.record.name if isinstance(read, Found) and not CHINESE.search(read.typed) else mention.typed


def _agreement(wanted: Pairs, names: frozenset[str], hit: Hit) -> int:
    """Return how many of the ordered pairs of words the asks of an entry have (as in ROUGE-S, Lin 2004)."""
    return len(
        wanted
        & frozenset[tuple[str, str]]().union(*(_in_order(_words(ask), names) for ask in hit.entry.asks))
    )


def _as_read(query: Query) -> list[str]:
    """Return the words of a question, with each name as asks have it."""
    words = tokenize(normalize(query.text))
    for mention in sorted(query.mentions, key=lambda mention: -mention.start):
        if not CHINESE.search(mention.typed):
            words[mention.start : mention.end] = tokenize(normalize(_name(mention)))
    return _words(" ".join(words))


def _words(text: str) -> list[str]:
    """Return the stems of the words of a text, its Chinese by characters."""
    return [
        part
        for word in tokenize(normalize(text))
        for part in (word if CHINESE.match(word) else (stem(word),))
    ]


def _in_order(words: list[str], names: frozenset[str]) -> Pairs:
    """Return the pairs of a word and a name, in the order in which they stand."""
    return frozenset(pair for pair in combinations(words, 2) if not names.isdisjoint(pair))
