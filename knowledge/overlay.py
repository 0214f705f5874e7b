"""What a team adds to the base and takes from it: values, laid over the seeds by `FactBase.with_overlay`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.model import Document, Fact


@dataclass(frozen=True, slots=True)
class Overlay:
    """A team's own facts as of one revision of its ledger.

    `superseded` names what no longer stands by what stands for it, "" where nothing does; `retired` are the team's
    own facts among those. `preferred` are facts preferred over what contradicts them, each with a curator's reason.
    `unsupported` are ids of facts that cite a document which these seeds no longer have.
    """

    revision: int = 0
    facts: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()
    superseded: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[Fact, ...] = ()
    preferred: Mapping[str, str] = field(default_factory=dict)
    unsupported: tuple[str, ...] = ()
