"""A digest as Block Kit: title, facts under their themes, and the row of buttons.

At most one screen stands in the channel; what is more goes into the thread. Nothing here chooses facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.render import blockkit, limits, phrases
from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue, of_digest
from bot.render.fact_renderer import FactRenderer
from bot.render.truncate import clip, one_line
from handlers.request import DIGEST
from handlers.say import say, say_many
from handlers.stored_digest import StoredDigest
from handlers.target import Target
from knowledge.model import Fact

_SUMMARY: Final = 220


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A fact of a digest, the theme it stands under in words, and whether it is new or corrected."""

    fact: Fact
    group: str
    news: str = ""


@dataclass(frozen=True, slots=True)
class DigestContents:
    """What a digest says. `title` is plain words; `notes` are small lines above the facts.

    `items` stand in the channel, `below` in the thread. `overview` are short entries under headings, for the forms that have
    one. `digest` is the id that the buttons are for, "" in a test; `slot` names the run in local time, `run` in Unix seconds;
    `unsaved` is the whole of a test, which has no id that *More on this* could name. `end` says that it was the last, `follow`
    what else may be followed, each with the digest that its button proposes; `wider` is the label of the button that takes in
    what is on other regions, "" where there is none.
    """

    title: str
    notes: tuple[str, ...]
    items: tuple[DigestItem, ...]
    below: tuple[DigestItem, ...] = ()
    overview: tuple[tuple[str, tuple[str, ...]], ...] = ()
    digest: str = ""
    slot: str = ""
    run: str = ""
    unsaved: StoredDigest | None = None
    end: str = ""
    follow: tuple[tuple[str, StoredDigest], ...] = ()
    wider: str = ""


def blocks(contents: DigestContents, render_fact: FactRenderer) -> tuple[list[Block], list[Block]]:
    """Return the blocks for the channel, and those of the reply below it ([] where all fits)."""
    rest = contents.below
    top: list[Block] = [blockkit.header(one_line(contents.title))]
    if contents.notes:
        top.append(blockkit.context(*map(one_line, contents.notes)))
    for heading, entries in contents.overview:
        top.append(_overview(heading, entries))
    if contents.overview:
        top.append({"type": "divider"})
    top += _grouped(contents.items, render_fact)
    if rest:
        more = say_many("{count} more fact in the thread.", "{count} more facts in the thread.", len(rest))
        top.append(blockkit.context(more))
    if contents.end:
        top.append(blockkit.rich_text(blockkit.text_element(one_line(contents.end), italic=True)))
    if row := _onward(contents):
        top.append(blockkit.actions(row))
    if contents.items or contents.digest:
        top.append(blockkit.actions(_row(contents)))
    below = _grouped(rest, render_fact)
    return top[: limits.BLOCKS_IN_MESSAGE], below[: limits.BLOCKS_IN_MESSAGE]


def summary(contents: DigestContents, render_fact: FactRenderer) -> str:
    """Return the fallback text, as a notification shows it: what it is, the lead, and how many more."""
    if not contents.items:
        return blockkit.fallback(say("{title}. {note}", title=contents.title, note=contents.end))
    lead = contents.items[0]
    said = {
        "title": contents.title,
        "theme": lead.group,
        "lead": clip(render_fact(lead.fact).statement, _SUMMARY),
        "citation": _cited(lead.fact),
    }
    more = len(contents.items) + len(contents.below) - 1
    if not more:
        return blockkit.fallback(say("{title}. {theme}: {lead} ({citation})", **said))
    return blockkit.fallback(
        say_many(
            "{title}. {theme}: {lead} ({citation}) And {count} more fact.",
            "{title}. {theme}: {lead} ({citation}) And {count} more facts.",
            more,
            **said,
        )
    )


def _overview(heading: str, entries: Sequence[str]) -> Block:
    runs = [blockkit.text_element(say("{heading}:", heading=heading), bold=True)]
    for entry in entries:
        runs += [blockkit.text_element(" · " if runs[1:] else " "), blockkit.text_element(one_line(entry))]
    return blockkit.rich_text(*runs)


def _cited(fact: Fact) -> str:
    return phrases.citations(fact.citations)


def _grouped(items: Sequence[DigestItem], render_fact: FactRenderer) -> list[Block]:
    found: list[Block] = []
    for group, members in groupby(items, lambda item: item.group):
        found.append(blockkit.rich_text(blockkit.text_element(one_line(group), bold=True)))
        for item in members:
            found += render_fact(item.fact).blocks()
    return found


def _onward(contents: DigestContents) -> list[blockkit.Element]:
    """Return the buttons that stand under the last of its facts."""
    wider = (
        [blockkit.button(contents.wider, "digest_wider", of_digest(contents.digest, contents.slot))]
        if contents.wider
        else []
    )
    return wider + [
        blockkit.button(label, f"digest_follow_{at}", value)
        for at, (label, digest) in enumerate(contents.follow)
        if (value := ButtonValue(command=DIGEST, verb="subscribe", digest=digest).encode()) != "{}"
    ]


def _row(contents: DigestContents) -> list[blockkit.Element]:
    target = Target(id=contents.digest) if contents.digest else None
    more = ButtonValue(
        command=DIGEST,
        text=contents.run if target else "",
        verb="more",
        digest=contents.unsaved,
        target=target,
    )
    row = [blockkit.button(say("More on this"), "digest_more", more.encode())] if contents.items else []
    if contents.digest:
        value = of_digest(contents.digest, contents.slot)
        if contents.items:
            row += [
                blockkit.button(say("Helpful"), "digest_helpful", value),
                blockkit.button(say("Not helpful"), "digest_unhelpful", value),
            ]
        row += [
            # Everybody sees it, so what it offers is for whoever presses it.
            blockkit.button(say("Digest settings"), "digest_options", value),
        ]
    return row
