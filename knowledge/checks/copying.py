"""Finds what an entry copied from a document: a whole sentence, or too many words in a row.

Names, numbers and the words that only join them belong to nobody: a run made of nothing else does not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from knowledge.checks.sources import Reading, Sources
from knowledge.model import Entry, Fact
from knowledge.seeds import Problem, Seeds, file_of

# Issue 3: "no sentence of six or more words copied whole, no run over eight words".
LONGEST_RUN = 8
SHORTEST_SENTENCE = 6
_CONNECTIVES = frozenset({
    "a", "an", "and", "as", "at", "between", "but", "by", "for", "from", "in", "into", "its", "of",
    "on", "or", "over", "per", "than", "that", "the", "their", "to", "under", "via", "vs", "was",
    "were", "are", "is", "be", "with", "within", "no", "p", "pp", "vol",
})  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?;])[”\"’')\]]*\s+")

Words = tuple[str, ...]


def check(seeds: Seeds, sources: Sources) -> tuple[Problem, ...]:
    """Return every sentence and every long run of words that a statement, a caveat or an ask shares with a document."""
    texts = _Texts(sources)
    return tuple(
        Problem(file_of(entry), entry.id, field, message)
        for entry in seeds.entries()
        for field, text in _written(entry)
        for message in texts.copied(sources.read(text))
    )


def _written(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "statement", entry.statement
    yield from (("asks", ask) for ask in entry.asks)
    if isinstance(entry, Fact):
        yield "caveat", entry.caveat


class _Texts:
    """The words of the documents, each document one stream, so that a page break hides no run."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._streams: list[Words] = []
        self._places: defaultdict[Words, list[tuple[int, int]]] = defaultdict(list)
        self._sentences: set[Words] = set()
        for document, blocks in sources.blocks.items():
            stream: list[str] = []
            for block in blocks:
                reading = sources.readings[document, block.number]
                stream.extend(_words(reading))
                self._sentences.update(_sentences(reading, sources))
            self._add(tuple(stream))

    def copied(self, reading: Reading) -> Iterator[str]:
        """Yield what is wrong with a text, one sentence a finding."""
        words = _words(reading)
        free = _free(reading, self._sources)
        for first, last in self._runs(words):
            if not all(free[first:last]):
                run = " ".join(token.text for token in reading.tokens[first:last])
                yield f"{last - first} words in a row are the document's, {LONGEST_RUN} may be: “{run}”"
        for sentence in _sentences(reading, self._sources):
            if sentence in self._sentences:
                yield f"a sentence is the document's own: “{' '.join(sentence)}”"

    def _add(self, stream: Words) -> None:
        number = len(self._streams)
        self._streams.append(stream)
        for start in range(len(stream) - LONGEST_RUN):
            self._places[stream[start : start + LONGEST_RUN + 1]].append((number, start))

    def _runs(self, words: Words) -> Iterator[tuple[int, int]]:
        """Yield the longest stretches of `words` that stand in a document, if longer than they may be."""
        start = 0
        while start + LONGEST_RUN < len(words):
            places = self._places.get(words[start : start + LONGEST_RUN + 1], [])
            length = max((self._shared(words, start, *place) for place in places), default=0)
            if length:
                yield start, start + length
            start += max(1, length - LONGEST_RUN)

    def _shared(self, words: Words, start: int, number: int, place: int) -> int:
        stream, length = self._streams[number], 0
        while (
            start + length < len(words)
            and place + length < len(stream)
            and words[start + length] == stream[place + length]
        ):
            length += 1
        return length


def _words(reading: Reading) -> Words:
    return tuple(token.key for token in reading.tokens)


def _free(reading: Reading, sources: Sources) -> list[bool]:
    """Say of each word whether it is a name, a number or a connective."""
    named = {position for m in reading.mentions for position in range(m.first, m.last)}
    return [
        token.sort != "word"
        or position in named
        or token.key in _CONNECTIVES
        or sources.is_name(reading, position)
        for position, token in enumerate(reading.tokens)
    ]


def _sentences(reading: Reading, sources: Sources) -> Iterator[Words]:
    """Yield the sentences of six words and more that are not made of names alone."""
    free = _free(reading, sources)
    ends = [*(match.start() for match in _SENTENCE.finditer(reading.text)), len(reading.text)]
    first = 0
    for end in ends:
        last = first
        while last < len(reading.tokens) and reading.tokens[last].start < end:
            last += 1
        words = tuple(token.key for token in reading.tokens[first:last])
        if len(words) >= SHORTEST_SENTENCE and not all(free[first:last]):
            yield words
        first = last
