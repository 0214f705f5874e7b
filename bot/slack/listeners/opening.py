"""What a reader opens below an answer, and closes again: its sources, details, citation and what the documents print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.render import blocks as in_blocks
from bot.render.blockkit import Block
from bot.render.blocks import Opened
from bot.render.plain import plain
from bot.render.sources import sources
from bot.render.told import for_reader_of
from bot.slack.context import SlackContext
from handlers.answer import Answer
from handlers.lookups.copying import copied
from handlers.lookups.passage import beside
from handlers.records.details import details
from knowledge.model import Document, Fact


def open_below(slack: SlackContext, name: str, answer: Answer) -> Opened:
    """Return what the button of that name opens below `answer`; KeyError where none opens anything."""
    return OPENERS[name](slack, answer)


def map_below(
    slack: SlackContext, drawn: Answer, picture: Block | None, *, in_chinese: bool = False
) -> Opened:
    """Return a map as what is opened below the answer that offers it: the picture, and its pairings in words."""
    # Its buttons would be those of the answer above it.
    below = replace(drawn, choices=(), map=None, in_chinese=drawn.in_chinese or in_chinese)
    shown = in_blocks.blocks(below, None, render_fact=slack.render_fact, picture=picture)
    return Opened("map", tuple(shown), plain(below, slack.render_fact))


def _sources(slack: SlackContext, answer: Answer) -> Opened:
    def document(slug: str) -> Document | None:
        try:
            return slack.base.document(slug)
        except KeyError:
            return None

    tell = for_reader_of(answer, slack.render_fact).catalogue.told
    shown, text = sources(answer, document, tell)
    return Opened("sources", tuple(shown), text)


def _details(slack: SlackContext, answer: Answer) -> Opened:
    return _as_answer(slack, "details", answer, details(slack.services, _facts(answer)))


def _citation(slack: SlackContext, answer: Answer) -> Opened:
    return _as_answer(slack, "cite", answer, copied(slack.services, answer))


def _passage(slack: SlackContext, answer: Answer) -> Opened:
    return _as_answer(slack, "passage", answer, beside(slack.services, _facts(answer)))


def _as_answer(slack: SlackContext, name: str, answer: Answer, opened: Answer) -> Opened:
    below = replace(opened, in_chinese=answer.in_chinese)
    shown = in_blocks.blocks(below, None, render_fact=slack.render_fact)
    return Opened(name, tuple(shown), plain(below, slack.render_fact))


def _facts(answer: Answer) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys((*(line.fact for line in answer.lines), *answer.near)))


OPENERS: Final[Mapping[str, Callable[[SlackContext, Answer], Opened]]] = {
    "sources": _sources,
    "details": _details,
    "cite": _citation,
    "passage": _passage,
}
"""By the name of the button."""
