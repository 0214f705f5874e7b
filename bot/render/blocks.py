"""An answer as Block Kit, always within Slack's limits.

Nothing here sends, and nothing decides what an answer says: what does not fit is left out with a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.render import blockkit, copying, limits, passages, phrases
from bot.render.blockkit import Block, Element
from bot.render.button_value import ButtonValue, carry
from bot.render.escape import escape
from bot.render.fact_renderer import FactRenderer
from bot.render.told import Told, ToldFact, for_reader_of, told
from bot.render.truncate import clip, one_line
from handlers.answer import Answer, Choice, FigureTable, Section
from handlers.say import say

# Kept free for what must stand below the facts: choices, page, action row.
_BLOCKS_BELOW: Final = 5
_TEXT_BELOW: Final = 2000
_LIST_TEXT: Final = 2500
# Characters that a modal of Slack's shows at once, about 16 lines, and of a line.
_IN_SIGHT: Final = 900
_LINE: Final = 25


@dataclass(frozen=True, slots=True)
class Opened:
    """What a reader opened below an answer: the name of the button that did it, what is shown, and in plain words."""

    name: str
    blocks: tuple[Block, ...]
    text: str


def blocks(
    answer: Answer,
    asked: ButtonValue | None,
    *,
    render_fact: FactRenderer,
    sharable: bool = False,
    printed: bool = False,
    rated: bool = False,
    opened: Opened | None = None,
    picture: Block | None = None,
    in_view: bool = False,
) -> list[Block]:
    """Return the blocks of `answer`; its buttons carry `asked`, the question it answers, or are left out.

    `sharable` adds *Share to channel*, for answers that only one person sees. `printed` adds *Show passage*, where the
    documents are at hand; `rated` what is asked of the fact that leads. `opened` stands above the buttons, `picture` under
    the headline. `in_view` is for a modal, of which no more than the upper part is seen: what looks further into a long answer,
    and what was opened, stands right under what leads it there.
    """
    render_fact = for_reader_of(answer, render_fact)
    tell = render_fact.catalogue.told
    answer, message, shown = tell(answer), _Message(), told(answer, render_fact)
    lead = _facts(message, answer, shown, picture)
    _passages(message, answer)
    for section in answer.sections:
        if not section.is_copied:
            _section(message, section)
    if shown.table is not None:
        _table(message, shown.table)
    for block in map(blockkit.context, shown.below):
        message.take(block)
    for section in answer.sections:
        if section.is_copied:
            message.copied(section)
    row = _Row(answer, asked, opened.name if opened else "", sharable=sharable, printed=printed, rated=rated)
    above = [blockkit.actions(looks) for looks in (row.looks(),) if looks and in_view and message.is_long]
    at = lead if above else len(message.blocks)
    for block in opened.blocks if opened else ():
        at += message.take(block, at=at)
    below = _below(answer, asked, message.left(shown), row.rows()[len(above) :], row.rating())
    return tell([*message.blocks[:lead], *above, *message.blocks[lead:], *below])


def _facts(message: _Message, answer: Answer, shown: Told, picture: Block | None) -> int:
    """Take what leads and the facts below it; return how many blocks lead."""
    headline = clip(one_line(answer.headline), phrases.HEADLINE)
    if shown.read:
        message.take(blockkit.context(*shown.read))
    if headline or not shown.facts:
        message.take(_headline(headline))
    lead = len(message.blocks) or 1
    if picture is not None:
        message.take(picture)
    if shown.above:
        message.take(blockkit.context(*shown.above))
    for group, facts in groupby(shown.facts, key=lambda fact: fact.group):
        if group:
            message.take(_strong(group))
        for fact in facts:
            message.fact(fact)
    if shown.near and message.take(_strong(phrases.NEAREST)):
        for fact in shown.near:
            message.fact(fact)
    return lead


class _Message:
    """Blocks taken so far, with room kept for what stands below them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._room = limits.ALL_BLOCKS_TEXT - _TEXT_BELOW
        self._facts_left = 0
        self._entries_left = 0
        self._passages_left = 0

    @property
    def is_long(self) -> bool:
        """Say whether what was taken so far is more than a modal shows at once."""
        return sum(map(blockkit.length, self.blocks)) + _LINE * len(self.blocks) > _IN_SIGHT

    def take(self, *blocks: Block, at: int | None = None) -> bool:
        """Take `blocks` all or none, behind those that were taken or before the one that is `at` there; say whether they fitted."""
        size = sum(blockkit.length(block) for block in blocks)
        if size > self._room or len(self.blocks) + len(blocks) > limits.BLOCKS_IN_MESSAGE - _BLOCKS_BELOW:
            return False
        at = len(self.blocks) if at is None else at
        self.blocks[at:at] = blocks
        self._room -= size
        return True

    def fact(self, fact: ToldFact) -> None:
        """Take a fact with its source, or count it among those left out."""
        self._facts_left += not self.take(_fact(fact))

    def passage(self, shown: list[Block]) -> None:
        self._passages_left += not self.take(*shown)

    def entries(self, shown: list[str]) -> None:
        if not self.take(blockkit.bullets(shown)):
            self._entries_left += len(shown)

    def copied(self, section: Section) -> None:
        """Take text to paste whole, or count it among what is left out."""
        if not self.take(*copying.blocks(section)):
            self._entries_left += len(section.entries)

    def left(self, shown: Told) -> tuple[str, ...]:
        """What was left out of this page, in words; nothing when nothing was."""
        facts = self._facts_left + shown.left
        return phrases.left_out(facts, self._entries_left, self._passages_left)


