"""The doors of the libraries are shut: `make lint` fails where another module imports one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.planted import CONFIGURATION, PACKAGES, PROJECT, ROOT, WAYS, contracts, lint, plain

DOORS: dict[str, list[str]] = contracts("doors")[0]["doors"]
# Installed with the development requirements, and no part of the bot.
WITHOUT_A_DOOR = "hypothesis"


def _modules_of(requirement: str) -> set[str]:
    """What a distribution of that name is imported as."""
    found = re.match(r"[\w.-]+", requirement)
    assert found
    name = found[0].lower().replace("_", "-")
    return {
        module
        for module, owners in packages_distributions().items()
        if name in (owner.lower().replace("_", "-") for owner in owners)
    }


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the house in which every package has a module that imports everything,
    and rapidfuzz a door that it does not need."""
    planted = [
        (Path(package, "planted.py"), plain(library))
        for package in PACKAGES
        for library in (*DOORS, WITHOUT_A_DOOR)
    ]
    planted += [(Path("handlers", f"{way}.py"), text.format(name="rapidfuzz")) for way, text in WAYS.items()]
    opened = CONFIGURATION.replace("\nrapidfuzz = [", '\nrapidfuzz = ["handlers.answer", ')
    return lint(tmp_path_factory.mktemp("house"), planted, opened)


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_every_direct_dependency_has_its_doors(requirement: str) -> None:
    modules = _modules_of(requirement)
    assert modules, f"{requirement} is not installed"
    assert modules & set(DOORS)


@pytest.mark.parametrize("library", DOORS)
@pytest.mark.parametrize("package", PACKAGES)
def test_an_import_beside_the_doors_fails_and_is_named(said: str, package: str, library: str) -> None:
    assert re.search(rf"{package}\.planted imports {library} \(l\. \d+\), but it", said)


@pytest.mark.parametrize("way", WAYS)
def test_an_import_beside_the_doors_fails_in_whatever_way_it_is_written(said: str, way: str) -> None:
    assert re.search(rf"handlers\.{way} imports rapidfuzz \(l\. \d+\), but its doors are", said)


def test_a_library_that_is_not_in_the_table_fails_and_is_named(said: str) -> None:
    assert re.search(rf"handlers\.planted imports {WITHOUT_A_DOOR} \(l\. \d+\), but it has no door\.", said)


def test_a_door_that_is_not_used_fails_and_is_named(said: str) -> None:
    assert "handlers.answer is a door of rapidfuzz, but imports it nowhere." in said


def test_imports_at_the_doors_are_no_fault(said: str) -> None:
    faults = re.findall(r"([\w.]+) imports \w+ \(l\. \d+\), but", said)
    assert faults
    assert {fault for fault in faults if fault.rpartition(".")[2] not in (*WAYS, "planted")} == set()


# Imports by a name that no lint can read. What calls them may import anything.
HIDDEN = {
    "__import__", "import_module", "exec", "eval", "run_module", "run_path", "spec_from_file_location",
    "module_from_spec", "load_module", "exec_module",
}  # fmt: skip
# Ways around the door of subprocess.
PROCESSES = {"system", "popen", "fork", "execv", "execve", "posix_spawn", "spawnv"}
# The commands of yrd, imported when they are called.
MAY_HIDE = ("bot/cli/command.py", ["import_module", "import_module"])


def _hidden(source: str) -> Iterator[str]:
    """What a module imports by names that are worked out, however it came by the means."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in HIDDEN:
                yield name
            case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
                yield "sys.modules"
            case ast.ImportFrom(module="sys", names=names) if any(name.name == "modules" for name in names):
                yield "sys.modules"
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in PROCESSES:
                yield f"os.{name}"


def test_only_the_commands_of_yrd_are_imported_by_a_name_that_is_worked_out() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): hidden
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (hidden := list(_hidden(path.read_text(encoding="utf-8"))))
    }
    assert found == dict([MAY_HIDE])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('__import__("rapidfuzz")', ["__import__"]),
        ("import builtins\nbuiltins.__import__(name)", ["__import__"]),
        ("from importlib import import_module as bring", ["import_module"]),
        ('importlib.import_module("bot.wiring")', ["import_module"]),
        ('def late() -> None:\n    exec("import socket")', ["exec"]),
        ('sys.modules["rapidfuzz"]', ["sys.modules"]),
        ("from sys import modules as held", ["sys.modules"]),
        ("loader.load_module(name)", ["load_module"]),
        ('os.system("curl x")', ["os.system"]),
        ("platform.system()", []),
        ("import rapidfuzz", []),
        ("pattern = re.compile(evaluate)", []),
    ],
)
def test_a_planted_import_by_a_name_that_is_worked_out_is_found(source: str, found: list[str]) -> None:
    assert list(_hidden(source)) == found


# What computes is told the time and what there is; `datetime.combine` and a value called `now` are no clock.
OUTSIDE = {"open", "print", "input", "breakpoint"}
CLOCKS = {"now", "today", "utcnow"}


def _reaching_out(source: str) -> Iterator[str]:
    """Yield what a module calls to read the clock, a file or a terminal."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in OUTSIDE:
                yield name
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                yield name


def test_handlers_compute_without_a_clock_a_file_or_a_terminal() -> None:
    for path in (ROOT / "handlers").rglob("*.py"):
        assert list(_reaching_out(path.read_text(encoding="utf-8"))) == [], path


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('open("seeds/facts.toml").read()', ["open"]),
        ("def late() -> None:\n    print(answer)", ["print"]),
        ("datetime.now(UTC)", ["now"]),
        ("dt.date.today()", ["today"]),
        ("request.now", []),
        ("datetime.combine(day, at)", []),
    ],
)
def test_a_planted_call_of_a_clock_a_file_or_a_terminal_is_found(source: str, found: list[str]) -> None:
    assert list(_reaching_out(source)) == found
