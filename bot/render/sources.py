"""The citations of an answer in full: which documents, and where in them each fact stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block
from bot.render.phrases import CAVEAT, left_out
from bot.render.truncate import clip, one_line
from handlers.answer import Answer
from knowledge.model import Document, Fact

_PLACES: Final = 40
_DOCUMENTS: Final = 12
_LINE: Final = 200
_LIST_TEXT: Final = 2500
_REFERENCE: Final = 700


def sources(answer: Answer, document: Callable[[str], Document | None]) -> tuple[list[Block], str]:
    """Return blocks and plain words that name every source of the facts shown; long lists end in a count."""
    facts = (*(line.fact for line in answer.lines), *answer.near)
    slugs = list(dict.fromkeys(slug for fact in facts for slug in fact.documents))
    if not slugs:
        text = "This answer states no facts, so there are no sources."
        return [blockkit.rich_text(blockkit.text_element(text))], text
    blocks: list[Block] = [blockkit.header("Sources")]
    words: list[str] = ["Sources"]
    for slug in slugs[:_DOCUMENTS]:
        _document(slug, document(slug), _places(slug, facts), blocks, words)
    if missing := len(slugs) - _DOCUMENTS:
        words.append(f"… and {missing} more" if missing > 0 else "")
    return blocks, "\n".join(filter(None, words))


def reference(slug: str, document: Document | None) -> str:
    """Return the document as a reference list would name it, with its date or "undated"."""
    if document is None:
        return f"{slug} (no longer in the base)"
    parts = (", ".join(document.authors), f"“{document.title}”", document.venue, document.kind, document.date)
    return clip(". ".join(one_line(part) for part in parts if part), _REFERENCE)


def _document(
    slug: str, document: Document | None, places: list[str], blocks: list[Block], words: list[str]
) -> None:
    named = reference(slug, document)
    heading = [blockkit.text_element(f"{one_line(document.label)}: ", bold=True)] if document else []
    blocks.append(blockkit.rich_text(*heading, blockkit.text_element(named)))
    words.append(named)
    if document and document.caveat:
        warning = f"{CAVEAT} {clip(one_line(document.caveat), _REFERENCE)}"
        blocks.append(blockkit.context(warning))
        words.append(warning)
    shown = places[: _fitting(places)]
    blocks.append(blockkit.bullets(shown))
    words += [f"• {place}" for place in shown]
    if missing := left_out(0, len(places) - len(shown)):
        blocks.append(blockkit.context(missing))
        words.append(missing)


def _fitting(places: list[str]) -> int:
    room = _LIST_TEXT
    for index, place in enumerate(places[:_PLACES]):
        room -= len(place)
        if room < 0:
            return max(index, 1)
    return min(len(places), _PLACES)


def _places(slug: str, facts: tuple[Fact, ...]) -> list[str]:
    return [
        clip(
            f"{fact.id}: "
            + ", ".join(filter(None, (one_line(citation.section), f"para {citation.paragraph}")))
            + f", at “{one_line(citation.anchor)}”",
            _LINE,
        )
        for fact in dict.fromkeys(facts)
        for citation in fact.citations
        if citation.document == slug
    ]
