"""The texts in the folder of documents: those the facts stand on, and what a team has added. Reads only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import markdown, paragraphs
from knowledge.documents.paragraphs import Block
from knowledge.model import Document
from knowledge.text.normalize import normalize

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
# Files that speak about the folder and are no documents.
_ABOUT_THE_FOLDER = frozenset({"notes", "readme", "license", "changelog"})
# A file longer than this is no text that somebody means to have read: 8 MB are some 1,500,000 words.
LONGEST = 8_000_000
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


class UnreadableTextError(Exception):
    """A file cannot be taken; its text is one sentence that names it and says why."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document of the folder. `label` is how readers see it; `curated` says whether facts stand on it."""

    slug: str
    file: str
    label: str
    curated: bool
    blocks: tuple[Block, ...]


def files(folder: Path, curated: tuple[Document, ...]) -> tuple[str, ...]:
    """Return the names of the files that count, in a fixed order; OSError when `folder` cannot be listed."""
    named = [document.file for document in curated]
    found = sorted(path.name for path in folder.iterdir() if _is_added(path) and path.name not in named)
    return (*named, *found)


def _is_added(path: Path) -> bool:
    return (
        path.suffix.lower() in SUFFIXES
        and path.stem.lower() not in _ABOUT_THE_FOLDER
        and not path.name.startswith((".", "_", "~"))
        and not path.is_dir()
    )


def state(folder: Path, names: tuple[str, ...]) -> str:
    """Return a digest of the content of those files, so that a change is seen; never raises."""
    whole = hashlib.sha256()
    for name in names:
        try:
            content = _bytes(folder / name)
        except UnreadableTextError as error:
            content = str(error).encode()
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return whole.hexdigest()


def read(folder: Path, curated: tuple[Document, ...]) -> tuple[list[Text], list[str]]:
    """Return every text that can be read, and a sentence for each that cannot."""
    texts: list[Text] = []
    problems: list[str] = []
    known = {document.file: document for document in curated}
    slugs = _Slugs(document.slug for document in curated)
    for name in files(folder, curated):
        try:
            document = known.get(name)
            text = _curated(folder, document) if document else _added(folder, name, slugs.of(name))
        except UnreadableTextError as error:
            problems.append(str(error))
        else:
            texts.append(text)
    return texts, problems


def _curated(folder: Path, document: Document) -> Text:
    blocks = paragraphs.split(document, _decoded(folder / document.file, "utf-8"))
    return Text(document.slug, document.file, document.label, True, blocks)


def _added(folder: Path, name: str, slug: str) -> Text:
    content = _decoded(folder / name, "utf-8-sig")
    if name.lower().endswith(".txt"):
        described = Document(slug=slug, file=name, title=name, label=name, kind="report")
        blocks = paragraphs.split(described, content)
    else:
        blocks = markdown.split(content)
    return Text(slug, name, name, False, blocks)


def _decoded(path: Path, encoding: str) -> str:
    try:
        text = _bytes(path).decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTextError(f"{path.name} is left out: it is not UTF-8 text.") from error
    if "\0" in text:
        raise UnreadableTextError(f"{path.name} is left out: it is not UTF-8 text.")
    # As Path.read_text has it, so that hashes are those of `yrd check`.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LONGEST:
            raise UnreadableTextError(
                f"{path.name} is left out: it is longer than {LONGEST // 1_000_000} MB."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableTextError(f"{path.name} is left out: {error.strerror}.") from error


class _Slugs:
    """Slugs made from names of files, none given twice."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def of(self, name: str) -> str:
        """Return "team-notes" for "Team notes.md"; a name without Latin letters gives "text-" and a digest."""
        plain = _NOT_IN_A_SLUG.sub("-", normalize(name.rpartition(".")[0])).strip("-")
        slug = plain or f"text-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        number = 1
        while (numbered := slug if number == 1 else f"{slug}-{number}") in self._taken:
            number += 1
        self._taken.add(numbered)
        return numbered
