"""Does a fact, or an excerpt of a document, answer a question? Rules decide, each by what it finds missing.

Ranking finds what is nearest; it cannot tell whether that answers. A place the fact is not about, a year it does
not speak of, a name or a word it does not hold: these decide, and what none of them finds anything missing in answers.
What answers and what `yrd explain` shows are read from the same reasons; what a refusal says is missing is looked for in
the whole base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from handlers.verdict.evidence import Evidence, FactEvidence
from handlers.verdict.paired import is_doubted, partner_stated, states_another_tie, surely_unpaired
from knowledge.asked import read
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType, asks_share
from knowledge.search.query import Concept, Query
from knowledge.search.stated import states_number, states_share, states_sum, states_time
from knowledge.text.normalize import normalize, tokenize

RuleName = Literal[
    "name", "year", "kind of thing", "number", "money", "share", "attribute", "time", "pairing", "near"
]
# What of a question is missing in what is judged: concepts, or years.
Missing = tuple[Concept | int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is demanded of a fact, and how it is put for whoever tunes where it is not met: {missing} is what lacks."""

    name: RuleName
    demands: str
    check: Callable[[FactBase, Query, Evidence], Missing | None]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something does not answer: the rule that it breaks, and what of the question is missing in it."""

    rule: Rule
    missing: Missing = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """Return what is missing, as the question has it."""
        return tuple(map(_shown, self.missing))


def _is_near_enough(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return None if evidence.is_near_enough(query) else evidence.missed


def _is_on_every_name(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return evidence.missed_names or None


def _speaks_of_every_year(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return tuple(year for year in query.years if not evidence.speaks_of_year(year)) or None


def _says_what_kind_of_thing(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return tuple(c for c in evidence.missed if c.surface in query.sorts and not c.is_name) or None


def _states_a_number(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    if query.answer_type is not AnswerType.QUANTITY or evidence.has_figures:
        return None
    # Where a sum is wanted, its currency shows that there is one: "2000 yuan" looks like a year.
    has_sum = query.money and states_sum(base.lexicon, evidence.text)
    return None if has_sum or states_number(base.lexicon, evidence.text) else ()


def _states_a_sum(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    is_asked = query.answer_type is AnswerType.QUANTITY and query.money and not asks_share(query.text)
    return () if is_asked and not states_sum(base.lexicon, evidence.text) else None


def _states_a_share(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    return () if asks_share(query.text) and not states_share(base.lexicon, evidence.text) else None


def _measures_the_attribute(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    if query.answer_type is not AnswerType.QUANTITY:
        return None
    return tuple(c for c in evidence.missed if c.surface in query.measured) or None


def _states_a_time(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    is_asked = query.answer_type is AnswerType.TIME and not evidence.has_date
    return () if is_asked and not states_time(base.lexicon, evidence.text) else None


def _may_tell_of_a_pairing(base: FactBase, query: Query, evidence: Evidence) -> Missing | None:
    slugs = {place.slug for place in surely_unpaired(base, query)}
    return tuple(c for c in query.concepts if not slugs.isdisjoint(c.owners)) or None


def _shown(missing: Concept | int) -> str:
    """Return what is missing in a reader's words: a name as it was read, any other word as it was typed."""
    if not isinstance(missing, Concept):
        return str(missing)
    return missing.corrected if missing.is_name and missing.corrected else missing.surface


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "name",
        "It is on every place and body that the question names: the right thing in another city is wrong",
        _is_on_every_name,
        "is not on {missing}",
    ),
    Rule(
        "year",
        "It speaks of every year that is asked for: last year's figure is wrong",
        _speaks_of_every_year,
        "does not speak of {missing}",
    ),
    Rule(
        "kind of thing",
        'It says the sort of thing or person asked for: "which banks" wants a bank, "who owns" an owner',
        _says_what_kind_of_thing,
        "does not itself say {missing}",
    ),
    Rule(
        "number",
        "It states a number where one is asked for",
        _states_a_number,
        "states no number",
    ),
    Rule(
        "money",
        "It states a sum of money where one is asked for",
        _states_a_sum,
        "states no sum of money",
    ),
    Rule(
        "share",
        "It states a share where one is asked for: a sum is none",
        _states_a_share,
        "states no share",
    ),
    Rule(
        "attribute",
        "It speaks of what the number is wanted of: the right subject, another attribute is wrong",
        _measures_the_attribute,
        "does not state {missing}",
    ),
    Rule(
        "time",
        "It states a time where one is asked for",
        _states_a_time,
        "states no time",
    ),
    Rule(
        "pairing",
        "It may tell of a pairing, if one is asked for: of a place that is in none the base says so",
        _may_tell_of_a_pairing,
        "is on {missing}, which is in no pairing",
    ),
    Rule(
        "near",
        "It is near enough to the question: what holds little of it is on another subject",
        _is_near_enough,
        "is too unlikely to answer",
    ),
)


