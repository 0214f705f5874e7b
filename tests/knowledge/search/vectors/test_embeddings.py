"""Vectors of texts: made once, kept, found again by the encoder that made them; and what is near in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from bot.encoder import E5Encoder
from knowledge.base import FactBase
from knowledge.model import Weight
from knowledge.overlay import Overlay
from knowledge.search.rows import Floats
from knowledge.search.vectors.dense import DenseIndex
from knowledge.search.vectors.embeddings import DIMENSIONS, Embeddings, Texts
from tests.conftest import SEEDS
from tests.knowledge import small

PORTS = small.fact(1, statement="Aville has a deep port.", asks=["Where do big ships moor?"])
TRAINS = small.fact(
    2, statement="Trains reach Bton.", asks=["How do I travel to Bton?", "Is there a railway?"]
)
# Words that mean the same lie in one direction.
SENSES = {"vessels": "ships", "anchor": "moor", "berth": "moor", "carriages": "railway"}


@dataclass
class Words:
    """An encoder by words alone: each has a direction, those that mean the same have one."""

    name: str = "words"
    read: list[str] = field(default_factory=list)

    def statements(self, texts: Sequence[str]) -> Floats:
        return self.questions(texts)

    def questions(self, texts: Sequence[str]) -> Floats:
        self.read.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Floats:
        vector = np.zeros(DIMENSIONS, np.float32)
        for word in text.casefold().strip("?.").split():
            vector[sum(SENSES.get(word, word).encode()) % DIMENSIONS] += 1
        # As those of a real encoder: no component near 1.
        made: Floats = (vector / np.linalg.norm(vector) / 8).astype(np.float32)
        return made


def _base(encoder: Words | None, **fields: Any) -> FactBase:
    weights = (Weight(feature="meaning of asks", dense_rank=1.0),)
    return FactBase(small.seeds(PORTS, TRAINS, weights=weights, **fields), "1", encoder=encoder)


def test_only_what_is_missing_is_read() -> None:
    encoder = Words()
    first = Embeddings.empty().lacking(Texts.of([PORTS], encoder))
    assert encoder.read == [PORTS.statement, *PORTS.asks]
    assert first.missing(Texts.of([PORTS, TRAINS], encoder)) == 3
    both = first.joined(first.lacking(Texts.of([PORTS, TRAINS], encoder)))
    assert sorted(encoder.read[2:]) == sorted([TRAINS.statement, *TRAINS.asks])
    assert both.missing(Texts.of([PORTS, TRAINS], encoder)) == 0


def test_vectors_that_were_kept_are_those_that_were_made() -> None:
    texts = Texts.of([PORTS, TRAINS], Words())
    made = Embeddings.empty().lacking(texts)
    kept = Embeddings.stored(made.kept())
    rows = kept.rows(texts.question_keys)
    assert np.abs(kept.floats[rows] - Words().questions(texts.questions)).max() < 1 / DIMENSIONS
    with pytest.raises(ValueError, match="buffer size"):
        Embeddings.stored(made.kept()[1:])


def test_vectors_of_another_encoder_are_not_taken() -> None:
    made = Embeddings.empty().lacking(Texts.of([PORTS], Words()))
    assert made.missing(Texts.of([PORTS], Words("others"))) == 2
    assert len(made.only(Texts.of([PORTS], Words("others")))) == 0


def test_a_question_is_near_what_means_the_same_in_other_words() -> None:
    dense = DenseIndex((PORTS, TRAINS), Words(), Embeddings.empty())
    near = dense.likenesses("where do big vessels anchor")
    assert near.asked[0] == pytest.approx(1 / 64, rel=0.05)
    assert near.asked[1] < near.asked[0]
    without = near.without(0)
    assert without.asked[0] == 0
    assert without.asked[1] == near.asked[1]


def test_with_an_encoder_entries_without_a_word_of_the_question_are_found() -> None:
    question = "which berth for vessels"
    assert _base(None).search(question) == ()
    assert _base(Words()).search(question)[0].entry == PORTS


def test_what_a_team_adds_is_found_by_its_meaning_too() -> None:
    own = small.fact(3, statement="The line opened.", asks=["Which carriages run there?"])
    base = _base(Words()).with_overlay(Overlay(1, facts=(own,), asks={PORTS.id: ("any quay for a yacht",)}))
    assert base.search("railway run")[0].entry.id in {own.id, TRAINS.id}
    assert base.search("some yacht")[0].fact.id == PORTS.id


def test_a_next_view_of_a_team_reads_only_what_is_new() -> None:
    own, more = (small.fact(n, statement=f"Harbour {n} opened.", asks=[f"Is there {n}?"]) for n in (3, 4))
    encoder = Words()
    base = _base(encoder)
    first = base.with_overlay(Overlay(1, facts=(own,)))
    first.warm()
    encoder.read.clear()
    base.with_overlay(Overlay(2, facts=(own, more)), first.own_embeddings).warm()
    assert sorted(encoder.read) == sorted([more.statement, *more.asks])


def test_every_text_of_the_seeds_has_its_vector_beside_them(base: FactBase) -> None:
    beside = Embeddings.stored((SEEDS / "embeddings.bin").read_bytes())
    assert beside.missing(Texts.of(base.entries, Words(E5Encoder.name))) == 0, "run make learn"
