"""The part of Home that says what the base covers: counts by document, topic and place, and where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import blockkit, limits
from bot.render.blockkit import Block
from bot.render.truncate import clip
from bot.slack.forms import option
from handlers.say import Said, say, say_many
from knowledge import statistics
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.statistics import CrossTable

TOPIC, PLACE = "home_topic", "home_place"
# From this many facts on a reader finds an answer with more than one side to it.
WELL: Final = 5
# Fourteen places by six topics: some forty characters across, which a phone shows without breaking lines.
_PLACES, _TOPICS, _NAME, _CELL = 14, 6, 17, 4
# Less than Slack allows: beyond these places there are one or two facts each, and nobody scrolls so far.
_OPTIONS: Final = 75
_NAMED: Final = 8


def coverage(base: FactBase) -> list[Block]:
    """Return the blocks; a base without facts says so."""
    if not base.facts:
        return [
            blockkit.rich_text(
                blockkit.text_element(say("The base holds no facts yet: yrd build fills it from the seeds."))
            )
        ]
    return [
        blockkit.bullets([*_documents(base), *_topics(base)]),
        *_menus(base),
        *_meetings(statistics.table(base, _PLACES, _TOPICS)),
    ]


def _documents(base: FactBase) -> list[str]:
    return [
        say("{document}: {facts}", document=document.label, facts=_facts(count))
        for document, count in statistics.by_document(base)
    ]


def _topics(base: FactBase) -> list[str]:
    counted = statistics.by_topic(base)
    most = [f"{topic.name} {count}" for topic, count in counted[:_NAMED]]
    thin = [f"{topic.name} {count}" for topic, count in counted if 0 < count < WELL]
    lines: list[str] = [say("Most on: {topics}", topics=", ".join(most))] if most else []
    if thin:
        lines.append(say("Thin, with fewer than {least} facts: {topics}", least=WELL, topics=", ".join(thin)))
    return lines


def _menus(base: FactBase) -> list[Block]:
    topics = [(topic, count) for topic, count in statistics.by_topic(base) if count]
    menus = [
        _menu(TOPIC, say("Facts by topic"), topics),
        _menu(PLACE, say("Facts by place"), statistics.by_place(base)),
    ]
    shown = [menu for menu in menus if menu is not None]
    return [blockkit.actions(shown)] if shown else []


def _menu(action: str, words: str, counted: Sequence[tuple[Named, int]]) -> dict[str, Any] | None:
    if not counted:
        return None
    options = [
        option(record.slug, say("{record} ({count})", record=record, count=count))
        for record, count in counted[:_OPTIONS]
    ]
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": blockkit.plain_text(words, limits.OPTION_TEXT),
        "options": options,
    }


def _meetings(table: CrossTable) -> list[Block]:
    """The table as fixed-width text: Slack has table blocks in messages, and none in Home."""
    if not table.places or not table.topics:
        return []
    head = " " * _NAME + "".join(f"{number:>{_CELL}}" for number in range(1, len(table.topics) + 1))
    rows = [
        f"{clip(place.name, _NAME):<{_NAME}}" + "".join(f"{_cell(count):>{_CELL}}" for count in counts)
        for place, counts in zip(table.places, table.counts, strict=True)
    ]
    legend = " · ".join(f"{number} {topic.name}" for number, topic in enumerate(table.topics, start=1))
    text = "\n".join((head.rstrip(), *rows))
    drawn: Block = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": [blockkit.text_element(text)]}],
    }
    key = say("Facts by place and topic. {well} or more: well covered; with ~: thin; –: none.", well=WELL)
    return [blockkit.header(say("Places and topics")), blockkit.context(key), drawn, blockkit.context(legend)]


def _cell(count: int) -> str:
    if not count:
        return "–"
    return str(count) if count >= WELL else f"{count}~"


def _facts(count: int) -> Said:
    return say_many("{count} fact", "{count} facts", count)
