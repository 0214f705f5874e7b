"""The worked example of CONTRIBUTING.md works, as it stands there."""

from __future__ import annotations

import re
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

ROOT = Path(__file__).resolve().parent.parent
METHOD, MODULE, TESTS = re.findall(
    r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL
)


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
