"""Paragraphs of a Markdown file: blocks by blank lines, sections by headings. Renders nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.documents.paragraphs import Block, fold_whitespace

# CommonMark 0.31: one to six number signs and a space; a line of "=" or "-" under a title; a fence of three.
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_LONGEST_SECTION = 120


def split(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text`, numbered from 1, each in the section of the nearest heading above.

    A fenced block is one, blank lines within it included; front matter is not a block.
    """
    section = ""
    blocks: list[Block] = []
    for number, lines in enumerate(_runs(_without_front_matter(text.split("\n"))), start=1):
        titles = list(_headings(lines))
        # A heading opens its own section even where no blank line parts it from the text.
        here = titles[0][1] if titles and titles[0][0] == 0 else section
        blocks.append(Block(number=number, section=here, text="\n".join(lines)))
        section = titles[-1][1] if titles else section
    return tuple(blocks)


def _runs(lines: list[str]) -> Iterator[list[str]]:
    run: list[str] = []
    fence = ""
    for line in lines:
        if (mark := _FENCE.match(line)) and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if line.strip() or fence:
            run.append(line.rstrip())
        elif run:
            yield run
            run = []
    if any(run):
        yield run


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the headings of a run with the position of their line."""
    if _FENCE.match(lines[0]):
        return
    for position, line in enumerate(lines):
        if found := _HEADING.match(line):
            yield position, fold_whitespace(found[1])[:_LONGEST_SECTION]
        elif position == 0 and len(lines) > 1 and _UNDERLINE.match(lines[1]):
            yield position, fold_whitespace(line)[:_LONGEST_SECTION]


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---" and "---" in (rest := [line.strip() for line in lines[1:]]):
        return lines[rest.index("---") + 2 :]
    return lines
