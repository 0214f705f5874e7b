"""A copy of the house with imports planted in it, and what lint-imports says of that."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads(CONFIGURATION)
_LINTER: dict[str, Any] = PROJECT["tool"]["importlinter"]
PACKAGES: list[str] = _LINTER["root_packages"]

# Ways of importing `{name}`, of which none may be overlooked.
WAYS = {
    "plain": "\nimport {name}\n",
    "late": "\ndef late() -> None:\n    import {name}\n",
    "typed": "\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import {name}\n",
    "tried": "\ntry:\n    import {name}\nexcept ImportError:\n    raise\n",
}


def contracts(kind: str) -> list[dict[str, Any]]:
    """Return the contracts of that type, as pyproject.toml has them."""
    return [contract for contract in _LINTER["contracts"] if contract["type"] == kind]


def plain(name: str) -> str:
    """Return a plain import of `name`, to be planted."""
    return WAYS["plain"].format(name=name)


def relative(importing: str, name: str) -> str:
    """Return an import of `name` by the module `importing`, by way of the package that both lie in."""
    package, _, member = name.rpartition(".")
    assert importing.startswith(f"{package}.")
    dots = "." * importing.removeprefix(package).count(".")
    return f"\nfrom {dots} import {member}\n"


def house(folder: Path, configuration: str = CONFIGURATION) -> Path:
    """Return `folder` with a copy of the house and of its rules."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    (folder / "scripts").mkdir()
    for contract in _LINTER["contract_types"]:
        module = contract.split(": ")[1].rpartition(".")[0]
        shutil.copy(ROOT.joinpath(*module.split(".")).with_suffix(".py"), folder / "scripts")
    (folder / "pyproject.toml").write_text(configuration, encoding="utf-8")
    return folder


def lint_imports(folder: Path) -> tuple[int, str]:
    """Return the exit status of lint-imports in that house, and what it says, in one line."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    # Lines are broken to the width of a terminal.
    return run.returncode, " ".join(f"{run.stdout}{run.stderr}".split())


def lint(folder: Path, planted: Iterable[tuple[Path, str]], configuration: str = CONFIGURATION) -> str:
    """Return what lint-imports, which must fail, says of a copy of the house below `folder`.

    Each of `planted` is a module and what is written at its end; a module that does not exist is made.
    """
    house(folder, configuration)
    for module, text in planted:
        with (folder / module).open("a", encoding="utf-8") as file:
            file.write(text)
    status, said = lint_imports(folder)
    assert status == 1, said
    return said
