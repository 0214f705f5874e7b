"""Questions of what one document, its author, or somebody whom it quotes says: "What does Xu Qimin say about homogenization?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from handlers.records.document_page import documents_named
from handlers.verdict import held
from knowledge.base import FactBase
from knowledge.model import Document, Fact
from knowledge.names.resolver import Found
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import CHINESE, normalize, tokenize

_ACCORDING: Final = ("according", "to")
# The longest title has fewer words; more of who says something is no question.
_MOST_WORDS: Final = 24
_MOST_ANCHORS: Final = 3


@dataclass(frozen=True, slots=True)
class OfSource:
    """What a question asks of `speakers`, documents or a person: `words` are what they are to speak of, none of whatever they say;
    `facts` are what they say of it.
    """

    speakers: tuple[str, ...]
    words: tuple[str, ...]
    facts: frozenset[Fact]


def said_by(base: FactBase, query: Query) -> OfSource | None:
    """Return what a question asks of a document or a person that it names as who says something; None for any other question."""
    return _of_documents(base, query) or _of_person(base, query)


def _of_documents(base: FactBase, query: Query) -> OfSource | None:
    words = tuple(tokenize(normalize(query.text)))
    spoken = next(_speakers(base, words), None)
    if spoken is None:
        return None
    documents, rest = spoken
    slight = base.lexicon.slight | base.lexicon.saying
    asked = [concept for concept in base.parse(" ".join(rest)).concepts if concept.surface not in slight]
    if not asked:
        return None
    slugs = {document.slug for document in documents}
    own = (fact for fact in base.facts if not slugs.isdisjoint(fact.documents))
    facts = frozenset(fact for fact in own if all(_speaks_of(base, fact, concept) for concept in asked))
    labels = tuple(document.label for document in documents)
    return OfSource(labels, tuple(concept.surface for concept in asked), facts)


def _of_person(base: FactBase, query: Query) -> OfSource | None:
    """Return what the one person says whom a question names, where it asks of nothing in particular what they say."""
    people = dict.fromkeys(
        mention.resolution.record
        for mention in query.mentions
        if isinstance(mention.resolution, Found) and mention.resolution.record.is_person
    )
    text = normalize(query.text)
    words = frozenset(tokenize(text))
    is_said = any(said in (text if CHINESE.search(said) else words) for said in base.lexicon.saying)
    if len(people) != 1 or not is_said:
        return None
    (person,) = people
    slight = base.lexicon.slight | base.lexicon.saying
    if any(person.slug not in one.owners and one.surface not in slight for one in query.concepts):
        return None
    return OfSource((person.name,), (), frozenset(fact for fact in base.facts if person.name in fact.speaker))


def _speakers(
    base: FactBase, words: tuple[str, ...]
) -> Iterator[tuple[tuple[Document, ...], tuple[str, ...]]]:
    """Yield the documents that a question (its words) has say something, each time with the other words of it: by the longest
    name before a word of saying or behind "according to".
    """
    spans = [span for anchor in islice(_anchors(base, words), _MOST_ANCHORS) for span in anchor]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if named := _documents(base, words[start:end]):
            yield named, (*words[:start], *words[end:])


def _anchors(base: FactBase, words: tuple[str, ...]) -> Iterator[list[tuple[int, int]]]:
    """Yield for each word that tells of who says something the spans of words that may name it."""
    for at, word in enumerate(words):
        if word in base.lexicon.saying:
            yield [(start, at) for start in range(max(0, at - _MOST_WORDS), at)]
        elif words[max(0, at - 2) : at] == _ACCORDING:
            start = at + (word == "the")
            yield [(start, end) for end in range(start + 1, min(len(words), start + _MOST_WORDS) + 1)]


def _documents(base: FactBase, name: tuple[str, ...]) -> tuple[Document, ...]:
    """Return the documents of that name, else those of whose authors one is called so."""
    by_part = (
        document
        for document in base.documents
        if len(name) == 1 and any(name[0] in tokenize(normalize(author)) for author in document.authors)
    )
    return documents_named(base, name) or tuple(by_part)


def _speaks_of(base: FactBase, fact: Fact, concept: Concept) -> bool:
    records = (record for slug in concept.owners if (record := base.entity(slug)))
    if any(fact in base.facts_of(record) for record in records):
        return True
    return held.is_said(fact, concept, base.lexicon.stop)
