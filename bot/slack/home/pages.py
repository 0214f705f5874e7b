"""What stands behind buttons of Home: what the base covers, its documents, how to ask, and what is kept of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element
from bot.slack.home.coverage import coverage, documents
from handlers.command import Command
from handlers.say import Said, say
from handlers.services import Services

PAGE: Final = "home_page"
_ELSEWHERE: Final = say(
    "You can also write to me in Messages, mention me in a channel or a thread, or use the shortcut"
    " “Look up in YRD Desk” on a message. “help” lists everything."
)
_EXAMPLES: Final = 2
Page = Callable[[Services, tuple[Command, ...]], list[Block]]


def _how_to_ask(services: Services, commands: tuple[Command, ...]) -> list[Block]:
    return [
        blockkit.bullets([_how(command) for command in commands] or [say("Write to me, or mention me.")]),
        blockkit.rich_text(blockkit.text_element(_ELSEWHERE)),
    ]


def _how(command: Command) -> Said:
    examples = [example.text for example in command.examples if example.text and example.outcome == "answer"]
    shown = " · ".join(f"{command.name} {text}" for text in examples[:_EXAMPLES])
    if not shown:
        return say("{command}: {summary}", command=command.name, summary=command.summary)
    return say(
        "{command}: {summary}. For example: {examples}",
        command=command.name,
        summary=command.summary,
        examples=shown,
    )


def _kept(services: Services, commands: tuple[Command, ...]) -> list[Block]:
    return [blockkit.bullets(list(services.privacy))] if services.privacy else []


_PAGES: Final[Mapping[str, tuple[Said, Page]]] = {
    "coverage": (say("What I hold"), lambda services, _: coverage(services.base)),
    "documents": (say("Documents"), lambda services, _: documents(services.base)),
    "help": (say("How to ask"), _how_to_ask),
    "privacy": (say("What I keep"), _kept),
}


def buttons() -> list[Element]:
    """Return a button for each page."""
    return [blockkit.button(title, f"{PAGE}:{name}", name) for name, (title, _) in _PAGES.items()]


def page_view(services: Services, commands: tuple[Command, ...], name: str) -> dict[str, Any] | None:
    """Return the modal that shows the page of that name, None where there is none."""
    if name not in _PAGES:
        return None
    title, page = _PAGES[name]
    return page_of(title, page(services, commands))


def page_of(title: Said, blocks: Sequence[Block]) -> dict[str, Any]:
    """Return the modal that shows `blocks`, or that there are none."""
    shown = blocks or [blockkit.rich_text(blockkit.text_element(say("There is nothing here yet.")))]
    return {
        "type": "modal",
        "title": blockkit.plain_text(title, limits.MODAL_TITLE),
        "close": blockkit.plain_text(say("Close"), limits.MODAL_TITLE),
        "blocks": list(shown)[: limits.BLOCKS_IN_VIEW],
    }
