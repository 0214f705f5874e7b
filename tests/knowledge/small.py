"""A fact base of one made-up document, small enough to break one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.checks.sources import Sources
from knowledge.documents import paragraphs
from knowledge.model import Document, Fact, Gap, Mechanism, Organisation, Place, Topic
from knowledge.seeds import Seeds

TEXT = """On the Ports of Northland

1. Treaty

In June 2018 the governments of Aville and Bton signed a treaty worth 3 billion crowns. The twenty harbours
of both cities handle one quarter of all goods that leave the country by sea.

However, Oldham of the Harbour Board expects more.

The end.
"""
DOCUMENT = Document(
    slug="ports",
    file="ports.txt",
    title="On the Ports of Northland",
    label="Ports, undated",
    kind="paper",
    dating="No date is printed.",
)
CITED = {"document": "ports", "paragraph": 3, "anchor": "governments of Aville and Bton"}
OLDHAM = {"document": "ports", "paragraph": 4, "anchor": "Oldham of the Harbour"}


def fact(number: int = 1, **fields: Any) -> Fact:
    """Return a fact that holds, but for `fields`."""
    return Fact.model_validate(
        {
            "id": f"ports-{number:03}",
            "statement": "Aville and Bton agreed on 3 billion crowns in June 2018.",
            "kind": "event",
            "subjects": ["aville", "bton"],
            "topics": ["about-the-documents"],
            "stance": "reported",
            "citations": [CITED],
        }
        | fields
    )


def gap(*asks: str, number: int = 1, **fields: Any) -> Gap:
    """Return a gap that holds, with those asks, but for `fields`."""
    return Gap.model_validate(
        {
            "id": f"ports-gap-{number:03}",
            "statement": "Nobody is named who heads the Harbour Board.",
            "subjects": ["aville"],
            "topics": ["about-the-documents"],
            "citations": [OLDHAM],
            "asks": asks,
        }
        | fields
    )


def place(slug: str, **fields: Any) -> Place:
    return Place.model_validate({"slug": slug, "name": slug.title(), "level": "city"} | fields)


def seeds(*facts: Fact, **records: Any) -> Seeds:
    """Return the seeds of the made-up document with `facts` (one that holds if none) and other `records`."""
    read = paragraphs.split(DOCUMENT, TEXT)
    small = Seeds(
        documents=(DOCUMENT,),
        paragraphs=paragraphs.paragraphs(DOCUMENT, read),
        places=(place("aville", aliases=["Aburg"], delta=True), place("bton")),
        pairings=(),
        mechanisms=(),
        topics=(Topic(slug="about-the-documents", name="About the documents", about_documents=True),),
        organisations=(),
        plans=(),
        projects=(),
        synonyms=(),
        outside=(),
        words=(),
        weights=(),
        talk=(),
        gaps=(),
        facts=facts or (fact(),),
        disagreements=(),
    )
    return replace(small, **records)


def board() -> Organisation:
    return Organisation(slug="harbour-board", name="Harbour Board")


def mechanism(slug: str, *aliases: str) -> Mechanism:
    return Mechanism(slug=slug, name=slug.title(), aliases=aliases)


def sources(curated: Seeds, folder: Path, text: str = TEXT) -> Sources:
    """Return the made-up document as the checks read it, from a file in `folder`."""
    (folder / DOCUMENT.file).write_text(text, encoding="utf-8")
    return Sources(curated, folder)
