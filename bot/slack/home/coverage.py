"""What the base covers: counts by document, topic and place, and where they meet; and menus to look them up by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import blockkit, limits
from bot.render.blockkit import Block, Element
from bot.slack.forms import option
from handlers.lookups.lists import LISTINGS
from handlers.records import counts
from handlers.say import Said, say, say_many
from knowledge import statistics
from knowledge.base import FactBase
from knowledge.model import Named, Topic
from knowledge.statistics import CrossTable
from knowledge.vocabulary import WordUse

TOPIC, PLACE = "home_topic", "home_place"
# From this many facts on a reader finds an answer with more than one side to it.
WELL: Final = 5
# Two or three lines a place on a phone, two screens in all.
_PLACES, _TOPICS = 12, 6
# Less than Slack allows: beyond these places there are one or two facts each, and nobody scrolls so far.
_OPTIONS: Final = 75
_NAMED: Final = 8


def coverage(base: FactBase) -> list[Block]:
    """Return the blocks of what is covered and where it is thin."""
    pairings = LISTINGS[WordUse.PAIRINGS].numbers(base)
    held = say(
        "Facts about {places}, {pairings} of the delta and {elsewhere} elsewhere in China, {mechanisms} and {topics}",
        places=counts.places(_number(base, WordUse.PLACES)),
        pairings=counts.pairings(pairings[0]),
        elsewhere=sum(pairings[1:]),
        mechanisms=counts.mechanisms(_number(base, WordUse.MECHANISMS)),
        topics=counts.topics(_number(base, WordUse.TOPICS)),
    )
    return [
        blockkit.bullets([held, *_by_name_alone(base), *_topics(base)]),
        *_meetings(statistics.table(base, _PLACES, _TOPICS)),
    ]


def _number(base: FactBase, sort: WordUse) -> int:
    """Return how many a list of that sort lists: one number, wherever it is told."""
    return LISTINGS[sort].number(base)


def _by_name_alone(base: FactBase) -> list[str]:
    """Return what is known of places beyond those that facts are about."""
    more = len(base.seeds.places) - _number(base, WordUse.PLACES)
    known = say_many(
        "{count} more place is known by its name alone, so that a question on it is understood: no fact is about it.",
        "{count} more places are known by their names alone, so that questions on them are understood: no fact is about"
        " them.",
        more,
    )
    return [known] if more else []


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


def menus(base: FactBase) -> list[Element]:
    """Return the menus that look up a topic or a place by its name."""
    topics = [(topic, count) for topic, count in statistics.by_topic(base) if count]
    menus = [
        _menu(TOPIC, say("Facts by topic"), topics),
        _menu(PLACE, say("Facts by place"), statistics.by_place(base)),
    ]
    return [menu for menu in menus if menu is not None]


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
    """A line a place: a table of so many columns is wider than a phone, and Slack has tables in messages alone."""
    if not table.places or not table.topics:
        return []
    lines = [
        [
            blockkit.text_element(say("{place}:", place=place), bold=True),
            *(part for said in _held(table.topics, counts) for part in (blockkit.text_element(" "), said)),
        ]
        for place, counts in zip(table.places, table.counts, strict=True)
    ]
    key = say("Facts on each place by topic; a topic with fewer than {least} is thin.", least=WELL)
    return [blockkit.header(say("Places and topics")), blockkit.context(key), blockkit.items(lines)]


def _held(topics: Sequence[Topic], counts: Sequence[int]) -> list[Element]:
    """Return how many facts there are on each topic, most first, and on which there are few or none."""
    counted = sorted(zip(topics, counts, strict=True), key=lambda found: -found[1])
    well = ", ".join(f"{topic.name} {count}" for topic, count in counted if count >= WELL)
    thin = ", ".join(f"{topic.name} {count}" for topic, count in counted if 0 < count < WELL)
    none = ", ".join(topic.name for topic, count in counted if not count)
    said = (
        (say("{topics}.", topics=well), well),
        (say("Thin: {topics}.", topics=thin), thin),
        (say("None: {topics}.", topics=none), none),
    )
    return [blockkit.text_element(words) for words, are_there in said if are_there]


def _facts(count: int) -> Said:
    return say_many("{count} fact", "{count} facts", count)