def verdict(
    base: FactBase, query: Query, evidence: Evidence, rules: tuple[Rule, ...] = RULES
) -> tuple[Reason, ...]:
    """Return what `rules` find missing in `evidence`, whether or not that decides."""
    found = ((rule, rule.check(base, query, evidence)) for rule in rules)
    return tuple(Reason(rule, missing) for rule, missing in found if missing is not None)


def answers(base: FactBase, query: Query, evidence: Evidence, rules: tuple[Rule, ...] = RULES) -> bool:
    """Say whether `evidence` breaks no rule that binds its sort."""
    bound_by = evidence.bound_by
    return all(rule.check(base, query, evidence) is None for rule in rules if rule.name in bound_by)


def answering(
    base: FactBase, query: Query, hits: Iterable[Hit], rules: tuple[Rule, ...] = RULES
) -> tuple[Hit, ...]:
    """Return the facts among `hits`, in order, where the first of them answers `query`; else none.

    Those of which the question is an ask come before them and need no verdict: whoever curated the ask has given it.
    """
    facts = tuple(hit for hit in hits if isinstance(hit.entry, Fact))
    asked = tuple(hit for hit in facts if is_asked(base, query, hit))
    partners = partner_stated(base, query) if facts else frozenset()
    asked = _with_own_partners(base, facts, asked, partners)
    others = tuple(hit for hit in facts if hit not in asked and not states_another_tie(base, query, hit.fact))
    if bool(others) and answers(base, query, FactEvidence(base, others[0]), rules):
        are_first = query.twins and partners and not asked
        return (*asked, *(_stating_first(base, query, others, partners) if are_first else others))
    # Who asks for a partner and nothing else is answered by what states one, however unlikely the words make it.
    if asked:
        return asked
    stating = [hit for hit in others if hit.fact in partners]
    stating.sort(key=lambda hit: not base.lexicon.ties.intersection(tokenize(normalize(hit.fact.statement))))
    return tuple(stating)


def is_asked(base: FactBase, query: Query, hit: Hit) -> bool:
    """Say whether a question is an ask of what was found: word for word, or in the same terms, and then with the time or the number
    in it that the question wants; the ask may want none.
    """
    if not hit.is_asked or not isinstance(hit.entry, Fact):
        return hit.is_asked
    evidence = FactEvidence(base, hit)
    if all(check(base, query, evidence) is None for check in (_states_a_time, _states_a_number)):
        return True
    said = read(query.text)
    return any(read(ask) == said for ask in hit.entry.asks)


def _with_own_partners(
    base: FactBase, facts: Sequence[Hit], asked: tuple[Hit, ...], partners: frozenset[Fact]
) -> tuple[Hit, ...]:
    """Return the facts `asked`, before them what a team has added since the ask was curated if it states a partner that is wanted:
    then what states none is asked no more.
    """
    own = {fact.id for fact in base.overlay.facts}
    added = tuple(hit for hit in facts if hit.fact in partners and hit.fact.id in own and hit not in asked)
    return (*added, *(hit for hit in asked if hit.fact in partners)) if added else asked


def _stating_first(
    base: FactBase, query: Query, hits: tuple[Hit, ...], partners: frozenset[Fact]
) -> tuple[Hit, ...]:
    """Return `hits` with what states a partner before what speaks of one, whoever is doubted behind others."""
    return tuple(sorted(hits, key=lambda hit: (hit.fact not in partners, is_doubted(base, query, hit.fact))))
