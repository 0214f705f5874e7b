"""An answer as Block Kit, always within Slack's limits.

Nothing here sends, and nothing decides what an answer says: what does not fit is left out with a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from bot.render import blockkit, limits, passages, phrases
from bot.render.blockkit import Block, Element
from bot.render.button_value import ButtonValue, carry
from bot.render.fact_renderer import FactRenderer
from bot.render.truncate import clip, one_line
from handlers.answer import FACTS_PER_PAGE, Answer, Choice, FigureTable, Section
from handlers.request import MAP
from knowledge.model import Fact

# Kept free for what must stand below the facts: choices, page, action row.
_BLOCKS_BELOW: Final = 4
_TEXT_BELOW: Final = 2000
_LIST_TEXT: Final = 2500


def blocks(
    answer: Answer,
    asked: ButtonValue | None,
    *,
    render_fact: FactRenderer,
    sharable: bool = False,
    printed: bool = False,
    rated: bool = False,
) -> list[Block]:
    """Return the blocks of `answer`; its buttons carry `asked`, the question it answers, or are left out.

    `sharable` adds *Share to channel*, for answers that only one person sees. `printed` adds *Show passage*, where the
    documents are at hand; `rated` *Helpful* and *Not helpful*.
    """
    message = _Message()
    message.take(
        blockkit.rich_text(
            blockkit.text_element(clip(one_line(answer.headline), phrases.HEADLINE), bold=True)
        )
    )
    if notes := [clip(one_line(note), phrases.NOTE) for note in (*answer.notes, *answer.read)[: phrases.NOTES]]:
        message.take(blockkit.context(*notes))
    for group, lines in groupby(answer.lines[:FACTS_PER_PAGE], key=lambda line: line.group):
        if group:
            message.take(blockkit.header(one_line(group)))
        for line in lines:
            message.fact(line.fact, line.bold, render_fact)
    _near(message, answer, render_fact)
    _passages(message, answer)
    for section in answer.sections:
        _section(message, section)
    if answer.table is not None:
        _table(message, answer.table)
    below = _below(answer, asked, message.left(answer), sharable=sharable, printed=printed, rated=rated)
    return [*message.blocks, *below]


class _Message:
    """Blocks taken so far, with room kept for what stands below them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._room = limits.ALL_BLOCKS_TEXT - _TEXT_BELOW
        self._facts_left = 0
        self._entries_left = 0
        self._passages_left = 0

    def take(self, *blocks: Block) -> bool:
        """Take `blocks` all or none; say whether they fitted."""
        return self._take(blocks, sum(blockkit.length(block) for block in blocks))

    def _take(self, blocks: Sequence[Block], size: int) -> bool:
        if size > self._room or len(self.blocks) + len(blocks) > limits.BLOCKS_IN_MESSAGE - _BLOCKS_BELOW:
            return False
        self.blocks += blocks
        self._room -= size
        return True

    def fact(self, fact: Fact, bold: tuple[str, ...], render_fact: FactRenderer) -> None:
        """Take a fact with what stands under it, or count it among those left out."""
        rendered = render_fact(fact)
        first = rendered.first
        if bold:
            first = blockkit.rich_text(*rendered.mark, *blockkit.emphasised(rendered.statement, bold))
        self._facts_left += not self._take((first, *rendered.below), rendered.length)

    def passage(self, shown: list[Block]) -> None:
        self._passages_left += not self.take(*shown)

    def entries(self, shown: list[str]) -> None:
        if not self.take(blockkit.bullets(shown)):
            self._entries_left += len(shown)

    def left(self, answer: Answer) -> str:
        """What was left out of this page, in words; "" when nothing was."""
        facts = self._facts_left + max(len(answer.lines) - FACTS_PER_PAGE, 0)
        return phrases.left_out(facts, self._entries_left, self._passages_left)


