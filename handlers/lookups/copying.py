"""Copy with citation: the facts that an answer shows as text to paste, in the styles that readers write in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Section
from handlers.records.styles import bibtex, chicago, gbt7714, plain
from handlers.records.styles.cited_statement import CitedStatement, Reference, cited_statements, references
from handlers.say import say
from handlers.services import Services
from knowledge.model import Document, Fact


@dataclass(frozen=True, slots=True)
class Style:
    """A style by its heading: `written` cites statements in it, `referring` is the footnote or entry alone."""

    title: str
    written: Callable[[Sequence[CitedStatement]], str]
    referring: Callable[[Sequence[Reference]], str]


def _each_in_gbt7714(cited: Sequence[Reference]) -> str:
    return "\n".join(map(gbt7714.reference, cited))


STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "plain": Style(say("Plain footnote"), plain.written, plain.footnote),
        "chicago": Style(say("Chicago (notes)"), chicago.written, chicago.note),
        "gbt7714": Style("GB/T 7714", gbt7714.written, _each_in_gbt7714),
        "bibtex": Style("BibTeX", bibtex.written, bibtex.referring),
    }
)
"""The styles by the words that choose them on the command line."""


def copied(services: Services, answer: Answer, styles: Iterable[str] = STYLES) -> Answer:
    """Return the facts that `answer` shows as text to paste, a section a style; what does not answer is not copied."""
    said = cited_statements(services.base, answer.lines[:FACTS_PER_PAGE])
    if not said:
        return Answer(say("There is no fact in this answer to cite."), outcome="unknown")
    return Answer(
        headline=say("Copy with citation"),
        outcome="answer",
        match=answer.match,
        sections=tuple(
            Section(STYLES[style].title, (STYLES[style].written(said),), is_copied=True) for style in styles
        ),
        context=answer.context,
    )


def footnote_to_paste(services: Services, fact: Fact) -> tuple[Section, ...]:
    """Return the plain footnote of one fact, without the statement; the other styles stand behind *Copy with citation*."""
    return _sections(references(services.base, fact), ("plain",))


def references_to_paste(document: Document) -> tuple[Section, ...]:
    """Return the reference to a whole document in each style."""
    return _sections((Reference(document),), STYLES)


def _sections(cited: Sequence[Reference], styles: Iterable[str]) -> tuple[Section, ...]:
    if not cited:
        return ()
    chosen = (STYLES[style] for style in styles)
    return tuple(Section(style.title, (style.referring(cited),), is_copied=True) for style in chosen)
