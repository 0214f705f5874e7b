"""FactBase: facts.db, read once into frozen records. Shared and immutable; any thread may read it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from knowledge.lexicon import Lexicon
from knowledge.model import (
    Document,
    Entry,
    Fact,
    Gap,
    Mechanism,
    Named,
    Organisation,
    Outside,
    Pairing,
    Paragraph,
    Place,
    Plan,
    Project,
    Record,
    Synonyms,
    Topic,
    Weight,
    WordList,
)
from knowledge.names.resolver import NameResolver
from knowledge.overlay import Overlay
from knowledge.search.corpus import Analyzer, Corpus
from knowledge.search.index import Hit, Index
from knowledge.search.ordering import most_telling_first
from knowledge.search.parser import Parser
from knowledge.search.query import Query
from knowledge.seeds import Seeds
from knowledge.text import chinese
from knowledge.text.english import forms
from knowledge.tuning import TUNING, Tuning

K = TypeVar("K")
V = TypeVar("V", bound=Hashable)

_MODELS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "documents": Document,
        "paragraphs": Paragraph,
        "places": Place,
        "pairings": Pairing,
        "mechanisms": Mechanism,
        "topics": Topic,
        "organisations": Organisation,
        "plans": Plan,
        "projects": Project,
        "synonyms": Synonyms,
        "outside": Outside,
        "words": WordList,
        "weights": Weight,
        "gaps": Gap,
        "facts": Fact,
    }
)


@dataclass(frozen=True, slots=True)
class Between:
    """What the base holds of two places: the named pairings and the facts that tie them."""

    pairings: tuple[Pairing, ...]
    facts: tuple[Fact, ...]


class FactBase:
    """The records of one version of the base and the ways of finding them."""

    def __init__(
        self,
        seeds: Seeds,
        version: str,
        overlay: Overlay | None = None,
        tuning: Tuning = TUNING,
        names: NameResolver | None = None,
        corpus: Corpus | None = None,
        english: frozenset[str] | None = None,
    ) -> None:
        """Index `seeds` with `overlay`; `names` and `corpus` are of the same already, else they are made when needed, and
        `english` are the forms of words, else they are read when needed.
        """
        self.seeds = seeds
        self.version = version
        self.overlay = overlay or Overlay()
        self.tuning = tuning
        self._same_names = names
        self._same_corpus = corpus
        self._same_english = english
        self.lexicon = Lexicon.of(seeds.words)
        self.about_documents = frozenset(topic.slug for topic in seeds.topics if topic.about_documents)
        self.going_without_saying = frozenset(
            place.slug for place in seeds.places if place.goes_without_saying
        )
        self._entities: Mapping[str, Named] = {record.slug: record for record in seeds.named()}
        self._documents = {document.slug: document for document in seeds.documents}
        # What no longer stands still resolves by its id, and by nothing else.
        self._facts = {fact.id: fact for fact in (*self.overlay.retired, *seeds.facts)}
        self._by_subject = self._index_subjects()
        self._ids_by_subject = {
            slug: frozenset(fact.id for fact in facts) for slug, facts in self._by_subject.items()
        }
        by_topic = _grouped((topic, fact) for fact in seeds.facts for topic in fact.topics)
        vocabulary: tuple[Topic | Mechanism, ...] = (*seeds.topics, *seeds.mechanisms)
        self._narrower = _grouped((wider, record.slug) for record in vocabulary for wider in record.broader)
        self._on = {topic.slug: self._with_all_narrower(topic.slug, by_topic) for topic in seeds.topics}
        self._using = {m.slug: self._with_all_narrower(m.slug, self._by_subject) for m in seeds.mechanisms}

    @classmethod
    def open(cls, path: Path) -> FactBase:
        """Return the base built at `path`, read whole; sqlite3 errors when it is not one."""
        found: dict[str, list[Record]] = {sort: [] for sort in _MODELS}
        with closing(sqlite3.connect(path)) as database:
            ((version,),) = database.execute("select value from meta where key = 'version'")
            for sort, record in database.execute("select sort, record from records order by sort, position"):
                found[sort].append(_MODELS[sort].model_validate_json(record))
            arrays = dict(database.execute("select name, held from corpus"))
        seeds = Seeds(**{sort: tuple(records) for sort, records in found.items()})  # type: ignore[arg-type]
        english = frozenset(arrays["english"].decode().split("\n"))
        return cls(seeds, str(version), corpus=Corpus.stored(arrays), english=english)

    def with_overlay(self, overlay: Overlay) -> FactBase:
        """Return a team's view: this base with its own facts, without what they supersede. Touches no file."""
        gone = tuple(fact for fact in self.seeds.facts if fact.id in overlay.superseded)
        kept = tuple(fact for fact in self.seeds.facts if fact.id not in overlay.superseded)
        facts = tuple(map(overlay.with_asks, (*kept, *overlay.facts)))
        seeds = replace(self.seeds, facts=facts, documents=(*self.seeds.documents, *overlay.documents))
        return FactBase(
            seeds,
            f"{self.version}.{overlay.revision}",
            replace(overlay, retired=(*gone, *overlay.retired)),
            self.tuning,
            # A team adds facts, never names.
            self.names,
            self._corpus_of(overlay),
            self.english,
        )

    def _corpus_of(self, overlay: Overlay) -> Corpus:
        """Return the entries of a team's view as index terms; what was learned is read as questions are, slips and all."""
        left = [place for place, entry in enumerate(self.entries) if entry.id not in overlay.superseded]
        ids = [*(self.entries[place].id for place in left), *(fact.id for fact in overlay.facts)]
        learned = {
            place: [self.parse(ask).terms_and_years for ask in overlay.asks[fact_id]]
            for place, fact_id in enumerate(ids)
            if fact_id in overlay.asks
        }
        kept = self.corpus.only(np.array(left, np.int64))
        return kept.extended(overlay.facts, self.analyzer).with_asks(learned)

    def tuned(self, tuning: Tuning) -> FactBase:
        """Return the same records, found and judged by other numbers: for measuring what the numbers do."""
        return FactBase(
            self.seeds, self.version, self.overlay, tuning, corpus=self.corpus, english=self.english
        )

    @cached_property
    def names(self) -> NameResolver:
        """Return the names of everything in the base, for resolving what people type."""
        if self._same_names is not None:
            return self._same_names
        return NameResolver(self.seeds.named(), self.seeds.outside, self.lexicon.stop, self.tuning)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what questions are matched against: gaps, then facts in their order."""
        return (*self.seeds.gaps, *self.seeds.facts)

    @cached_property
    def corpus(self) -> Corpus:
        """Return the entries as index terms: as they were stored, else made now."""
        if self._same_corpus is not None:
            return self._same_corpus
        return Corpus.of(self.entries, self.analyzer)

    @cached_property
    def english(self) -> frozenset[str]:
        """Return the folded forms of English words that are not rare: as they were stored, else read now."""
        return forms() if self._same_english is None else self._same_english

    @property
    def analyzer(self) -> Analyzer:
        """Return what cuts texts of this base into index terms."""
        return Analyzer(self.names, self._entities, self.lexicon, set())

    @cached_property
    def index(self) -> Index:
        """Return the entries, indexed for free text."""
        return Index(self.entries, self.corpus, self.seeds.weights, self.about_documents, self.tuning)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return every fact that stands: those of the seeds in their order, then a team's own."""
        return self.seeds.facts

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact of that id, also one that no longer stands; None when there is none."""
        return self._facts.get(fact_id)

    def document(self, slug: str) -> Document:
        """Return the document; KeyError when there is none."""
        return self._documents[slug]

    def entity(self, slug: str) -> Named | None:
        """Return the place, pairing, mechanism, topic, organisation, plan or project of that slug."""
        return self._entities.get(slug)

    def about(self, slug: str) -> tuple[Fact, ...]:
        """Return the facts with this subject (of a place also those of its pairings), most telling first."""
        return self._by_subject.get(slug, ())

    def is_about(self, fact: Fact, slug: str) -> bool:
        """Say whether `about(slug)` holds the fact."""
        return fact.id in self._ids_by_subject.get(slug, frozenset())

    def on(self, topic: str) -> tuple[Fact, ...]:
        """Return the facts on a topic and on all narrower ones, most telling first."""
        return self._on.get(topic, ())

    def using(self, mechanism: str) -> tuple[Fact, ...]:
        """Return the facts on a mechanism and on all narrower ones, most telling first."""
        return self._using.get(mechanism, ())

    def facts_of(self, record: Named) -> tuple[Fact, ...]:
        """Return the facts on a record of any sort, most telling first."""
        if isinstance(record, Topic):
            return self.on(record.slug)
        return self.using(record.slug) if isinstance(record, Mechanism) else self.about(record.slug)

    def within(self, record: Named) -> frozenset[str]:
        """Return the slugs of the places that are `record` or lie in it, as cities do in a province."""
        lying = (place.slug for place in self.seeds.places if place.province == record.slug)
        return frozenset((record.slug, *lying))

    def between(self, one: str, other: str) -> Between:
        """Return what ties two places, in either order: pairings with both as members, facts on both."""
        pairings = tuple(p for p in self.seeds.pairings if one in p.members and other in p.members)
        facts: dict[str, Fact] = {}
        for pairing in pairings:
            facts.update((fact.id, fact) for fact in self._by_subject.get(pairing.slug, ()))
        facts.update((fact.id, fact) for fact in self.about(one) if self.is_about(fact, other))
        return Between(pairings, tuple(facts.values()))

    @cached_property
    def parser(self) -> Parser:
        """Return what reads questions against this base."""
        return Parser(self.names, self.index, self.seeds.synonyms, self.lexicon, self.english, self.tuning)

    def parse(self, text: str) -> Query:
        """Return a question taken apart into names, words and years."""
        return self.parser.parse(text)

    def rank(self, query: Query) -> tuple[Hit, ...]:
        """Return the entries nearest to a question, facts and gaps, best first, each with what of it they cover."""
        return self.index.rank(query)

    def search(self, text: str) -> tuple[Hit, ...]:
        """Return facts for free text, best first."""
        return tuple(hit for hit in self.rank(self.parse(text)) if isinstance(hit.entry, Fact))

    def asked(self, text: str) -> tuple[Fact, ...]:
        """Return the facts of which a question is an ask, best first, whatever the order of its words."""
        return tuple(hit.fact for hit in self.search(text) if hit.is_asked)

    def warm(self) -> None:
        """Build the indexes now, so that the first question need not wait for them."""
        self.parser.warm()
        chinese.is_word("")

    def _with_all_narrower(self, slug: str, facts: Mapping[str, tuple[Fact, ...]]) -> tuple[Fact, ...]:
        found = {fact.id: fact for narrower in self._with_narrower(slug) for fact in facts.get(narrower, ())}
        return most_telling_first(found.values(), slug)

    def _with_narrower(self, slug: str) -> Iterable[str]:
        waiting, seen = [slug], {slug}
        while waiting:
            here = waiting.pop(0)
            yield here
            for narrower in self._narrower.get(here, ()):
                if narrower not in seen:
                    seen.add(narrower)
                    waiting.append(narrower)

    def _index_subjects(self) -> dict[str, tuple[Fact, ...]]:
        members = {pairing.slug: pairing.members for pairing in self.seeds.pairings}
        direct = ((subject, fact) for fact in self.seeds.facts for subject in fact.subjects)
        through = (
            (member, fact)
            for fact in self.seeds.facts
            for subject in fact.subjects
            for member in members.get(subject, ())
        )
        return {
            slug: most_telling_first(facts, slug) for slug, facts in _grouped((*direct, *through)).items()
        }


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: defaultdict[K, dict[V, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}
