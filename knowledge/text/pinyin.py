"""How Chinese is written in pinyin: as xpinyin reads each character, but for words that a base has its own reading of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.text.chinese import reading
from knowledge.text.normalize import CHINESE, normalize, tokenize


class Pinyin:
    """Spells Chinese in pinyin without tones, a space behind every syllable but the last."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        """Read words as `own` says, each with its syllables ("行业 hang ye"), where the commonest readings are wrong."""
        self._own = {word: tuple(spelt) for word, *spelt in map(str.split, own)}
        self._longest = max(map(len, self._own), default=0)

    def of(self, text: str) -> str:
        """Return `text` with its Chinese spelt out: "g60 ke chuang zou lang"."""
        spelt: list[str] = []
        for token in tokenize(normalize(text)):
            spelt.extend(self._run(token) if CHINESE.match(token) else (token,))
        return " ".join(spelt)

    def _run(self, run: str) -> Iterator[str]:
        position = 0
        while position < len(run):
            for length in range(min(self._longest, len(run) - position), 0, -1):
                if own := self._own.get(run[position : position + length]):
                    yield from own
                    position += length
                    break
            else:
                yield reading(run[position])
                position += 1
