"""What a question is about: the names that tell of whom, and the words that tell of what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.verdict.articles import name_in_a_sentence
from handlers.verdict.denied import Denied, Lacking
from handlers.verdict.evidence import goes_without_saying
from knowledge.base import FactBase
from knowledge.model import Mechanism, Topic
from knowledge.search.query import Concept, Query
from knowledge.search.terms import index_terms
from knowledge.text.normalize import CHINESE, normalize, tokenize


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the `names` that tell of whom, the `words` that tell of what, the `attributes` among these."""

    base: FactBase
    query: Query
    names: tuple[Concept, ...]
    words: tuple[Concept, ...]
    attributes: tuple[Concept, ...]

    @classmethod
    def of(cls, base: FactBase, query: Query) -> Asked:
        """Return what `query` is about, without what goes without saying and what says little."""
        names = tuple(c for c in query.concepts if is_subject(base, c) and not goes_without_saying(base, c))
        words = tuple(
            c for c in query.concepts if not is_subject(base, c) and c.weight and _tells(base, query, c)
        )
        return cls(base, query, names, words, tuple(c for c in words if is_attribute(base, c)))

    def shown(self, concept: Concept) -> str:
        """Return a name as it was read, and a word as it was typed, Chinese, or what is told in several words, in English where
        there is a word for it, and as the base writes it in capitals.
        """
        if is_subject(self.base, concept):
            record = self.base.entity(concept.owners[0]) if len(concept.owners) == 1 else None
            return name_in_a_sentence(self.base, record) if record else _with_article(self.query, concept)
        is_told = CHINESE.match(concept.surface) or is_attribute(self.base, concept)
        said = concept.corrected if is_told and concept.corrected else concept.surface
        word = _in_english(self.base, said) if is_told else said
        return _in_capitals(self.base, word or concept.surface) or word or _typed(self.query, concept)

    def with_neighbours(self, concept: Concept) -> str:
        """Return a word as it is shown, with the words right beside it of which the question tells too: "food safety"."""
        words = [word for word in self.words if word.surface.isascii()]
        typed = "|".join(re.escape(word.surface) for word in words)
        found = (
            re.finditer(rf"\b(?:{typed})(?: (?:{typed}))+\b", self.query.text, re.IGNORECASE) if typed else ()
        )
        phrases = (run[0] for run in found if concept.surface in run[0].lower().split())
        return next(phrases, self.shown(concept))

    def denied(
        self,
        lacking: Lacking,
        names: Iterable[Concept] = (),
        words: Iterable[str] = (),
        year: int | None = None,
        years: Iterable[int] = (),
    ) -> Denied:
        """Return what no fact holds, its names as they are shown."""
        names = tuple(names)
        return Denied(
            lacking,
            tuple(dict.fromkeys(map(self.shown, names))),
            tuple(dict.fromkeys(slug for name in names for slug in name.owners)),
            tuple(dict.fromkeys(words)),
            year,
            tuple(years),
        )


def is_subject(base: FactBase, concept: Concept) -> bool:
    """Say whether a concept is the name of somebody or something, and not of a topic or a way of cooperating."""
    records = [base.entity(slug) for slug in concept.owners]
    return bool(records) and not all(isinstance(record, Topic | Mechanism) for record in records)


def _tells(base: FactBase, query: Query, concept: Concept) -> bool:
    """Say whether a word says enough for its absence to be told of."""
    if concept.surface in query.sorts | query.measured:
        return True
    if is_attribute(base, concept) and all(other.is_name for other in query.concepts if other != concept):
        return True
    if concept.surface in base.lexicon.asking:
        return False
    return not base.lexicon.slight.issuperset(tokenize(normalize(concept.surface)))


def is_attribute(base: FactBase, concept: Concept) -> bool:
    """Say whether a word is an attribute whose value is a number; Chinese, or several words, by what they mean."""
    if _is_one_word(concept):
        return not base.lexicon.attributes.isdisjoint((concept.surface, concept.corrected))
    attributes = {index_terms(word, base.lexicon.stop) for word in base.lexicon.attributes}
    return any(way in attributes for way, _ in concept.alternatives)


def _is_one_word(concept: Concept) -> bool:
    return " " not in concept.surface and not CHINESE.match(concept.surface)


def _in_english(base: FactBase, word: str) -> str:
    """Return the first English word that means the same as what is told otherwise, an attribute before others; "" where none
    does.
    """
    if word in base.lexicon.attributes:
        return word
    groups = (group.words for group in base.seeds.synonyms if word in group.words)
    english = [other for words in groups for other in words if other.isascii()]
    return next((one for one in english if one in base.lexicon.attributes), next(iter(english), ""))


def _with_article(query: Query, concept: Concept) -> str:
    """Return a name of several records as it was typed, with its article."""
    name = _typed(query, concept)
    return f"the {name}" if re.search(rf"\bthe {re.escape(name)}", query.text, re.IGNORECASE) else name


def _typed(query: Query, concept: Concept) -> str:
    """Return what was typed, in its own capitals."""
    words = r"\W+".join(map(re.escape, concept.surface.split()))
    found = re.search(words, query.text, re.IGNORECASE)
    return found[0] if found else concept.surface


def _in_capitals(base: FactBase, word: str) -> str:
    """Return a word as statements write it where they write it in capitals; "" where they do not, like "GDP"."""
    written = rf"\b{re.escape(word.upper())}\b"
    is_short = word.isascii() and word.isalpha()
    return word.upper() if is_short and any(re.search(written, f.statement) for f in base.facts) else ""
