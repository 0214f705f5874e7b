"""The worked example of CONTRIBUTING.md works, as it stands there, and `make lint` has nothing against it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handlers import registry
from knowledge import base as knowledge_base
from knowledge.base import FactBase
from tests.conftest import Asker
from tests.planted import ROOT, house, lint_imports

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
METHOD, MODULE, TESTS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
# Where the example puts its module.
(PLACE,) = re.findall(r"^# (\S+)\n", MODULE)


def _run(source: str, **names: Any) -> dict[str, Any]:
    module = ModuleType("example")
    module.__dict__.update(names)
    code = compile(source, "<example>", "exec", flags=annotations.compiler_flag)
    exec(code, module.__dict__)
    return module.__dict__


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The module of the example, with its word among those of /yrd."""
    method = _run(METHOD, **vars(knowledge_base))["said_by"]
    monkeypatch.setattr(FactBase, "said_by", method, raising=False)
    module = _run(MODULE)
    words = registry.WORDS
    for name, there in list(sys.modules.items()):
        if name.startswith("handlers.") and vars(there).get("WORDS") is words:
            monkeypatch.setattr(there, "WORDS", (*words, module["COMMAND"]))
    return module


def test_the_examples_of_the_new_word_have_the_outcome_they_promise(
    example: dict[str, Any], ask: Asker
) -> None:
    for shown in example["COMMAND"].examples:
        answer = ask(f"voice {shown.text}")
        assert (answer.outcome, answer.headline.endswith(" facts.")) == (shown.outcome, True)


def test_the_tests_that_it_shows_pass(example: dict[str, Any], ask: Asker) -> None:
    tests: dict[str, Callable[[Asker], None]] = _run(TESTS)
    shown = [name for name in tests if name.startswith("test_")]
    assert len(shown) == 2
    for name in shown:
        tests[name](ask)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with the example in it."""
    folder = house(tmp_path_factory.mktemp("house"))
    (folder / PLACE).write_text(MODULE.partition("\n")[2], encoding="utf-8")
    imported, method = re.findall(r"^from .+$", METHOD, re.MULTILINE), METHOD[METHOD.index("def ") :]
    _write(
        folder / "knowledge" / "base.py", "    def warm(", f"{_indented(method)}\n    def warm(", *imported
    )
    package, module = Path(PLACE).parent.as_posix().replace("/", "."), Path(PLACE).stem
    _write(folder / "handlers" / "registry.py", "    HELP,\n", f"    HELP,\n    {module}.COMMAND,\n",
           f"from {package} import {module}")  # fmt: skip
    # Where the imports stand, ruff sees to; their order in the example is what is looked at.
    assert _ruff(folder, "check", "--fix", "--select", "I", "knowledge/base.py", "handlers/registry.py") == ""
    return folder


def _write(path: Path, there: str, instead: str, *imported: str) -> None:
    """Put `instead` in the place of what is there once in a module, and imports at its top."""
    text = path.read_text(encoding="utf-8")
    assert text.count(there) == 1
    first = text.index("\nfrom __future__ import annotations\n")
    at = text.index("\nfrom ", first + 1) + 1
    text = "".join((text[:at], *(f"{line}\n" for line in imported), text[at:]))
    path.write_text(text.replace(there, instead), encoding="utf-8")


def _indented(text: str) -> str:
    return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)


def _ruff(folder: Path, *arguments: str) -> str:
    """What ruff says of files in that folder; nothing, if it has nothing against them."""
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "" if run.returncode == 0 else run.stdout + run.stderr


def test_the_example_keeps_the_layers_and_the_doors(planted: Path) -> None:
    status, said = lint_imports(planted)
    assert status == 0, said


@pytest.mark.parametrize("name", [PLACE, "knowledge/base.py", "handlers/registry.py"])
def test_the_example_has_the_style_of_the_house(planted: Path, name: str) -> None:
    assert _ruff(planted, "check", name) == ""
    assert _ruff(planted, "format", "--check", "--diff", name) == ""


def test_the_tests_that_it_shows_have_the_style_of_the_house(planted: Path) -> None:
    (planted / "shown.py").write_text(TESTS, encoding="utf-8")
    assert _ruff(planted, "format", "--check", "--diff", "shown.py") == ""


@pytest.mark.slow
def test_the_types_of_the_example_hold(planted: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--cache-dir", ".mypy_cache", PLACE]
    run = subprocess.run(command, cwd=planted, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("handlers/voice.py", MODULE),
        (PLACE, MODULE.replace("from handlers.services", "from bot.wiring")),
    ],
)
def test_an_example_in_no_layer_or_past_one_would_be_found(tmp_path: Path, place: str, text: str) -> None:
    folder = house(tmp_path)
    (folder / place).write_text(text, encoding="utf-8")
    assert lint_imports(folder)[0] == 1


def test_unsorted_imports_of_the_example_would_be_found(planted: Path) -> None:
    (planted / "unsorted.py").write_text(MODULE.replace("handlers.answer", "handlers.zone"), encoding="utf-8")
    assert "I001" in _ruff(planted, "check", "unsorted.py")
