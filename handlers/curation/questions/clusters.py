"""Questions that ask for one thing, found together by an index of their words."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from handlers.ports import UnansweredQuestion
from handlers.say import Said, say, say_many
from knowledge.text.normalize import words_of

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask for one thing; `text` is the most asked of them."""

    questions: tuple[UnansweredQuestion, ...]

    @property
    def text(self) -> str:
        """Return the question that was asked most."""
        return self.questions[0].text

    @property
    def times(self) -> int:
        """Return how often all of them were asked together."""
        return sum(question.times for question in self.questions)

    @property
    def last_asked(self) -> datetime:
        """Return when one of them was asked last."""
        return max(question.last_asked for question in self.questions)

    @property
    def key(self) -> str:
        """Return what names it on a button."""
        return key_of(self.questions[0])

    @property
    def line(self) -> Said:
        """Return it in one line: the question, how many are like it, and how often they were asked."""
        asked = say_many("asked once", "asked {count} times", self.times)
        if more := len(self.questions) - 1:
            return say("“{question}” and {more} like it: {asked}", question=self.text, more=more, asked=asked)
        return say("“{question}”: {asked}", question=self.text, asked=asked)


def key_of(question: UnansweredQuestion) -> str:
    """Return what names a question, whatever else is in its cluster by now."""
    return hashlib.sha256(f"{question.command} {question.text}".encode()).hexdigest()[:8]


def clustered(
    questions: Iterable[UnansweredQuestion], stop: frozenset[str], least: float
) -> tuple[Cluster, ...]:
    """Return the questions in clusters, the most asked first; `least` is the likeness of what is asked alike."""
    listed = tuple(questions)
    said = [words_of(question.text, stop) for question in listed]
    found = (Cluster(tuple(listed[at] for at in group)) for group in grouped(said, least))
    return tuple(sorted(found, key=lambda cluster: -cluster.times))


def grouped(said: Sequence[Words], least: float) -> list[list[int]]:
    """Return the indices of `said` in groups: each joins the first group whose first member is `least` like it (Jaccard).

    No two are compared: under each word stands a set of groups as bits, and a counter of bits (bit-sliced, as in
    O'Neil and Quass 1997) says of all groups at once how many words they share with a question.
    """
    spread = Counter(word for words in said for word in words)
    groups: list[list[int]] = []
    under: defaultdict[str, int] = defaultdict(int)
    of_size: defaultdict[int, int] = defaultdict(int)
    for at, words in enumerate(said):
        shared = _counted(under[word] for word in words if word in under)
        alike = 0
        for size, held in of_size.items():
            alike |= held & _at_least(shared, _overlap(len(words), size, least))
        if alike:
            groups[(alike & -alike).bit_length() - 1].append(at)
            continue
        for word in words:
            # What one question says alone, no other is found by.
            if spread[word] > 1:
                under[word] |= 1 << len(groups)
        if words:
            of_size[len(words)] |= 1 << len(groups)
        groups.append([at])
    return groups


def _counted(masks: Iterable[int]) -> list[int]:
    """Return for each bit how often it is set in `masks`, as planes: the ones of all, the twos, the fours."""
    planes: list[int] = []
    for carry in masks:
        for at, plane in enumerate(planes):
            planes[at], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    return planes


def _at_least(planes: Sequence[int], count: int) -> int:
    """Return the bits that are set `count` times or more, at least once."""
    if count >= 1 << len(planes):
        return 0
    more, equal = 0, -1
    for at in reversed(range(len(planes))):
        if count >> at & 1:
            equal &= planes[at]
        else:
            more |= equal & planes[at]
            equal &= ~planes[at]
    return more | equal


@cache
def _overlap(one: int, other: int, least: float) -> int:
    """Return how many words sets of those sizes share at the least to be `least` alike."""
    shared = range(1, min(one, other) + 1)
    return next((n for n in shared if n / (one + other - n) >= least), one + other)
