"""The port to the ledger of what a team's curators did. `bot.state` implements it.

Everything about proposals, roles and what is preferred is derived from its events by `handlers.curation.projection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from handlers.draft import Draft

EventKind = Literal[
    "proposed", "edited", "approved", "rejected", "withdrawn", "reverted", "verified", "appointed",
    "dismissed", "preferred", "settled", "reopened", "unreadable", "closed", "supported",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CurationEvent:
    """Who did what, when and why. `subject` is what it was done to: "p:12", "curator:U1", "fact:<id>".

    `name` is how Slack showed the person then; `body` is JSON, "" where there is nothing more to say. Of one that is
    "unreadable" nothing but `seq`, and perhaps the subject, is known. "closed" is what an event of another proposal did
    to this one, and stands in no ledger: `body` is the number of the one that took its place, "" where none did.
    """

    subject: str
    kind: EventKind
    actor: str
    name: str
    at: datetime
    why: str = ""
    body: str = ""
    seq: int = 0


class Settlement(BaseModel):
    """The body of an event "settled": the questions, and the id of the fact that answers them. Old events have none."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    fact: str
    questions: tuple[str, ...]


ContributionState = Literal["waiting", "approved", "rejected", "withdrawn", "reverted", "closed"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A proposal and what became of it. `author` wrote its present words; `version` is its newest event.

    `proposer`, `author` and `approver` are ids, the names beside them as Slack showed them then.
    """

    number: int
    draft: Draft
    proposer: str
    proposer_name: str
    author: str
    version: int
    state: ContributionState = "waiting"
    approver: str = ""
    approver_name: str = ""
    approved: date | None = None
    verified: date | None = None
    review_by: date | None = None
    why: str = ""
    events: tuple[CurationEvent, ...] = ()

    @property
    def id(self) -> str:
        """Return the id of the fact it is or would be: team-012; from the thousandth on team2-001 and so on."""
        thousands, rest = divmod(self.number - 1, 999)
        return f"team{thousands + 1 if thousands else ''}-{rest + 1:03}"

    @property
    def decided(self) -> CurationEvent:
        """Return the event that made it stand as it does; the first one while it waits."""
        made = (event for event in reversed(self.events) if event.kind == self.state)
        return next(made, self.events[0])

    @property
    def author_name(self) -> str:
        """Return the name of who wrote its present words, as Slack showed it then."""
        wrote = (event.name for event in reversed(self.events) if event.kind in ("proposed", "edited"))
        return next(wrote, self.proposer_name)

    @property
    def supporters(self) -> tuple[str, ...]:
        """Return the ids of who else said that it should be so."""
        return tuple(dict.fromkeys(event.actor for event in self.events if event.kind == "supported"))

    @property
    def year(self) -> str:
        """Return the year of what was done to it last: in that it is read."""
        return str(self.events[-1].at.year) if self.events else ""

    def was_edited_since(self, version: int) -> bool:
        """Say whether its words are others than those of that version."""
        return any(event.kind == "edited" and event.seq > version for event in self.events)

    @property
    def reason(self) -> str:
        """Return what was said last of why it is proposed, "" where nothing was."""
        said = (event.why for event in reversed(self.events) if event.kind in ("proposed", "edited"))
        return next(filter(None, said), "")


@dataclass(frozen=True, slots=True)
class CurationState:
    """What stands as of one revision. `asks` are the questions that were settled with a fact, by its id."""

    revision: int = 0
    contributions: Mapping[int, Contribution] = field(default_factory=dict)
    curators: Mapping[str, str] = field(default_factory=dict)
    preferred: Mapping[str, str] = field(default_factory=dict)
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: tuple[int, ...] = ()
    """The events that cannot be read; nothing is said of what they are about."""

    def of_fact(self, fact_id: str) -> Contribution | None:
        """Return the contribution whose fact has that id."""
        return next((c for c in self.contributions.values() if c.id == fact_id), None)

    def waiting(self) -> tuple[Contribution, ...]:
        """Return what waits for review, oldest first."""
        return tuple(c for c in self.contributions.values() if c.state == "waiting")

    def closed_by(self, version: int) -> tuple[Contribution, ...]:
        """Return the proposals that the event of that number closed, since what they would replace no longer stood."""
        return tuple(c for c in self.contributions.values() if c.state == "closed" and c.version == version)

    def successor(self, fact_id: str) -> Contribution | None:
        """Return the approved contribution that supersedes that fact, if any."""
        approved = (c for c in self.contributions.values() if c.state == "approved")
        return next((c for c in approved if c.draft.supersedes == fact_id), None)
