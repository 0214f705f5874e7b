"""Talk that names a place is told from questions of the field, on lines that nothing was learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import talk
from benchmarks.encoding import remembering
from benchmarks.question_set import TALK, UNSEEN_TALK, read_lines
from handlers.curation.questions.for_curators import are_told
from knowledge.base import FactBase
from knowledge.search.vectors.talk import odds_of_talk, vectors_of_talk

# The aim: of talk hardly anything reaches curators, of questions hardly anything is kept from them.
MOST_LET_IN = 0.05
# Signs alone tell it less well: where meaning cannot be read, a question lost is worse than a line of talk.
MOST_LET_IN_WITHOUT = 0.25
LEAST_KEPT = 0.93

needs_encoder = pytest.mark.skipif(remembering() is None, reason="there is no encoder for this machine")


@pytest.fixture(scope="module")
def by_meaning(dense_db: Path) -> FactBase:
    return FactBase.open(dense_db, remembering())


def shares_told(base: FactBase) -> tuple[float, float]:
    """Of talk, and of questions of the field, how many curators are told of."""
    lines = read_lines(UNSEEN_TALK)
    told = np.array([are_told(base, line.text, line.text, is_looked_up=False) for line in lines])
    is_talk = np.array([line.is_talk for line in lines])
    return float(told[is_talk].mean()), float(told[~is_talk].mean())


@needs_encoder
def test_by_meaning_hardly_any_talk_reaches_curators_and_nearly_every_question_does(
    by_meaning: FactBase,
) -> None:
    let_in, kept = shares_told(by_meaning)
    assert let_in < MOST_LET_IN
    assert kept > LEAST_KEPT


def test_by_signs_alone_most_talk_is_kept_away_and_nearly_every_question_reaches_them(base: FactBase) -> None:
    let_in, kept = shares_told(base)
    assert let_in < MOST_LET_IN_WITHOUT
    assert kept > LEAST_KEPT


@needs_encoder
def test_the_committed_model_is_learned_from_the_committed_lines(by_meaning: FactBase) -> None:
    (committed,) = by_meaning.seeds.talk
    assert by_meaning.encoder is not None
    vectors = vectors_of_talk([line.text for line in read_lines(TALK)], by_meaning.encoder)
    now, then = (
        vectors @ np.array(model.weights) + model.given for model in (talk.learned(by_meaning), committed)
    )
    # Another processor may add up in another order.
    assert now == pytest.approx(then, abs=0.1), "run `make learn`"


@needs_encoder
def test_what_another_encoder_makes_is_not_read_by_the_model(base: FactBase, by_meaning: FactBase) -> None:
    (model,) = by_meaning.seeds.talk
    other = model.model_copy(update={"encoder": "another"})
    assert odds_of_talk("Hefei", 0, by_meaning.encoder, [model]) is not None
    assert odds_of_talk("Hefei", 0, by_meaning.encoder, [other]) is None
    assert odds_of_talk("Hefei", 0, base.encoder, [model]) is None
