"""The source of a draft as readers are told it, and as it stands in the field for it."""

from __future__ import annotations

from handlers.curation.sources import citations
from handlers.draft import Draft, host
from handlers.say import Said, say
from knowledge import citing
from knowledge.base import FactBase


def shown(base: FactBase, draft: Draft) -> str:
    """Return the source of a draft as readers are told it, and as `source.read` reads it."""
    if draft.document:
        document, section = base.document(draft.document), ""
        for paragraph in base.seeds.paragraphs:
            if (paragraph.document, paragraph.number) == (draft.document, draft.paragraph):
                section = paragraph.section
        return (
            citing.label(document.label, section, draft.paragraph, *draft.also)
            if draft.paragraph
            else document.label
        )
    if draft.title and draft.url and draft.published:
        return say("{title}, {date}, {address}", title=draft.title, date=draft.published, address=draft.url)
    if draft.url and draft.published:
        return say("{date}, {address}", date=draft.published, address=draft.url)
    if draft.title and draft.url:
        return say("{title}, {address}", title=draft.title, address=draft.url)
    return draft.url or draft.title


def cited(base: FactBase, draft: Draft) -> str:
    """Return all that a draft cites as readers are told it: its source, and what a correction keeps beside that."""
    more = kept(base, draft)
    return f"{shown(base, draft)}; {more}" if more else shown(base, draft)


def kept(base: FactBase, draft: Draft) -> str:
    """Return what a correction keeps beside its source of the citations of its fact, "" for nothing."""
    return citing.cited(citations.further(draft, base.fact(draft.supersedes)))


def typed(base: FactBase, draft: Draft) -> str:
    """Return the source of a draft as it stands in the one field for it, where its title and date have their own."""
    return draft.url or shown(base, draft)


def understood(base: FactBase, draft: Draft) -> Said:
    """Return in a sentence what the source of a draft was understood to be."""
    where = cited(base, draft)
    if draft.document:
        return say("Source understood: {source}, a document of the base.", source=where)
    if draft.url:
        return say("Source understood: {source}, a page on {host}.", source=where, host=host(draft.url))
    return say("Source understood: {source}, a reference that is none of the base’s documents.", source=where)
