"""What tells talk that names a place from a question of the field, learned: writes seeds/talk.toml (`make learn`).

A logistic regression over the vectors of the encoder and what the signs of a question come to, from lines of both sorts that people who know no entry wrote
(`tests/questions/talk.jsonl`). Others are kept apart, and only measured on.
"""

from __future__ import annotations

import numpy as np

from benchmarks.fitting import Floats, least
from benchmarks.question_set import TALK, read_lines
from handlers.curation.questions.signs import signs
from knowledge.base import FactBase
from knowledge.model import TalkModel
from knowledge.search.vectors.talk import vectors_of_talk

FILE = "talk.toml"
HEAD = """# What tells talk from questions of the field, by the vector that the encoder makes of a text: written by `make learn`,
# never by hand. docs/matching.md says how.
"""
# How strongly weights are drawn to nothing (L2): chosen by learning from lines of all authors but one, and telling those of that one.
DRAWN = 0.000007
# What the signs come to is divided by: their weight is drawn to nothing like those of a vector's numbers.
SCALE = 4
IN_A_ROW = 12


def learned(base: FactBase) -> TalkModel:
    """Return what tells the lines apart by the vectors of the encoder that `base` has; ValueError where it has none."""
    if base.encoder is None:
        raise ValueError("only a base with an encoder tells by meaning")
    lines = read_lines(TALK)
    vectors = vectors_of_talk([line.text for line in lines], base.encoder)
    asked = np.array([signs(base, base.parse(line.text)).weight(base) for line in lines])
    table = np.column_stack((vectors.astype(np.float64), asked / SCALE, np.ones(len(lines))))
    is_talk = np.array([line.is_talk for line in lines], np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = table @ weights
        likely = 1 / (1 + np.exp(-odds))
        lost = np.logaddexp(0, odds) - is_talk * odds
        return float(lost.mean()), (likely - is_talk) @ table / len(lines)

    *weights, of_signs, given = least(loss, table.shape[1], DRAWN).round(2).tolist()
    return TalkModel(encoder=base.encoder.name, given=given, signs=of_signs / SCALE, weights=tuple(weights))


def written(model: TalkModel) -> str:
    """Return the text of talk.toml."""
    numbers = [f"{weight + 0.0:.2f}," for weight in model.weights]
    rows = "".join(
        f"    {' '.join(numbers[start : start + IN_A_ROW])}\n" for start in range(0, len(numbers), IN_A_ROW)
    )
    record = f'[[talk]]\nencoder = "{model.encoder}"\ngiven = {model.given:.2f}\nsigns = {model.signs:.4f}\nweights = [\n{rows}]\n'
    return f"{HEAD}\n{record}".replace("-0.00", "0.00")
