"""Does a fact answer a question? Rules decide, each by what it finds missing; nothing missing means that it answers.

Ranking finds what is nearest; it cannot tell whether that answers. A place the fact is not about, a year it does
not speak of, a name or a word it does not hold: these decide. What answers, what a refusal says is missing and what
`benchmarks.explain` shows are read from the same reasons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from knowledge.base import FactBase
from knowledge.model import Region
from knowledge.search.index import Hit, speaks_of_year
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import normalize, stem, tokenize

RuleName = Literal[
    "coverage", "name", "year", "kind of thing", "words", "number", "money", "attribute", "time"
]
# What of a question is missing in a fact: concepts, or years.
Missing = tuple[Concept | int, ...]

# How statements print numbers, sums and times.
_QUANTITY = re.compile(
    r"(?<![\w.])(?!(?:19|20)\d\d(?!\d))\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|quarter|third|sixth|doubled?|twice)\b"
)
_CURRENCY = re.compile(r"\b(?:yuan|dollars?|RMB|USD)\b|[¥$]")
_TIME = re.compile(
    r"\d{4}|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|year|years"
    r"|decades?|early|end of|century|before|after|since)\b"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something does not answer: the rule that it breaks, and what of the question is missing in it."""

    rule: RuleName
    missing: Missing = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """Return what is missing, as the question has it."""
        return tuple(m.surface if isinstance(m, Concept) else str(m) for m in self.missing)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is demanded of a fact, and how it is put where it is not met ({missing} is what lacks)."""

    name: RuleName
    check: Callable[[FactBase, Query, Hit], Missing | None]
    otherwise: str

    @property
    def demands(self) -> str:
        """Return what the rule demands of a fact, in half a sentence."""
        return (self.check.__doc__ or "").split("\n")[0].removesuffix(".")


def _covers_enough(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It covers enough of the question: less is another subject."""
    if hit.coverage >= base.tuning.enough:
        return None
    return hit.missed


