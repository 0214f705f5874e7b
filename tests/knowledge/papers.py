"""A paper of our own making with one fact on it, so that no test needs the documents that the seeds point to."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from knowledge import seeds as seed_files
from knowledge.documents import paragraphs
from knowledge.model import Citation, Document, Fact, Place, Supplied, WordList
from knowledge.seeds import Seeds
from knowledge.vocabulary import Kind, Level, Region, Stance
from tests.conftest import SEEDS

PAPER = Document(
    slug="paper", file="paper.txt", title="A paper", label="Li, undated", authors=("Wei Li",), kind="paper"
)
TEXT = """A paper on ferries

1. Ferries

The ferry of Ningpo Town carries 40 cars to Zhoushan each day.

It was widened in 2017. Its owner is the port of Ningpo Town, which paid 12 million yuan for it.

2. Outlook

A tunnel shall take its place.
"""
NINGBO = Place(slug="ningbo", name="Ningbo", chinese="宁波", level=Level.PREFECTURE_LEVEL_CITY,
               spellings_in_documents=("Ningpo Town", "Ningpo"), delta=True)  # fmt: skip
ZHOUSHAN = Place(slug="zhoushan", name="Zhoushan", level=Level.PREFECTURE_LEVEL_CITY, delta=True)


def seeds(text: str = TEXT) -> Seeds:
    """Seeds as curated from `text`, with a fact on its third and fourth paragraph."""
    blocks = paragraphs.split(PAPER, text)
    found = Seeds(**dict.fromkeys(Seeds.__slots__, ()))
    return replace(
        found,
        documents=(PAPER,),
        paragraphs=paragraphs.paragraphs(PAPER, blocks),
        places=(NINGBO, ZHOUSHAN),
        words=words(),
        facts=(ferry(blocks),),
    )


@cache
def words() -> tuple[WordList, ...]:
    """The project's own: how a question is meant does not depend on what the facts are."""
    return seed_files.read(SEEDS).words


def ferry(blocks: tuple[paragraphs.Block, ...]) -> Fact:
    cited = (
        Citation(document="paper", paragraph=b.number, anchor="three plain words", section=b.section,
                 sha256=b.sha256, label=f"Li, undated, {b.section}, para {b.number}")
        for b in blocks[2:4]
    )  # fmt: skip
    return Fact(
        id="paper-001",
        statement="A ferry links Ningbo with Zhoushan and takes 40 cars a day.",
        kind=Kind.PROJECT,
        subjects=("ningbo", "zhoushan"),
        topics=("transport",),
        stance=Stance.REPORTED,
        region=Region.DELTA,
        caveat="The year of the count is not printed.",
        supplied=(Supplied(token="Ningbo", source="the printed Ningpo is its old name"),),
        citations=tuple(cited),
    )


def put(folder: Path, **files: str) -> Path:
    """Write the paper and `files` into `folder`."""
    for name, text in {PAPER.file: TEXT, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
