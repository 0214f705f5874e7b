"""What a command is. `registry` lists them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.answer import Answer
from handlers.desk import Desk
from handlers.request import Request

Handler = Callable[[Desk, Request], Answer]


@dataclass(frozen=True, slots=True)
class Example:
    """Something a person may type after the command, and the outcome it must have."""

    text: str
    outcome: str = "answer"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command ("/yrd-city") or a first word of /yrd ("source"). `usage` is Slack's usage hint.

    `explain` answers help in place of what is made from usage and examples. `takes(desk, rest)` says whether `rest` parses for a word; a word whose rest does not parse is a question.
    """

    name: str
    usage: str
    summary: str
    examples: tuple[Example, ...]
    handle: Handler
    takes: Callable[[Desk, str], bool] = lambda desk, rest: True
    explain: Handler | None = None

    @property
    def is_slash(self) -> bool:
        return self.name.startswith("/")