def _is_on_every_name(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It is on every place and body that the question names: the right thing in another city is wrong."""
    return missing_names(base, hit) or None


def _speaks_of_every_year(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It speaks of every year that is asked for: last year's figure is wrong."""
    return tuple(year for year in query.years if not speaks_of_year(hit.fact, year)) or None


def _says_what_kind_of_thing(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It says the sort of thing or person asked for: "which banks" wants a bank, "who owns" an owner.

    What only its index terms speak of may lead to a fact, but "which bank" wants a fact that names one.
    """
    wanted = [c for c in query.concepts if c.surface in query.sorts and not c.is_name]
    if not wanted:
        return None
    names = (record.name for slug in hit.fact.subjects if (record := base.entity(slug)))
    said = _terms(" ".join((hit.fact.statement, hit.fact.speaker, *names)))
    return _not_among(said, wanted)


def _covers_enough_words(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It covers enough of the words that tell: names alone match every fact on a city."""
    tuning = base.tuning
    total = sum(concept.weight for concept in query.concepts if not concept.is_name)
    if not total or total < tuning.tells:
        return None
    missed = tuple(concept for concept in hit.missed if not concept.is_name)
    if 1 - sum(concept.weight for concept in missed) / total >= tuning.enough_of_words:
        return None
    return missed


def _states_a_number(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It states a number where one is asked for."""
    return None if hit.fact.figures else _no_number(query, hit.fact.statement)


def _states_a_sum(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It states a sum of money where one is asked for."""
    return _no_sum(query, hit.fact.statement)


def _measures_the_attribute(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It speaks of what the number is wanted of: the right subject, another attribute is wrong."""
    wanted = [concept for concept in query.concepts if concept.surface in query.measured]
    if query.answer_type is not AnswerType.QUANTITY or not wanted:
        return None
    figures = (f"{figure.of} {figure.unit}" for figure in hit.fact.figures)
    return _not_among(_terms(" ".join((hit.fact.statement, *figures))), wanted)


def _states_a_time(base: FactBase, query: Query, hit: Hit) -> Missing | None:
    """It states a time where one is asked for."""
    return None if hit.fact.date else _no_time(query, hit.fact.statement)


RULES: Final[tuple[Rule, ...]] = (
    Rule("coverage", _covers_enough, "covers less than {enough:.2f} of the question"),
    Rule("name", _is_on_every_name, "is not on {missing}"),
    Rule("year", _speaks_of_every_year, "does not speak of {missing}"),
    Rule("kind of thing", _says_what_kind_of_thing, "does not itself say {missing}"),
    Rule("words", _covers_enough_words, "lacks too many of the words that tell: {missing}"),
    Rule("number", _states_a_number, "states no number"),
    Rule("money", _states_a_sum, "states no sum of money"),
    Rule("attribute", _measures_the_attribute, "does not state {missing}"),
    Rule("time", _states_a_time, "states no time"),
)


def verdict(base: FactBase, query: Query, hit: Hit, rules: tuple[Rule, ...] = RULES) -> tuple[Reason, ...]:
    """Return every reason why the fact of `hit` does not answer `query`; empty when it answers."""
    found = ((rule.name, rule.check(base, query, hit)) for rule in rules)
    return tuple(Reason(rule, missing) for rule, missing in found if missing is not None)


def answers(base: FactBase, query: Query, hit: Hit, rules: tuple[Rule, ...] = RULES) -> bool:
    """Say whether the verdict on a hit is empty; stops at the first rule that finds something missing."""
    for rule in rules:  # noqa: SIM110 - asked of fifty hits a question, and a generator for each would be felt
        if rule.check(base, query, hit) is not None:
            return False
    return True


def verdict_on_text(query: Query, text: str) -> tuple[Reason, ...]:
    """Return every reason why `text` cannot answer by its sort: no number, sum or time where one is asked for."""
    found: tuple[tuple[RuleName, Missing | None], ...] = (
        # Where a sum is wanted, its currency shows that there is one.
        ("number", None if query.money else _no_number(query, text)),
        ("money", _no_sum(query, text)),
        ("time", _no_time(query, text)),
    )
    return tuple(Reason(rule, missing) for rule, missing in found if missing is not None)


def missing_names(base: FactBase, hit: Hit) -> tuple[Concept, ...]:
    """Return the names without which the fact of `hit` cannot answer: what it misses of places and bodies.

    Not a way or a topic, which may be spoken of without being named; nor what goes without saying, like the delta,
    except of a fact on another region.
    """
    is_elsewhere = hit.fact.region is Region.ELSEWHERE
    return tuple(
        concept
        for concept in hit.missed
        if concept.is_name
        and not concept.alternatives
        and (is_elsewhere or not goes_without_saying(base, concept))
    )


def goes_without_saying(base: FactBase, concept: Concept) -> bool:
    """Say whether a name is that of the whole region or country, which most facts do not repeat."""
    return base.going_without_saying.issuperset(concept.owners)


def _no_number(query: Query, text: str) -> Missing | None:
    return () if query.answer_type is AnswerType.QUANTITY and not _QUANTITY.search(text) else None


def _no_sum(query: Query, text: str) -> Missing | None:
    is_asked = query.answer_type is AnswerType.QUANTITY and query.money
    return () if is_asked and not _CURRENCY.search(text) else None


def _no_time(query: Query, text: str) -> Missing | None:
    return () if query.answer_type is AnswerType.TIME and not _TIME.search(text) else None


def _terms(said: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokenize(normalize(said)))


def _not_among(said: frozenset[str], wanted: Iterable[Concept]) -> Missing | None:
    """Return which of `wanted` no words of `said` speak of."""
    return (
        tuple(c for c in wanted if not any(said.issuperset(alternative) for alternative, _ in c.alternatives))
        or None
    )
