"""What is compared of a question and an entry: a few named numbers, which a linear model weighs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from knowledge.model import Entry, Fact
from knowledge.search.density import beside_misses
from knowledge.search.intent import AnswerType
from knowledge.search.matches import Matches
from knowledge.search.query import Query
from knowledge.search.rows import Floats, Truths

# Further above or below a gap than this is as good as any further.
_FAR: Final = 4
# A question that speaks of more things tells no more by it.
_MANY: Final = 20
CONSTANT: Final = "constant"

_COMPARED: Final = {
    "asks": "BM25 of the question's own words in all its asks together, as a share of the most there could be",
    "nearest ask": "cosine between the question and the nearest of its asks, names left out of both",
    "coverage": "share of the question's weight that it expresses in any field, in whatever words",
    "stated coverage": "coverage without the asks",
    "nothing missed": "it speaks of all that the question does",
    "stated in full": "its statement and names speak of all that the question does in its own words, and state what is wanted",
    "word coverage": "coverage of what is no name: names alone match every fact on a city",
    "heaviest missed": "share of the question's weight of what weighs most of all that it does not speak of",
    "name missed": "it is not on a place or body that the question names",
    "year missed": "it does not speak of a year that is asked for",
    "number missed": "it states no number, and one is asked for",
    "time missed": "it states no time, and one is asked for",
    "list missed": "it names no several of a kind, and they are asked for",
    "attribute missed": "it does not speak of what a number is wanted of",
    "about documents": "it is on a document itself, and the question is not",
    "gap": "it is a gap",
    "meaning": "with an encoder: cosine between the question and its statement",
    "meaning of all asks": "with an encoder: cosine between the question and the sum of its asks",
    "meaning of asks": "with an encoder: cosine between the question and the nearest of its asks",
    "meaning of asks, beside the best": "how much less that is than the best of all",
    "asks beside misses": "logarithm of how much denser its asks lie about the question than near misses and asks of gaps do",
    "asks beside misses in meaning": "with an encoder: the same in meaning",
    # The same for all entries: they tell nothing of their order, and something of whether any answers.
    "all asks beside misses in meaning": "with an encoder: the same of the asks of all facts together",
    "things asked": "of how many things the question speaks, as a logarithm",
    "stranger": "the question is about something that is not known here",
}
_JUDGED: Final = {
    "beside the nearest gap": "how much higher it ranks than the first gap",
    CONSTANT: "1 for every entry",
}
FEATURES: Final = tuple(_COMPARED)
"""What is weighed to rank an entry; most run from 0 to about 1."""
VERDICT: Final = (*FEATURES, *_JUDGED)
"""What an entry is judged by that ranks first."""
FREE: Final = frozenset({"things asked", CONSTANT})
"""Those that may tell either way."""
AGAINST: Final = frozenset(name for name in VERDICT if "missed" in name and name != "nothing missed") | {
    "about documents",
    "stranger",
}
"""Those that never tell for an answer; all others never tell against it."""
TELLING: Final = frozenset(VERDICT) - {"asks", "gap"}
"""Those of them that tell whether it answers, and not only beside others."""
DENSE: Final = frozenset(name for name in VERDICT if "meaning" in name)
"""Those of them that take an encoder; they are 0 without."""
MEANINGS: Final[Mapping[str, str]] = MappingProxyType(_COMPARED | _JUDGED)
"""What each of them is, of an entry beside a question."""
_GAP: Final = FEATURES.index("gap")


def features(query: Query, matches: Matches, entries: tuple[Entry, ...]) -> Floats:
    """Return for each entry of `matches` (a row) its `FEATURES` (columns); `entries` are those, in order."""
    found, fields, concepts = matches.found, matches.fields, query.concepts
    missed = matches.strengths < fields.tuning.matched
    sought = np.array(
        [
            matches.is_name,
            [concept.surface in query.measured for concept in concepts],
        ],
        np.bool_,
    )
    misses_name, misses_attribute = sought @ missed.T
    lacks = _wanted(query)[:, None] & ~fields.corpus.states[found].T
    years_missed = _years_missed(query, entries)
    columns = (
        matches.bm25_of_asks(),
        matches.nearest_ask(),
        matches.coverage,
        matches.stated_coverage,
        ~missed.any(axis=1),
        np.isclose(matches.stated_coverage, 1) & ~lacks.any(axis=0) & ~years_missed,
        matches.word_coverage(np.array([not concept.is_name for concept in concepts], np.bool_)),
        (missed * matches.weights).max(axis=1, initial=0) / (float(matches.weights.sum()) or 1.0),
        misses_name,
        years_missed,
        *lacks,
        misses_attribute,
        not query.on_documents and fields.on_documents[found],
        fields.is_gap[found],
        *_in_meaning(matches),
        math.log1p(min(len(concepts), _MANY)),
        bool(query.strangers),
    )
    table = np.empty((len(found), len(columns)), np.float32)
    for place, column in enumerate(columns):
        table[:, place] = column
    return table


def _years_missed(query: Query, entries: tuple[Entry, ...]) -> Truths:
    """Say of each entry whether a year that is asked for is none that it speaks of."""
    if not query.years:
        return np.zeros(len(entries), np.bool_)
    return np.array(
        [any(not speaks_of_year(entry, year) for year in query.years) for entry in entries], np.bool_
    )


def _wanted(query: Query) -> Truths:
    """Return which of `STATED` a question wants."""
    wants = query.answer_type
    return np.array([wants is AnswerType.QUANTITY, wants is AnswerType.TIME, query.members], np.bool_)


def _in_meaning(matches: Matches) -> tuple[Floats | float, ...]:
    likenesses, found = matches.likenesses, matches.found
    if likenesses is None:
        return (0.0, 0.0, 0.0, 0.0, matches.asks_beside_misses(), 0.0, 0.0)
    stated, asked, middle = likenesses.stated, likenesses.asked, likenesses.middle
    tuning, is_gap = matches.fields.tuning, matches.fields.is_gap
    asks, firsts = likenesses.of_asks, likenesses.firsts
    each, all_ = beside_misses(
        asks, firsts, matches.fields.asks_count, is_gap, likenesses.of_misses, tuning, tuning.about_in_meaning
    )
    return (
        stated[found],
        middle[found],
        asked[found],
        asked[found] - asked.max(),
        # A near miss that is almost the question, "the second Expo" beside "the first", tells no more than others do.
        np.maximum(matches.asks_beside_misses(), tuning.least_in_words),
        each[found],
        max(all_, tuning.least_in_meaning),
    )


def of_verdict(table: Floats, scores: Floats) -> Floats:
    """Return the `VERDICT` features of entries with those `FEATURES` and scores."""
    of_gaps = scores[table[:, _GAP] > 0]
    # Where no gap was found nothing is told by it.
    nearest = of_gaps.max() if len(of_gaps) else scores
    judged = np.ones((len(table), len(VERDICT)), np.float32)
    judged[:, : len(FEATURES)] = table
    judged[:, len(FEATURES)] = np.minimum(np.maximum(scores - nearest, -_FAR), _FAR)
    return judged


def speaks_of_year(entry: Entry, year: int) -> bool:
    """Say whether an entry is about `year`: in its date, a figure or its words."""
    if str(year) in entry.statement:
        return True
    return isinstance(entry, Fact) and (
        entry.date.startswith(str(year)) or any(figure.year == year for figure in entry.figures)
    )
