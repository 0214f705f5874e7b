"""What a draft cites: its paragraph or page as a citation, those of further paragraphs, and the words that find them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from handlers.curation.correction import OWN_PAGE
from handlers.draft import Draft, host
from handlers.say import say
from knowledge import citing
from knowledge.base import FactBase
from knowledge.model import Citation, Document, Fact
from knowledge.text.normalize import words_of
from knowledge.vocabulary import MESSAGE, WEB_PAGE


def anchors_of(base: FactBase, document: str, paragraph: int) -> tuple[str, ...]:
    """Return the words by which facts of the base find a paragraph."""
    cited = (
        citation.anchor
        for fact in base.facts
        if fact.contributed is None
        for citation in fact.citations
        if (citation.document, citation.paragraph) == (document, paragraph)
    )
    return tuple(dict.fromkeys(cited))


def anchors_by_likeness(base: FactBase, draft: Draft) -> tuple[str, ...]:
    """Return the words by which facts of the base find the paragraph of a draft, those first that share most with its statement."""
    said = words_of(draft.statement, base.lexicon.stop)
    known = anchors_of(base, draft.document, draft.paragraph)
    return tuple(sorted(known, key=lambda words: -len(said & words_of(words, base.lexicon.stop))))


def also(base: FactBase, draft: Draft) -> Iterator[Citation]:
    """Yield the citations of the other paragraphs that a draft names, of which the base knows words."""
    for number in draft.also:
        for words in anchors_by_likeness(base, draft.model_copy(update={"paragraph": number}))[:1]:
            yield cite(base, draft.model_copy(update={"paragraph": number, "words": words}), None)


def further(draft: Draft, old: Fact | None) -> tuple[Citation, ...]:
    """Return the citations beside its first that a correction keeps of the fact it corrects: all, where its source is the same."""
    if old is None or draft.also:
        return ()
    first = old.citations[0]
    place = (draft.document, draft.paragraph) if draft.document else (source_of(draft).slug, 1)
    return old.citations[1:] if place == (first.document, first.paragraph) else ()


def source_of(draft: Draft) -> Document:
    """Return the page that a draft cites, as a document of its own."""
    name = host(draft.url) or "unknown"
    is_message = name.endswith(".slack.com") or "/archives/" in draft.url
    title = draft.title or (say("Slack message") if is_message else name)
    # A reference in words has no address: its words name it.
    slug = f"{OWN_PAGE}{hashlib.sha256((draft.url or draft.title).encode()).hexdigest()[:8]}"
    return Document(
        slug=slug,
        file=f"{slug}.txt",
        title=title,
        label=f"{title}, {draft.published or 'undated'}",
        kind=MESSAGE if is_message else WEB_PAGE if draft.url else "report",
        venue=draft.url,
        published=draft.published,
        dating=say("As the contributor gave it.")
        if draft.published
        else say("The contributor gave no date."),
    )


def cite(base: FactBase, draft: Draft, page: Document | None) -> Citation:
    """Return the citation of a draft, as readers see it."""
    if page is not None:
        digest = hashlib.sha256(" ".join(draft.words.split()).encode()).hexdigest()
        shown = citing.shortened(page.label)
        return Citation(
            document=page.slug,
            paragraph=1,
            anchor=draft.words,
            sha256=digest,
            source=page.label,
            label=f"{shown}, {page.venue}" if page.venue else shown,
            whole=True,
        )
    found = (p for p in base.seeds.paragraphs if (p.document, p.number) == (draft.document, draft.paragraph))
    paragraph = next(found, None)
    section = paragraph.section if paragraph else ""
    source = base.document(draft.document).label
    return Citation(
        document=draft.document,
        paragraph=draft.paragraph,
        anchor=draft.words,
        section=section,
        sha256=paragraph.sha256 if paragraph else "",
        source=source,
        label=citing.label(source, section, draft.paragraph),
    )
