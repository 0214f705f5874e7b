"""What a text wants done, as `route` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.answer import Effect
from handlers.command import READ_AS, Command, Verb
from handlers.target import Target
from handlers.threads.follow_up import Follows


@dataclass(frozen=True, slots=True)
class Route:
    """What a text wants done: `verb` of `command`, to `target`, with what is said to it; `follows` is what of the answer
    before it that is, where it is that.
    """

    command: Command
    verb: Verb
    argument: str = ""
    target: Target | None = None
    follows: Follows | None = None

    @property
    def effect(self) -> Effect:
        """Return what following it does: whether it reads, changes or opens a form."""
        return self.verb.effect

    @property
    def is_question(self) -> bool:
        """Say whether it only reads what everybody may: answered at once, shared, and asked again by a button."""
        return self.effect == "reads" and not self.verb.is_private

    @property
    def is_search(self) -> bool:
        """Say whether it looks for what people want to know, and not for what they name in a syntax of the bot's."""
        return self.command.is_search and self.verb.name in ("", READ_AS)
