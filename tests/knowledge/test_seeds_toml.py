"""What is written into seeds reads back as it was, looks as if written by hand, and leaves the rest alone."""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import seeds_toml
from knowledge.documents import write_paragraphs
from knowledge.model import Fact
from tests.conftest import SEEDS
from tests.knowledge import small

ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip() == text)

WRITTEN = """# Facts of a curator.

[[fact]]
id = "ports-001"  # the first
stance = 'reported'  # so it is
same_as = [
  "ports-007", # older
]

# 2. A section

[[fact]]
id = "ports-002"
"""


@given(statement=ANY, asks=st.lists(ANY, max_size=3))
def test_any_text_reads_back(statement: str, asks: list[str]) -> None:
    fact = small.fact(statement=statement, asks=asks, caveat=statement)
    (read,) = tomllib.loads(seeds_toml.added("", "fact", [fact]))["fact"]
    assert Fact.model_validate(read) == fact


def test_a_table_has_a_line_for_each_field_and_for_each_of_several_citations() -> None:
    one, two = small.fact(), small.fact(2, citations=[small.CITED, small.OLDHAM])
    added = seeds_toml.added("# Facts.\n", "fact", [one, two])
    assert added.startswith('# Facts.\n\n[[fact]]\nid = "ports-001"\nstatement = "Aville')
    assert (
        '\ncitations = [{ document = "ports", paragraph = 3, anchor = "governments of Aville and Bton" }]\n\n[[fact]]'
        in added
    )
    assert added.endswith(
        "\ncitations = [\n"
        '  { document = "ports", paragraph = 3, anchor = "governments of Aville and Bton" },\n'
        '  { document = "ports", paragraph = 4, anchor = "Oldham of the Harbour" },\n'
        "]\n"
    )


def test_questions_stand_on_lines_of_their_own_before_the_citations() -> None:
    added = seeds_toml.added(
        "", "fact", [small.fact(asks=["What did Aville pay?", "Bton treaty"], near_misses=["Who paid?"])]
    )
    assert (
        'asks = [\n  "What did Aville pay?",\n  "Bton treaty",\n]\nnear_misses = [\n  "Who paid?",\n]\ncitations = '
        in added
    )
    longer = seeds_toml.changed(
        added, "fact", {"ports-001": {"asks": ["What did Aville pay?", "Bton treaty", "Why?"]}}
    )
    assert longer == added.replace('  "Bton treaty",\n', '  "Bton treaty",\n  "Why?",\n')


def test_nothing_added_and_nothing_changed_is_the_same_text() -> None:
    assert seeds_toml.added(WRITTEN, "fact", []) == WRITTEN
    assert seeds_toml.changed(WRITTEN, "fact", {"ports-009": {"stance": "planned"}}) == WRITTEN
    assert seeds_toml.changed(WRITTEN, "place", {"ports-001": {"stance": "planned"}}) == WRITTEN


def test_a_change_keeps_comments_and_what_stands_below() -> None:
    changes: dict[str, dict[str, Any]] = {
        "ports-001": {"stance": "historical", "same_as": ["ports-007", "ports-002"], "caveat": "Old."},
        "ports-002": {"same_as": ["ports-001"]},
    }
    made = seeds_toml.changed(WRITTEN, "fact", changes)
    assert made == (
        WRITTEN.replace("'reported'", '"historical"')
        .replace(
            '  "ports-007", # older\n]\n', '  "ports-007", # older\n  "ports-002",\n]\ncaveat = "Old."\n'
        )
        .replace('id = "ports-002"\n', 'id = "ports-002"\nsame_as = ["ports-001"]\n')
    )


def test_paragraphs_written_again_are_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text(
        seeds_toml.added("", "document", [small.DOCUMENT]), encoding="utf-8"
    )
    (tmp_path / small.DOCUMENT.file).write_text(small.TEXT, encoding="utf-8")
    assert write_paragraphs.write(tmp_path, tmp_path) == 5
    first = (tmp_path / "paragraphs.toml").read_text(encoding="utf-8")
    assert first.startswith("# Made by `yrd check --write-paragraphs`")
    assert [entry["number"] for entry in tomllib.loads(first)["paragraph"]] == [1, 2, 3, 4, 5]
    write_paragraphs.write(tmp_path, tmp_path)
    assert (tmp_path / "paragraphs.toml").read_text(encoding="utf-8") == first


@pytest.mark.skipif("YRD_DOCUMENTS" not in os.environ, reason="needs the documents: set YRD_DOCUMENTS")
def test_paragraphs_of_the_project_are_written_as_they_are(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    write_paragraphs.write(tmp_path / "seeds", Path(os.environ["YRD_DOCUMENTS"]))
    written, kept = (folder / "paragraphs.toml" for folder in (tmp_path / "seeds", SEEDS))
    assert written.read_bytes() == kept.read_bytes()
