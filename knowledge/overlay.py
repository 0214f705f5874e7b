"""What a team adds to the base and takes from it: values, laid over the seeds by `FactBase.with_overlay`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.model import Document, Fact, Pairing


@dataclass(frozen=True, slots=True)
class Overlay:
    """A team's own facts as of one revision of its ledger.

    `superseded` names what no longer stands by what stands for it, "" where nothing does; `retired` are the team's
    own facts among those. `asks` are what was learned to be asked of facts that stand, by their ids. `preferred` are facts preferred over what contradicts them, each with a curator's reason.
    `unsupported` are ids of facts that cite a document which these seeds no longer have. `pairings` are those that its facts
    state and the base does not hold.
    """

    revision: int = 0
    facts: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()
    superseded: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[Fact, ...] = ()
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preferred: Mapping[str, str] = field(default_factory=dict)
    unsupported: tuple[str, ...] = ()
    pairings: tuple[Pairing, ...] = ()

    def corrects(self, fact: Fact) -> bool:
        """Say whether `fact` stands in the place of another that said something else."""
        same = {old.id for old in self.retired if old.statement == fact.statement}
        return any(new == fact.id and old not in same for old, new in self.superseded.items())

    def with_asks(self, fact: Fact) -> Fact:
        """Return `fact` with what was learned to be asked of it behind its own asks."""
        learned = self.asks.get(fact.id)
        return fact.model_copy(update={"asks": (*fact.asks, *learned)}) if learned else fact

    def own_asks(self, fact: Fact) -> tuple[str, ...]:
        """Return the asks of a fact that is laid over without what was learned."""
        return fact.asks[: len(fact.asks) - len(self.asks.get(fact.id, ()))]
