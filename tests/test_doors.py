"""The doors of the libraries are shut: `make lint` fails where another module imports one."""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.planted import CONFIGURATION, PACKAGES, PROJECT, contracts, lint

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
        (Path(package, "planted.py"), library) for package in PACKAGES for library in (*DOORS, WITHOUT_A_DOOR)
    ]
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


def test_a_library_that_is_not_in_the_table_fails_and_is_named(said: str) -> None:
    assert re.search(rf"handlers\.planted imports {WITHOUT_A_DOOR} \(l\. \d+\), but it has no door\.", said)


def test_a_door_that_is_not_used_fails_and_is_named(said: str) -> None:
    assert "handlers.answer is a door of rapidfuzz, but imports it nowhere." in said


def test_imports_at_the_doors_are_no_fault(said: str) -> None:
    faults = re.findall(r"([\w.]+) imports \w+ \(l\.", said)
    assert faults
    assert {fault for fault in faults if not fault.endswith(".planted")} == set()
