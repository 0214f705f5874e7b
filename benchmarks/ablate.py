"""What each thing that answers go by is worth: the questions asked without it (`make ablate`).

python -m benchmarks.ablate

One part is taken away at a time: a rule, a feature, a sort of curated data, a list of words, a number. All else stays as
it is, weights too: nothing is learned anew, so what stands in for a part counts no more than it did beside it. A feature
counts for nothing in the order, and in the verdict for as much as it does on average. Of the test
questions only shares are printed, and they are for judging what was chosen on the development questions, never for
choosing. Neither set has slips in all names (`make slips` counts those: names by ear are for them) nor threads (pointers
are for those), and no documents are at hand: `ELSEWHERE` lists the numbers that therefore have no row.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np

from benchmarks.encoding import demanded, vectors_of
from benchmarks.engines import ours
from benchmarks.grading import MEASURES, grade, shares
from benchmarks.question_set import SEEN, Question, path_of, read, unseen
from handlers.verdict.answerability import RULES, Rule
from handlers.verdict.evidence import BINDING
from knowledge.base import FactBase, Made
from knowledge.model import Fact, Gap, Weight
from knowledge.search.corpus import Corpus
from knowledge.search.features import CONSTANT, VERDICT
from knowledge.search.vectors.embeddings import Embeddings
from knowledge.seeds import Seeds
from knowledge.tuning import TUNING, Tuning
from knowledge.vocabulary import WordUse

Curated = Literal["asks", "near misses", "gaps", "synonyms"]


@dataclass(frozen=True, slots=True)
class Without:
    """One part of the engine, and how it is taken away: the encoder, a rule, a feature, curated data, lists of words, or
    numbers set to what does nothing.
    """

    part: str
    rule: str = ""
    feature: str = ""
    curated: Curated | None = None
    light: bool = False
    words: tuple[WordUse, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Without("nothing")

# What each number is where it does nothing: a discount is full strength, a threshold holds nothing back, a field counts
# for nothing. Any other is halved, and doubled.
AWAY: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("read_as", "offered", "read_as_in_chinese", "offered_in_chinese", "word_slips"), ()),
        **dict.fromkeys(("out_of_vocabulary", "out_of_vocabulary_pair"), 1.0),
        **dict.fromkeys(("synonym", "name_as_words"), 1.0),
        **dict.fromkeys(("other_words", "bm25_b", "tells", "related", "about_a_gap", "beside_the_best"), 0.0),
        **dict.fromkeys(("likely", "likely_by_words"), 0.0),
        "margin": 0.0,
        "heard_from": 1_000,
        "too_short": 0,
        "most_concepts_of_parts": -1,
    }
)  # fmt: skip
# Numbers that no answer to these questions goes by, and what does.
ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("excerpt", "excerpt_off_topic", "excerpt_concepts", "excerpt_candidates", "most_excerpts"),
            "excerpts of documents, which no base holds",
        ),
        **dict.fromkeys(
            (
                "alike",
                "most_alike",
                "same_question",
                "name_of_field",
                "pair_of_none",
                "telling",
                "term_as_often",
                "word_of_topic",
                "most_own",
            ),
            "curation",
        ),
        **dict.fromkeys(("near_verb", "near_keyword", "near_keyword_in_names", "near_zone"), "/yrd-digest"),
    }
)


def _of_numbers() -> Iterator[Without]:
    """Yield a part, or two, for every number of Tuning that these questions are answered by."""
    for name in (number.name for number in fields(Tuning) if number.name not in ELSEWHERE):
        if name in AWAY:
            yield Without(f"number: {name}", numbers={name: AWAY[name]})
            continue
        value = getattr(TUNING, name)
        yield Without(f"number: {name}, halved", numbers={name: type(value)(value / 2)})
        yield Without(f"number: {name}, doubled", numbers={name: value * 2})


# What is known and learned. A rule that binds no fact tells readers and excerpts alone.
KNOWN: Final[tuple[Without, ...]] = (
    Without("encoder", light=True),
    *(Without(name, curated=name) for name in ("asks", "near misses", "gaps", "synonyms")),
    *(Without(f"rule: {rule.name}", rule=rule.name) for rule in RULES if rule.name in BINDING),
    *(Without(f"feature: {name}", feature=name) for name in VERDICT if name != CONSTANT),
    *(Without(f"words: {use.value}", words=(use,)) for use in WordUse if not (use.is_of_message or use.is_of_curators)),
)  # fmt: skip
PARTS: Final[tuple[Without, ...]] = (
    *KNOWN,
    *_of_numbers(),
    Without("slips in names", numbers=dict.fromkeys(
        ("read_as", "offered", "read_as_in_chinese", "offered_in_chinese"), ()
    )),
)  # fmt: skip

# So many parts are measured with one base: opening it takes as long as a few hundred questions.
_AT_ONCE = 6

Row = tuple[str, tuple[dict[str, float], ...]]
"""A part, and the measures of each set of questions without it, as shares."""


def engine(base: FactBase, without: Without) -> tuple[FactBase, tuple[Rule, ...]]:
    """Return the base and the rules that are left without a part."""
    tuning: Tuning = replace(base.tuning, **without.numbers)
    seeds, corpus = _left(base, without)
    rules = tuple(rule for rule in RULES if rule.name != without.rule)
    # Names are read by words and numbers, and by nothing else that is taken away.
    names = None if without.words or without.numbers else base.names
    encoder = None if without.light else base.encoder
    phrases = None if without.words else base.phrases
    made = Made(names=names, corpus=corpus, embeddings=base.embeddings, phrases=phrases)
    return FactBase(seeds, base.version, base.overlay, tuning, made, encoder), rules


def _left(base: FactBase, without: Without) -> tuple[Seeds, Corpus | None]:
    """Return the seeds without a part, and their corpus where it need not be made anew."""
    seeds = base.seeds
    if without.words:
        return replace(
            seeds, words=tuple(entry for entry in seeds.words if entry.use not in without.words)
        ), None
    if without.feature:
        return replace(seeds, weights=tuple(_levelled(base, without.feature))), base.corpus
    match without.curated:
        case "synonyms":
            return replace(seeds, synonyms=()), base.corpus
        case "gaps":
            facts = [place for place, entry in enumerate(base.entries) if isinstance(entry, Fact)]
            return replace(seeds, gaps=()), base.corpus.only(np.array(facts, np.int64))
        case "asks":
            return _bare(seeds, asks=()), None
        case "near misses":
            return _bare(seeds, near_misses=()), None
    return seeds, base.corpus


def _levelled(base: FactBase, feature: str) -> Iterator[Weight]:
    """Yield the weights without that of `feature`: what it adds on average to the verdict, the constant adds."""
    weights = {weight.feature: weight for weight in base.seeds.weights}
    taken, mean = weights[feature], _means(base)[feature]
    for name, weight in weights.items():
        if name == CONSTANT:
            level = {
                "answers": weight.answers + taken.answers * mean,
                "dense_answers": weight.dense_answers + taken.dense_answers * mean,
            }
            yield weight.model_copy(update=level)
        elif name != feature:
            yield weight


@lru_cache(maxsize=1)
def _means(base: FactBase) -> Mapping[str, float]:
    """Return the mean of each feature of the fact that ranks first, over the development questions."""
    ranked = (base.search(question.text) for question in read(path_of(SEEN)))
    firsts = (next((hit for hit in hits if isinstance(hit.entry, Fact)), None) for hits in ranked)
    table = np.array([first.features for first in firsts if first])
    return dict(zip(VERDICT, table.mean(axis=0).tolist(), strict=True))


def _bare(seeds: Seeds, **texts: tuple[str, ...]) -> Seeds:
    """Return the seeds with `texts` in place of those of every fact, and of every gap that has such."""
    facts = tuple(fact.model_copy(update=texts) for fact in seeds.facts)
    of_gaps = {name: held for name, held in texts.items() if name in Gap.model_fields}
    return replace(seeds, facts=facts, gaps=tuple(gap.model_copy(update=of_gaps) for gap in seeds.gaps))


# Of so many development questions one is asked: there are as many again without each part.
SAMPLED = 3


def measure(
    base: FactBase, sets: Sequence[Sequence[Question]], parts: Iterable[Without] = PARTS
) -> Iterator[Row]:
    """Yield for each part the measures of each set of questions without it."""
    for without in parts:
        left, rules = engine(base, without)
        yield without.part, tuple(shares(grade(questions, ours(left, rules))) for questions in sets)


def measure_side_by_side(path: Path, parts: Sequence[Without] = PARTS) -> Iterator[Row]:
    """Yield the same for nothing, then each part, of the base at `path` and both sets, on every processor."""
    parts = (NOTHING, *parts)
    some = [parts[start : start + _AT_ONCE] for start in range(0, len(parts), _AT_ONCE)]
    vectors = vectors_of(chain.from_iterable(_asked()))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for rows in pool.map(_measured, repeat(path), some, repeat(vectors)):
            yield from rows


def _measured(path: Path, parts: Sequence[Without], vectors: Embeddings) -> list[Row]:
    base = FactBase.open(path, demanded(vectors))
    return list(measure(base, _asked(), parts))


def _asked() -> tuple[Sequence[Question], Sequence[Question]]:
    """Return the development questions that are asked, and the test questions."""
    return read(path_of(SEEN))[::SAMPLED], unseen()


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table: shares with nothing taken away, then by how many points each changes without a
    part.
    """
    whole: tuple[dict[str, float], ...] = ()
    for part, measured in rows:
        if not whole:
            whole = measured
            yield f"| Taken away | {' | '.join(MEASURES * len(measured))} |"
            yield f"|---{'|---' * len(MEASURES) * len(measured)}|"
            cells = [f"{then[name]:.1%}" if name in then else "" for then in whole for name in MEASURES]
        else:
            cells = [
                changed(now[name] - then[name]) if name in then else ""
                for now, then in zip(measured, whole, strict=True)
                for name in MEASURES
            ]
        yield f"| {part} | {' | '.join(cells)} |"


def changed(share: float) -> str:
    """Return by how many percentage points a share has changed; "" where it has not."""
    points = round(100 * share, 1)
    return f"{points:+.1f}" if points else ""


def main(arguments: list[str] | None = None) -> int:
    """Print the table for a third of the development questions, then the test questions."""
    parser = argparse.ArgumentParser(
        prog="ablate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    print(
        "A third of the development questions in the first five columns, test questions in the last five.\n"
    )
    for line in table(measure_side_by_side(options.base)):
        print(line, flush=True)
    print("\nNo answer to these questions goes by")
    for name, what in ELSEWHERE.items():
        print(f"  {name}: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
