"""The page of a document: what it is on, and its facts in the order of its sections."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from handlers.answer import Answer
from handlers.records.about import of_rows
from handlers.records.enumerated import enumerated
from handlers.records.summary import fitted
from handlers.records.told import Told
from handlers.request import Request
from handlers.say import Said, say, say_many
from knowledge.base import FactBase
from knowledge.model import Citation, Document, Fact
from knowledge.text.normalize import normalize, tokenize
from knowledge.vocabulary import Heading

_MOST_TOPICS: Final = 3


def of_document(base: FactBase, request: Request, document: Document) -> Answer:
    """Return the page of facts that cite `document`, each once, by the first paragraph of it that they cite."""
    rows = _rows(base, document)
    headline = fitted(
        say("{label}: {title}.", label=document.label, title=document.title),
        _on(base, [row.fact for row in rows]),
        say_many("{count} fact.", "{count} facts.", len(rows)) if rows else say("No facts."),
    )
    notes = (document.caveat,) if document.caveat else ()
    return of_rows(request, headline, rows, "exact", notes=notes)


def document_named(base: FactBase, text: str) -> Document | None:
    """Return the document that `text` names, with an article or not, and with what a document is called behind a name of it ("Han's
    paper"); None where it names none.
    """
    wanted = normalize(text).strip().removeprefix("the ")
    nouns = (noun for noun in base.lexicon.attributions if wanted.endswith(f" {noun}"))
    whose = wanted.removesuffix(max(nouns, key=len, default="")).strip().removesuffix("'s")
    called = {wanted, whose}
    documents = (
        d for d in base.documents if not called.isdisjoint(normalize(n).strip() for n in _spellings(d))
    )
    return next(documents, None)


def documents_named(base: FactBase, name: tuple[str, ...]) -> tuple[Document, ...]:
    """Return the documents that are called by the words of `name`, by which a part of no author's name is meant."""
    called = {name} | ({name[:-1]} if name[-1:] and name[-1] in base.lexicon.attributions else set())
    return tuple(document for document in base.documents if not called.isdisjoint(_names(document)))


@lru_cache(maxsize=64)
def _names(document: Document) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(tokenize(normalize(name))) for name in _spellings(document))


def _spellings(document: Document) -> tuple[str, ...]:
    return (document.slug, document.label, document.title, *document.authors, *document.aliases)


def _rows(base: FactBase, document: Document) -> tuple[Told, ...]:
    cited = [
        (min(own, key=lambda citation: citation.paragraph), fact)
        for fact in base.facts
        if (own := [citation for citation in fact.citations if citation.document == document.slug])
    ]
    cited.sort(key=lambda row: row[0].paragraph)
    return tuple(Told(fact, Heading.DOCUMENTS, _section(citation)) for citation, fact in cited)


def _section(citation: Citation) -> str:
    if not citation.section:
        return say("Opening")
    if citation.section[0].isdigit():
        return say("Section {number}", number=citation.section)
    return citation.section


def _on(base: FactBase, facts: list[Fact]) -> list[Said]:
    """Return what most of the facts are filed under, in a sentence."""
    counts = Counter(slug for fact in facts for slug in fact.topics if slug not in base.about_documents)
    topics = [topic for slug, _ in counts.most_common(_MOST_TOPICS) if (topic := base.entity(slug))]
    if not topics:
        return []
    return [say("Most of it is filed under {topics}.", topics=enumerated(topics, _MOST_TOPICS))]
