"""Bad seeds are reported all at once, by file, record and field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import build, seeds
from knowledge.base import FactBase
from knowledge.model import WordList
from knowledge.seeds import BadSeedsError
from knowledge.vocabulary import WordUse
from tests.conftest import SEEDS
from tests.knowledge import small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_projects_own_seeds_hold_together() -> None:
    assert len(seeds.read(SEEDS).facts) >= 5 * 25


def test_every_problem_is_reported_at_once(folder: Path) -> None:
    facts = folder / "facts" / "xu-twinning.toml"
    replace_in(facts, 'stance = "', 'stance = "rumoured-')
    replace_in(folder / "places.toml", "level = ", "levle = ")
    replace_in(folder / "topics.toml", 'slug = "ports"', 'slug = "harbours"')
    with pytest.raises(BadSeedsError) as caught:
        seeds.read(folder)
    found = {(problem.file, problem.field) for problem in caught.value.problems}
    assert {("facts/xu-twinning.toml", "stance"), ("places.toml", "levle"), ("places.toml", "level")} <= found
    assert any(problem.message == '"ports" is not in the seeds' for problem in caught.value.problems)


def test_a_fact_without_a_citation_cannot_be_built(folder: Path) -> None:
    facts = folder / "facts" / "cao-layout.toml"
    facts.write_text(
        '[[fact]]\nid = "cao-layout-999"\nstatement = "S"\nkind = "event"\nsubjects = ["zhejiang"]\n'
        'topics = ["ports"]\nstance = "reported"\ncitations = []\n',
        encoding="utf-8",
    )
    with pytest.raises(BadSeedsError) as caught:
        seeds.read(folder)
    assert ("cao-layout-999", "citations") in {(p.record, p.field) for p in caught.value.problems}


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    (folder / "plans.toml").write_text("[[plan]\n", encoding="utf-8")
    with pytest.raises(BadSeedsError) as caught:
        seeds.read(folder)
    assert any(p.file == "plans.toml" and "not valid TOML" in p.message for p in caught.value.problems)


def test_a_failed_build_leaves_the_old_base_in_place(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.db"
    build.build(folder, target)
    before = target.read_bytes()
    replace_in(folder / "topics.toml", "slug", "slog")
    with pytest.raises(BadSeedsError):
        build.build(folder, target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".building")] == []


def test_an_anchor_has_three_to_eight_words(folder: Path) -> None:
    facts = folder / "facts" / "cao-layout.toml"
    text = facts.read_text(encoding="utf-8")
    first = text.split('anchor = "', 1)[1].split('"', 1)[0]
    replace_in(facts, f'anchor = "{first}"', 'anchor = "two words"')
    with pytest.raises(BadSeedsError) as caught:
        seeds.read(folder)
    assert any("an anchor has 3 to 8" in problem.message for problem in caught.value.problems)


def problems_of(*lists: tuple[str, list[str]]) -> list[tuple[str, str]]:
    words = tuple(WordList.model_validate({"use": use, "words": said}) for use, said in lists)
    return [
        (p.record, p.message) for p in seeds.references(small.seeds(words=words)) if p.file == "words.toml"
    ]


def test_the_seeds_have_a_list_for_every_use_of_words() -> None:
    assert {entry.use for entry in seeds.read(SEEDS).words if entry.words} == set(WordUse)


def test_a_word_stands_once_in_a_list() -> None:
    assert problems_of(("stop", ["the", "of", "the"])) == [("stop", "“the” stands there twice")]


def test_no_word_is_both_a_stop_word_and_a_light_one() -> None:
    assert problems_of(("stop", ["the"]), ("light", ["city", "the"])) == [
        ("stop", "“the” also stands in light"),
        ("light", "“the” also stands in stop"),
    ]


def test_what_texts_print_is_written_as_they_print_it() -> None:
    assert problems_of(("currencies", ["RMB", "¥"]), ("times", ["end of"])) == []
    assert problems_of(("money", ["RMB"])) == [("money", "“RMB” is never met: it is read as “rmb”")]


def test_no_question_word_asks_for_two_sorts_of_thing() -> None:
    assert [use for use, _ in problems_of(("time", ["when"]), ("place", ["when"]))] == ["time", "place"]


def test_a_word_that_says_little_may_yet_tell_what_is_asked() -> None:
    assert problems_of(("light", ["compare"]), ("comparing", ["compare"])) == []


def test_a_use_has_one_list() -> None:
    assert problems_of(("money", ["yuan"]), ("money", ["cost"])) == [("money", "has a list already")]


@pytest.mark.parametrize(
    ("word", "read"), [("The", "the"), ("aren't", "arent"), ("吗？", "吗"), ("說", "说")]
)
def test_a_word_that_no_question_is_ever_read_as_is_found(word: str, read: str) -> None:
    assert problems_of(("stop", [word])) == [("stop", f"“{word}” is never met: it is read as “{read}”")]


def test_an_unknown_use_of_words_is_named(folder: Path) -> None:
    replace_in(folder / "words.toml", 'use = "light"', 'use = "lite"')
    with pytest.raises(BadSeedsError) as caught:
        seeds.read(folder)
    assert ("words.toml", "lite", "use") in {(p.file, p.record, p.field) for p in caught.value.problems}


def test_the_words_are_read_from_the_base_and_not_from_files(folder: Path, tmp_path: Path) -> None:
    replace_in(folder / "words.toml", '"comparison", "contrast"', '"comparison", "contrast", "weigh"')
    target = tmp_path / "facts.db"
    build.build(folder, target)
    shutil.rmtree(folder)
    assert FactBase.open(target).parse("weigh Shanghai against Ningbo").compares
