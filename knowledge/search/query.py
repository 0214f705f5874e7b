"""A question, taken apart: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from knowledge.names.mentions import Mention
from knowledge.search.intent import AnswerType
from knowledge.search.terms import Alternative, sort_terms
from knowledge.text.normalize import normalize, tokenize

_BARE: Final = 2


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question speaks of. `alternatives` are sets of index terms, each with its weight; one is enough.

    An alternative matches as its weakest term does. `owners` are the slugs a name stands for. `weight` is the
    concept's share in coverage; `surface` is the text it came from; `corrected` what a slip was read as; `terms` are
    its own index terms, as it was read. What does not speak of one that `binds` is no answer, whatever else it says; one that
    is `written_as_name` is not spoken of by what people ask.
    """

    surface: str
    weight: float
    alternatives: tuple[tuple[Alternative, float], ...] = ()
    owners: tuple[str, ...] = ()
    corrected: str = ""
    terms: tuple[str, ...] = ()
    binds: bool = False
    written_as_name: bool = False

    @property
    def is_name(self) -> bool:
        """Say whether it stands for a record of the base, and is no ordinary word."""
        return bool(self.owners)


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question, taken apart: read once, so that two are the same only if they are one.

    `mentions` are the names in it, `years` the years it asks for. `sorts` are the words for the sort of thing or
    person asked for, `measured` those for what a quantity is wanted of; `members` says whether several of a kind are
    wanted, `compares` whether things are to be set side by side, `partners` whether it speaks of being paired and `twins` whether as twins are, `money` whether it is a sum that is wanted,
    `on_documents` whether the question is about a document itself; `strangers` are what it is about that is not known
    here; `in_chinese` is what one in pinyin says.
    """

    text: str
    concepts: tuple[Concept, ...]
    mentions: tuple[Mention, ...]
    years: tuple[int, ...]
    answer_type: AnswerType
    sorts: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    members: bool = False
    compares: bool = False
    partners: bool = False
    twins: bool = False
    money: bool = False
    on_documents: bool = False
    strangers: tuple[str, ...] = ()
    in_chinese: str = ""

    @property
    def is_bare(self) -> bool:
        """Say whether it is a word or two, no name of a place, and asks nothing of what they are for."""
        asks = self.answer_type is not AnswerType.ANYTHING or self.years or self.compares or self.members
        asks = asks or any(concept.binds for concept in self.concepts)
        is_short = len(self.concepts) <= _BARE and len(tokenize(normalize(self.text))) <= _BARE
        return bool(self.concepts) and is_short and not asks

    @property
    def terms(self) -> tuple[str, ...]:
        """Return its own index terms, each once, and what it wants."""
        own = dict.fromkeys(term for concept in self.concepts for term in concept.terms)
        return (*own, *sort_terms(self.answer_type))

    @property
    def terms_and_years(self) -> tuple[str, ...]:
        """Return its own index terms and the years it asks for: all that tells it from another question."""
        return (*self.terms, *map(str, self.years))

    @property
    def weight(self) -> float:
        """Return the sum of its concepts' weights, of which a fact covers a share."""
        return sum(concept.weight for concept in self.concepts)
