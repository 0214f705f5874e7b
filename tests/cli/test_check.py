"""`yrd check` says what is wrong by file, record and field, and how it ended by its exit status."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.cli.check import check, print_report, write_page
from bot.cli.review_page import render_page
from bot.settings import ConfigurationError, Settings
from knowledge.checks import coverage as checks_coverage
from knowledge.checks.coverage import BlockCoverage, Printed
from knowledge.checks.report import Report
from knowledge.model import Supplied
from tests.conftest import SEEDS
from tests.knowledge import small
from tests.knowledge.test_seeds import replace_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def settings(seeds: Path, documents: Path | None = None) -> Settings:
    return Settings(seeds=seeds, documents=documents, data_dir=seeds.parent / "var")


def test_the_projects_seeds_hold_together_and_what_is_counted_is_listed_without_the_documents_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check(settings(SEEDS), as_json=False, html=None) == 0
    said = capsys.readouterr()
    printed = said.out
    assert re.search(r"^\d+ facts and \d+ gaps with \d+ asks hold together\.", printed, re.MULTILINE)
    assert said.err == ""
    facts, gaps, asks = map(
        int, re.findall(r"^(\d+) facts and (\d+) gaps with (\d+) asks", printed, re.MULTILINE)[0]
    )
    supplied, alike = map(int, re.findall(r"(\d+) of the facts .* and (\d+) pairs", printed)[0])
    by_document = re.findall(r"^  \S+: (\d+) facts, (\d+) asks$", printed, re.MULTILINE)
    by_none = re.findall(r"^  held by none: (\d+) gaps, (\d+) asks$", printed, re.MULTILINE)
    assert sum(int(count) for count, _ in by_document) == facts
    assert int(by_none[0][0]) == gaps
    assert sum(int(count) for _, count in (*by_document, *by_none)) == asks
    assert len(set(re.findall(r"^  (\S+) \([^)]*.*\): “", printed, re.MULTILINE))) == supplied
    assert len(re.findall(r"^  \S+, \S+ \(\d+%\): ", printed, re.MULTILINE)) == alike


def test_facts_that_state_what_their_paragraphs_do_not_print_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    supplied = (Supplied(token="Ningbo", source="its old name is printed"),)
    fact = small.fact().model_copy(update={"supplied": supplied})
    report = Report({}, (fact,), with_documents=True)
    print_report(report)
    said = capsys.readouterr().out
    assert f"{fact.id} ({fact.citations[0].document}, " in said
    assert "“Ningbo”, its old name is printed" in said
    assert "1 of the facts (100.0%) state" in said
    assert "its old name is printed" in render_page(report)


def test_a_problem_is_named_by_file_record_and_field_and_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_in(folder / "facts" / "cao-layout.toml", 'statement = "In April 2017 Zhejiang', 'statement = "It')
    assert check(settings(folder), as_json=False, html=None) == 1
    assert "facts/cao-layout.toml: cao-layout-025: statement: opens with “It”" in capsys.readouterr().err


def test_seeds_that_cannot_be_read_fail_in_json_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace_in(folder / "topics.toml", 'slug = "ports"', 'slug = "harbours"')
    assert check(settings(folder), as_json=True, html=None) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["clean"] is False
    assert {problem["check"] for problem in printed["problems"]} == {"seeds"}


def test_documents_that_are_not_there_are_problems(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(settings(folder, folder.parent / "none"), as_json=True, html=None) == 1
    printed = json.loads(capsys.readouterr().out)["problems"]
    assert [p["record"] for p in printed] == [
        "cao-layout", "zhejiang-integration", "han-huaihai", "xu-homogenization", "xu-twinning",
    ]  # fmt: skip


def test_the_reviewers_page_is_not_written_where_git_would_commit_it(folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(folder.parent)], check=True)
    with pytest.raises(ConfigurationError, match="would be committed"):
        check(settings(folder, folder), as_json=False, html=folder.parent / "page.html")


def test_the_reviewers_page_shows_each_paragraph_beside_its_facts_and_runs_nothing_of_it(
    tmp_path: Path,
) -> None:
    text = small.TEXT.replace("harbours", "<script>harbours</script>")
    curated = small.seeds()
    blocks = checks_coverage.blocks(curated, small.sources(curated, tmp_path, text))
    made = render_page(Report({}, curated.facts, blocks=blocks))
    assert "&lt;script&gt;harbours" in made
    assert "<script" not in made
    assert made.index("governments of Aville") < made.index(curated.facts[0].statement)
    assert "twenty (<strong>no reason</strong>)" in made


class Seen(HTMLParser):
    """What a browser would make of a page: its tags, the names of their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_nothing_that_stands_in_a_report_becomes_a_tag_or_a_program_of_its_page() -> None:
    hostile = "\"'><img src=x onerror=alert(1)></style></title><script>alert(2)</script>{{ 6 * 7 }}&lt;"
    fact = small.fact().model_copy(update={"id": hostile, "statement": hostile, "caveat": hostile})
    printed = (Printed(hostile, ()), Printed("other", ()))
    block = BlockCoverage(hostile, 1, hostile, hostile, False, False, (fact,), printed)
    seen = Seen()
    seen.feed(render_page(Report({}, (fact,), alike=((0.5, fact, fact),), blocks=(block,))))
    assert seen.tags.isdisjoint({"img", "script"})
    assert seen.attributes == {"lang", "charset", "name", "content", "href", "id", "class"}
    # The link and the heading of the document, the section, the text, the token, the fact and twice those alike.
    assert "".join(seen.texts).count(hostile) == 12
    assert f"Left over: {hostile} (no reason), other (no reason)" in " ".join("".join(seen.texts).split())


@pytest.mark.parametrize(
    ("at", "why"), [("/proc/x/y.html", "No such file or directory"), ("/dev/full", "No space left on device")]
)
def test_a_page_that_cannot_be_written_is_one_sentence(at: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"cannot be written: {why}\.$"):
        write_page(Report({}, ()), Path(at))


def test_the_reviewers_page_needs_the_documents(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="YRD_DOCUMENTS"):
        check(settings(folder), as_json=False, html=folder.parent / "page.html")
