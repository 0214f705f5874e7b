"""Facts set in type once: their lines in plain words and their blocks, ready to be put into any answer.

A fact never changes, so the work is done once for each and not once for each answer. Nothing here is about
a question: what is bold is added by `bot.render.blocks`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.render import blockkit, phrases
from bot.render.blockkit import Block, Element
from bot.render.phrases import Dating
from bot.render.truncate import clip, one_line
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.vocabulary import Region


@dataclass(frozen=True, slots=True)
class RenderedFact:
    """A fact as readers see it. The blocks are shared between answers: nobody changes them."""

    fact: Fact
    plain: str
    mark: tuple[Element, ...]
    statement: str
    first: Block
    below: tuple[Block, ...]
    length: int


class FactRenderer:
    """Sets facts in type and keeps them; safe for many threads. `dating` is as in `phrases.provenance`."""

    def __init__(self, dating: Dating, kept: dict[str, RenderedFact] | None = None) -> None:
        self._dating = dating
        self._kept = {} if kept is None else kept

    def reading(self, base: FactBase) -> FactRenderer:
        """Return a renderer that knows the dates of the documents of `base`, and keeps facts where this one does."""
        return fact_renderer(base, self._kept)

    def __call__(self, fact: Fact) -> RenderedFact:
        """Return `fact` in type; one of the same id with other words is set anew."""
        kept = self._kept.get(fact.id)
        if kept is None or kept.fact is not fact:
            kept = self._kept[fact.id] = self._set(fact)
        return kept

    def _set(self, fact: Fact) -> RenderedFact:
        elsewhere = fact.region == Region.ELSEWHERE
        mark = (blockkit.text_element(phrases.NOT_THE_DELTA, italic=True),) if elsewhere else ()
        statement = clip(one_line(fact.statement), phrases.STATEMENT)
        first = blockkit.rich_text(*mark, blockkit.text_element(statement))
        provenance = phrases.provenance(fact, self._dating)
        warning = phrases.caveat_text(fact)
        warned = [f"{phrases.CAVEAT} {warning}"] if warning else []
        own = [said] if (said := phrases.team_own(fact)) else []
        below = tuple(blockkit.context(text) for text in (provenance, *own, *warned))
        lines = [f"• {phrases.NOT_THE_DELTA if elsewhere else ''}{statement}", provenance, *own, *warned]
        return RenderedFact(
            fact=fact,
            plain="\n  ".join(lines),
            mark=mark,
            statement=statement,
            first=first,
            below=below,
            length=sum(blockkit.length(block) for block in (first, *below)),
        )


def fact_renderer(base: FactBase, kept: dict[str, RenderedFact] | None = None) -> FactRenderer:
    """Return a renderer that knows the dates of the documents of `base`; it keeps facts in `kept`, if given."""

    def dating(slug: str) -> str:
        """The date of a document, "undated" where it has none or is gone."""
        try:
            return base.document(slug).date
        except KeyError:
            return "undated"

    return FactRenderer(dating, kept)
