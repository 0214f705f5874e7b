"""Imports go one way inside each package too: `make lint` fails where one points back up or closes a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.planted import PACKAGES, ROOT, WAYS, contracts, lint, plain, relative

MOST_MODULES = 20

# Package -> its layers from the top, each the modules in it.
LAYERS: dict[str, list[list[str]]] = {
    container: [layer.split(" | ") for layer in contract["layers"]]
    for contract in contracts("layers")
    for container in contract.get("containers", ())
}
# Back up from the lowest layer to the highest: importing, imported.
BACK_UP = [(f"{package}.{layers[-1][0]}", f"{package}.{layers[0][0]}") for package, layers in LAYERS.items()]
# From sibling to sibling in the first layer that has any.
BESIDE = [
    (f"{package}.{beside[0][0]}", f"{package}.{beside[0][1]}")
    for package, layers in LAYERS.items()
    if (beside := [layer for layer in layers if len(layer) > 1])
]
# A package, and a module above it that it imports in every way there is.
LOW, HIGH = "handlers.records", "handlers.route"
# No layers stand for bot.state; its events import the rows of events.
CIRCLE = ("bot.state.event_rows", "bot.state.events")


def _plants() -> Iterator[tuple[Path, str]]:
    for importing, imported in chain(BACK_UP, BESIDE, [CIRCLE]):
        place = Path(*importing.split("."))
        yield (place / "planted.py" if (ROOT / place).is_dir() else place.with_suffix(".py")), plain(imported)
    for package in LAYERS:
        yield Path(*package.split(".")) / "planted.py", plain("abc")
    for way, text in WAYS.items():
        yield Path(*LOW.split("."), f"{way}.py"), text.format(name=HIGH)
    yield Path(*LOW.split("."), "relative.py"), relative(f"{LOW}.relative", HIGH)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the house with all of these planted in it, and in every package a module
    that stands in no layer."""
    return lint(tmp_path_factory.mktemp("house"), _plants())


def test_every_package_of_the_house_has_its_layers() -> None:
    assert set(PACKAGES) < set(LAYERS)


@pytest.mark.parametrize(("importing", "imported"), BACK_UP)
def test_an_import_back_up_fails_and_is_named(said: str, importing: str, imported: str) -> None:
    assert f"{importing} is not allowed to import {imported}:" in said


@pytest.mark.parametrize("way", [*WAYS, "relative"])
def test_an_import_back_up_fails_in_whatever_way_it_is_written(said: str, way: str) -> None:
    assert re.search(rf"- {LOW}\.{way} -> {HIGH} \(l\.\d+\)", said)


@pytest.mark.parametrize(("importing", "imported"), BESIDE)
def test_an_import_of_an_independent_sibling_fails_and_is_named(
    said: str, importing: str, imported: str
) -> None:
    assert f"{importing} is not allowed to import {imported}:" in said


def test_an_import_that_closes_a_circle_fails_and_is_named(said: str) -> None:
    package, one = CIRCLE[0].rsplit(".", 1)
    other = CIRCLE[1].rsplit(".", 1)[1]
    arrow = rf"\.{one} -> \.{other}|\.{other} -> \.{one}"
    assert re.search(
        rf"No cycles are allowed in {re.escape(package)}\. [\w ]+: - ({arrow}) \(1 import\)", said
    )


@pytest.mark.parametrize("package", LAYERS)
def test_a_module_that_stands_in_no_layer_fails_and_is_named(said: str, package: str) -> None:
    unlisted = re.findall(r"The following modules are not listed as layers: ((?:- [\w.]+ )+)", said)
    assert f"- {package}.planted " in "".join(unlisted)


def test_nothing_but_what_was_planted_is_named(said: str) -> None:
    named = set(re.findall(r"([\w.]+) is not allowed to import ([\w.]+):", said))
    assert named == {*BACK_UP, *BESIDE, (LOW, HIGH)}


def test_no_folder_holds_more_modules_than_can_be_overseen() -> None:
    folders = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("__init__.py")}
    assert len(folders) > 20
    held = {
        str(folder.relative_to(ROOT)): sum(path.name != "__init__.py" for path in folder.glob("*.py"))
        for folder in folders
    }
    assert not {folder: count for folder, count in held.items() if count > MOST_MODULES}


@pytest.mark.parametrize("package", ["handlers", "knowledge"])
def test_the_tests_of_the_engine_lie_where_what_they_test_lies(package: str) -> None:
    def folders(of: Path, having: str) -> set[str]:
        return {str(path.parent.relative_to(of)) for path in of.rglob(having)}

    assert folders(ROOT / "tests" / package, "test_*.py") == folders(ROOT / package, "__init__.py")
