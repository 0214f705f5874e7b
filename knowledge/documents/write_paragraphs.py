"""Writes seeds/paragraphs.toml: where each paragraph of the documents stands and what it hashes to."""

from __future__ import annotations

import tomllib
from pathlib import Path

from knowledge import seeds_toml
from knowledge.documents import paragraphs
from knowledge.model import Document

_HEAD = "# Made by `yrd check --write-paragraphs` from the documents; never edited by hand.\n"


def write(seeds: Path, folder: Path) -> int:
    """Write paragraphs.toml in `seeds` from the documents in `folder`; return how many paragraphs there are.

    OSError when a document cannot be read.
    """
    raw = tomllib.loads((seeds / "documents.toml").read_text(encoding="utf-8"))
    found = [
        paragraph
        for document in (Document.model_validate(entry) for entry in raw["document"])
        for paragraph in paragraphs.paragraphs(document, paragraphs.read(document, folder))
    ]
    (seeds / "paragraphs.toml").write_text(seeds_toml.added(_HEAD, "paragraph", found), encoding="utf-8")
    return len(found)
