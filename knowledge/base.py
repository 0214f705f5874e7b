"""FactBase: facts.db, read once into frozen records. Shared and immutable; any thread may read it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
from pydantic import TypeAdapter

from knowledge.lexicon import Lexicon
from knowledge.model import (
    Disagreement,
    Document,
    Entry,
    Fact,
    Gap,
    Mechanism,
    Named,
    Pairing,
    Place,
    Topic,
)
from knowledge.names.owners import Owners
from knowledge.names.resolver import NameResolver, Resolution, Wanted, anything
from knowledge.overlay import Overlay
from knowledge.phrases import Phrases
from knowledge.search.corpus import Analyzer, Corpus
from knowledge.search.holding import Holding
from knowledge.search.index import Hit, Index
from knowledge.search.ordering import most_telling_first
from knowledge.search.parser import Parser
from knowledge.search.query import Query
from knowledge.search.termhood import Termhood
from knowledge.search.terms import Synonymy, index_terms
from knowledge.search.vectors.dense import DenseIndex
from knowledge.search.vectors.embeddings import Embeddings, Encoder
from knowledge.search.vectors.whitening import Whitened, Whitening
from knowledge.seeds import Seeds
from knowledge.stated_pairings import with_pairings
from knowledge.text import chinese
from knowledge.text.english import counts, forms
from knowledge.text.normalize import CHINESE
from knowledge.text.pinyin import Pinyin
from knowledge.topic_words import TopicWords
from knowledge.tuning import TUNING, Tuning
from knowledge.vocabulary import Level, Region, WordUse

K = TypeVar("K")
V = TypeVar("V", bound=Hashable)
# What no question spells in pinyin: "name" is no 那么.
_NEVER_IN_PINYIN = frozenset(
    (WordUse.READINGS, WordUse.POINTERS, WordUse.LEADS, WordUse.OFFICES, WordUse.AFFAIRS, WordUse.MOMENTS)
)


@dataclass(frozen=True, slots=True)
class Between:
    """What the base holds of two places: the named pairings and the facts that tie them."""

    pairings: tuple[Pairing, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of the records of a base already; the rest is made when it is needed, which takes a while.

    `embeddings` are shared with others, `own_embeddings` are those of a team's own texts.
    """

    owners: Owners | None = None
    synonymy: Synonymy | None = None
    english: frozenset[str] | None = None
    pinyin: Mapping[str, str] | None = None
    termhood: Termhood | None = None
    corpus: Corpus | None = None
    names: NameResolver | None = None
    embeddings: Embeddings | None = None
    own_embeddings: Embeddings | None = None
    phrases: Phrases | None = None


