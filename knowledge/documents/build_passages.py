"""The folder of documents -> passages.db: written aside, swapped in. Derived, deletable, never exported.

What cannot be read is left out and named; a file is taken whole or not at all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from knowledge import citing
from knowledge.documents import folder as documents_folder
from knowledge.documents.changes import moves
from knowledge.documents.folder import Text
from knowledge.documents.paragraphs import Block
from knowledge.seeds import Seeds
from knowledge.text.normalize import CHINESE, bigrams, normalize, tokenize

FORMAT = 1
"""Raised when the tables change, so that a file of an older program is built anew."""

Row = dict[str, Any]
# Hashes of the paragraphs of each document, in order.
Hashes = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was built: how much, what `moved` since last time, and which files could not be read."""

    documents: int
    paragraphs: int
    moved: tuple[str, ...]
    problems: tuple[str, ...]


def ensure(folder: Path, seeds: Seeds, version: str, target: Path) -> Gathered | None:
    """Build `target` when it is missing or older than the folder or the seeds; return what was gathered, None when it
    is current.

    OSError when the folder cannot be listed or the file not be written.
    """
    if _meta(target) == _wanted(folder, seeds, version):
        return None
    return build(folder, seeds, version, target)


def build(folder: Path, seeds: Seeds, version: str, target: Path) -> Gathered:
    """Write `target` from the texts in `folder` and return what was gathered; an existing file stays until the swap.

    `version` is that of the seeds, whose documents and paragraphs say what the facts were curated from. OSError as for
    `ensure`.
    """
    meta = _wanted(folder, seeds, version)
    found, problems = documents_folder.read(folder, seeds.documents)
    before = _hashes(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".building-") as aside:
        fresh = Path(aside) / target.name
        database = Database(fresh)
        try:
            _write(database, found, _curated_from(seeds), meta)
        finally:
            database.close()
        # Its owner's alone, as what lies beside it.
        fresh.chmod(0o600)
        os.replace(fresh, target)
    return Gathered(
        documents=len(found),
        paragraphs=sum(len(text.blocks) for text in found),
        moved=(*_since(before, found), *_from_the_curated(seeds, found)),
        problems=tuple(problems),
    )


def _wanted(folder: Path, seeds: Seeds, version: str) -> dict[str, str]:
    """Return what stands in `meta` of a file built from this folder and these seeds."""
    names = documents_folder.files(folder, seeds.documents)
    return {"format": str(FORMAT), "seeds": version, "folder": documents_folder.state(folder, names)}


def _meta(target: Path) -> dict[str, str]:
    return {row["key"]: row["value"] for row in _rows(target, "select key, value from meta")}


def _hashes(target: Path) -> Hashes:
    found: dict[str, list[str]] = {}
    for row in _rows(target, "select document, sha256 from paragraphs order by document, number"):
        found.setdefault(row["document"], []).append(row["sha256"])
    return {document: tuple(hashes) for document, hashes in found.items()}


def _rows(target: Path, query: str) -> list[Row]:
    """Return the rows of a file built before; none when there is none or it is damaged: it is built anew."""
    if not target.is_file():
        return []
    database = Database(target)
    try:
        return list(database.query(query))
    except sqlite3.Error:
        return []
    finally:
        database.close()


def _write(
    database: Database, found: list[Text], curated: frozenset[tuple[str, int, str]], meta: dict[str, str]
) -> None:
    database.table("documents").insert_all(
        ({"slug": t.slug, "file": t.file, "label": t.label, "curated": t.curated} for t in found),
        pk="slug",
        columns={"slug": str, "file": str, "label": str, "curated": int},
    )
    columns = {"document": str, "number": int, "section": str, "label": str, "sha256": str, "text": str}
    paragraphs = database.table("paragraphs")
    paragraphs.create(
        columns | {"pairs": str, "curated": int},
        pk=("document", "number"),
        foreign_keys=[("document", "documents", "slug")],
    )
    paragraphs.insert_all(_paragraphs(found, curated))
    paragraphs.create_index(["document", "sha256"])
    # `pairs` are pairs of Chinese characters: the tokenizer takes a whole run of them for one word.
    paragraphs.enable_fts(["text", "section", "pairs"], tokenize="porter")
    database.table("meta").insert_all(({"key": k, "value": v} for k, v in meta.items()), pk="key")


def _paragraphs(found: list[Text], curated: frozenset[tuple[str, int, str]]) -> Iterator[Row]:
    for text in found:
        for block in text.blocks:
            sha256 = block.sha256
            yield {
                "document": text.slug,
                "number": block.number,
                "section": block.section,
                "label": citing.label(text.label, block.section, block.number),
                "sha256": sha256,
                "text": block.text,
                "pairs": " ".join(_pairs(block.text)),
                "curated": (text.slug, block.number, sha256) in curated,
            }


def _pairs(text: str) -> Iterator[str]:
    if CHINESE.search(text):
        for word in tokenize(normalize(text)):
            if CHINESE.match(word):
                yield from bigrams(word)


def _curated_from(seeds: Seeds) -> frozenset[tuple[str, int, str]]:
    return frozenset((p.document, p.number, p.sha256) for p in seeds.paragraphs)


def _since(before: Hashes, found: list[Text]) -> Iterator[str]:
    """Yield what moved since the last build, a sentence a document; nothing the first time."""
    if not before:
        return
    now = {text.slug for text in found}
    for text in found:
        if text.slug not in before:
            yield f"{text.file} is new: {len(text.blocks)} paragraphs."
        elif moved := moves(before[text.slug], _of(text.blocks)):
            yield f"{text.file} has changed: {moved}."
    yield from (f"{slug} is no longer there." for slug in sorted(before.keys() - now))


def _from_the_curated(seeds: Seeds, found: list[Text]) -> Iterator[str]:
    """Yield which documents are not, or not any more, as the facts were curated from them."""
    for text in found:
        kept = sorted((p for p in seeds.paragraphs if p.document == text.slug), key=lambda p: p.number)
        if text.curated and (moved := moves([p.sha256 for p in kept], _of(text.blocks))):
            yield f"{text.file} is not what the facts of {text.slug} were curated from: {moved}. See yrd check."


def _of(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(block.sha256 for block in blocks)
