"""Texts as vectors of an encoder: near each other where they mean nearly the same, in whatever words or language.

The vector of a text never changes, so each is kept once it is made: beside the seeds for the texts that these hold, and
in facts.db. Of each component a byte is kept; measured, that ranks as the whole does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Entry
from knowledge.search.corpus import near_misses_of
from knowledge.search.rows import Floats, Keys, Places

DIMENSIONS: Final = 384
# A component of 1 in bytes: those of vectors of length 1 in so many dimensions stay below a third.
_STEPS: Final = 400
_KEPT: Final = np.dtype([("key", "<u8"), ("vector", "i1", (DIMENSIONS,))])
# Texts that are given to the encoder at once: a question that comes meanwhile waits for them.
_BATCH: Final = 16


class Encoder(Protocol):
    """Makes vectors of length 1 in `DIMENSIONS` of texts. Any thread may ask it."""

    @property
    def name(self) -> str:
        """Return which vectors can be compared: those of one name."""
        ...

    def statements(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that answer, one a row."""
        ...

    def questions(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that ask, one a row."""
        ...


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of entries that have vectors, and the keys of these by the encoder that makes them."""

    encoder: Encoder
    statements: tuple[str, ...]
    questions: tuple[str, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry], encoder: Encoder) -> Texts:
        """Return the texts of `entries`."""
        known = tuple(entries)
        asking = (text for entry in known for text in (*entry.asks, *near_misses_of(entry)))
        return cls(encoder, tuple(entry.statement for entry in known), tuple(asking))

    @cached_property
    def statement_keys(self) -> Keys:
        """Return the key of each statement."""
        return self._keys("statement", self.statements)

    @cached_property
    def question_keys(self) -> Keys:
        """Return the key of each question."""
        return self._keys("question", self.questions)

    def _keys(self, sort: str, texts: Iterable[str]) -> Keys:
        begins = blake2b(f"{self.encoder.name}\n{sort}\n".encode(), digest_size=8)

        def key(text: str) -> int:
            whole = begins.copy()
            whole.update(text.encode())
            return int.from_bytes(whole.digest(), "little")

        return np.fromiter(map(key, texts), np.uint64)


@dataclass(frozen=True, eq=False)
class Embeddings:
    """Vectors by the keys of their texts, in the order of these, one a row."""

    keys: Keys
    vectors: NDArray[np.int8]

    @classmethod
    def empty(cls) -> Embeddings:
        """Return no vectors."""
        return cls(np.zeros(0, np.uint64), np.zeros((0, DIMENSIONS), np.int8))

    @classmethod
    def stored(cls, held: bytes) -> Embeddings:
        """Return the vectors that were kept as `held`; ValueError where these are no vectors."""
        kept = np.frombuffer(held, _KEPT)
        return cls(kept["key"], kept["vector"])

    def kept(self) -> bytes:
        """Return them as `stored` takes them."""
        kept = np.empty(len(self.keys), _KEPT)
        kept["key"], kept["vector"] = self.keys, self.vectors
        return kept.tobytes()

    def __len__(self) -> int:
        return len(self.keys)

    def rows(self, keys: Keys) -> Places:
        """Return the row of each of `keys`, -1 where there is none."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, places, -1)

    def only(self, texts: Texts) -> Embeddings:
        """Return those of `texts` that there are."""
        keys = np.unique(np.concatenate((texts.statement_keys, texts.question_keys)))
        rows = self.rows(keys)
        return Embeddings(keys[rows >= 0], self.vectors[rows[rows >= 0]])

    def missing(self, texts: Texts) -> int:
        """Return how many of `texts` there are no vectors of."""
        return sum(
            len(np.unique(keys[self.rows(keys) < 0])) for keys in (texts.statement_keys, texts.question_keys)
        )

    def lacking(self, texts: Texts, made: Embeddings | None = None) -> Embeddings:
        """Return those of `texts` that are missing here: from those `made` before, else made now."""
        before = made.only(texts) if made else Embeddings.empty()
        known = self.joined(before)
        stated = known._made(texts.statements, texts.statement_keys, texts.encoder.statements)
        asked = known._made(texts.questions, texts.question_keys, texts.encoder.questions)
        return before.joined(stated).joined(asked)

    def joined(self, other: Embeddings) -> Embeddings:
        """Return these vectors and others, which are of other texts."""
        if not len(other):
            return self
        keys = np.concatenate((self.keys, other.keys))
        order = np.argsort(keys)
        return Embeddings(keys[order], np.concatenate((self.vectors, other.vectors))[order])

    def _made(
        self, texts: Sequence[str], keys: Keys, encode: Callable[[Sequence[str]], Floats]
    ) -> Embeddings:
        missing, places = np.unique(np.where(self.rows(keys) < 0, keys, 0), return_index=True)
        wanted = [texts[place] for place, key in zip(places.tolist(), missing.tolist(), strict=True) if key]
        batches = [encode(wanted[start : start + _BATCH]) for start in range(0, len(wanted), _BATCH)]
        if not batches:
            return Embeddings.empty()
        return Embeddings(missing[missing > 0], in_bytes(np.concatenate(batches)))

    @cached_property
    def floats(self) -> Floats:
        """Return the vectors as the encoder made them, but for what a byte cannot hold."""
        return self.vectors.astype(np.float32) / np.float32(_STEPS)

    def with_vectors(self, vectors: Floats) -> Embeddings:
        """Return other vectors for the same texts, in the same order."""
        return Embeddings(self.keys, in_bytes(vectors))


def in_bytes(vectors: Floats) -> NDArray[np.int8]:
    """Return vectors with a byte for each component."""
    most = np.iinfo(np.int8).max
    return np.clip(np.round(vectors * _STEPS), -most, most).astype(np.int8)
