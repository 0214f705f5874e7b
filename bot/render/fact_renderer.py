"""Facts in words, once each: what a reader is told of a fact wherever it stands.

A fact never changes, so the work is done once for each and not once for each answer. Nothing here is about
a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.render import blockkit, phrases
from bot.render.blockkit import Block
from bot.render.truncate import clip, one_line
from handlers.records.caveats import corrected
from handlers.records.region import region_tag
from handlers.say import ENGLISH, Catalogue
from knowledge.base import FactBase
from knowledge.model import Fact

Tag = Callable[[Fact], str]
"""What must stand beside a citation: which region a fact is on, where that is not the delta; "" for most."""
Statement = Callable[[Fact], str]
"""What a fact states as readers are told it: with what is probably meant behind what is printed."""


def as_stated(fact: Fact) -> str:
    """Return the statement of a fact as it stands."""
    return fact.statement


@dataclass(frozen=True, slots=True)
class RenderedFact:
    """A fact as readers see it: its statement, where it stands, and what warns of it, each warning a sentence or two."""

    fact: Fact
    statement: str
    cited: str
    warnings: tuple[str, ...]

    def blocks(self, *before: blockkit.Element, bold: bool = False) -> list[Block]:
        """Return the fact standing by itself, with what is said `before` it; in an answer `bot.render.blocks` sets it."""
        statement = blockkit.text_element(self.statement, bold=bold)
        return [blockkit.rich_text(*before, statement), blockkit.context(self.cited, *self.warnings)]


class FactRenderer:
    """Puts facts in words and keeps them; safe for many threads. `catalogue` tells the bot's own words around them."""

    def __init__(
        self,
        tag: Tag,
        kept: dict[str, RenderedFact] | None = None,
        catalogue: Catalogue = ENGLISH,
        state: Statement = as_stated,
    ) -> None:
        self._tag = tag
        self._state = state
        self.catalogue = catalogue
        self._kept = {} if kept is None else kept

    def reading(self, base: FactBase) -> FactRenderer:
        """Return a renderer that knows the records of `base`, and keeps facts where this one does."""
        return fact_renderer(base, self._kept, self.catalogue)

    def telling(self, catalogue: Catalogue) -> FactRenderer:
        """Return a renderer that tells the bot's own words by `catalogue`, and keeps facts where this one does."""
        return FactRenderer(self._tag, self._kept, catalogue, self._state)

    def __call__(self, fact: Fact) -> RenderedFact:
        """Return `fact` in words; one of the same id with other words is put anew."""
        kept = self._kept.get(fact.id)
        if kept is None or kept.fact is not fact:
            kept = self._kept[fact.id] = self._put(fact)
        return kept

    def _put(self, fact: Fact) -> RenderedFact:
        warnings = (phrases.caveat_text(fact), phrases.team_own(fact))
        return RenderedFact(
            fact=fact,
            statement=clip(one_line(self._state(fact)), phrases.STATEMENT),
            cited="; ".join(filter(None, (phrases.citations(fact.citations), self._tag(fact)))),
            warnings=tuple(filter(None, warnings)),
        )


def fact_renderer(
    base: FactBase, kept: dict[str, RenderedFact] | None = None, catalogue: Catalogue = ENGLISH
) -> FactRenderer:
    """Return a renderer that knows the records of `base`; it keeps facts in `kept`, if given."""
    return FactRenderer(
        lambda fact: region_tag(base, fact), kept, catalogue, state=lambda fact: corrected(base, fact)
    )
