"""Checks facts against the text of the documents: hashes and anchors. Reads; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge import documents
from knowledge.documents import Block, fold
from knowledge.model import Document, Fact, Paragraph
from knowledge.seeds import FACTS, Problem, Seeds


def check(seeds: Seeds, folder: Path) -> tuple[Problem, ...]:
    """Return every hash and anchor of `seeds` that does not hold against the documents in `folder`."""
    problems: list[Problem] = []
    blocks: dict[tuple[str, int], Block] = {}
    for document in seeds.documents:
        try:
            read = documents.read(document, folder)
        except OSError as error:
            problems.append(
                Problem("documents.toml", document.slug, "file", f"cannot be read: {error.strerror}")
            )
            continue
        blocks.update(((document.slug, block.number), block) for block in read)
        problems.extend(_moved(document, read, seeds.paragraphs))
    problems.extend(problem for fact in seeds.facts for problem in _unanchored(fact, blocks))
    return tuple(problems)


def _moved(document: Document, blocks: tuple[Block, ...], known: tuple[Paragraph, ...]) -> Iterator[Problem]:
    expected = {paragraph.number: paragraph for paragraph in known if paragraph.document == document.slug}
    found = {paragraph.number: paragraph for paragraph in documents.paragraphs(document, blocks)}
    for number in sorted(expected.keys() | found.keys()):
        if expected.get(number) != found.get(number):
            message = (
                "is not the paragraph the facts were made from; run yrd check --write-paragraphs and review"
            )
            yield Problem("paragraphs.toml", f"{document.slug} {number}", "sha256", message)


def _unanchored(fact: Fact, blocks: dict[tuple[str, int], Block]) -> Iterator[Problem]:
    for citation in fact.citations:
        block = blocks.get((citation.document, citation.paragraph))
        if block is None:
            continue
        times = fold(block.text).count(fold(citation.anchor))
        if times != 1:
            message = f"“{citation.anchor}” stands {times} times in {citation.label}"
            yield Problem(f"{FACTS}/{fact.documents[0]}.toml", fact.id, "anchor", message)
