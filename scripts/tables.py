"""Writes the tables and samples of README.md and docs/ anew from the code they describe (`make docs`).

A table stands between `<!-- table: NAME -->` and `<!-- end -->`, what is printed for a text between `<!-- sample: TEXT -->`
and `<!-- end -->`; everything else in a file is left alone.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from bot import privacy, settings
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from bot.slack.listeners import manifest
from bot.state.kept import tables
from handlers.command import Command
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge import seeds
from knowledge.base import FactBase

ROOT = Path(__file__).resolve().parent.parent
FILES = ("README.md", "docs/architecture.md", "docs/slack.md", "docs/modules.md")
PACKAGES = ("knowledge", "handlers", "bot")

_TABLE = re.compile(r"(?P<open><!-- table: (?P<name>[a-z]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)
_SAMPLE = re.compile(r"(?P<open><!-- sample: (?P<text>.+?) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)


def commands() -> str:
    """Return the slash commands and the words of /yrd, each with what to type and an example."""
    rows = ["| Type | And then | To get | For example |", "|---|---|---|---|"]
    rows += [_row(command) for command in (*SLASH, *WORDS)]
    return "\n".join(rows)


def _row(command: Command) -> str:
    name = command.name if command.is_slash else f"/yrd {command.name}"
    example = next((example.text for example in command.examples if example.outcome == "answer"), "")
    shown = " ".join(filter(None, (name, example)))
    return _cells(f"`{name}`", command.usage, command.summary, f"`{shown}`")


def scopes() -> str:
    """Return the scopes of the bot token, each with the reason the bot asks for it."""
    rows = ["| Scope | Asked for |", "|---|---|"]
    rows += [_cells(f"`{scope}`", why) for scope, why in manifest.SCOPES.items()]
    return "\n".join(rows)


def kept() -> str:
    """Return every table of state.db, what it holds of whom and how long, with the settings as they are by default."""
    rows = ["| What is kept | Of whom | How long | Table of `state.db` |", "|---|---|---|---|"]
    for table in tables(settings.Settings.model_fields["question_days"].default):
        named = ", ".join(f"`{column}`" for column in table.of_people)
        whom = f"{privacy.marks(table)} of {table.whose}" if table.whose else "nobody"
        where = f"`{table.table}`" + (f" ({named})" if named else "")
        rows.append(
            f"| {table.holds[:1].upper()}{table.holds[1:]} | {whom} | {privacy.lasting(table)} | {where} |"
        )
    return "\n".join(rows)


def modules() -> str:
    """Return each package with its modules, inner ones first, by the first sentence of their docstrings.

    ValueError names those that do not say what they hold.
    """
    found = {path.relative_to(ROOT): _sentence(path) for name in PACKAGES for path in _modules(ROOT / name)}
    if mute := [str(path) for path, said in found.items() if not said]:
        raise ValueError(f"No docstring: {', '.join(mute)}.")
    lines: list[str] = []
    for folder in dict.fromkeys(path.parent for path in found):
        lines += ["", f"### `{folder.as_posix()}/`", "", found[folder / "__init__.py"], ""]
        lines += ["| Module | What it holds |", "|---|---|"]
        lines += [
            f"| `{path.name}` | {said} |"
            for path, said in found.items()
            if path.parent == folder and path.name != "__init__.py"
        ]
    return "\n".join([*lines, ""])


def layers() -> str:
    """Return each package whose layers `make lint` watches over with those layers, the highest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = ["| In | From the top; each imports only what stands to the right of it |", "|---|---|"]
    for contract in project["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            order = " → ".join(layer.replace(" | ", ", ") for layer in contract["layers"])
            rows += [_cells(f"`{package}`", order) for package in contract.get("containers", ())]
    return "\n".join(rows)


def _modules(folder: Path) -> Iterator[Path]:
    """The modules of a package, then those of the packages in it, each by name."""
    yield from sorted(folder.glob("*.py"))
    for inner in sorted(path.parent for path in folder.glob("*/__init__.py")):
        yield from _modules(inner)


def _sentence(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(said.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?]) (?=[A-Z])", paragraph)[0].replace("|", "\\|")


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


TABLES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "scopes": scopes,
    "settings": settings.table,
    "kept": kept,
    "permissions": manifest.scopes_table,
    "modules": modules,
    "layers": layers,
}


@lru_cache(maxsize=1)
def _services() -> Services:
    return Services(FactBase(seeds.read(ROOT / "seeds"), "samples"))


def sample(text: str) -> str:
    """Return what is printed for a slash command with its text, below the line that asks for it."""
    command, _, said = text.partition(" ")
    services = _services()
    answer = reply(services, Request(said, datetime(2026, 11, 27, tzinfo=UTC), command))
    return f"```\n> {text}\n\n{plain(answer, fact_renderer(services.base))}\n```"


def current(text: str) -> str:
    """Return `text` with every marked table and sample as the code has it now."""
    text = _SAMPLE.sub(lambda found: f"{found['open']}{sample(found['text'])}\n{found['close']}", text)
    return _TABLE.sub(
        lambda found: f"{found['open']}{TABLES[found['name']]()}\n{found['close']}",
        text,
    )


def write(files: Iterable[str] = FILES) -> None:
    """Bring the tables and samples of `files` up to date."""
    for name in files:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        if (fresh := current(text)) != text:
            path.write_text(fresh, encoding="utf-8")
            print(f"{name}: tables and samples written anew.")


if __name__ == "__main__":
    write()
