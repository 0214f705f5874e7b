"""Packages import only what is allowed: `make lint` fails where one imports anything else of what the rule is about."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.planted import CONFIGURATION, PACKAGES, ROOT, WAYS, contracts, lint, plain, relative

# The package that may import nothing of ours but itself.
(ALONE,) = (contract["modules"][0] for contract in contracts("only") if contract["among"] == "ours")
# Those of which the same holds for Python's own libraries, with the rule.
COMPUTING: dict[str, dict[str, Any]] = {
    contract["modules"][0]: contract for contract in contracts("only") if contract["among"] == "python"
}
REACHING_OUT = ("socket", "urllib.request", "http.client", "subprocess", "asyncio", "threading", "ssl", "os")


def _of_the_house() -> Iterator[str]:
    """Every package and module but for the lone one's."""
    lone = ROOT.joinpath(*ALONE.split("."))
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if not path.is_relative_to(lone):
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


OTHERS = sorted(_of_the_house())


def _plants() -> Iterator[tuple[Path, str]]:
    lone = Path(*ALONE.split("."))
    for module in OTHERS:
        yield lone / "planted.py", plain(module)
    for way, text in WAYS.items():
        yield lone / f"{way}.py", text.format(name="bot.ports")
    yield lone / "relative.py", relative(f"{ALONE}.relative", "bot.ports")
    for package in COMPUTING:
        for library in REACHING_OUT:
            yield Path(package, "planted.py"), plain(library)
        for way, text in WAYS.items():
            yield Path(package, f"{way}.py"), text.format(name="socket")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the house with all of these planted in it, and with libraries allowed that
    nobody needs."""
    opened = CONFIGURATION.replace('"__future__", ', '"__future__", "sched", ')
    opened = opened.replace('"handlers.draft" = [', '"handlers.draft" = ["ftplib", ')
    return lint(tmp_path_factory.mktemp("house"), _plants(), opened)


def test_the_local_slack_is_alone_and_handlers_and_knowledge_compute() -> None:
    assert ALONE == "bot.local_slack"
    assert list(COMPUTING) == ["handlers", "knowledge"]
    assert all(set(contract["allowed"]) <= sys.stdlib_module_names for contract in COMPUTING.values())


def test_the_local_slack_may_import_no_module_of_the_rest(said: str) -> None:
    named = re.findall(rf"{ALONE}\.planted imports ([\w.]+) \(l\. \d+\), and nobody allowed it\.", said)
    assert len(OTHERS) > 200
    assert sorted(named) == OTHERS


@pytest.mark.parametrize("way", [*WAYS, "relative"])
def test_the_local_slack_may_import_it_in_no_way(said: str, way: str) -> None:
    assert re.search(rf"{ALONE}\.{way} imports bot\.ports \(l\. \d+\), and nobody allowed it\.", said)


@pytest.mark.parametrize("library", [name.partition(".")[0] for name in REACHING_OUT])
@pytest.mark.parametrize("package", COMPUTING)
def test_what_reaches_out_fails_where_is_only_computed(said: str, package: str, library: str) -> None:
    assert re.search(rf"{package}\.planted imports {library} \(l\. \d+\), and nobody allowed it\.", said)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("package", COMPUTING)
def test_what_reaches_out_fails_in_whatever_way_it_is_written(said: str, package: str, way: str) -> None:
    assert re.search(rf"{package}\.{way} imports socket \(l\. \d+\), and nobody allowed it\.", said)


def test_what_is_allowed_and_not_imported_is_named(said: str) -> None:
    assert "sched is allowed, but imported nowhere." in said
    assert "handlers.draft may import ftplib, but does not." in said


def test_imports_that_are_allowed_are_no_fault(said: str) -> None:
    faults = re.findall(r"([\w.]+) imports [\w.]+ \(l\. \d+\), and nobody", said)
    assert faults
    assert {
        fault for fault in faults if fault.rpartition(".")[2] not in (*WAYS, "planted", "relative")
    } == set()


def _reaching_out(source: str) -> Iterator[str]:
    """What of a library that is allowed for something else reaches out: lint tells libraries apart, not their modules."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = node.module if isinstance(node, ast.ImportFrom) else ""
        for name in (f"{module}.{name}".removeprefix(".") for name in names):
            if name.startswith("urllib") and not name.startswith("urllib.parse"):
                yield name


def test_of_urllib_only_what_reads_addresses_is_imported() -> None:
    found = [
        (path, name)
        for package in COMPUTING
        for path in (ROOT / package).rglob("*.py")
        for name in _reaching_out(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import urllib.request", ["urllib.request"]),
        ("from urllib.request import urlopen", ["urllib.request.urlopen"]),
        ("def late():\n    from urllib import request", ["urllib.request"]),
        ("from urllib.parse import urlsplit", []),
    ],
)
def test_a_planted_module_that_reaches_out_is_found(source: str, found: list[str]) -> None:
    assert list(_reaching_out(source)) == found