class FactBase:
    """The records of one version of the base and the ways of finding them."""

    def __init__(
        self,
        seeds: Seeds,
        version: str,
        overlay: Overlay | None = None,
        tuning: Tuning = TUNING,
        made: Made | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        """Index `seeds` with `overlay`, of which `made` is. With an `encoder` questions are compared by meaning too."""
        self.seeds = seeds
        self.version = version
        self.overlay = overlay or Overlay()
        self.tuning = tuning
        self._made = made or Made()
        self.encoder = encoder
        self.embeddings = self._made.embeddings or Embeddings.empty()
        self.lexicon = Lexicon.of(seeds.words)
        self.phrases = self._made.phrases or Phrases.of(seeds.words)
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
        self._disagreements = _grouped((fact, one) for one in seeds.disagreements for fact in one.facts)
        by_topic = _grouped((topic, fact) for fact in seeds.facts for topic in fact.topics)
        vocabulary: tuple[Topic | Mechanism, ...] = (*seeds.topics, *seeds.mechanisms)
        self._narrower = _grouped((wider, record.slug) for record in vocabulary for wider in record.broader)
        self._on = {topic.slug: self._with_all_narrower(topic.slug, by_topic) for topic in seeds.topics}
        self._using = {m.slug: self._with_all_narrower(m.slug, self._by_subject) for m in seeds.mechanisms}

    @classmethod
    def open(cls, path: Path, encoder: Encoder | None = None) -> FactBase:
        """Return the base built at `path`, read whole; with an `encoder` where it was built with that. ValueError where it was
        not, sqlite3 errors when it is no base.
        """
        with closing(sqlite3.connect(path)) as database:
            ((version,),) = database.execute("select value from meta where key = 'version'")
            # Megabytes that nothing needs without.
            left_out = "" if encoder else "embeddings"
            held = dict(database.execute("select name, held from loaded where name <> ?", [left_out]))
        if encoder and "embeddings" not in held:
            raise ValueError(f"{path} was built without an encoder")
        made = Made(
            TypeAdapter(Owners).validate_json(held["names"]),
            TypeAdapter(Synonymy).validate_json(held["synonyms"]),
            frozenset(held["english"].decode().split("\n")),
            TypeAdapter(dict[str, str]).validate_json(held["pinyin"]),
            TypeAdapter(Termhood).validate_json(held["termhood"]),
            Corpus.stored(held),
            embeddings=Embeddings.stored(held["embeddings"]) if encoder else None,
        )
        return cls(
            TypeAdapter(Seeds).validate_json(held["seeds"]),
            str(version),
            made=made,
            encoder=Whitened(encoder, Whitening.stored(held["whitening"])) if encoder else None,
        )

    def with_overlay(self, overlay: Overlay, own_embeddings: Embeddings | None = None) -> FactBase:
        """Return a team's view: this base with its own facts, without what they supersede. Touches no file.

        `own_embeddings` are those of the view before, so that only new texts are read.
        """
        own, paired = with_pairings(overlay.facts, self.seeds.pairings, self.entity)
        overlay = replace(overlay, facts=own, pairings=paired)
        names = self.names.knowing(paired)
        gone = tuple(fact for fact in self.seeds.facts if fact.id in overlay.superseded)
        kept = tuple(fact for fact in self.seeds.facts if fact.id not in overlay.superseded)
        facts = tuple(map(overlay.with_asks, (*kept, *overlay.facts)))
        seeds = replace(
            self.seeds,
            facts=facts,
            documents=(*self.seeds.documents, *overlay.documents),
            pairings=(*self.seeds.pairings, *paired),
        )
        return FactBase(
            seeds,
            f"{self.version}.{overlay.revision}",
            replace(overlay, retired=(*gone, *overlay.retired)),
            self.tuning,
            # A team adds facts and the pairings that they state, by their names, never words.
            Made(
                None,
                self.synonymy,
                self.english,
                self.pinyin,
                self.termhood,
                self._corpus_of(overlay, names),
                names,
                self.embeddings,
                own_embeddings,
                self.phrases,
            ),
            self.encoder,
        )

    def _corpus_of(self, overlay: Overlay, names: NameResolver) -> Corpus:
        """Return the entries of a team's view as index terms; what was learned is read as questions are, slips and all."""
        entities = {**self._entities, **{pairing.slug: pairing for pairing in overlay.pairings}}
        left = [place for place, entry in enumerate(self.entries) if entry.id not in overlay.superseded]
        ids = [*(self.entries[place].id for place in left), *(fact.id for fact in overlay.facts)]
        learned = {
            place: [self.parse(ask).terms_and_years for ask in overlay.asks[fact_id]]
            for place, fact_id in enumerate(ids)
            if fact_id in overlay.asks
        }
        kept = self.corpus.only(np.array(left, np.int64))
        own = Analyzer(names, entities, self.lexicon, set())
        return kept.extended(overlay.facts, own).with_asks(learned)

    def tuned(self, tuning: Tuning) -> FactBase:
        """Return the same records, found and judged by other numbers: for measuring what the numbers do."""
        made = Made(
            self.names.owners,
            self.synonymy,
            self.english,
            self.pinyin,
            self.termhood,
            self.corpus,
            embeddings=self.embeddings,
            own_embeddings=self._made.own_embeddings,
            phrases=self.phrases,
        )
        return FactBase(self.seeds, self.version, self.overlay, tuning, made, self.encoder)

    @cached_property
    def names(self) -> NameResolver:
        """Return the names of everything in the base, for resolving what people type."""
        if self._made.names is not None:
            return self._made.names
        return NameResolver(
            self.seeds.named(),
            self.seeds.outside,
            self.lexicon.stop,
            self.tuning,
            self.pinyin,
            self.english,
            self._made.owners,
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what questions are matched against: gaps, then facts in their order."""
        return (*self.seeds.gaps, *self.seeds.facts)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Return where each of `entries` stands among them, by its id."""
        return {entry.id: place for place, entry in enumerate(self.entries)}

    @cached_property
    def corpus(self) -> Corpus:
        """Return the entries as index terms: as they were stored, else made now."""
        return self._made.corpus or Corpus.of(self.entries, self.analyzer)

    @cached_property
    def synonymy(self) -> Synonymy:
        """Return the words that mean the same: as they were stored, else made now."""
        return self._made.synonymy or Synonymy.of(self.seeds.synonyms, self.lexicon.stop)

    @cached_property
    def english(self) -> frozenset[str]:
        """Return the folded forms of English words that are not rare: as they were stored, else read now."""
        return forms() if self._made.english is None else self._made.english

    @cached_property
    def pinyin(self) -> Mapping[str, str]:
        """Return how Chinese words, synonyms and names are spelt in pinyin: as it was stored, else made now."""
        if self._made.pinyin is not None:
            return self._made.pinyin
        spell = Pinyin(self.lexicon.readings)
        return {text: spell.of(text) for text in dict.fromkeys(self._in_chinese())}

    @cached_property
    def light_terms(self) -> frozenset[str]:
        """Return the index terms of the words that say little by themselves."""
        return frozenset(term for word in self.lexicon.light for term in index_terms(word, self.lexicon.stop))

    @cached_property
    def topic_words(self) -> TopicWords:
        """Return by which words a statement is told to be on a topic."""
        return TopicWords.of(self.seeds.topics, self.facts, self.lexicon.stop)

    @cached_property
    def units(self) -> frozenset[str]:
        """Return the first words of the units in which figures are told, in small letters."""
        told = (figure.unit for fact in self.facts for figure in fact.figures)
        return frozenset(unit.split("(")[0].split(" ")[0].lower() for unit in told) - {""}

    @cached_property
    def termhood(self) -> Termhood:
        """Return which words are of the field, and which everyday ones: as it was stored, else told now."""
        return self._made.termhood or Termhood.of(
            self.seeds.facts, self._gaps_of_field(), counts(), self.tuning.term_as_often
        )

    def _gaps_of_field(self) -> Iterable[Gap]:
        """Yield the gaps on what the documents are about, and not on themselves: what is asked of these may be anything."""
        return (gap for gap in self.seeds.gaps if not self.about_documents.issuperset(gap.topics))

    def _in_chinese(self) -> Iterable[str]:
        # Nothing that a question holds is read as a phrase of whole messages.
        lists = (
            use for use in self.seeds.words if not (use.use.is_of_message or use.use in _NEVER_IN_PINYIN)
        )
        words = (word for use in lists for word in use.words)
        synonyms = (word for group in self.seeds.synonyms for word in group.words)
        names = (spelling for record in self.seeds.named() for spelling in record.spellings())
        return filter(CHINESE.search, (*words, *synonyms, *names))

    @property
    def analyzer(self) -> Analyzer:
        """Return what cuts texts of this base into index terms."""
        return Analyzer(self.names, self._entities, self.lexicon, set())

    @cached_property
    def index(self) -> Index:
        """Return the entries, indexed for free text."""
        return Index(
            self.entries,
            self.corpus,
            self.seeds.weights,
            self.about_documents,
            self.tuning,
            self._dense,
            own={fact.id for fact in self.overlay.facts},
        )

    @cached_property
    def holding(self) -> Holding:
        """Return what says which entries hold a term at all."""
        return Holding(self.corpus)

    @cached_property
    def _dense(self) -> DenseIndex | None:
        if self.encoder is None:
            return None
        return DenseIndex(self.entries, self.encoder, self.embeddings, self._made.own_embeddings)

    @property
    def own_embeddings(self) -> Embeddings | None:
        """Return the vectors of texts that were not there already; None where there is no encoder."""
        return self._dense.own if self._dense else None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return every fact that stands: those of the seeds in their order, then a team's own."""
        return self.seeds.facts

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact of that id, also one that no longer stands; None when there is none."""
        return self._facts.get(fact_id)

    def disagreements(self, fact_id: str) -> tuple[Disagreement, ...]:
        """Return what sources differ on and the fact takes a side in, in the order of the seeds."""
        return self._disagreements.get(fact_id, ())

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents that the base draws on: a team's page is one of them while a fact rests on it."""
        cited = {slug for fact in self.facts for slug in fact.documents}
        gone = {document.slug for document in self.overlay.documents} - cited
        return tuple(document for document in self.seeds.documents if document.slug not in gone)

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

    def with_narrower(self, slug: str) -> frozenset[str]:
        """Return the slugs of a topic or mechanism and of all that are narrower."""
        return frozenset(self._down_from(slug))

    def is_elsewhere(self, fact: Fact) -> bool:
        """Say whether `fact` is of another region and is about no place that lies in a province of the delta."""
        return fact.region is Region.ELSEWHERE and not any(
            isinstance(place := self.entity(slug), Place) and self.lies_in_delta(place)
            for slug in fact.subjects
        )

    def is_own(self, record: Named) -> bool:
        """Say whether a record is a pairing that facts of the team's own state, and the base does not hold."""
        return isinstance(record, Pairing) and record in self.overlay.pairings

    def lies_in_delta(self, place: Place) -> bool:
        """Say whether `place` belongs to the delta, or to one of its provinces."""
        province = self.province_of(place)
        return place.delta or (province is not None and province.delta)

    def province_of(self, place: Place) -> Place | None:
        """Return the province in which a place lies."""
        province = self.entity(place.province) if place.province else None
        return province if isinstance(province, Place) else None

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
        return Parser(
            self.names, self.index, self.synonymy, self.lexicon, self.english, self.tuning, self.pinyin
        )

    def resolve(self, text: str, wanted: Wanted = anything, *, slips: bool = True) -> Resolution:
        """Return what `text`, taken whole as a name, stands for among the `wanted` records; without `slips` as it is spelt."""
        return self.parser.speller.resolve(text, wanted, slips=slips)

    def parse(self, text: str) -> Query:
        """Return a question taken apart into names, words and years."""
        return self.parser.parse(text)

    def rank(self, query: Query) -> tuple[Hit, ...]:
        """Return the entries nearest to a question, facts and gaps, best first, each with what of it they cover."""
        return self.index.rank(query)

    @cached_property
    def provinces(self) -> Mapping[str, Place]:
        """Return the provinces that places lie in, and the cities that are like one, by their folded spellings."""
        around = {place.province for place in self.seeds.places if place.province}
        return {
            spelling.casefold(): place
            for place in self.seeds.places
            if place.slug in around and place.level in (Level.PROVINCE, Level.MUNICIPALITY)
            for spelling in place.spellings()
            if len(spelling) > 1
        }

    def search(self, text: str) -> tuple[Hit, ...]:
        """Return facts for free text, best first."""
        return tuple(hit for hit in self.rank(self.parse(text)) if isinstance(hit.entry, Fact))

    def asked(self, text: str) -> tuple[Fact, ...]:
        """Return the facts of which a question is an ask, best first, whatever the order of its words."""
        return tuple(hit.fact for hit in self.search(text) if hit.is_asked)

    def warm(self) -> None:
        """Build the indexes now, so that the first question need not wait for them."""
        self.parser.warm()
        self.holding.warm()
        self.termhood.is_of_field(())
        chinese.is_word("")
        chinese.is_pinyin("a")

    def _with_all_narrower(self, slug: str, facts: Mapping[str, tuple[Fact, ...]]) -> tuple[Fact, ...]:
        found = {fact.id: fact for narrower in self._down_from(slug) for fact in facts.get(narrower, ())}
        return most_telling_first(found.values(), slug, self.about_documents)

    def _down_from(self, slug: str) -> Iterable[str]:
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
            slug: most_telling_first(facts, slug, self.about_documents)
            for slug, facts in _grouped((*direct, *through)).items()
        }


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: defaultdict[K, dict[V, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}
