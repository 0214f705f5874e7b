"""What a lock file installs is enough for what it is for: tests run with packages that only they need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What is imported by whoever serves with no more than a lock file has.
_PROGRAM = """
import importlib, re, sys
from importlib.abc import MetaPathFinder
from importlib.metadata import packages_distributions

locked, modules = set(sys.argv[1].split()), sys.argv[2].split()
tidy = lambda name: re.sub("[-_.]+", "-", name).lower()
theirs = {top: {tidy(one) for one in of} for top, of in packages_distributions().items()}

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        of = theirs.get(name.partition(".")[0])
        if of and not of & locked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
for module in modules:
    importlib.import_module(module)
"""


def locked(name: str) -> set[str]:
    """The distributions that a lock file names, and ourselves."""
    named = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / name).read_text(), re.MULTILINE)
    return {re.sub("[-_.]+", "-", one).lower() for one in named} | {"yrd-desk"}


@pytest.mark.parametrize(
    ("lock", "modules"),
    [
        ("requirements.txt", "bot.cli.main bot.serve bot.wiring.one bot.local_workspace bot.state.store"),
        (
            "requirements-server.txt",
            "bot.wiring.many bot.state.database.postgresql bot.metrics.page bot.cli.teams bot.state.installations.stored",
        ),
    ],
)
def test_what_a_lock_file_is_for_takes_no_package_that_it_does_not_name(lock: str, modules: str) -> None:
    given = [sys.executable, "-c", _PROGRAM, " ".join(locked(lock)), modules]
    ended = subprocess.run(given, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
