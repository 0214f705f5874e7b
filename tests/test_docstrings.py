"""What is public says what it returns, and what prose names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from handlers.answer import Effect, Outcome

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "knowledge")
MODULES = tuple(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
PAGES = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))

# At the head of a sentence or of a part of it, and what is returned behind it.
SAYS = re.compile(
    r"(?:^|[.;:,] |\b(?:and|or|then|else) )(?:[Rr]eturn|[Ss]ay whether|[Yy]ield) (?!(?:is|are|of|to|from)\b)\S"
)
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
        and not SAYS.search(" ".join((ast.get_docstring(function) or "").split()))
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
        ('def count() -> int:\n    """Count; what others return is not counted."""', ["count"]),
        ('def count() -> int:\n    """Say how to return it."""', ["count"]),
        ('def count() -> int:\n    """The return of what is counted. Return is quick."""', ["count"]),
        ('def count() -> int:\n    """Return."""', ["count"]),
        ('def count() -> int:\n    """Return how many there are."""', []),
        ('def count() -> int:\n    """Count all that there is, and return how many there are."""', []),
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
    """Whether the project has the folder, the module or file of that path, or what the module or its class defines."""
    if "/" in name:
        return (ROOT / name).exists()
    path, members = ROOT, name.split(".")
    while members and (path / members[0]).is_dir():
        path /= members.pop(0)
    if members and (path / f"{members[0]}.py").exists():
        path /= f"{members.pop(0)}.py"
    if not members:
        return True
    return path.is_file() and _defines(ast.parse(path.read_text(encoding="utf-8")).body, members)


def _defines(body: list[ast.stmt], members: list[str]) -> bool:
    """Whether a module or class defines the first of `members`, and that one the next; an import defines nothing."""
    for node in body:
        match node:
            case ast.ClassDef(name=name, body=inner) if name == members[0]:
                return not members[1:] or _defines(inner, members[1:])
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if name == members[0]:
                return not members[1:]
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name == members[0]:
                    return not members[1:]
    return False


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
    "name",
    [
        "handlers.digest_pick",
        "bot/slack/guard.py",
        "handlers.route.no_such_name",
        "bot.plural.count",  # no more than an argument there
        "handlers.route.Services",  # imported there
        "handlers.answer.Answer.no_such_field",
        "handlers.answer.FACTS_PER_PAGE.number",
    ],
)
def test_a_planted_name_of_what_is_not_there_is_found(name: str) -> None:
    assert list(_named(f"As `{name}` says.")) == [name]
    assert not _is_there(name)


@pytest.mark.parametrize(
    "name",
    [
        "handlers",
        "bot.state",
        "handlers.route",
        "bot/state/kept.py",
        "handlers.route.route",
        "handlers.answer.Answer",
        "handlers.answer.Answer.headline",
        "handlers.answer.Answer.documents",
        "handlers.answer.FACTS_PER_PAGE",
    ],
)
def test_a_name_of_what_is_there_is_none(name: str) -> None:
    assert _is_there(name)


GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def _glossary() -> list[str]:
    """The words it explains; "coverage (of a document)" is *coverage*, "rule, reason" are two."""
    rows = re.findall(r"^\| (\*\*.+?\*\*)[^|*]*\|", GLOSSARY.replace("**, **", ", "), re.MULTILINE)
    return [word for row in rows for word in row.strip("*").split(", ")]


def _names(source: str) -> Iterator[str]:
    """What a module calls things, in small words: `FirstSeen` and `first_seen` are "first seen"."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.Name(id=name)
                | ast.Attribute(attr=name)
                | ast.arg(arg=name)
            ):
                yield " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)).lower()


def _is_a_name(word: str, names: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}s?\b", names) is not None


def test_every_word_of_the_glossary_names_something_in_the_code() -> None:
    words = _glossary()
    assert len(words) == len(re.findall(r"^\| \*\*", GLOSSARY, re.MULTILINE)) + GLOSSARY.count("**, **")
    modules = {path.stem.replace("_", " ") for path in MODULES}
    names = "\n".join(modules.union(*(_names(path.read_text(encoding="utf-8")) for path in MODULES)))
    assert not [word for word in words if not _is_a_name(word, names)]


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("first seen", True),
        ("slot", True),
        ("perch", False),
        ("seen first", False),
        ("led", False),
        ("ruler", False),
    ],
)
def test_a_word_that_names_nothing_is_found(word: str, is_one: bool) -> None:
    names = "\n".join(_names("class FirstSeen: ...\ndef slots(ledger, rule): return 'perch'"))
    assert _is_a_name(word, names) is is_one


def test_the_glossary_tells_every_outcome_and_effect_of_the_code() -> None:
    for word, values in (("outcome", get_args(Outcome)), ("effect", get_args(Effect))):
        (row,) = re.findall(rf"^\| \*\*{word}\*\* .*$", GLOSSARY, re.MULTILINE)
        assert [value for value in values if not re.search(rf"\b{value}\b", row.partition("** | ")[2])] == []
