"""The words by which it is told how a question is meant and what a text states: `words.toml` of the seeds, as sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import WordList

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of each use, named as in `WordUse`, which says what they tell; a use without a list has none.

    Those of whole messages stand in `Phrases`.
    """

    stop: frozenset[str] = _NONE
    light: frozenset[str] = _NONE
    quantity: frozenset[str] = _NONE
    time: frozenset[str] = _NONE
    place: frozenset[str] = _NONE
    person: frozenset[str] = _NONE
    reason: frozenset[str] = _NONE
    members: frozenset[str] = _NONE
    attributes: frozenset[str] = _NONE
    money: frozenset[str] = _NONE
    extents: frozenset[str] = _NONE
    documents: frozenset[str] = _NONE
    partners: frozenset[str] = _NONE
    twins: frozenset[str] = _NONE
    comparing: frozenset[str] = _NONE
    attributions: frozenset[str] = _NONE
    ends: frozenset[str] = _NONE
    pointers: frozenset[str] = _NONE
    leads: frozenset[str] = _NONE
    compared: frozenset[str] = _NONE
    degrees: frozenset[str] = _NONE
    cities: frozenset[str] = _NONE
    districts: frozenset[str] = _NONE
    counties: frozenset[str] = _NONE
    provinces: frozenset[str] = _NONE
    bodies: frozenset[str] = _NONE
    persons: frozenset[str] = _NONE
    titles: frozenset[str] = _NONE
    posts: frozenset[str] = _NONE
    asking: frozenset[str] = _NONE
    ties: frozenset[str] = _NONE
    saying: frozenset[str] = _NONE
    publishing: frozenset[str] = _NONE
    naming: frozenset[str] = _NONE
    giving: frozenset[str] = _NONE
    gaining: frozenset[str] = _NONE
    beside: frozenset[str] = _NONE
    offices: frozenset[str] = _NONE
    numbers: frozenset[str] = _NONE
    currencies: frozenset[str] = _NONE
    shares: frozenset[str] = _NONE
    times: frozenset[str] = _NONE
    causes: frozenset[str] = _NONE
    affairs: frozenset[str] = _NONE
    moments: frozenset[str] = _NONE
    readings: frozenset[str] = _NONE

    @classmethod
    def of(cls, lists: Iterable[WordList]) -> Lexicon:
        """Return the words of the lists of a base."""
        return cls(
            **{entry.use.value: frozenset(entry.words) for entry in lists if not entry.use.is_of_message}
        )

    @property
    def of_ties(self) -> frozenset[str]:
        """Return the words by which a question wants what something is tied to, by whatever tie."""
        return self.partners | self.twins

    @property
    def slight(self) -> frozenset[str]:
        """Return the words that say little or nothing, alone or together."""
        return self.stop | self.light | self.comparing
