"""Writes what the bot says first to inputs of every kind (`make golden`), to be read line by line before it is committed.

The inputs stand in tests/first_messages/inputs.jsonl, fields of a request as `yrd ask --jsonl` takes them. What is said to each
stands in told.txt, and in told-light.txt what is said without the encoder. Vectors are taken
as they are made: noise of three thousandths of their length changed none of these texts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.encoder import installed
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.base import FactBase

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "tests" / "first_messages"
INPUTS: Final = FOLDER / "inputs.jsonl"
TOLD: Final = FOLDER / "told.txt"
TOLD_LIGHT: Final = FOLDER / "told-light.txt"
FACTS: Final = ROOT / "var" / "facts.db"
NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RULE: Final = "─" * 60


def inputs() -> list[dict[str, Any]]:
    """Return the inputs in their order."""
    return [json.loads(line) for line in INPUTS.read_text(encoding="utf-8").splitlines()]


def told(base: FactBase, given: dict[str, Any]) -> str:
    """Return what is said first to one input."""
    earlier = Earlier(given["earlier"]) if "earlier" in given else None
    request = Request(given["text"], NOW, given.get("command", QUESTION), earlier=earlier)
    return plain(reply(Services(base), request), fact_renderer(base))


def typed(given: dict[str, Any]) -> str:
    """Return an input as somebody typed it."""
    after = f"{given['earlier']} ⏎ " if "earlier" in given else ""
    return f"{after}{given.get('command', '')} {given['text']}".strip()


def written(base: FactBase) -> str:
    """Return every input with what is said to it."""

    def parts() -> Iterator[str]:
        for given in inputs():
            yield f"> {typed(given)}\n\n{told(base, given)}\n"

    return f"{RULE}\n".join(parts())


def main() -> int:
    """Write both files from the base that `yrd build` made; without the encoder only the light one."""
    TOLD_LIGHT.write_text(written(FactBase.open(FACTS)), encoding="utf-8")
    encoder = installed()
    if encoder is None:
        print(f"{TOLD.name} is left as it is: the encoder is not installed.", file=sys.stderr)
        return 1
    TOLD.write_text(written(FactBase.open(FACTS, encoder)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
