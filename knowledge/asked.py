"""Questions beside questions: which are read as one, and where that makes an entry answer what another is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from typing import Final, NamedTuple

from knowledge.model import Entry, Fact
from knowledge.text.normalize import normalize, tokenize

# A question that is longer tells a story; readers type a third of it.
LONGEST: Final = 140


class Clash(NamedTuple):
    """What is wrong with a question of an entry; `field` is that of the entry which holds it."""

    entry: Entry
    field: str
    message: str


def read(question: str) -> str:
    """Return `question` as it is compared with others: its words as questions are read, one space between them."""
    return " ".join(tokenize(normalize(question)))


def key_of(said: str) -> int:
    """Return a number of 64 bits for a question as `read` returns it; never 0."""
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "little") or 1


def clashes(entries: Iterable[Entry]) -> Iterator[Clash]:
    """Yield the questions of `entries` that are too long, that nothing is read of, that stand twice, and those of
    two entries: facts that say how they are related are shown together, so that both may have one.
    """
    entries, said = tuple(entries), cache(read)
    asked: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for question in dict.fromkeys(map(said, entry.asks)):
            asked[question].append(entry)
        yield from _alone(entry, "asks", entry.asks, said)
    for question, (first, *others) in asked.items():
        for other in others:
            if not _related(first, other):
                message = f"“{question}” is an ask of {first.id} as well: which answers?"
                yield Clash(other, "asks", message)
    for entry in entries:
        if isinstance(entry, Fact):
            yield from _alone(entry, "near_misses", entry.near_misses, said)
            for text in entry.near_misses:
                if owners := asked.get(said(text), []):
                    yield Clash(
                        entry, "near_misses", f"“{text}” is an ask of {owners[0].id}: that is no miss"
                    )


def _alone(
    entry: Entry, field: str, questions: tuple[str, ...], said: Callable[[str], str]
) -> Iterator[Clash]:
    seen: set[str] = set()
    for question in questions:
        if len(question) > LONGEST:
            yield Clash(entry, field, f"“{question}” has {len(question)} characters; {LONGEST} is the most")
        if not (words := said(question)):
            yield Clash(entry, field, f"“{question}” holds no word")
        elif words in seen:
            yield Clash(entry, field, f"“{question}” stands there twice")
        seen.add(words)


def _related(one: Entry, other: Entry) -> bool:
    return (
        isinstance(one, Fact)
        and isinstance(other, Fact)
        and (other.id in one.related or one.id in other.related)
    )
