"""What the project says about itself is so: tables are current, links lead somewhere, quotations are exact."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import yrd
from bot.privacy import span
from bot.settings import Settings, variable
from bot.slack.api.users import KEPT_SECONDS
from bot.slack.listeners.manifest import EVENTS, scopes_in_use
from bot.slack.receiving.verification import REPLAY_SECONDS
from handlers.registry import SLASH, WORDS
from knowledge import seeds
from knowledge.model import Fact
from knowledge.seeds import Seeds

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "artefacts", "node_modules", "build", "dist", "__pycache__"}


def _files() -> tuple[Path, ...]:
    """Every file of the project: as git sees it, else as it lies there."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        names = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
        return tuple(path for name in names if name and (path := ROOT / name).is_file())
    return tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f not in NOT_OURS and not f.endswith((".egg-info", "_cache"))]
        yield from (Path(parent) / name for name in names if name != ".env")


FILES = _files()
OURS = ("bot", "handlers", "knowledge")
PAGES = tuple(path for path in FILES if path.suffix == ".md")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _prose(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "tables.py"))


@pytest.fixture(scope="module")
def curated() -> Seeds:
    return seeds.read(ROOT / "seeds")


def test_generated_tables_say_what_the_code_says(tables: dict[str, Any]) -> None:
    behind = [name for name in tables["FILES"] if tables["current"](_prose(name)) != _prose(name)]
    assert behind == [], "run `make docs`"
    marked = {_name(page) for page in PAGES if "<!-- table: " in page.read_text(encoding="utf-8")}
    assert marked == set(tables["FILES"])


def test_the_map_of_the_modules_names_every_module() -> None:
    page = _prose("docs/modules.md")
    there = [path for path in FILES if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in OURS]
    assert there
    for path in there:
        if path.name != "__init__.py":
            section = page.split(f"### `{_name(path.parent)}/`\n")[1].split("\n### ")[0]
            assert f"| `{path.name}` |" in section, _name(path)


def test_the_map_of_the_modules_says_of_every_package_what_it_is() -> None:
    page = _prose("docs/modules.md")
    packages = re.findall(r"^### `(.+)/`\n\n(.+)\n", page, re.MULTILINE)
    assert len(packages) == page.count("\n### ") > 20
    assert [name for name, said in packages if not re.match(r"\w.{15,}", said)] == []


