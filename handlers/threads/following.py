"""A text beside the question that it may follow on: what it says, what it names, and what was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from handlers.services import Services
from handlers.threads.named import NamedAt, names_in
from knowledge.lexicon import Lexicon
from knowledge.model import Mechanism, Named, Organisation, Pairing, Place, Topic
from knowledge.search.query import Query
from knowledge.text import chinese
from knowledge.text.normalize import CHINESE, normalize, tokenize

ENDS: Final = " ?？!！.。,，、;；:：…"
_KEPT: Final[tuple[tuple[type[Named], ...], ...]] = (
    (Place, Pairing),
    (Mechanism,),
    (Organisation,),
    (Named,),
)
"""Which sorts of names a follow-up keeps: the first of which the question before it names any."""
_MOST_NAMES: Final = 2


@dataclass(frozen=True)
class FollowUp:
    """A text that may follow on `earlier`, a question, or without one on the records of `context`."""

    services: Services
    earlier: str
    text: str
    context: tuple[str, ...] = ()

    @property
    def lexicon(self) -> Lexicon:
        """Return the words by which it is told how a question is meant."""
        return self.services.base.lexicon

    @cached_property
    def bare(self) -> str:
        """Return its words without what leads to them and what ends them."""
        return _without_lead(self.lexicon, self.text).strip(ENDS)

    @cached_property
    def is_led(self) -> bool:
        """Say whether it begins as what follows on something does."""
        return self.bare != self.text.strip(ENDS)

    @cached_property
    def is_marked(self) -> bool:
        """Say whether it says that it is a question that follows on one, or is one at least."""
        return self.is_led or self.text.rstrip().endswith(("?", "？"))

    @cached_property
    def query(self) -> Query:
        """Return it taken apart."""
        return self.services.base.parse(self.bare)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return its words, folded."""
        return tuple(tokenize(normalize(self.bare)))

    @cached_property
    def names(self) -> tuple[NamedAt, ...]:
        """Return the names in it."""
        return names_in(self.services, self.bare)

    @cached_property
    def names_before(self) -> tuple[NamedAt, ...]:
        """Return the names in the question before it."""
        return names_in(self.services, self.earlier)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Return what it speaks of beside names of places, pairings and the like: words that say something, and topics."""
        slight, names = (
            self.lexicon.slight,
            {normalize(name.typed) for name in self.names if not name.is_of(Topic)},
        )
        words = (concept.surface for concept in self.query.concepts)
        return tuple(word for word in words if word not in slight and word not in names)

    @property
    def is_in_chinese(self) -> bool:
        """Say whether it is Chinese."""
        return CHINESE.search(self.bare) is not None

    @property
    def named_before(self) -> tuple[str, ...]:
        """Return the names that it keeps of the question before it, those of the context only where there is none."""
        return self.kept() if self.names_before or not self.earlier else ()

    def kept(self, *sorts: type[Named]) -> tuple[str, ...]:
        """Return the names that it keeps, in its own language: of those sorts, else of the first of which there are any."""
        records = [record for slug in self.context if (record := self.services.base.entity(slug))]
        for wanted in (sorts,) if sorts else _KEPT:
            said = [name for name in self.names_before if name.is_of(*wanted)]
            spelt = [name.spelt(self.services, self.is_in_chinese) for name in said]
            spelt = spelt or [_called(one, self.is_in_chinese) for one in records if isinstance(one, wanted)]
            if spelt:
                return tuple(dict.fromkeys(spelt))[:_MOST_NAMES]
        return ()


def _without_lead(lexicon: Lexicon, text: str) -> str:
    """Return `text` without the words that only lead to what it puts in another's place."""
    rest = text.strip(ENDS)
    for lead in sorted(lexicon.leads, key=len, reverse=True):
        if not CHINESE.match(lead):
            found = re.match(rf"{re.escape(lead)}\b[\s,:]*(?=\S)", rest, re.IGNORECASE)
            rest = rest[found.end() :] if found else rest
            continue
        words = chinese.words(rest)
        if words and rest.startswith(lead) and words[0].end == len(lead):
            rest = rest[len(lead) :].strip(ENDS)
        if rest.endswith(lead) and len(rest) > len(lead) and lead == "呢":
            rest = rest[: -len(lead)]
    return rest


def _called(record: Named, in_chinese: bool) -> str:
    return record.chinese if in_chinese and record.chinese else record.name


def joined(names: Sequence[str], is_chinese: bool = False) -> str:
    """Return names as they stand together in a sentence."""
    return ("和" if is_chinese else " and ").join(names)
