"""What of a fact was asked for: the words that are shown in bold before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handlers.questions.values import figures, identity, lists, names, objects, partners, phrases, printed
from handlers.questions.values.bearing import bears_on
from handlers.questions.values.doubts import doubted, is_doubted
from handlers.questions.values.owner import says_it_of
from handlers.questions.values.titles import are_held
from handlers.questions.values.wanted import Wanted, wanted
from handlers.records.enumerated import apart
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize


def value_of(services: Services, query: Query, fact: Fact) -> str:
    """Return what of a fact was asked for, as it is shown before it; "" where that is its whole statement, or cannot be told."""
    base = services.base
    asked = wanted(base.lexicon, query)
    if persons := () if asked.titles else identity.of_whom(base, query):
        return identity.told(base, persons, fact)
    if asked.is_whole or not are_held(base, asked.titles, fact):
        return ""
    found = told_once(filter(None, _values(base, query, asked, fact)))
    is_when_and_where = asked.time and not asked.number and len(found) == len(("when", "where"))
    if not found or (len(found) > 1 and not is_when_and_where) or is_doubted(base, fact, " ".join(found)):
        return ""
    is_answer = says_it_of(base, query, asked, fact) and bears_on(base, query, asked, fact)
    return apart(found) if is_answer else ""


def told_once(values: Iterable[str]) -> list[str]:
    """Return values without those that another tells too: the year of "493 billion yuan (2018)"."""
    found = list(dict.fromkeys(values))
    return [one for one in found if not any(one != other and _is_within(one, other) for other in found)]


def _is_within(words: str, others: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", others) is not None


def _values(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> Iterator[str]:
    """Yield what each thing that a question asks for is in a fact."""
    if asked.number:
        yield figures.figure(base, query, asked, fact)
    if asked.time:
        yield _time(fact)
    if asked.deed:
        yield objects.done_to(base, asked, fact)
    if asked.called:
        yield _unsaid(asked, _only(printed.quoted(fact.statement)))
    if asked.tie and not (asked.titles and asked.who):
        yield _tied(base, query, asked, fact)
    elif asked.speaker and not asked.titles:
        yield names.speaker(base, asked, fact)
    elif not asked.called or asked.who or asked.where:
        yield _named(base, query, asked, fact)


def _tied(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> str:
    """Return what a question about a tie asks for: whom a place is tied to, all pairs, or names of some sort."""
    if asked.partner and partners.names_place(base, asked):
        return partners.partner(base, asked, fact)
    if asked.partner and asked.several and not asked.who:
        return partners.pairs(base, fact)
    return "" if doubted(base, fact) else _named(base, query, asked, fact)


def _named(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> str:
    """Return the names, or the list, that a question asks for by "which", "who" or "where"."""
    if asked.titles and asked.who:
        return names.names(base, query, asked, fact)
    if not (asked.who or asked.where or asked.sorts or asked.noun):
        return ""
    listed = lists.enumeration(asked, fact.statement) or phrases.called_so(asked, fact.statement)
    return names.names(base, query, asked, fact) or _unsaid(asked, listed)


def _time(fact: Fact) -> str:
    """Return the time that a statement prints, that of the fact where it prints none; "" where it prints several."""
    found = printed.times(fact.statement)
    return _only(found) if found else printed.date_in_words(fact.date)


def _only(found: tuple[str, ...]) -> str:
    return found[0] if len(found) == 1 else ""


def _unsaid(asked: Wanted, words: str) -> str:
    """Return words that the question does not say itself."""
    return "" if asked.words.issuperset(map(stem, tokenize(normalize(words)))) else words
