"""Questions that name something and ask nothing in particular of it: "what is twinning", "tell me about Hefei", 什么是飞地经济."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from knowledge.base import FactBase
from knowledge.names.resolver import Ambiguous, Found
from knowledge.vocabulary import WordUse

_MARKS: Final = " ,.!;:?~，。！；：？、“”\"'"
_ARTICLES: Final = ("a ", "an ", "the ")


def named_alone(base: FactBase, text: str) -> Found | Ambiguous | None:
    """Return what a question names of which it asks for whatever is known; None where it asks for something in particular."""
    for named in _rests(base, text.strip(_MARKS)):
        found = base.resolve(named, slips=False)
        if isinstance(found, Found | Ambiguous):
            return found
    return None


def _rests(base: FactBase, text: str) -> Iterator[str]:
    """Yield what of a text stands behind words that ask for all, or before them, with an article and without."""
    for cut in base.phrases.leading(text, {WordUse.TELLING}):
        yield from _with_and_without_article(text[cut:].strip(_MARKS))
    told = (phrase for use in base.seeds.words if use.use is WordUse.TOLD for phrase in use.words)
    for phrase in told:
        if text.endswith(phrase) and (named := text.removesuffix(phrase).strip(_MARKS)):
            yield named


def _with_and_without_article(named: str) -> Iterator[str]:
    yield named
    article = next((article for article in _ARTICLES if named.lower().startswith(article)), "")
    if article:
        yield named[len(article) :].strip()
