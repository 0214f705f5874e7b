"""What each feature of an entry counts, learned: writes seeds/weights.toml, and talk.toml (`make learn`).

Two linear models over the same features. *Rank* is a conditional logit (McFadden 1974; in ranking, ListNet of Cao and
others 2007): of the entries found for a question, how likely each is the one that answers. *Answers* is a logistic
regression on the fact that ranks first: how likely it answers at all.

Rank learns from every ask, found as if it stood nowhere (leave one out), and from the development questions, which nobody
wrote for a fact. An ask is put in words that the others of its fact lack, so what is left out is found less well than the
question of a stranger: development questions count for more. Answers learns from the development questions alone: beside
what strangers ask and nothing answers, near misses are too easily told, and asks that are left out too hard. Both losses
are convex and are minimised from nothing, so the same data make the same weights.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import talk
from benchmarks.encoding import demanded, keep_read
from benchmarks.fitting import Floats, least
from benchmarks.question_set import SEEN, path_of, read
from handlers.request import QUESTION
from knowledge.base import FactBase
from knowledge.build import EMBEDDINGS, embeddings
from knowledge.model import Entry, Fact
from knowledge.search.features import AGAINST, DENSE, FEATURES, FREE, TELLING, VERDICT, features, of_verdict
from knowledge.search.matches import Matches
from knowledge.search.query import Query
from knowledge.search.vectors.embeddings import Embeddings
from knowledge.seeds import read as read_seeds

SEEDS = Path(__file__).parent.parent / "seeds"
PATH = SEEDS / "weights.toml"
HEAD = """# What each feature of an entry counts beside a question, to rank it and to tell whether it answers: written by `make
# learn`, never by hand. docs/matching.md says what the features are and what they bring.
"""
# How much one development question counts beside an ask, and how strongly weights are drawn to nothing (L2, on
# features of unit variance): chosen by learning from one part of the development questions and asking the other.
COUNTS = 75.0
DRAWN = 0.003
DRAWN_IN_VERDICT = 0.001
# Of so many asks one is taken: more change no weight that can be seen, and take as many times as long.
EVERY = 8


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The entries found for one question: their features, and which of them answer; none may."""

    entries: tuple[Entry, ...]
    table: Floats
    right: Floats
    is_ask: bool = True

    @property
    def is_answerable(self) -> bool:
        """Say whether a fact that answers was found."""
        return any(
            bool(right) and isinstance(entry, Fact)
            for entry, right in zip(self.entries, self.right, strict=True)
        )

    @property
    def teaches_order(self) -> bool:
        """Say whether what answers was found, and something else."""
        return bool(0 < self.right.sum() < len(self.right))


def of_asks(base: FactBase, every: int = EVERY) -> Iterator[Example]:
    """Yield an example for each ask, or some of them, found without itself; facts that say the same, or share the ask,
    answer too.
    """
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for entry in base.entries:
        for ask in entry.asks:
            owners[ask].update((entry.id, *(entry.same_as if isinstance(entry, Fact) else ())))
    row = 0
    for entry in base.entries:
        for ask in entry.asks:
            if row % every == 0 and (matches := base.index.matches(query := base.parse(ask))):
                yield _example(base, query, matches.without(ask=row), owners[ask], is_ask=True)
            row += 1
        row += not entry.asks


def of_questions(base: FactBase, name: str = SEEN) -> Iterator[Example]:
    """Yield an example for each free question of a set that facts answer, or nothing does."""
    for question in read(path_of(name)):
        query = base.parse(question.text)
        is_judged = question.command == QUESTION and question.expects != "ambiguous"
        if is_judged and (matches := base.index.matches(query)):
            yield _example(base, query, matches, question.facts, is_ask=False)


def _example(
    base: FactBase, query: Query, matches: Matches, right: frozenset[str] | set[str], *, is_ask: bool
) -> Example:
    entries = tuple(base.index.entries[number] for number in matches.found)
    answers = np.array([entry.id in right for entry in entries], np.float64)
    return Example(entries, features(query, matches, entries).astype(np.float64), answers, is_ask)


