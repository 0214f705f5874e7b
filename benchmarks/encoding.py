"""The encoder as measurements use it: each question is asked many times, and is read once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.question_set import Question
from bot.encoder import installed
from knowledge.search.rows import Floats
from knowledge.search.vectors.embeddings import Embeddings, Encoder, Texts


class Remembering:
    """An encoder that keeps the vectors of the questions it has read; those in `embeddings` it need not read."""

    def __init__(self, encoder: Encoder, embeddings: Embeddings) -> None:
        self._encoder = encoder
        self._embeddings = embeddings
        self._read: dict[str, Floats] = {}

    @property
    def name(self) -> str:
        """Return the name of the encoder within."""
        return self._encoder.name

    def statements(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that answer, made now."""
        return self._encoder.statements(texts)

    def questions(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that ask, made once."""
        return np.stack([self._question(text) for text in texts])

    def _question(self, text: str) -> Floats:
        if text not in self._read:
            (row,) = self._embeddings.rows(Texts(self._encoder, (), (text,)).question_keys)
            known = self._embeddings.floats[row] if row >= 0 else self._encoder.questions([text])[0]
            self._read[text] = known
        return self._read[text]


def remembering(embeddings: Embeddings | None = None) -> Remembering | None:
    """Return the encoder; None where it is not installed. `embeddings` are vectors that need not be made."""
    encoder = installed()
    return Remembering(encoder, embeddings or Embeddings.empty()) if encoder else None


def demanded(embeddings: Embeddings | None = None) -> Remembering:
    """Return the encoder; where it is not installed, say so and exit."""
    encoder = remembering(embeddings)
    if encoder is None:
        sys.exit("This takes the encoder, which `make setup` installs where there is one for the machine.")
    return encoder


def vectors_of(questions: Iterable[Question]) -> Embeddings:
    """Return the vectors of questions, to be handed to other processes; exit where there is no encoder."""
    return Embeddings.empty().lacking(Texts(demanded(), (), tuple(question.text for question in questions)))
