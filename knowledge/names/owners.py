"""Who is found by which key of a spelling: made when the base is built, and kept in facts.db."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import Mechanism, Named, Outside, Place, Topic
from knowledge.names import keys
from knowledge.text.normalize import normalize, tokenize


@dataclass(frozen=True, slots=True)
class Owners:
    """For each key those who are spelt so: slugs of records, and of places outside their numbers.

    `standard` are the keys of what a record is called first, each with its slug. `words` are those in names of what has
    one of its own: places and bodies, not topics and mechanisms.
    """

    of_key: Mapping[str, tuple[str, ...]]
    standard: frozenset[tuple[str, str]]
    words: frozenset[str]

    @classmethod
    def of(cls, records: Mapping[str, Named], outside: Mapping[str, Outside], stop: frozenset[str]) -> Owners:
        """Return who is found among `records` and `outside`; `stop` is as in `keys.spellings_of`."""
        of_key: dict[str, tuple[str, ...]] = {}
        standard: set[tuple[str, str]] = set()
        for record in records.values():
            is_place = isinstance(record, Place)
            for spelling in keys.spellings_of(record, records, stop):
                for key in keys.keys(spelling, is_place=is_place):
                    add(of_key, key, record.slug)
            own = keys.keys(keys.bare(record.name), is_place=is_place)
            standard.update((key, record.slug) for key in own)
        for number, place in outside.items():
            for spelling in (place.name, place.chinese, *place.aliases):
                for key in keys.keys(spelling, is_place=True):
                    add(of_key, key, number)
        words = (
            word
            for record in records.values()
            if not isinstance(record, Topic | Mechanism)
            for word in tokenize(normalize(record.name))
        )
        return cls(of_key, frozenset(standard), frozenset(words))

    def knowing(self, records: Iterable[Named]) -> Owners:
        """Return these with `records`, each by its name and its Chinese one."""
        of_key = dict(self.of_key)
        for record in records:
            for spelling in filter(None, (record.name, record.chinese)):
                for key in keys.keys(spelling, is_place=False):
                    add(of_key, key, record.slug)
        return Owners(of_key, self.standard, self.words)


def add(owners: dict[str, tuple[str, ...]], key: str, owner: str) -> None:
    """Have `owner` among those of `key`, once. Most keys have one, and a tuple of one takes a quarter of a set's memory."""
    known = owners.get(key, ())
    if owner not in known:
        owners[key] = (*known, owner)
