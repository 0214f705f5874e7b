"""How the first message reads (`make first-messages`): its length, what repeats in it, and whether it leads with the right fact.

Counted over the development questions, in the words that stand in Slack's first message.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.encoding import remembering
from benchmarks.engines import ours
from benchmarks.grading import Graded, grade
from benchmarks.question_set import SEEN, path_of, read
from bot.render.fact_renderer import FactRenderer, fact_renderer
from bot.render.plain import plain
from handlers.answer import Answer
from handlers.records.caveats import CLAUSES
from knowledge.base import FactBase

MOST_LINES: Final = 9
MOST_CHARACTERS: Final = 700
_MARKS: Final = " .¹²³⁴⁵⁶⁷⁸⁹⁰"


@dataclass(frozen=True, slots=True)
class Read:
    """A first message as it is read. `repeats` says whether it warns twice of the same, `has_id` whether it shows the id of
    a fact or a slug of a document.
    """

    graded: Graded
    lines: int
    characters: int
    repeats: bool
    has_id: bool


def read_of(graded: Graded, render_fact: FactRenderer, names: re.Pattern[str]) -> Read:
    """Return how the first message of an answer reads; `names` finds what only the base calls things."""
    text = plain(graded.answer, render_fact)
    lines = [line for line in text.splitlines() if line.strip()]
    return Read(
        graded, len(lines), len(text), _warns_twice(graded.answer, text), names.search(text) is not None
    )


def _warns_twice(answer: Answer, text: str) -> bool:
    """Say whether a clause of what warns of a fact stands twice in a message."""
    facts = (*(line.fact for line in answer.lines), *answer.near)
    warnings = {clause for fact in facts for clause in _clauses(fact.caveat)}
    said = Counter(clause for line in text.splitlines() for clause in _clauses(line))
    return any(said[clause] > 1 for clause in warnings)


def _clauses(text: str) -> Iterator[str]:
    """Yield the clauses that a text may be told apart in, without the mark of a footnote before and what ends them."""
    yield from filter(None, (clause.strip(_MARKS) for clause in CLAUSES.split(text)))


def names_of(base: FactBase) -> re.Pattern[str]:
    """Return what finds ids of facts and slugs of documents in a text."""
    slugs = sorted((document.slug for document in base.seeds.documents), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, slugs))})(?:-\d+)?\b")


def asked(base: FactBase) -> list[Read]:
    """Return how the first message to every development question reads."""
    render_fact, names = fact_renderer(base), names_of(base)
    return [read_of(graded, render_fact, names) for graded in grade(read(path_of(SEEN)), ours(base))]


def table(messages: Sequence[Read]) -> str:
    """Return the counts, all questions apart from those that are answered."""
    rows = [
        "| | messages | lines | characters | a caveat twice | an id | leads with the right fact |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, chosen in (
        ("all", list(messages)),
        ("answers", [one for one in messages if one.graded.answer.outcome == "answer"]),
    ):
        answerable = [one.graded for one in chosen if one.graded.question.is_answerable]
        right = sum(one.rank == 1 for one in answerable) / max(len(answerable), 1)
        rows.append(
            f"| {name} | {len(chosen)} | {median(one.lines for one in chosen):g}"
            f" | {median(one.characters for one in chosen):g} | {sum(one.repeats for one in chosen)}"
            f" | {sum(one.has_id for one in chosen)} | {right:.1%} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Print the counts; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="first_messages", description=__doc__)
    parser.add_argument("--light", action="store_true", help="leave out the encoder")
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args()
    base = FactBase.open(options.base, None if options.light else remembering())
    base.warm()
    messages = asked(base)
    print(table(messages))
    is_short = median(one.lines for one in messages) <= MOST_LINES
    is_short = is_short and median(one.characters for one in messages) <= MOST_CHARACTERS
    return 0 if is_short and not any(one.repeats or one.has_id for one in messages) else 1


if __name__ == "__main__":
    sys.exit(main())
