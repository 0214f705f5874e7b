"""The encoder as measurements use it: each question is asked many times, and is read once.

The development questions were read before: their vectors stand beside them, as half floats, which change no figure.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.question_set import SEEN, TALK, Question, path_of, read, read_lines
from bot.encoder import installed
from knowledge.search.rows import Floats
from knowledge.search.vectors.embeddings import Embeddings, Encoder, Texts

BEFORE: Final = path_of(SEEN).with_suffix(".npz")
"""The vectors of the development questions and of the lines of talk: `make learn` writes them."""


class Remembering:
    """An encoder that keeps the vectors of the questions it has read; those in `embeddings`, and those that were read `before`,
    by their keys, it need not read.
    """

    def __init__(
        self, encoder: Encoder, embeddings: Embeddings, before: Mapping[int, Floats] | None = None
    ) -> None:
        self._encoder = encoder
        self._embeddings = embeddings
        self._before = before or {}
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
            keys = Texts(self._encoder, (), (text,)).question_keys
            (row,) = self._embeddings.rows(keys)
            if row >= 0:
                self._read[text] = self._embeddings.floats[row]
            elif (known := self._before.get(int(keys[0]))) is not None:
                self._read[text] = known
            else:
                self._read[text] = self._encoder.questions([text])[0]
        return self._read[text]


def remembering(
    embeddings: Embeddings | None = None, before: Mapping[int, Floats] | None = None
) -> Remembering | None:
    """Return the encoder; None where it is not installed. `embeddings` are vectors that need not be made, and those `before`,
    which are those of the development questions if nothing else is said.
    """
    encoder = installed()
    if encoder is None:
        return None
    known = read_before(BEFORE) if before is None else before
    return Remembering(encoder, embeddings or Embeddings.empty(), known)


@lru_cache(maxsize=1)
def read_before(path: Path) -> Mapping[int, Floats]:
    """Return the vectors kept at `path` by their keys; none where there is no such file."""
    if not path.exists():
        return {}
    with np.load(path) as kept:
        vectors = kept["vectors"].astype(np.float32)
        return dict(zip(kept["keys"].tolist(), vectors, strict=True))


def keep_read() -> None:
    """Write the vectors of what is learned from beside it, questions and lines of talk; exit where there is no encoder."""
    asked = (question.text for question in read(path_of(SEEN)))
    said = (line.text for line in read_lines(TALK))
    texts = tuple(dict.fromkeys((*asked, *said)))
    encoder = demanded(before={})
    vectors = encoder.questions(texts).astype(np.float16)
    np.savez(BEFORE, keys=Texts(encoder, (), texts).question_keys, vectors=vectors)


def demanded(embeddings: Embeddings | None = None, before: Mapping[int, Floats] | None = None) -> Remembering:
    """Return the encoder; where it is not installed, say so and exit."""
    encoder = remembering(embeddings, before)
    if encoder is None:
        sys.exit("This takes the encoder, which `make setup` installs where there is one for the machine.")
    return encoder


def vectors_of(questions: Iterable[Question]) -> Embeddings:
    """Return the vectors of questions, to be handed to other processes; exit where there is no encoder."""
    return Embeddings.empty().lacking(Texts(demanded(), (), tuple(question.text for question in questions)))
