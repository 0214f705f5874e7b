"""A question in numbers: its terms, and the other ways of saying them, by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.search.query import Concept, Query
from knowledge.search.rows import Floats, Places, Truths
from knowledge.search.terms import NAME, name_term

Columns = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question in numbers of terms. Each term of it, or of another way of saying it, has a column.

    `terms` are the terms by column; the first `own` are the question's own ones, `weights` what each of these weighs,
    and `is_name` which of them are names; `total` and `squares` are the sums, over its own terms, known here or not, of
    weights and of their squares. `phrases` are sets of columns that say something only together, a column each with a 1
    for each that is among them; each has a column too, behind those of the terms. `ways` are the columns that express
    each of the concepts `expressed`, one concept's after the other's; `firsts` are where each begin, and `strong` how
    strongly each expresses it.
    """

    terms: Places
    own: int
    weights: Floats
    total: float
    squares: float
    is_name: Truths
    phrases: Floats
    ways: Places
    strong: Floats
    firsts: Places
    expressed: Places

    @classmethod
    def of(cls, query: Query, numbers: Mapping[str, int], idf: Floats, unknown: float) -> Asked:
        """Return `query` by the `numbers` of its terms; a term that there is none for weighs `unknown`."""
        said = query.terms
        own = [(term, number) for term in said if (number := numbers.get(term)) is not None]
        columns = {number: column for column, (_, number) in enumerate(own)}
        ways: list[tuple[Columns, float]] = []
        firsts: dict[int, int] = {}
        for place, concept in enumerate(query.concepts):
            for terms, strength in _ways(concept):
                known = [numbers[term] for term in terms if term in numbers]
                if len(known) == len(terms):
                    firsts.setdefault(place, len(ways))
                    ways.append((tuple(columns.setdefault(n, len(columns)) for n in known), strength))
        phrases = dict.fromkeys(way for way, _ in ways if len(way) > 1)
        behind = {phrase: column for column, phrase in enumerate(phrases, len(columns))}
        weights = idf[[number for _, number in own]]
        missing = len(said) - len(own)
        return cls(
            np.fromiter(columns, np.int64, len(columns)),
            len(own),
            weights,
            float(weights.sum()) + missing * unknown,
            float(weights @ weights) + missing * unknown**2,
            np.array([term.startswith(NAME) for term, _ in own], np.bool_),
            _phrases(tuple(phrases), len(columns)),
            np.array([behind[way] if len(way) > 1 else way[0] for way, _ in ways], np.int64),
            np.array([strength for _, strength in ways], np.float32),
            np.fromiter(firsts.values(), np.int64, len(firsts)),
            np.fromiter(firsts, np.int64, len(firsts)),
        )


def _ways(concept: Concept) -> tuple[tuple[tuple[str, ...], float], ...]:
    if not concept.owners:
        return concept.alternatives
    return (*(((name_term(owner),), 1.0) for owner in concept.owners), *concept.alternatives)


def _phrases(phrases: tuple[Columns, ...], width: int) -> Floats:
    table = np.zeros((width, len(phrases)), np.float32)
    for place, phrase in enumerate(phrases):
        for column in phrase:
            table[column, place] += 1
    return table
