"""What of a vector tells one entry from another, and not one way of asking from another.

Asks of one entry differ in what does not matter. Vectors are turned so that these differences are as large in every
direction, and small beside those between entries: whitening by the covariance within classes (Fisher 1936; Hatch,
Kajarekar and Stolcke 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.search.rows import Floats, Places
from knowledge.search.vectors.embeddings import DIMENSIONS, Encoder


@dataclass(frozen=True, slots=True, eq=False)
class Whitening:
    """Takes `mean` from a vector, turns it by `matrix`, and makes it of length 1."""

    mean: Floats
    matrix: Floats

    @classmethod
    def of(cls, asks: Floats, owners: Places) -> Whitening:
        """Return what whitens vectors like `asks`, of which each belongs to the entry in `owners`, numbered from 0."""
        counts = np.maximum(np.bincount(owners), 1).astype(np.float32)
        sums = np.zeros((len(counts), asks.shape[1]), np.float32)
        np.add.at(sums, owners, asks)
        within = asks - (sums / counts[:, None])[owners]
        variances, directions = np.linalg.eigh(within.T @ within / max(len(within), 1))
        # Shrunk towards the same in every direction (Ledoit and Wolf 2004): of some of them little is known.
        scales = 1 / np.sqrt(variances + variances.mean())
        return cls(asks.mean(axis=0), ((directions * scales) @ directions.T).astype(np.float32))

    @classmethod
    def stored(cls, held: bytes) -> Whitening:
        """Return what was kept as `held`; ValueError where that is none."""
        kept = np.frombuffer(held, np.float32).reshape(DIMENSIONS + 1, DIMENSIONS)
        return cls(kept[0], kept[1:])

    def kept(self) -> bytes:
        """Return it as `stored` takes it."""
        return self.mean.tobytes() + self.matrix.tobytes()

    def turned(self, vectors: Floats) -> Floats:
        """Return vectors, one a row, whitened."""
        turned = (vectors - self.mean) @ self.matrix
        lengths = np.linalg.norm(turned, axis=1, keepdims=True)
        return (turned / np.where(lengths > 0, lengths, 1)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Whitened:
    """An encoder whose vectors are whitened."""

    encoder: Encoder
    whitening: Whitening

    @property
    def name(self) -> str:
        """Return the name of the encoder within: no vectors of both kinds are ever kept together."""
        return self.encoder.name

    def statements(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that answer, one a row."""
        return self.whitening.turned(self.encoder.statements(texts))

    def questions(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that ask, one a row."""
        return self.whitening.turned(self.encoder.questions(texts))
