"""What of a fact was asked for: the words that are shown in bold before it."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.questions.values import figures, lists, names, partners, printed
from handlers.questions.values.bearing import bears_on
from handlers.questions.values.wanted import Wanted, wanted
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize


def value_of(services: Services, query: Query, fact: Fact) -> str:
    """Return what of a fact was asked for, as it is shown before it; "" where that is its whole statement, or cannot be told."""
    base = services.base
    asked = wanted(base.lexicon, query)
    if asked.is_whole:
        return ""
    found = list(dict.fromkeys(filter(None, _values(base, query, asked, fact))))
    is_when_and_where = asked.time and not asked.number and len(found) == len(("when", "where"))
    if not found or (len(found) > 1 and not is_when_and_where) or not bears_on(base, query, asked, fact):
        return ""
    return "; ".join(found)


def _values(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> Iterator[str]:
    """Yield what each thing that a question asks for is in a fact."""
    if asked.number:
        yield figures.figure(base, query, asked, fact)
    if asked.time:
        yield _time(fact)
    if asked.called:
        yield _unsaid(asked, _only(printed.quoted(fact.statement)))
    if asked.partner and partners.names_place(base, asked):
        yield partners.partner(base, asked, fact)
    elif asked.partner and asked.several and not asked.who:
        yield partners.pairs(base, fact)
    elif asked.speaker:
        yield names.speaker(base, asked, fact)
    elif asked.called and not (asked.who or asked.where):
        return
    elif asked.who or asked.where or asked.sorts or asked.noun:
        yield names.names(base, query, asked, fact) or _unsaid(
            asked, lists.enumeration(asked, fact.statement)
        )


def _time(fact: Fact) -> str:
    """Return the time that a statement prints, that of the fact where it prints none; "" where it prints several."""
    found = printed.times(fact.statement)
    return _only(found) if found else printed.date_in_words(fact.date)


def _only(found: tuple[str, ...]) -> str:
    return found[0] if len(found) == 1 else ""


def _unsaid(asked: Wanted, words: str) -> str:
    """Return words that the question does not say itself."""
    return "" if asked.words.issuperset(map(stem, tokenize(normalize(words)))) else words