def test_a_package_or_module_that_says_nothing_is_named(
    tables: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = tables["modules"]
    monkeypatch.setitem(modules.__globals__, "ROOT", tmp_path)
    monkeypatch.setitem(modules.__globals__, "PACKAGES", ("bot",))
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text("")
    (tmp_path / "bot" / "logs.py").write_text('"""Logs."""\n')
    with pytest.raises(ValueError, match=r"No docstring: bot/__init__\.py\."):
        modules()


def test_every_decision_bears_its_date() -> None:
    decisions = _prose("docs/architecture.md").split("\n## Decisions, and why\n")[1].split("\n## ")[0]
    titles = re.findall(r"^\*\*.+?\*\*.{0,14}", decisions, re.MULTILINE)
    assert titles
    assert [title for title in titles if not re.search(r"\*\* \(20\d\d-\d\d-\d\d", title)] == []


def test_every_table_stands_somewhere(tables: dict[str, Any]) -> None:
    text = "".join(map(_prose, tables["FILES"]))
    assert all(f"<!-- table: {table} -->" in text for table in tables["TABLES"])


def test_the_readme_names_every_command_scope_and_setting() -> None:
    readme = _prose("README.md")
    names = [command.name if command.is_slash else f"/yrd {command.name}" for command in (*SLASH, *WORDS)]
    wanted = [*names, *scopes_in_use(), *map(variable, Settings.model_fields)]
    assert [name for name in wanted if f"`{name}`" not in readme] == []


def test_the_slack_page_gives_a_reason_for_every_scope_and_event() -> None:
    page = _prose("docs/slack.md")
    for name in (*scopes_in_use(agent=True), *EVENTS):
        assert re.search(rf"^\| `{re.escape(name)}` \| \w.{{10,}} \|$", page, re.MULTILINE), name


def test_the_readme_shows_how_to_run_and_to_test() -> None:
    readme = _prose("README.md")
    assert "```\nmake run\n```" in readme
    assert "```\nmake test\n```" in readme


def test_what_the_readme_says_of_memory_is_as_long_as_it_is_remembered() -> None:
    readme = " ".join(_prose("README.md").split())
    belongs, seen = span(timedelta(seconds=KEPT_SECONDS["own"])), span(timedelta(seconds=REPLAY_SECONDS))
    assert f"whether somebody belongs to the workspace ({belongs})" in readme
    assert f"the signatures of Slack's requests ({seen})" in readme


def test_the_readme_shows_an_answer_as_it_is_printed(tables: dict[str, Any]) -> None:
    readme = _prose("README.md")
    shown = re.findall(r"<!-- sample: (.+?) -->\n(.*?)\n<!-- end -->", readme, re.DOTALL)
    assert shown
    for text, printed in shown:
        assert tables["sample"](text) == printed, "run `make docs`"
    assert set(re.findall(r"^• (.+)$", "".join(printed for _, printed in shown), re.MULTILINE))


def test_ids_that_pages_name_are_facts_of_the_base(curated: Seeds) -> None:
    ids = {fact.id for fact in curated.facts}
    documents = "|".join(document.slug for document in curated.documents)
    named = {
        found
        for page in PAGES
        for found in re.findall(rf"\b(?:{documents})-\d{{3}}\b", page.read_text(encoding="utf-8"))
    }
    assert named <= ids


def test_the_example_of_a_fact_holds_to_the_model() -> None:
    found = re.search(r"```toml\n(.*?)```", _prose("docs/facts.md"), re.DOTALL)
    assert found
    (example,) = tomllib.loads(found[1])["fact"]
    assert Fact.model_validate(example).id == example["id"]


def test_every_field_of_a_fact_is_explained() -> None:
    page = _prose("docs/facts.md")
    assert [field for field in Fact.model_fields if not re.search(rf"\b{field}\b", page)] == []


def test_every_subcommand_is_among_the_contracts() -> None:
    page = _prose("docs/architecture.md")
    assert [name for name in yrd.commands if f"`yrd {name}" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not _leads_somewhere(page, link)]
    assert broken == []


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    name, _, heading = link.partition("#")
    target = (page.parent / name) if name else page
    if not target.exists():
        return False
    return not heading or heading in map(_anchor, re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_targets_of_make_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.* ## ", _prose("Makefile"), re.MULTILINE))
    hooks = set(re.findall(r"^ +entry: make ([a-z-]+)$", _prose(".pre-commit-config.yaml"), re.MULTILINE))
    told = {
        target for page in PAGES for target in re.findall(r"`make ([a-z-]+)[` ]", page.read_text("utf-8"))
    }
    assert hooks == {"fix", "lint"}
    assert told - targets == set()
    assert {"test-fast", "fix", "coverage"} <= told


def test_the_fast_tests_are_folders_and_files_that_exist() -> None:
    (fast,) = re.findall(r"^FAST := (.+)$", _prose("Makefile"), re.MULTILINE)
    assert [name for name in fast.split() if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_files_that_pages_name_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|handlers|knowledge|seeds|tests|docs|scripts|benchmarks)/[\w./-]+)`",
        page.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_folders_of_the_architecture_hold_the_modules_it_names() -> None:
    shown = re.search(r"```\n(knowledge/.*?)```", _prose("docs/architecture.md"), re.DOTALL)
    assert shown
    for folder, text in re.findall(r"^(\w+)/(.*(?:\n  .*)*)", shown[1], re.MULTILINE):
        named = re.findall(r"(?:^  |\s)(\w+\.py|\w+/(?=  ))", text)
        assert [name for name in named if not (ROOT / folder / name).exists()] == []


def test_the_changelog_begins_with_the_version_at_work_and_dates_every_other() -> None:
    version = tomllib.loads(_prose("pyproject.toml"))["project"]["version"].removesuffix(".dev0")
    first, *others = re.findall(r"^## (.+)$", _prose("CHANGELOG.md"), re.MULTILINE)
    assert re.fullmatch(rf"\[{re.escape(version)}\] - (?:unreleased|\d{{4}}-\d\d-\d\d)", first)
    assert others
    assert [
        other for other in others if not re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", other)
    ] == []


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_what_people_look_for_first_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_nothing_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    # Put together here, so that this file does not name them either.
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"))]
    folders = ["/".join(("", top, "")) for top in ("work", "root", "Users")] + ["/".join(("", "tmp", "w/"))]
    pattern = re.compile("|".join([*map(re.escape, hosts), rf"(?<![\w.:}}])(?:{'|'.join(folders)})"]))
    offending = {
        f"{_name(path)}: {found[0]}"
        for path in FILES
        if (text := _text(path)) and (found := pattern.search(text))
    }
    assert offending == set()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