def _headline(text: str) -> Block:
    """The first sentence in bold: of a page that names the record, of a refusal it says what is missing."""
    first, end, others = text.partition(". ")
    if not others:
        return _strong(text)
    return blockkit.rich_text(
        blockkit.text_element(f"{first}{end.rstrip()}", bold=True), blockkit.text_element(f" {others}")
    )


def _strong(text: str) -> Block:
    return blockkit.rich_text(blockkit.text_element(text, bold=True))


def _fact(fact: ToldFact) -> Block:
    """A fact as a paragraph that leads, or as an entry of a list below one."""
    source = blockkit.text_element(f" {fact.source}")
    statement = blockkit.text_element(fact.statement, bold=fact.leads and not fact.value)
    if fact.value:
        value = blockkit.text_element(fact.value, bold=True)
        return blockkit.rich_text(value, source, blockkit.text_element(f"\n{fact.statement}"))
    return blockkit.rich_text(statement, source) if fact.leads else blockkit.bullet(statement, source)


def _passages(message: _Message, answer: Answer) -> None:
    share = passages.ALONE if len(answer.passages) == 1 else passages.AMONG_OTHERS
    if answer.passages and message.take(blockkit.header(passages.heading(answer))):
        for passage in answer.passages:
            message.passage(passages.blocks(passage, share))


def _table(message: _Message, table: FigureTable) -> None:
    """The figures as Slack's own table; what cannot be read as one stands in the fallback text."""
    rows = [
        [
            *(clip(one_line(cell), phrases.LABEL) for cell in (row.place, row.of, row.value, row.year)),
            f"{one_line(row.citation)}{row.marks}",
        ]
        for row in table.rows
    ]
    message.take(blockkit.header(phrases.FIGURES), blockkit.table(phrases.FIGURES_HEAD, rows))


def _section(message: _Message, section: Section) -> None:
    if title := one_line(section.title):
        message.take(blockkit.header(title))
    if section.at:
        message.take(_moments(section))
        return
    shown: list[str] = []
    for entry in section.entries:
        line = clip(one_line(entry), phrases.ENTRY) or "–"
        if shown and sum(map(len, shown)) + len(line) > _LIST_TEXT:
            message.entries(shown)
            shown = []
        shown.append(line)
    if shown:
        message.entries(shown)


def _moments(section: Section) -> Block:
    """The entries of a section, each behind its moment, the newest of them where not all fit."""
    lines: list[str] = []
    room = limits.TEXT_OBJECT
    for at, entry in reversed(list(zip(section.at, section.entries, strict=True))):
        # Slack's own date: docs.slack.dev/messaging/formatting-message-text#date-formatting.
        local = f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{phrases.moment(at)}>"
        line = f"{local}: {escape(clip(one_line(entry), phrases.LABEL * 4))}"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    return blockkit.markup("\n".join(reversed(lines)))