def learn_rank(
    examples: Sequence[Example], told: frozenset[str], counts: float = COUNTS, drawn: float = DRAWN
) -> Floats:
    """Return what each of `FEATURES` counts for the order; nothing those that are not `told`."""
    examples = [example for example in examples if example.teaches_order]
    is_told = [name in told for name in FEATURES]
    tables = np.vstack([example.table for example in examples])[:, is_told]
    right = np.concatenate([example.right for example in examples])
    share = np.array([1.0 if example.is_ask else counts for example in examples])
    share /= share.sum()
    lengths = np.array([len(example.right) for example in examples])
    starts = np.cumsum(lengths) - lengths
    of = np.repeat(np.arange(len(examples)), lengths)
    spread = _spread(tables)
    scaled = tables / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        all_of, right_of = np.add.reduceat(likely, starts), np.add.reduceat(likely * right, starts)
        pull = (likely / all_of[of] - likely * right / right_of[of]) * share[of]
        return float(-(share * np.log(right_of / all_of)).sum()), pull @ scaled

    learned = np.zeros(len(FEATURES))
    learned[is_told] = least(loss, len(spread), drawn) / spread
    return learned


def learn_verdict(
    questions: Sequence[Example], told: frozenset[str], rank: Floats, drawn: float = DRAWN_IN_VERDICT
) -> Floats:
    """Return what each of `VERDICT` counts for whether the fact that ranks first answers; nothing those that are not
    `told`. Order is by `rank`.
    """
    judged = [(row, example) for example in questions if (row := _first_fact(example, rank)) is not None]
    is_told = [name in told & TELLING for name in VERDICT]
    table = np.vstack([row for row, _ in judged])[:, is_told]
    answered = np.array([example.is_answerable for _, example in judged], np.float64)
    spread = _spread(table)
    scaled = table / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        likely = 1 / (1 + np.exp(-scores))
        lost = np.logaddexp(0, scores) - answered * scores
        return float(lost.mean()), (likely - answered) @ scaled / len(scores)

    # More of what speaks for an answer never makes it less likely: by chance, of features that go together, it might.
    bounds = [_bounds(name) for name in VERDICT if name in told & TELLING]
    learned = np.zeros(len(VERDICT))
    learned[is_told] = least(loss, len(spread), drawn, bounds) / spread
    return learned


def _first_fact(example: Example, rank: Floats) -> Floats | None:
    """Return the features for the verdict of the fact that ranks first; None where no fact was found."""
    scores = example.table @ rank
    facts = [place for place, entry in enumerate(example.entries) if isinstance(entry, Fact)]
    if not facts:
        return None
    first = max(facts, key=lambda place: scores[place])
    row: Floats = of_verdict(example.table.astype(np.float32), scores.astype(np.float32))[first].astype(
        np.float64
    )
    return row


def _spread(table: Floats) -> Floats:
    spread: Floats = table.std(axis=0)
    spread[spread == 0] = 1.0
    return spread


def _bounds(feature: str) -> tuple[float | None, float | None]:
    """Return between what the weight of a feature lies in the verdict."""
    if feature in FREE:
        return (None, None)
    return (None, 0.0) if feature in AGAINST else (0.0, None)


Weights = dict[str, Floats]


def written(weights: Weights) -> str:
    """Return the text of weights.toml: of each feature what it counts in each of `weights`, by their names there."""
    records = (
        f'[[weight]]\nfeature = "{name}"\n'
        + "".join(
            f"{counted} = {of[place] + 0.0:.2f}\n" for counted, of in weights.items() if place < len(of)
        )
        for place, name in enumerate(VERDICT)
    )
    return "\n".join((HEAD, *records)).replace(" -0.00", " 0.00")


def learned(path: Path) -> Weights:
    """Return what is learned from what the base at `path` holds, and from the development questions: with an encoder, which
    makes no vector anew that stands beside the seeds, and without one; exit where there is none.
    """
    encoder = demanded(Embeddings.stored((SEEDS / EMBEDDINGS).read_bytes()))
    weights: Weights = {}
    for begins, base, told in (
        ("", FactBase.open(path), frozenset(VERDICT) - DENSE),
        ("dense_", FactBase.open(path, encoder), frozenset(VERDICT)),
    ):
        questions = [*of_questions(base)]
        rank = learn_rank([*of_asks(base), *questions], told)
        weights |= {f"{begins}rank": rank, f"{begins}answers": learn_verdict(questions, told, rank)}
    return weights


def main(arguments: list[str] | None = None) -> int:
    """Learn from the base at hand; write the weights, and the vectors of its texts and of the development questions."""
    parser = argparse.ArgumentParser(
        prog="learn", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    keep_read()
    (SEEDS / EMBEDDINGS).write_bytes(embeddings(SEEDS, read_seeds(SEEDS), demanded()).kept())
    PATH.write_text(written(learned(options.base)), encoding="utf-8")
    told_apart = talk.learned(FactBase.open(options.base, demanded()))
    (SEEDS / talk.FILE).write_text(talk.written(told_apart), encoding="utf-8")
    print(f"{SEEDS.name}/{PATH.name}, {talk.FILE} and {EMBEDDINGS} written: run make eval.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
