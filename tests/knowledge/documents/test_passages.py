"""passages.db: built whole or not at all, what moved is told, and no other text is shown for a fact's."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

import pytest

from knowledge.documents import build_passages
from knowledge.documents.paragraphs import digest
from knowledge.documents.passages import StoredPassages
from tests.knowledge.papers import TEXT, put, seeds

SEEDS = seeds()
FERRY = SEEDS.facts[0].citations[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return put(tmp_path / "documents")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "passages.db"


def build(folder: Path, target: Path) -> build_passages.Gathered:
    return build_passages.build(folder, SEEDS, "v1", target)


def test_a_passage_comes_with_its_neighbours_and_its_place(folder: Path, target: Path) -> None:
    build(folder, target)
    found = StoredPassages(target).find("paper", 3, FERRY.sha256)
    assert found is not None
    assert (found.label, found.section, found.number) == ("Li, undated, 1, para 3", "1", 3)
    assert found.text.startswith("The ferry of Ningpo Town")
    assert found.before == "1. Ferries"
    assert found.after.startswith("It was widened in 2017.")


def test_a_paragraph_that_moved_is_found_where_it_stands_now(folder: Path, target: Path) -> None:
    put(folder, **{"paper.txt": f"A word before all.\n\n{TEXT}"})
    build(folder, target)
    found = StoredPassages(target).find("paper", 3, FERRY.sha256)
    assert found is not None
    assert found.number == 4


def test_a_paragraph_that_changed_is_not_shown(folder: Path, target: Path) -> None:
    put(folder, **{"paper.txt": TEXT.replace("40 cars", "50 cars")})
    build(folder, target)
    assert StoredPassages(target).find("paper", 3, FERRY.sha256) is None
    assert StoredPassages(target).holds("paper")


def test_what_moved_is_told_on_the_next_build(folder: Path, target: Path) -> None:
    put(folder, **{"team.md": "# Buses\n\nLine 5.\n\nLine 6."})
    assert build(folder, target).moved == ()
    put(folder, **{"paper.txt": TEXT.replace("40 cars", "50 cars"), "new.md": "Words."})
    (folder / "team.md").unlink()
    moved = build(folder, target).moved
    assert "paper.txt has changed: paragraphs 1 changed (3)." in moved
    assert "new.md is new: 1 paragraphs." in moved
    assert "team is no longer there." in moved
    assert any("not what the facts of paper were curated from" in line for line in moved)


def test_it_is_built_anew_only_when_something_changed(folder: Path, target: Path) -> None:
    assert build_passages.ensure(folder, SEEDS, "v1", target)
    assert build_passages.ensure(folder, SEEDS, "v1", target) is None
    put(folder, **{"team.md": "Words."})
    assert build_passages.ensure(folder, SEEDS, "v1", target)
    assert build_passages.ensure(folder, SEEDS, "v2", target)
    target.write_bytes(b"no database at all, and long enough to be looked at" * 20)
    assert build_passages.ensure(folder, SEEDS, "v2", target)


def test_an_unreadable_file_is_named_and_the_others_are_built(folder: Path, target: Path) -> None:
    (folder / "paper.txt").write_bytes(b"\xff\xfe bad")
    put_aside = folder / "team.md"
    put_aside.write_text("Line 5 runs to Jiaxing.", encoding="utf-8")
    gathered = build(folder, target)
    assert gathered.problems == ("paper.txt is left out: it is not UTF-8 text.",)
    assert not StoredPassages(target).holds("paper")
    assert StoredPassages(target).holds("team")


def test_a_build_that_fails_leaves_the_old_file_whole(
    folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder, target)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    put(folder, **{"paper.txt": "Another text."})
    with pytest.raises(OSError, match="No space"):
        build(folder, target)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["passages.db"]


def test_a_folder_that_is_not_there_is_an_error_and_no_empty_file(tmp_path: Path, target: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        build(tmp_path / "nowhere", target)
    assert not target.exists()


def test_words_are_found_by_their_stem_and_chinese_by_its_pairs(folder: Path, target: Path) -> None:
    put(folder, **{"notes2.txt": "嘉兴公交五号线开往上海。"})
    build(folder, target)
    stored = StoredPassages(target)
    assert {p.number for p in stored.matching(["ferri"])} == {1, 2, 3}
    assert [p.number for p in stored.matching(["widening"])] == [4]
    assert [p.document for p in stored.matching(["公交"])] == ["notes2"]
    assert stored.matching(["ferry"], only_added=True) == ()
    assert stored.matching(['" OR 1', "NEAR(", "*", ""]) == ()


def test_a_missing_or_damaged_file_gives_nothing_and_a_line_in_the_log(
    folder: Path, target: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored = StoredPassages(target)
    assert not stored.at_hand()
    assert stored.find("paper", 3, FERRY.sha256) is None
    assert not caplog.records
    build(folder, target)
    target.write_bytes(b"damaged" * 500)
    with caplog.at_level(logging.WARNING):
        assert stored.matching(["ferry"]) == ()
    assert "yrd build" in caplog.text


def test_the_hash_joins_it_to_what_the_seeds_keep(folder: Path, target: Path) -> None:
    build(folder, target)
    with sqlite3.connect(target) as rows:
        kept = rows.execute("select number, sha256, curated, text from paragraphs order by number").fetchall()
    assert [(n, sha) for n, sha, _, _ in kept] == [(p.number, p.sha256) for p in SEEDS.paragraphs]
    assert all(curated == 1 and digest(text) == sha for _, sha, curated, text in kept)
