"""Paragraphs of a source document: numbered, placed in their section, hashed.

A paragraph (a block) is a run of non-blank lines, or each non-blank line where the document says so.
Titles, headings and references count. Nothing here judges what a paragraph says.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from knowledge.model import Document, Paragraph

# "2. Review", "4.1.1. Twinning", "2.3 A New"; a heading is short and numbered from the margin.
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)")
# "(1) Regional adjacent cooperation mode" stands below a numbered heading.
_LETTERED = re.compile(r"^(\(\d{1,2}\))\s*(?=\S)")
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph with its number from 1, its section and its text as printed."""

    number: int
    section: str
    text: str

    @property
    def sha256(self) -> str:
        """Return the digest of its text, by which a citation knows it again."""
        return digest(self.text)


def fold_whitespace(text: str) -> str:
    """Return `text` after NFKC with every run of white space made one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def digest(text: str) -> str:
    """Return the SHA-256, in hexadecimal, of `text` after NFKC and folding of white space."""
    return hashlib.sha256(fold_whitespace(text).encode()).hexdigest()


def read(document: Document, folder: Path) -> tuple[Block, ...]:
    """Return the blocks of `document` from its file in `folder`; OSError when it cannot be read."""
    text = (folder / document.file).read_text(encoding="utf-8")
    return split(document, text)


def split(document: Document, text: str) -> tuple[Block, ...]:
    """Return the blocks of `text`, numbered from 1 and placed in their sections."""
    texts = _lines(text) if document.blocks == "lines" else _runs(text)
    unnumbered = frozenset(document.headings)
    sections = _Sections()
    blocks = []
    for number, block in enumerate(texts, start=1):
        sections.see(block, number in unnumbered)
        blocks.append(Block(number=number, section=sections.here, text=block))
    return tuple(blocks)


def paragraphs(document: Document, blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    """Return what the project keeps of `blocks`: number, section and hash, never the text."""
    return tuple(
        Paragraph(document=document.slug, number=block.number, section=block.section, sha256=block.sha256)
        for block in blocks
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _runs(text: str) -> list[str]:
    return [run.strip("\n") for run in re.split(r"\n(?:[ \t\f\v\r]*\n)+", text) if run.strip()]


class _Sections:
    """The section that the next block stands in, by the headings seen so far."""

    def __init__(self) -> None:
        self._number = ""
        self.here = ""

    def see(self, block: str, is_unnumbered_heading: bool) -> None:
        if is_unnumbered_heading:
            self._number, self.here = "", fold_whitespace(block)
        elif len(block) > _LONGEST_HEADING or "\n" in block.strip():
            return
        elif numbered := _NUMBERED.match(block):
            self._number = self.here = numbered[1]
        elif (lettered := _LETTERED.match(block)) and self._number:
            self.here = f"{self._number} {lettered[1]}"
