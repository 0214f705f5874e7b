"""Which facts a digest shows: new and corrected ones first, then a fair turn for all that was asked for.

A pure function of the fact base, what was asked for and what was shown before; no fact comes again until
every one has been shown. Nothing here renders or posts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from handlers.digests.reading.subjects import Subjects
from knowledge.base import FactBase
from knowledge.model import Fact, Place, Topic
from knowledge.vocabulary import Kind, Region

News = Literal["", "new", "corrected"]
# What reads well first: what was done or measured, before what somebody holds or advises.
_LEADS: Final = {
    Kind.PAIRING: 0, Kind.EVENT: 0, Kind.PROJECT: 0, Kind.FIGURE: 0, Kind.PLAN: 1, Kind.MECHANISM: 1,
    Kind.CLUSTER: 1, Kind.CASE: 1, Kind.ORGANISATION: 2, Kind.CLAIM: 3, Kind.RECOMMENDATION: 3,
    Kind.DEFINITION: 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selection:
    """The facts of one digest, the lead first, each with the name it was asked by.

    `pool` counts all that could ever be shown, `left` those not shown yet in this round after this digest.
    `anew` says that a new round begins with it: all were shown before.
    """

    facts: tuple[Fact, ...] = ()
    asked_by: tuple[str, ...] = ()
    news: tuple[News, ...] = ()
    pool: int = 0
    left: int = 0
    anew: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names under which the facts shown are recorded."""
        return tuple(map(fact_key, self.facts))


def fact_key(fact: Fact) -> str:
    """Return "id@hash": another statement under the same id is another key, so that a correction is seen."""
    said = f"{fact.statement}\0{fact.caveat}\0{','.join(fact.documents)}"
    return f"{fact.id}@{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def fact_of(key: str) -> str:
    """Return the id of the fact that a key is of, whatever it said."""
    return key.partition("@")[0]


def candidates(base: FactBase, names: Subjects) -> dict[Fact, str]:
    """Return the facts on `names`, each with the first name that asks for it.

    Facts on other regions belong to it only where the place itself, or the topic of other regions, is asked.
    """
    found: dict[Fact, str] = {}
    for slug in names.slugs:
        record = base.entity(slug)
        takes_all = isinstance(record, Place) or (isinstance(record, Topic) and record.about_elsewhere)
        for fact in base.facts_of(record) if record else ():
            if takes_all or fact.region is not Region.ELSEWHERE:
                found.setdefault(fact, slug)
    return found


def select(
    base: FactBase,
    names: Subjects,
    number: int,
    posted: Sequence[str] = (),
    first_seen: Mapping[str, datetime] | None = None,
    since: datetime | None = None,
) -> Selection:
    """Return the facts of the next digest, at most `number`.

    `posted` are keys of facts shown before, oldest first. `first_seen` says since when each key is in the
    base, `since` when the subscription began: what came later is news.
    """
    all_facts = candidates(base, names)
    shown = _this_round(all_facts, posted)
    news = _news(all_facts, posted, first_seen or {}, since)
    anew = bool(all_facts) and len(shown) == len(all_facts)
    if anew:
        shown = []
    fresh = [fact for fact in all_facts if fact not in set(shown)]
    chosen = _turns(base, fresh, shown, all_facts, news, number)
    return Selection(
        facts=tuple(chosen),
        asked_by=tuple(all_facts[fact] for fact in chosen),
        news=tuple(news.get(fact, "") for fact in chosen),
        pool=len(all_facts),
        left=len(fresh) - len(chosen),
        anew=anew and bool(posted),
    )


def _this_round(all_facts: Collection[Fact], posted: Sequence[str]) -> list[Fact]:
    """Return the facts shown since the last time that all had been shown, as they read now."""
    by_key = {fact_key(fact): fact for fact in all_facts}
    shown: dict[Fact, None] = {}
    for name in posted:
        fact = by_key.get(name)
        if fact is None:
            continue
        if fact in shown:
            # It came again, so a round ended before it.
            shown = {}
        shown[fact] = None
    return list(shown)


def _news(
    all_facts: Collection[Fact],
    posted: Sequence[str],
    first_seen: Mapping[str, datetime],
    since: datetime | None,
) -> dict[Fact, News]:
    shown, shown_ids = set(posted), set(map(fact_of, posted))
    # What was there when the bot first looked is no news, however late it looked.
    began = max(filter(None, (since, min(first_seen.values(), default=None))), default=None)
    older = {fact_of(name) for name, at in first_seen.items() if began is None or at <= began}
    found: dict[Fact, News] = {}
    for fact in all_facts:
        name = fact_key(fact)
        if name in shown:
            continue
        seen = first_seen.get(name)
        is_later = since is not None and began is not None and seen is not None and seen > began
        if fact.id in shown_ids or (is_later and fact.id in older):
            found[fact] = "corrected"
        elif is_later:
            found[fact] = "new"
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A fact with what it counts for, worked out once: `first` and `lead` rank it, `waits` holds it back.

    What it is asked by, its documents and places get a turn when it is taken; `paragraphs` say what stands
    beside it in its documents.
    """

    fact: Fact
    first: tuple[bool, bool]
    lead: int
    waits: float
    share: float
    asked: str
    documents: tuple[str, ...]
    places: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, base: FactBase, fact: Fact, asked: str, of_asked: int, news: News = "") -> _Candidate:
        return cls(
            fact=fact,
            first=(not news, not base.about_documents.isdisjoint(fact.topics)),
            lead=_LEADS[fact.kind] + bool(fact.caveat),
            # A claim waits for about one turn of its document or two of its places, what is not of the delta
            # for one turn more.
            waits=_LEADS[fact.kind] / 2 + (fact.region is not Region.DELTA),
            share=of_asked**0.5,
            asked=f"name:{asked}",
            documents=tuple(f"document:{slug}" for slug in fact.documents),
            places=tuple(f"place:{slug}" for slug in fact.subjects if isinstance(base.entity(slug), Place)),
            paragraphs=tuple(f"paragraph:{cited.document}:{cited.paragraph}" for cited in fact.citations),
        )

    def order(self, turns: Counter[str], is_lead: bool) -> tuple[float, ...]:
        """Return what decides whose turn it is; the least is next."""
        places = sum(turns[slug] for slug in self.places) / len(self.places) / 2 if self.places else 0
        documents = min(turns[slug] for slug in self.documents)
        # What stands beside a fact just shown waits for two turns.
        beside = 2 * sum(turns[paragraph] for paragraph in self.paragraphs)
        return (
            *self.first,
            self.lead if is_lead else 0,
            turns[self.asked] / self.share,
            documents + places + beside + self.waits,
        )


def _turns(
    base: FactBase,
    fresh: list[Fact],
    shown: list[Fact],
    asked_by: Mapping[Fact, str],
    news: Mapping[Fact, News],
    number: int,
) -> list[Fact]:
    """Take facts one by one, each time from the name, document and place that had the fewest turns."""
    size = Counter(asked_by.values())
    turns: Counter[str] = Counter()
    for fact in shown:
        before = _Candidate.of(base, fact, asked_by[fact], 1)
        turns.update((before.asked, *before.documents, *before.places))
    left = [
        _Candidate.of(base, fact, asked_by[fact], size[asked_by[fact]], news.get(fact, "")) for fact in fresh
    ]
    chosen: list[Fact] = []
    while left and len(chosen) < number:
        ranked = [candidate.order(turns, not chosen) for candidate in left]
        best = left.pop(ranked.index(min(ranked)))
        chosen.append(best.fact)
        turns.update((best.asked, *best.documents, *best.places, *best.paragraphs))
    return chosen
