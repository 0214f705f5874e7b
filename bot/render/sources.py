"""The sources of an answer in full: each document once, and where in it which statement stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block
from bot.render.phrases import CAVEAT, left_out
from bot.render.truncate import clip, one_line
from handlers.answer import Answer
from handlers.records.enumerated import all_of
from handlers.records.styles import plain
from handlers.records.styles.cited_statement import address
from handlers.say import ENGLISH, say
from knowledge import citing
from knowledge.model import Citation, Document, Fact

_PLACES: Final = 40
_DOCUMENTS: Final = 12
_STATEMENT: Final = 120
_LIST_TEXT: Final = 2500
_REFERENCE: Final = 700


Tell = Callable[[str], str]


def sources(
    answer: Answer, document: Callable[[str], Document | None], tell: Tell = ENGLISH.told
) -> tuple[list[Block], str]:
    """Return blocks and plain words that name every source of the facts shown, the bot's own words in the language that `tell`
    tells them in; long lists end in a count.
    """
    facts = tuple(dict.fromkeys((*(line.fact for line in answer.lines), *answer.near)))
    slugs = list(dict.fromkeys(slug for fact in facts for slug in fact.documents))
    if not slugs:
        text = tell(say("This answer states no facts, so there are no sources."))
        return [blockkit.rich_text(blockkit.text_element(text))], text
    blocks: list[Block] = [blockkit.header(tell(say("Sources")))]
    words: list[str] = [tell(say("Sources"))]
    for slug in slugs[:_DOCUMENTS]:
        places = _places(slug, facts, tell)
        _document(tell(reference(slug, document(slug))), document(slug), places, blocks, words, tell)
    if (missing := len(slugs) - _DOCUMENTS) > 0:
        words.append(tell(say("… and {count} more", count=missing)))
        blocks.append(blockkit.context(words[-1]))
    return blocks, "\n".join(words)


def reference(slug: str, document: Document | None) -> str:
    """Return the document as a footnote would describe it, with its address and its date or "undated"."""
    if document is None:
        return say("{slug} (no longer in the base)", slug=slug)
    parts = (plain.described(document), address(document))
    return clip(", ".join(filter(None, parts)), _REFERENCE)


def _document(
    named: str,
    document: Document | None,
    places: list[str],
    blocks: list[Block],
    words: list[str],
    tell: Tell,
) -> None:
    label = citing.shortened(one_line(document.label)) if document else ""
    heading = [blockkit.text_element(f"{label}: ", bold=True)] if label else []
    blocks.append(blockkit.rich_text(*heading, blockkit.text_element(named)))
    words.append(f"{label}: {named}" if label else named)
    if document and document.caveat:
        warning = f"{tell(CAVEAT)} {clip(one_line(document.caveat), _REFERENCE)}"
        blocks.append(blockkit.context(warning))
        words.append(warning)
    shown = places[: _fitting(places)]
    blocks.append(blockkit.bullets(shown))
    words += [f"• {place}" for place in shown]
    if missing := left_out(0, len(places) - len(shown)):
        told = [*map(tell, missing)]
        blocks.append(blockkit.context(*told))
        words += told


def _fitting(places: list[str]) -> int:
    room = _LIST_TEXT
    for index, place in enumerate(places[:_PLACES]):
        room -= len(place)
        if room < 0:
            return max(index, 1)
    return min(len(places), _PLACES)


def _places(slug: str, facts: tuple[Fact, ...], tell: Tell) -> list[str]:
    """Where each fact stands in the document, by which words it is found there, and what the fact says."""
    found = []
    for fact in facts:
        if cited := citing.by_document(fact.citations).get(slug):
            found.append(f"{tell(_place(cited))}: {clip(one_line(fact.statement), _STATEMENT)}")
    return found


def _place(cited: list[Citation]) -> str:
    anchors = dict.fromkeys(f"“{one_line(citation.anchor)}”" for citation in cited if citation.anchor)
    words = all_of([*anchors])
    pointers = "; ".join(map(str, citing.pointers(cited)))
    if not anchors:
        return say("No words quoted")
    if not pointers:
        return say("Look for {words}", words=words)
    return say("{pointers}, look for {words}", pointers=pointers, words=words)
