"""Does a fact, or an excerpt of a document, answer a question? Rules decide, each by what it finds missing.

Ranking finds what is nearest; it cannot tell whether that answers. A place the fact is not about, a year it does
not speak of, a name or a word it does not hold: these decide, and what none of them finds anything missing in answers.
What answers, what a refusal says is missing and what `benchmarks.explain` shows are read from the same reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from handlers.evidence import Evidence, FactEvidence
from knowledge.base import FactBase
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query
from knowledge.search.stated import states_number, states_sum, states_time

RuleName = Literal[
    "coverage", "name", "year", "kind of thing", "words", "number", "money", "attribute", "time"
]
# What of a question is missing in what is judged: concepts, or years.
Missing = tuple[Concept | int, ...]

# So many missing words are named to a reader.
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is demanded of a fact, and how it is put where it is not met: `otherwise` for whoever tunes
    ({missing} is what lacks), `refusal` for readers.
    """

    name: RuleName
    demands: str
    check: Callable[[FactBase, Query, Evidence], Missing | None]
    otherwise: str
    refusal: Callable[[Missing], str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something does not answer: the rule that it breaks, and what of the question is missing in it."""

    rule: Rule
    missing: Missing = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """Return what is missing, as the question has it."""
        return tuple(map(_shown, self.missing))

    @property
    def refusal(self) -> str:
        """Return the reason in a sentence for readers."""
        return self.rule.refusal(self.missing)


def _covers_enough(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return None if evidence.coverage >= evidence.least else evidence.missed


def _is_on_every_name(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return evidence.missed_names or None


def _speaks_of_every_year(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return tuple(year for year in query.years if not evidence.speaks_of_year(year)) or None


def _says_what_kind_of_thing(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    wanted = [c for c in query.concepts if c.surface in query.sorts and not c.is_name]
    return (evidence.unsaid(wanted) or None) if wanted else None


def _covers_enough_words(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    total = sum(concept.weight for concept in query.concepts if not concept.is_name)
    if not total or total < base.tuning.tells:
        return None
    missed = tuple(concept for concept in evidence.missed if not concept.is_name)
    if 1 - sum(concept.weight for concept in missed) / total >= evidence.least_of_words:
        return None
    return missed


def _states_a_number(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    if query.answer_type is not AnswerType.QUANTITY or evidence.has_figures:
        return None
    # Where a sum is wanted, its currency shows that there is one: "2000 yuan" looks like a year.
    has_sum = query.money and states_sum(base.lexicon, evidence.text)
    return None if has_sum or states_number(base.lexicon, evidence.text) else ()


def _states_a_sum(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    is_asked = query.answer_type is AnswerType.QUANTITY and query.money
    return () if is_asked and not states_sum(base.lexicon, evidence.text) else None


def _measures_the_attribute(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    wanted = [concept for concept in query.concepts if concept.surface in query.measured]
    if query.answer_type is not AnswerType.QUANTITY or not wanted:
        return None
    return evidence.unmeasured(wanted) or None


def _states_a_time(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    is_asked = query.answer_type is AnswerType.TIME and not evidence.has_date
    return () if is_asked and not states_time(base.lexicon, evidence.text) else None


def nothing_for(missing: Missing) -> str:
    """Return the sentence for readers where names or years are missing."""
    return f"It holds nothing on this for {' and '.join(dict.fromkeys(map(_shown, missing)))}."


def nothing_on(missing: Missing) -> str:
    """Return the sentence for readers where words are missing: those that tell most."""
    words = sorted((m for m in missing if isinstance(m, Concept) and m.weight), key=lambda word: -word.weight)
    if not words:
        return "What is nearest says too little of it."
    return f"It holds nothing here on {', '.join(word.surface for word in words[:_MOST_WORDS])}."


def _does_not_say(missing: Missing) -> str:
    return f"What is nearest does not say {_quoted(missing)}."


def _gives_no_figure(missing: Missing) -> str:
    return f"What is nearest gives no figure for {_quoted(missing)}."


def _quoted(missing: Missing) -> str:
    return " or ".join(f"“{_shown(one)}”" for one in missing)


def _shown(missing: Concept | int) -> str:
    """Return what is missing in a reader's words: a name as it was read, any other word as it was typed."""
    if not isinstance(missing, Concept):
        return str(missing)
    return missing.corrected if missing.is_name and missing.corrected else missing.surface


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "coverage",
        "It covers enough of the question: less is another subject",
        _covers_enough,
        "covers less than {least:.2f} of the question",
        nothing_on,
    ),
    Rule(
        "name",
        "It is on every place and body that the question names: the right thing in another city is wrong",
        _is_on_every_name,
        "is not on {missing}",
        nothing_for,
    ),
    Rule(
        "year",
        "It speaks of every year that is asked for: last year's figure is wrong",
        _speaks_of_every_year,
        "does not speak of {missing}",
        lambda missing: nothing_for(missing[:1]),
    ),
    Rule(
        "kind of thing",
        'It says the sort of thing or person asked for: "which banks" wants a bank, "who owns" an owner',
        _says_what_kind_of_thing,
        "does not itself say {missing}",
        _does_not_say,
    ),
    Rule(
        "words",
        "It covers enough of the words that tell: names alone match every fact on a city",
        _covers_enough_words,
        "lacks too many of the words that tell: {missing}",
        nothing_on,
    ),
    Rule(
        "number",
        "It states a number where one is asked for",
        _states_a_number,
        "states no number",
        lambda _: "What is nearest states no number.",
    ),
    Rule(
        "money",
        "It states a sum of money where one is asked for",
        _states_a_sum,
        "states no sum of money",
        lambda _: "What is nearest states no sum of money.",
    ),
    Rule(
        "attribute",
        "It speaks of what the number is wanted of: the right subject, another attribute is wrong",
        _measures_the_attribute,
        "does not state {missing}",
        _gives_no_figure,
    ),
    Rule(
        "time",
        "It states a time where one is asked for",
        _states_a_time,
        "states no time",
        lambda _: "What is nearest states no time.",
    ),
)


def verdict(
    base: FactBase, query: Query, evidence: Evidence, rules: tuple[Rule, ...] = RULES
) -> tuple[Reason, ...]:
    """Return every reason why `evidence` does not answer `query`; empty when it answers."""
    found = ((rule, rule.check(base, query, evidence)) for rule in rules)
    return tuple(Reason(rule, missing) for rule, missing in found if missing is not None)


def answers(base: FactBase, query: Query, evidence: Evidence, rules: tuple[Rule, ...] = RULES) -> bool:
    """Say whether the verdict on `evidence` is empty; stops at the first rule that finds something missing."""
    for rule in rules:  # noqa: SIM110 - asked of fifty hits a question, and a generator for each would be felt
        if rule.check(base, query, evidence) is not None:
            return False
    return True


def answering(
    base: FactBase, query: Query, hits: Iterable[Hit], rules: tuple[Rule, ...] = RULES
) -> Iterator[Hit]:
    """Yield those of `hits` whose facts answer `query`."""
    return (hit for hit in hits if answers(base, query, FactEvidence(base, hit), rules))
