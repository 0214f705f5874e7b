"""Writes seeds/paragraphs.toml: where each paragraph of the documents stands and what it hashes to."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from knowledge import documents
from knowledge.model import Document

_HEAD = "# Made by `yrd check --write-paragraphs` from the documents; never edited by hand.\n"


def write(seeds: Path, folder: Path) -> int:
    """Write paragraphs.toml in `seeds` from the documents in `folder`; return how many paragraphs there are.

    OSError when a document cannot be read.
    """
    raw = tomllib.loads((seeds / "documents.toml").read_text(encoding="utf-8"))
    entries: list[str] = []
    for document in (Document.model_validate(entry) for entry in raw["document"]):
        for paragraph in documents.paragraphs(document, documents.read(document, folder)):
            entries.append(
                "[[paragraph]]\n"
                f'document = "{paragraph.document}"\n'
                f"number = {paragraph.number}\n"
                f"section = {json.dumps(paragraph.section, ensure_ascii=False)}\n"
                f'sha256 = "{paragraph.sha256}"\n'
            )
    (seeds / "paragraphs.toml").write_text("\n".join([_HEAD, *entries]), encoding="utf-8")
    return len(entries)
