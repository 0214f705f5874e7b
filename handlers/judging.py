"""Does a fact answer a question? Decides by what of the question the fact leaves uncovered.

Ranking finds what is nearest; it cannot tell whether that answers. A place the fact is not about, a year it does
not speak of, a name or a word it does not hold: these decide.
"""

from __future__ import annotations

import re

from handlers.desk import Desk
from knowledge.asking import MONEY, Asks
from knowledge.model import Fact, Organisation, Place, Region
from knowledge.query import Concept, Query
from knowledge.search import Hit, speaks_of_year
from knowledge.wording import fold, stem, tokens

# Chosen on the development questions in tests/questions: the point past which more answers were wrong than
# right. Coverage is the share of the question's weight that the fact matches.
ENOUGH = 0.55
ENOUGH_OF_WORDS = 0.55
# With so much covered, names included, fewer of the words need to be.
PLENTY = 0.75
# Words that weigh less than this together tell nothing.
TELLS = 2.0

_GO_WITHOUT_SAYING = frozenset({"yangtze-river-delta", "china"})
_QUANTITY = re.compile(
    r"(?<![\w.])(?!(?:19|20)\d\d(?!\d))\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|quarter|third|sixth|doubled?|twice)\b"
)
_CURRENCY = re.compile(r"\b(?:yuan|dollars?|RMB|USD)\b|[¥$]")
_TIME = re.compile(
    r"\d{4}|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|year|years"
    r"|decades?|early|end of|century|before|after|since)\b"
)


def covers(desk: Desk, query: Query, hit: Hit) -> bool:
    """Say whether the fact of `hit` covers enough of the question to answer it."""
    if hit.coverage < ENOUGH or any(is_required(desk, concept, hit.fact) for concept in hit.missed):
        return False
    if any(not speaks_of_year(hit.fact, year) for year in query.years):
        return False
    if not _is_of_sorts(desk, query, hit.fact):
        return False
    enough = ENOUGH_OF_WORDS if hit.coverage < PLENTY else ENOUGH_OF_WORDS / 2
    return _words_covered(query, hit) >= enough and _is_of_the_sort(desk, query, hit.fact)


def _is_of_sorts(desk: Desk, query: Query, fact: Fact) -> bool:
    """Say whether the fact speaks of the sort of thing or person asked for ("which bank", "who owns")."""
    wanted = (c for c in query.concepts if c.shown in query.sorts and not c.is_name)
    return all(_says(desk, fact, concept) for concept in wanted)


def _is_of_the_sort(desk: Desk, query: Query, fact: Fact) -> bool:
    """Say whether the fact holds a quantity, a time or somebody where the question wants one."""
    match query.asks:
        case Asks.QUANTITY:
            return _measures(query, fact)
        case Asks.TIME:
            return bool(fact.date) or bool(_TIME.search(fact.statement))
        case Asks.PERSON:
            return bool(fact.speaker) or any(_acts(desk, slug) for slug in fact.subjects)
    return True


def is_of_the_kind_asked(query: Query, text: str) -> bool:
    """Say whether `text` holds a quantity, a sum of money or a time where the question wants one."""
    if query.asks is Asks.QUANTITY and not MONEY.isdisjoint(tokens(fold(query.text))):
        return bool(_CURRENCY.search(text))
    wanted = {Asks.QUANTITY: _QUANTITY, Asks.TIME: _TIME}.get(query.asks)
    return wanted is None or bool(wanted.search(text))


def _measures(query: Query, fact: Fact) -> bool:
    """Say whether the fact states a number of what a quantity is wanted of."""
    if not fact.figures and not _QUANTITY.search(fact.statement):
        return False
    if not MONEY.isdisjoint(tokens(fold(query.text))) and not _CURRENCY.search(fact.statement):
        return False
    said = " ".join((fact.statement, *(f"{figure.of} {figure.unit}" for figure in fact.figures)))
    wanted = [concept for concept in query.concepts if concept.shown in query.measured]
    return all(_holds(said, concept) for concept in wanted)


def _says(desk: Desk, fact: Fact, concept: Concept) -> bool:
    """Say whether the words of a fact and its subjects' names speak of `concept`.

    What only its index terms speak of may lead to a fact, but "which bank" wants a fact that names one.
    """
    names = (record.name for slug in fact.subjects if (record := desk.base.entity(slug)))
    return _holds(" ".join((fact.statement, fact.speaker, *names)), concept)


def _holds(said: str, concept: Concept) -> bool:
    terms = {stem(word) for word in tokens(fold(said))}
    return any(set(way) <= terms for way, _ in concept.ways)


def _acts(desk: Desk, slug: str) -> bool:
    record = desk.base.entity(slug)
    return isinstance(record, Organisation | Place)


def _words_covered(query: Query, hit: Hit) -> float:
    words = [concept for concept in query.concepts if not concept.is_name]
    total = sum(concept.weight for concept in words)
    missed = sum(concept.weight for concept in hit.missed if not concept.is_name)
    return 1 - missed / total if total >= TELLS else 1.0


def is_required(desk: Desk, concept: Concept, fact: Fact) -> bool:
    """Say whether a fact that misses this name cannot answer: what is named, and not merely a way or topic.

    The delta and China go without saying, except of a fact on another region.
    """
    if not concept.is_name or concept.ways:
        return False
    return fact.region is Region.ELSEWHERE or not goes_without_saying(concept)


def goes_without_saying(concept: Concept) -> bool:
    """Say whether a name is that of the whole region or country, which most facts do not repeat."""
    return set(concept.owners) <= _GO_WITHOUT_SAYING
