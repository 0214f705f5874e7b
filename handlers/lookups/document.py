"""source <slug>: one document in full, with a citation ready to paste."""

from __future__ import annotations

from handlers.answer import Answer, Section
from handlers.command import Command, Example, whole_if
from handlers.lookups.lists import LISTINGS
from handlers.records.about import counted
from handlers.request import Request
from handlers.services import Services
from knowledge.model import Document
from knowledge.text.normalize import normalize
from knowledge.vocabulary import WordUse


def source(services: Services, request: Request) -> Answer:
    """Return the document named, or a list of the documents."""
    document = of_name(services, request.text)
    if document is None:
        return LISTINGS[WordUse.SOURCES](services, request)
    facts = [fact for fact in services.base.facts if document.slug in fact.documents]
    sections = [
        Section("Citation", (cite(document),)),
        Section(
            "Particulars",
            (
                f"Slug: {document.slug}",
                f"Sort: {document.kind}",
                f"Date: {document.date}" + (f" ({document.dating})" if document.dating else ""),
                f"In the base: {counted(len(facts), 'fact')}",
            ),
        ),
    ]
    if document.caveat:
        sections.append(Section("Caveat", (document.caveat,)))
    return Answer(
        headline=f"{document.label}: {document.title}",
        outcome="answer",
        match="exact",
        sections=tuple(sections),
    )


def cite(document: Document) -> str:
    """Return the citation of a whole document, ready to paste."""
    authors = ", ".join(document.authors) or "No author"
    venue = f" {document.venue}." if document.venue else ""
    return f"{authors} ({document.published or 'n.d.'}). {document.title}.{venue} [{document.slug}]"


def is_document(services: Services, rest: str) -> bool:
    """Say whether `rest` is nothing or names a document."""
    return not rest.strip() or of_name(services, rest) is not None


def of_name(services: Services, text: str) -> Document | None:
    """Return the document whose slug, label, title or other name is `text`, None where there is none."""
    wanted = normalize(text).strip()
    for document in services.base.seeds.documents:
        if wanted in {
            normalize(name) for name in (document.slug, document.label, document.title, *document.aliases)
        }:
            return document
    return None


COMMAND = Command(
    name="source",
    usage="slug of a document",
    summary="A document in full, with a citation to paste",
    examples=(Example("xu-twinning"), Example("")),
    handle=source,
    read=whole_if(is_document),
)
