"""What is public says what it returns, and what prose names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "knowledge")
MODULES = tuple(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
PAGES = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))

SAYS = re.compile(r"\b(?:[Rr]eturn|[Ss]ay whether|[Yy]ield)\b")
# Nothing comes back.
NOTHING = ("None", "NoReturn")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _public(body: list[ast.stmt], within: str = "") -> Iterator[tuple[str, Function]]:
    """The public functions of a module, and those of its public classes, each with its full name."""
    for node in body:
        if isinstance(node, ast.If | ast.Try):
            yield from _public(node.body, within)
        elif isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{within}{node.name}.")
            else:
                yield f"{within}{node.name}", node


def _is_a_command(function: Function) -> bool:
    """Whether click calls it: what it returns is the exit status, which `bot/cli/command.py` tells of for all."""
    return any(
        isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("command")
        for decorator in function.decorator_list
    )


def _silent(source: str) -> list[str]:
    """The public functions in `source` that return something and do not say what."""
    return [
        name
        for name, function in _public(ast.parse(source).body)
        if function.returns is not None
        and ast.unparse(function.returns) not in NOTHING
        and not _is_a_command(function)
        and not SAYS.search(ast.get_docstring(function) or "")
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_public_function_says_what_it_returns(package: str) -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        if path.is_relative_to(ROOT / package)
        for name in _silent(path.read_text(encoding="utf-8"))
    ]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def count() -> int:\n    return 1", ["count"]),
        ('def count() -> int:\n    """Count all that there is."""', ["count"]),
        ('async def count() -> int:\n    """Count."""', ["count"]),
        ('class Base:\n    @property\n    def size(self) -> int:\n        """The size."""', ["Base.size"]),
        ("class Port(Protocol):\n    def size(self) -> int: ...", ["Port.size"]),
        ("if TYPE_CHECKING:\n    def count() -> int: ...", ["count"]),
        ('def count() -> int:\n    """Return how many there are."""', []),
        ('def count() -> bool:\n    """Take one; say whether there was one."""', []),
        ('def count() -> Iterator[int]:\n    """Yield each."""', []),
        ("def count() -> None:\n    pass", []),
        ("def _count() -> int:\n    return 1", []),
        ("class _Base:\n    def size(self) -> int: ...", []),
        ('@group.command("run")\ndef run() -> int:\n    """Serve."""', []),
    ],
)
def test_a_planted_function_that_does_not_say_it_is_found(source: str, found: list[str]) -> None:
    assert _silent(source) == found


def _named(text: str) -> Iterator[str]:
    """What a text names by its path in the project: `handlers.route`, `bot/state/kept.py`."""
    yield from re.findall(r"(?<![\w./-])(?:bot|handlers|knowledge)(?:\.[A-Za-z_]\w*)+", text)
    yield from re.findall(r"(?<![\w./-])(?:bot|handlers|knowledge)(?:/\w+)+(?:\.\w+)?", text)


def _is_there(name: str) -> bool:
    """Whether the project has the folder, the module or file of that path, or the name in that module."""
    if "/" in name:
        return (ROOT / name).exists()
    module, _, member = name.rpartition(".")
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    home = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return home.exists() and re.search(rf"\b{member}\b", home.read_text(encoding="utf-8")) is not None


def _prose(path: Path) -> str:
    """The text of a page without its examples of code; of a module its docstrings and comments."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return re.sub(r"^```.*?^```", "", source, flags=re.DOTALL | re.MULTILINE)
    nodes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(source)) if isinstance(node, nodes)]
    return "\n".join((*told, *re.findall(r"(?:^|\s)# (.*)$", source, re.MULTILINE)))


def test_what_prose_names_by_its_path_is_there() -> None:
    gone = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (*MODULES, *PAGES)
        for name in _named(_prose(path))
        if name not in EXAMPLES and not _is_there(name)
    ]
    assert not gone, "\n".join(gone)


# Of a feature that CONTRIBUTING.md shows how to add, an address, and a place in a path that any module may take.
EXAMPLES = ("handlers/lookups/voice.py", "bot.example.org", "bot.cli.MODULE")


@pytest.mark.parametrize(
    "name", ["handlers.digest_pick", "bot/slack/guard.py", "handlers.route.no_such_name"]
)
def test_a_planted_name_of_what_is_not_there_is_found(name: str) -> None:
    assert list(_named(f"As `{name}` says.")) == [name]
    assert not _is_there(name)


def _glossary() -> list[str]:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| (\*\*.+?\*\*)(?:,| \(|\s\|)", page, re.MULTILINE)
    return [word.strip("*") for word in words]


def test_every_word_of_the_glossary_is_used_in_the_code() -> None:
    words = _glossary()
    assert len(words) > 30
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES).lower().replace("_", " ")
    assert not [word for word in words if word.lower() not in code]
