"""The page of a document: what it is on, and its facts in the order of its sections."""

from __future__ import annotations

from collections import Counter
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
from knowledge.text.normalize import normalize
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
    """Return the document whose slug, label, title or other name is `text`, with an article or not; None where there is none."""
    wanted = normalize(text).strip().removeprefix("the ")
    for document in base.seeds.documents:
        names = (document.slug, document.label, document.title, *document.aliases)
        if wanted in {normalize(name).strip() for name in names}:
            return document
    return None


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