def _near(message: _Message, answer: Answer, render_fact: FactRenderer) -> None:
    near = answer.near[: FACTS_PER_PAGE - min(len(answer.lines), FACTS_PER_PAGE)]
    if near and message.take(blockkit.header(phrases.NEAREST)):
        for fact in near:
            message.fact(fact, (), render_fact)


def _passages(message: _Message, answer: Answer) -> None:
    share = passages.ALONE if len(answer.passages) == 1 else passages.AMONG_OTHERS
    if answer.passages and message.take(blockkit.header(passages.heading(answer))):
        for passage in answer.passages:
            message.passage(passages.blocks(passage, share))


def _table(message: _Message, table: FigureTable) -> None:
    """The figures as Slack's own table; what cannot be read as one stands in the fallback text."""
    rows = [
        [
            clip(one_line(cell), phrases.LABEL)
            for cell in (row.place, row.of, row.value, row.year, row.citation)
        ]
        for row in table.rows
    ]
    message.take(blockkit.header(phrases.FIGURES), blockkit.table(phrases.FIGURES_HEAD, rows))


def _section(message: _Message, section: Section) -> None:
    if title := one_line(section.title):
        message.take(blockkit.header(title))
    shown: list[str] = []
    for entry in section.entries:
        line = clip(one_line(entry), phrases.ENTRY) or "–"
        if shown and sum(map(len, shown)) + len(line) > _LIST_TEXT:
            message.entries(shown)
            shown = []
        shown.append(line)
    if shown:
        message.entries(shown)


def _below(
    answer: Answer, asked: ButtonValue | None, left: str, *, sharable: bool, printed: bool, rated: bool
) -> list[Block]:
    below: list[Block] = []
    if answer.choices:
        more = len(answer.choices) - phrases.CHOICES
        heading = phrases.choices_heading(answer) + (f" … and {more} more" if more > 0 else "")
        buttons = _choices(answer.choices, asked or ButtonValue())
        below += [blockkit.context(heading), *([blockkit.actions(buttons)] if buttons else [])]
    if counts := [words for words in (left, phrases.paging(answer)) if words]:
        below.append(blockkit.context(*counts))
    if asked and (row := _row(answer, asked, sharable=sharable, printed=printed, rated=rated)):
        below.append(blockkit.actions(row))
    return below


def _choices(choices: tuple[Choice, ...], asked: ButtonValue) -> list[Element]:
    buttons = []
    for index, choice in enumerate(choices[: phrases.CHOICES]):
        question = carry(
            choice.command,
            choice.text,
            asked.version,
            asked.context,
            choice.verb,
            choice.digest,
            choice.target,
        )
        if question is not None:
            value, is_main = question.encode(), choice.style == "primary"
            buttons.append(blockkit.button(one_line(choice.label), f"choice:{index}", value, primary=is_main))
    return buttons


def _row(answer: Answer, asked: ButtonValue, *, sharable: bool, printed: bool, rated: bool) -> list[Element]:
    here = asked.encode(answer.page)
    row = []
    shows_print = bool(answer.passages) and answer.outcome != "unknown"
    # What a document prints is for the person who asked.
    if sharable and not shows_print and (answer.lines or answer.near or answer.sections):
        row.append(blockkit.button("Share to channel", "share", here, primary=True))
    if answer.page > 1:
        row.append(blockkit.button("Back", "back", asked.encode(answer.page - 1)))
    if answer.page < answer.pages:
        row.append(blockkit.button("More", "more", asked.encode(answer.page + 1)))
    if answer.lines or answer.near:
        row.append(blockkit.button("Sources", "sources", here))
    if answer.map and (question := carry(MAP, "", asked.version, verb="", target=answer.map)):
        row.append(blockkit.button("Map", "map", question.encode()))
    if printed and not shows_print and (answer.lines or answer.near):
        row.append(blockkit.button("Show passage", "passage", here))
    if rated and answer.lines and not shows_print:
        row += [
            blockkit.button("Helpful", "helpful", here),
            blockkit.button("Not helpful", "unhelpful", here),
        ]
    return row
