"""The folder of documents: which files count, what their paragraphs are, and what is said of those left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.documents import folder as documents_folder
from knowledge.documents import markdown
from knowledge.documents.changes import Moves, moves
from tests.knowledge.papers import PAPER, put

MARKDOWN = """---
title: Minutes
---
# Minutes

First words.

## Buses
Line 5 runs to Jiaxing.

Costs
-----

```
# no heading

still the same block
```

Last words.
"""


def test_headings_of_markdown_give_the_sections() -> None:
    blocks = markdown.split(MARKDOWN)
    assert [(b.number, b.section) for b in blocks] == [
        (1, "Minutes"), (2, "Minutes"), (3, "Buses"), (4, "Costs"), (5, "Costs"), (6, "Costs"),
    ]  # fmt: skip
    assert blocks[2].text == "## Buses\nLine 5 runs to Jiaxing."
    assert blocks[4].text.startswith("```")
    assert "still the same block" in blocks[4].text


@pytest.mark.parametrize("text", ["", "\n\n", "---\n", "```\nopen for ever\n\n", "#", "=====\n", "\r\n"])
def test_odd_markdown_is_split_without_an_error(text: str) -> None:
    assert all(block.text.strip() for block in markdown.split(text))


def test_a_file_of_the_team_is_named_after_itself(tmp_path: Path) -> None:
    put(tmp_path, **{"Team notes 2025.md": "# A\n\nWords.", "会议.txt": "文字。", "paper.md": "Words."})
    found, problems = documents_folder.read(tmp_path, (PAPER,))
    slugs = {text.file: text.slug for text in found}
    assert slugs["Team notes 2025.md"] == "team-notes-2025"
    assert slugs["会议.txt"].startswith("text-")
    assert slugs["paper.md"] == "paper-2"  # "paper" is the slug of the document that facts stand on
    assert not problems


def test_only_texts_that_somebody_added_count(tmp_path: Path) -> None:
    put(
        tmp_path,
        **{
            "NOTES.md": "n",
            "readme.MD": "r",
            ".hidden.md": "h",
            "_draft.txt": "d",
            "a.pdf": "p",
            "b.txt": "b",
        },
    )
    (tmp_path / "folder.md").mkdir()
    assert documents_folder.files(tmp_path, (PAPER,)) == ("paper.txt", "b.txt")


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_folder, "LONGEST", 1_000)
    put(tmp_path, **{"good.md": "Words.", "long.txt": "x" * 1_001})
    (tmp_path / "latin.txt").write_bytes("Müller".encode("latin-1"))
    (tmp_path / "binary.md").write_bytes(b"a\0b")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found, problems = documents_folder.read(tmp_path, (PAPER,))
    assert {text.slug for text in found} == {"paper", "good"}
    assert [problem.split()[0] for problem in problems] == ["binary.md", "gone.txt", "latin.txt", "long.txt"]
    assert all(problem.endswith(".") for problem in problems)


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    put(tmp_path, **{"a.md": "# A\n\nWords."})
    (tmp_path / "b.md").write_bytes(b"\xef\xbb\xbf# A\r\n\r\nWords.")
    found, _ = documents_folder.read(tmp_path, ())
    blocks = {text.slug: text.blocks for text in found}
    assert blocks["a"] == blocks["b"]


def test_moves_tell_added_changed_and_gone_apart() -> None:
    assert moves("abcd", "abcd") == Moves()
    assert moves("abcd", "axcd") == Moves(changed=(2,))
    assert moves("abcd", "abxycd") == Moves(added=(3, 4), renumbered=2)
    assert moves("abcd", "acd") == Moves(gone=(2,), renumbered=2)
    assert str(moves("abcd", "axycd")) == "paragraphs 1 added (3), 1 changed (2), 2 renumbered"
