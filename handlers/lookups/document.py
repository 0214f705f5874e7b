"""source <slug>: one document in full, with a citation ready to paste."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.answer import Answer, Section
from handlers.command import Command, Example, whole_if
from handlers.lookups.copying import references_to_paste
from handlers.lookups.lists import LISTINGS
from handlers.records.document_kind import kind_at_the_beginning
from handlers.records.document_page import document_named
from handlers.records.enumerated import enumerated
from handlers.records.styles.cited_statement import address, venue
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.model import Document
from knowledge.vocabulary import WordUse


def source(services: Services, request: Request) -> Answer:
    """Return the document named, or a list of the documents."""
    document = document_named(services.base, request.text)
    if document is None:
        return LISTINGS[WordUse.SOURCES](services, request)
    count = sum(document.slug in fact.documents for fact in services.base.facts)
    sections = [Section(say("What it is"), tuple(_particulars(document)))]
    if document.caveat:
        sections.append(Section(say("Caveat"), (document.caveat,)))
    return Answer(
        headline=say_many(
            "{label}: {title}. The base holds one fact from it.",
            "{label}: {title}. The base holds {count} facts from it.",
            count,
            label=document.label,
            title=document.title,
        ),
        outcome="answer",
        match="exact",
        sections=(*sections, *references_to_paste(document)),
    )


def _particulars(document: Document) -> Iterator[str]:
    kind = kind_at_the_beginning(document)
    if venue(document):
        yield say("{kind} in {venue}", kind=kind, venue=venue(document))
    else:
        yield say("{kind}: {address}", kind=kind, address=address(document)) if address(document) else kind
    if document.authors:
        yield say("By {authors}", authors=enumerated(document.authors, len(document.authors)))
    if document.inferred:
        yield say("Dated {date}, which is inferred", date=document.published)
    else:
        yield say("Dated {date}", date=document.published) if document.published else say("Undated")
    if document.dating:
        yield document.dating


def is_document(services: Services, rest: str) -> bool:
    """Say whether `rest` is nothing or names a document."""
    return not rest.strip() or document_named(services.base, rest) is not None


def _unknown(services: Services, typed: str) -> Said:
    return say("No document is called “{typed}”.", typed=typed)


COMMAND = Command(
    name="source",
    in_chinese=("来源", "文献"),
    usage=say("name of a document"),
    summary=say("A document in full, with a citation to paste"),
    examples=(Example("Xu et al. 2024"), Example("")),
    handle=source,
    read=whole_if(is_document),
    mistaken=_unknown,
)