def _below(
    answer: Answer,
    asked: ButtonValue | None,
    left: tuple[str, ...],
    rows: Sequence[list[Element]],
    rating: list[Block],
) -> list[Block]:
    below: list[Block] = []
    if answer.choices:
        more = len(answer.choices) - phrases.CHOICES
        heading = [words for words in (phrases.choices_heading(answer),) if words]
        heading += [say("… and {count} more", count=more)] if more > 0 else []
        buttons = _choices(answer.choices, asked or ButtonValue())
        below += [blockkit.context(*heading)] if heading else []
        below += _offered(answer.choices, buttons)
    if counts := [words for words in (*left, phrases.paging(answer)) if words]:
        below.append(blockkit.context(*counts))
    return [*below, *(blockkit.actions(buttons) for buttons in rows if buttons), *rating]


def _offered(choices: tuple[Choice, ...], buttons: list[Element]) -> list[Block]:
    """The buttons, each on its card where all have one."""
    cards = [choice.card for choice in choices if choice.card]
    if not len(cards) == len(buttons) <= limits.CARDS or len(cards) < 2:
        return [blockkit.actions(buttons)] if buttons else []
    return [
        blockkit.carousel(
            [
                blockkit.card(card.title, card.subtitle, card.body, button)
                for card, button in zip(cards, buttons, strict=True)
            ]
        )
    ]


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


@dataclass(frozen=True, slots=True)
class _Row:
    """What may be done with an answer: look further into it, and say what one thinks of it or show it to others."""

    answer: Answer
    asked: ButtonValue | None
    opened: str
    sharable: bool
    printed: bool
    rated: bool

    def rows(self) -> tuple[list[Element], ...]:
        """Return the buttons in two rows, of which either may be empty: to look further, and to show it to others."""
        return (self.looks(), self._says(self.asked)) if self.asked else ()

    def looks(self) -> list[Element]:
        """Return the buttons to look further."""
        answer, asked = self.answer, self.asked
        if asked is None:
            return []
        here, row = asked.encode(answer.page), []
        if answer.page > 1:
            row.append(blockkit.button(phrases.BACK, "back", asked.encode(answer.page - 1)))
        if answer.page < answer.pages:
            row.append(blockkit.button(phrases.MORE, "more", asked.encode(answer.page + 1)))
        if answer.lines or answer.near:
            row += [self._opener(name, here) for name in ("sources", "details", "cite")]
        if answer.map:
            row.append(self._opener("map", here))
        if self.printed and not self._shows_print and (answer.lines or answer.near):
            row.append(self._opener("passage", here))
        return row

    def _says(self, asked: ButtonValue) -> list[Element]:
        answer, here = self.answer, asked.encode(self.answer.page)
        row = []
        # What a document prints is for the person who asked, and so is what nobody else would want.
        if self.sharable and not self._shows_print and (answer.lines or answer.picture):
            row.append(blockkit.button(phrases.SHARE, "share", here))
        return row

    def rating(self) -> list[Block]:
        """Return what is asked of the fact that leads, nothing where it is not asked."""
        asked, answer = self.asked, self.answer
        if asked is None or not self.rated or not answer.lines or self._shows_print:
            return []
        is_one = len(answer.lines) + len(answer.near) == 1
        said = {
            name: (
                phrases.VOTED[name, is_one] if asked.voted == name else phrases.VOTES[name, is_one],
                asked.model_copy(update={"voted": name}).encode(answer.page),
            )
            for name in ("helpful", "unhelpful")
        }
        return [blockkit.feedback("rate", said["helpful"], said["unhelpful"])]

    def _opener(self, name: str, here: str) -> Element:
        if name == self.opened:
            return blockkit.button(phrases.CLOSERS[name], "hide", here)
        return blockkit.button(phrases.OPENERS[name], name, here)

    @property
    def _shows_print(self) -> bool:
        return bool(self.answer.passages) and self.answer.outcome != "unknown"
