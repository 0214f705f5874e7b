"""What the base covers: counts by document, topic and place, and where they meet; and menus to look them up by."""

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
    """Return the blocks of what is covered and where it is thin."""
    seeds = base.seeds
    held = say(
        "{places}, {pairings}, {mechanisms} and {topics}",
        places=say_many("{count} place", "{count} places", len(seeds.places)),
        pairings=say_many("{count} pairing", "{count} pairings", len(seeds.pairings)),
        mechanisms=say_many("{count} mechanism", "{count} mechanisms", len(seeds.mechanisms)),
        topics=say_many("{count} topic", "{count} topics", len(seeds.topics)),
    )
    return [
        blockkit.bullets([held, *_topics(base)]),
        *_meetings(statistics.table(base, _PLACES, _TOPICS)),
    ]


def documents(base: FactBase) -> list[Block]:
    """Return the blocks of the documents that the facts are from, with the number of facts from each."""
    entries: list[str] = [
        say(
            "{document}, {title}: {facts}", document=document.label, title=document.title, facts=_facts(count)
        )
        for document, count in statistics.by_document(base)
    ]
    return [blockkit.bullets(entries)] if entries else []


def _topics(base: FactBase) -> list[str]:
    counted = statistics.by_topic(base)
    most = [f"{topic.name} {count}" for topic, count in counted[:_NAMED]]
    thin = [f"{topic.name} {count}" for topic, count in counted if 0 < count < WELL]
    lines: list[str] = [say("Most on: {topics}", topics=", ".join(most))] if most else []
    if thin:
        lines.append(say("Thin, with fewer than {least} facts: {topics}", least=WELL, topics=", ".join(thin)))
    return lines


def menus(base: FactBase) -> list[Block]:
    """Return the blocks that look up a topic or a place by its name."""
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
