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


def contracts(kind: str) -> list[dict[str, Any]]:
    """Return the contracts of that type, as pyproject.toml has them."""
    return [contract for contract in _LINTER["contracts"] if contract["type"] == kind]


def lint(folder: Path, planted: Iterable[tuple[Path, str]], configuration: str = CONFIGURATION) -> str:
    """Return what lint-imports, which must fail, says of a copy of the house below `folder`.

    Each of `planted` is a module and the name it imports besides; a module that does not exist is made.
    """
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    for module, name in planted:
        with (folder / module).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {name}\n")
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "doors.py", folder / "scripts")
    (folder / "pyproject.toml").write_text(configuration, encoding="utf-8")
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 1, run.stdout + run.stderr
    # Lines are broken to the width of a terminal.
    return " ".join(run.stdout.split())
