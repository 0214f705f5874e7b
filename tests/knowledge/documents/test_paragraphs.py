"""Paragraphs are numbered, placed and hashed as citations count them."""

from __future__ import annotations

from knowledge.documents.paragraphs import digest, split
from knowledge.model import Document


def document(**fields: object) -> Document:
    return Document.model_validate(
        {"slug": "d", "file": "d.txt", "title": "T", "label": "D", "kind": "paper"} | fields
    )


TEXT = """A Title

1. Introduction

First words.
Second line.

2.1. A part

Text of the part.
 \t
(1) A smaller part

Its text, which says (2) in the middle.

References

[1] Somebody.
"""


def test_a_block_is_a_run_of_non_blank_lines_counted_from_one() -> None:
    blocks = split(document(), TEXT)
    assert [block.number for block in blocks] == list(range(1, 10))
    assert blocks[2].text == "First words.\nSecond line."


def test_the_section_is_the_number_of_the_nearest_heading_above() -> None:
    sections = [block.section for block in split(document(), TEXT)]
    assert sections[:7] == ["", "1", "1", "2.1", "2.1", "2.1 (1)", "2.1 (1)"]


def test_a_heading_without_number_gives_its_title() -> None:
    blocks = split(document(headings=(8,)), TEXT)
    assert blocks[-1].section == "References"


def test_each_line_is_a_block_where_the_document_says_so() -> None:
    blocks = split(document(blocks="lines"), "One\n  Two\n\nThree\n")
    assert [block.text for block in blocks] == ["One", "Two", "Three"]


def test_the_hash_ignores_width_and_white_space() -> None:
    assert digest("Ｎｉｎｇｂｏ  port\nplan") == digest("Ningbo port plan")
    assert digest("Ningbo port") != digest("Ningbo ports")
