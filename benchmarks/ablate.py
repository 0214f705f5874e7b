"""What each rule, list of words and number that answers go by is worth: the questions asked without it (`make ablate`).

python -m benchmarks.ablate

One part is taken away at a time, all else stays. Of the test questions only counts are printed, and they are for
judging what was chosen on the development questions, never for choosing. Neither set has slips in all names (`make
slips` counts those: names by ear are for them) nor threads (pointers are for those), and no documents are at hand:
`ELSEWHERE` lists the numbers that therefore have no row.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks.engines import ours
from benchmarks.grading import Graded, cites, grade
from benchmarks.question_set import SEEN, Question, path_of, read, unseen
from handlers.answerability import RULES, Rule
from knowledge.base import FactBase
from knowledge.tuning import TUNING, Tuning
from knowledge.vocabulary import WordUse


@dataclass(frozen=True, slots=True)
class Without:
    """One part of the engine, and how it is taken away: a rule, numbers set to what does nothing, lists of words."""

    part: str
    rule: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[WordUse, ...] = ()
    synonyms: bool = False


NOTHING = Without("nothing")

# What each number is where it does nothing: a bonus is none, a discount is full strength, a field is not searched. Any
# other is halved, and doubled.
AWAY: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("read_as", "offered", "read_as_in_chinese", "offered_in_chinese", "word_slips"), ()),
        **dict.fromkeys(("date_bonus", "place_bonus", "length_malus", "own_words", "bm25_b"), 0.0),
        **dict.fromkeys(("statement", "term", "speaker", "figure", "subject_name", "topic_name", "caveat"), 0.0),
        **dict.fromkeys(("low_content", "out_of_vocabulary", "out_of_vocabulary_pair"), 1.0),
        **dict.fromkeys(("synonym", "name_as_words", "other_subject", "topic", "member", "about_documents"), 1.0),
        "margin": 0.0,
        "heard_from": 1_000,
        "too_short": 0,
        "tells": 0.0,
        "related": 0.0,
        "beside_the_best": 2.0,
        "most_concepts_of_parts": -1,
    }
)  # fmt: skip
# Numbers that no answer to these questions goes by, and what does.
ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "short_question": "threads",
        **dict.fromkeys(
            ("excerpt", "excerpt_off_topic", "excerpt_concepts", "excerpt_candidates", "most_excerpts"),
            "excerpts of documents, which no base holds",
        ),
        **dict.fromkeys(("alike", "most_alike", "same_question"), "curation"),
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


PARTS: tuple[Without, ...] = (
    *(Without(f"rule: {rule.name}", rule=rule.name) for rule in RULES),
    *_of_numbers(),
    Without("later subjects and topics count less", numbers={"other_subject": 1.0, "topic": 1.0, "member": 1.0}),
    Without("fields count differently", numbers=dict.fromkeys(
        ("term", "speaker", "figure", "subject_name", "topic_name", "caveat"), 1.0
    )),
    Without("slips in names", numbers=dict.fromkeys(
        ("read_as", "offered", "read_as_in_chinese", "offered_in_chinese"), ()
    )),
    Without("words no fact holds weigh less", numbers={"out_of_vocabulary": 1.0, "out_of_vocabulary_pair": 1.0}),
    Without("light words weigh anything", numbers={"low_content": 0.0}),
    Without("synonyms", synonyms=True),
    *(Without(f"words: {use.value}", words=(use,)) for use in WordUse),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one set of questions: answerable ones answered right and wrong, near-misses answered; right facts that come
    first in the answer, and that stand in the first message at all, among the nearest of a refusal too.
    """

    right: int
    wrong: int
    taken: int
    first: int
    shown: int

    @classmethod
    def of(cls, graded: Sequence[Graded]) -> Counts:
        answerable = [item for item in graded if item.question.is_answerable]
        return cls(
            sum(item.verdict == "right" for item in answerable),
            sum(item.verdict == "wrong" for item in answerable),
            sum(item.verdict == "wrong" for item in graded if not item.question.is_answerable),
            sum(item.verdict == "right" and item.rank == 1 for item in answerable),
            sum(bool(item.rank) or _is_near(item) for item in answerable),
        )


Row = tuple[str, tuple[Counts, ...]]
"""A part, and what is counted of each set of questions without it."""


def _is_near(item: Graded) -> bool:
    return any(cites(fact, item.question) for fact in item.answer.near)


def engine(base: FactBase, without: Without) -> tuple[FactBase, tuple[Rule, ...]]:
    """Return the base and the rules that are left without a part."""
    seeds = replace(
        base.seeds,
        words=tuple(entry for entry in base.seeds.words if entry.use not in without.words),
        synonyms=() if without.synonyms else base.seeds.synonyms,
    )
    tuning: Tuning = replace(base.tuning, **without.numbers)
    rules = tuple(rule for rule in RULES if rule.name != without.rule)
    return FactBase(seeds, base.version, base.overlay, tuning), rules


def measure(
    base: FactBase, sets: Sequence[Sequence[Question]], parts: Sequence[Without] = PARTS
) -> Iterator[Row]:
    """Yield for nothing and then each part what is counted of each set of questions without it."""
    for without in (NOTHING, *parts):
        left, rules = engine(base, without)
        yield without.part, tuple(Counts.of(grade(questions, ours(left, rules))) for questions in sets)


def table(rows: Iterable[Row], sets: Sequence[Sequence[Question]]) -> Iterator[str]:
    """Yield the lines of a Markdown table: counts without a part, and what its absence changes in brackets."""
    answerable = [sum(question.is_answerable for question in questions) for questions in sets]
    heads = [
        f"right of {n} | wrong | near-misses answered of {len(questions) - n} | right fact first | right fact shown"
        for n, questions in zip(answerable, sets, strict=True)
    ]
    yield f"| Taken away | {' | '.join(heads)} |"
    yield f"|---{'|---' * 5 * len(sets)}|"
    whole: tuple[Counts, ...] = ()
    for part, counted in rows:
        whole = whole or counted
        cells = [
            _cell(getattr(now, name), getattr(then, name))
            for now, then in zip(counted, whole, strict=True)
            for name in ("right", "wrong", "taken", "first", "shown")
        ]
        yield f"| {part} | {' | '.join(cells)} |"


def _cell(now: int, then: int) -> str:
    return f"{now} ({now - then:+d})" if now != then else str(now)


def main(arguments: list[str] | None = None) -> int:
    """Print the table for the development questions, then the test questions."""
    parser = argparse.ArgumentParser(
        prog="ablate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    print("Development questions in the first five columns, test questions in the last five.\n")
    sets = (read(path_of(SEEN)), unseen())
    for line in table(measure(FactBase.open(options.base), sets), sets):
        print(line, flush=True)
    print("\nNo answer to these questions goes by")
    for name, what in ELSEWHERE.items():
        print(f"  {name}: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
