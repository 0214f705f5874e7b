"""Whether a text that names something of the field asks about it, or is talk among people, told by its meaning.

A logistic regression over the vector that the encoder makes of the text, learned from lines of both sorts (`make learn`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.model import TalkModel
from knowledge.search.rows import Floats
from knowledge.search.vectors.embeddings import Encoder
from knowledge.search.vectors.whitening import Whitened


def odds_of_talk(
    text: str, signs: float, encoder: Encoder | None, models: Iterable[TalkModel]
) -> float | None:
    """Return how likely a text is talk, whose `signs` of a question come to so much, as the logarithm of the odds; None without
    an encoder, or a model of its vectors.
    """
    for model in models:
        if encoder is not None and model.encoder == encoder.name:
            (vector,) = vectors_of_talk([text], encoder)
            meant = float(np.dot(vector, np.array(model.weights, np.float32)))
            return model.given + model.signs * signs + meant
    return None


def vectors_of_talk(texts: Sequence[str], encoder: Encoder) -> Floats:
    """Return the vectors of texts, one a row, as the encoder itself makes them: whitening leaves what tells one entry from
    another, and takes away how somebody speaks.
    """
    return (encoder.encoder if isinstance(encoder, Whitened) else encoder).questions(texts)
