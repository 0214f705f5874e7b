"""What the ledger of contributions comes to: proposals, the team's own facts, curators, what is preferred.

A pure reading of the events; nothing here writes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, get_args

from handlers.contribution import Contribution, CurationEvent, CurationState, EventKind, Settlement
from handlers.curation.correction import completed, draft_of, says_the_same
from handlers.curation.sources import citations
from handlers.draft import ASKS_MAX, Draft
from knowledge.base import FactBase
from knowledge.model import Contributed, Document, Fact
from knowledge.overlay import Overlay
from knowledge.text.normalize import normalize

# How long a fact of the team's own is taken for checked, unless its draft names a day.
FRESH: Final = timedelta(days=365)


def replay(events: Iterable[CurationEvent]) -> CurationState:
    """Return what `events` come to. What one of them that cannot be read is about is left out: that may have been the
    one that took a fact or a right back.
    """
    events = tuple(events)
    lost = {event.subject for event in events if event.kind == "unreadable"}
    contributions: dict[int, Contribution] = {}
    curators: dict[str, str] = {}
    preferred: dict[str, str] = {}
    revision = 0
    for event in events:
        revision = event.seq
        if event.subject in lost:
            continue
        sort, _, what = event.subject.partition(":")
        if sort == "p":
            number = int(what)
            if number in contributions or event.kind == "proposed":
                contributions[number] = _after(contributions.get(number), number, event)
                contributions.update(_closed(contributions, contributions[number], event))
        elif sort == "curator":
            curators.pop(what, None)
            if event.kind == "appointed":
                curators[what] = json.loads(event.body)["name"]
        elif event.kind == "preferred":
            preferred.pop(what, None)
            for other in json.loads(event.body)["over"]:
                preferred.pop(other, None)
            if event.why:
                preferred[what] = event.why
    read = [event for event in events if event.subject not in lost]
    unread = tuple(event.seq for event in events if event.kind == "unreadable")
    return CurationState(revision, contributions, curators, preferred, _settled(read), unread)


def _settled(events: Iterable[CurationEvent]) -> Mapping[str, tuple[str, ...]]:
    """Return the questions that were settled with each fact; one that was settled again stands at the later fact."""
    latest: dict[str, tuple[str, str]] = {}
    for event in events:
        if event.kind == "settled" and event.body:
            done = Settlement.model_validate_json(event.body)
            latest.update((normalize(question), (done.fact, question)) for question in done.questions)
    asks: defaultdict[str, list[str]] = defaultdict(list)
    for fact_id, question in latest.values():
        asks[fact_id].append(question)
    return {fact_id: tuple(questions) for fact_id, questions in asks.items()}


def next_number(events: Iterable[CurationEvent]) -> int:
    """Return the number of the next proposal: none is given twice, not even that of one that cannot be read."""
    subjects = (event.subject.removeprefix("p:") for event in events if event.subject.startswith("p:"))
    return max((int(what) for what in subjects if what.isascii() and what.isdecimal()), default=0) + 1


def check(event: CurationEvent) -> None:
    """Raise ValueError, KeyError or TypeError where `replay` could not read `event`."""
    sort, _, what = event.subject.partition(":")
    if event.kind not in get_args(EventKind) or (sort == "p" and not what.isdecimal()):
        raise ValueError("no event of ours")
    if event.kind in ("proposed", "edited"):
        Draft.model_validate_json(event.body)
    elif event.kind == "appointed" and not isinstance(json.loads(event.body)["name"], str):
        raise TypeError("no name")
    elif event.kind == "preferred" and not all(isinstance(o, str) for o in json.loads(event.body)["over"]):
        raise TypeError("no ids")
    elif event.kind == "settled" and event.body:
        Settlement.model_validate_json(event.body)


def _after(before: Contribution | None, number: int, event: CurationEvent) -> Contribution:
    """Return the contribution as `event` left it."""
    if before is None:
        return Contribution(
            number=number,
            draft=Draft.model_validate_json(event.body),
            proposer=event.actor,
            proposer_name=event.name,
            author=event.actor,
            version=event.seq,
            events=(event,),
        )
    now = replace(before, version=event.seq, events=(*before.events, event))
    match event.kind:
        case "edited":
            return replace(now, draft=Draft.model_validate_json(event.body), author=event.actor)
        case "approved":
            on = event.at.date()
            due = date.fromisoformat(now.draft.review_by) if len(now.draft.review_by) == 10 else on + FRESH
            return replace(
                now, state="approved", approver=event.actor, approver_name=event.name, approved=on, verified=on,
                review_by=due,
            )  # fmt: skip
        case "verified":
            return replace(now, verified=event.at.date(), review_by=event.at.date() + FRESH)
        case "rejected" | "withdrawn" | "reverted":
            return replace(now, state=event.kind, why=event.why)
    return now


def _closed(
    contributions: Mapping[int, Contribution], kept: Contribution, event: CurationEvent
) -> Mapping[int, Contribution]:
    """Return, closed, the proposals that waited to replace the fact which `event` took away: nobody could approve them."""
    gone = {"approved": kept.draft.supersedes, "reverted": kept.id}.get(event.kind, "")
    body = str(kept.number) if event.kind == "approved" else ""
    return {
        number: replace(
            other,
            state="closed",
            version=event.seq,
            events=(*other.events, replace(event, subject=f"p:{number}", kind="closed", why="", body=body)),
        )
        for number, other in contributions.items()
        if gone and other.state == "waiting" and other.draft.supersedes == gone
    }


def overlay(base: FactBase, curation: CurationState) -> Overlay:
    """Return what the approved contributions add to `base` and take from it.

    What the seeds say by now in the same words is theirs. What cites a document that they no longer have answers
    nobody, and curators are told.
    """
    adopted = {fact.statement: fact.id for fact in base.facts}
    facts: list[Fact] = []
    retired: list[Fact] = []
    unsupported: list[str] = []
    documents = {document.slug: document for document in base.seeds.documents}
    superseded: dict[str, str] = {}
    made: dict[str, Fact] = {}
    for kept in curation.contributions.values():
        if kept.approved is None:
            continue
        stands = kept.state == "approved"
        heir = _heir(base, kept.draft, adopted)
        if stands and kept.draft.supersedes and kept.draft.supersedes != heir:
            superseded[kept.draft.supersedes] = "" if kept.draft.withdraws else heir or kept.id
        if kept.draft.withdraws:
            continue
        if kept.draft.document and kept.draft.document not in documents:
            unsupported.append(kept.id)
            continue
        try:
            old = made.get(kept.draft.supersedes) or base.fact(kept.draft.supersedes)
            fact, page = as_fact(base, kept, old)
        except ValueError:
            # Another version allowed what is no fact here.
            unsupported.append(kept.id)
            continue
        made[kept.id] = fact
        if page is not None:
            documents.setdefault(page.slug, page)
        if stands and not heir:
            facts.append(fact)
        else:
            retired.append(fact)
            superseded[kept.id] = heir if stands else ""
    known = {document.slug for document in base.seeds.documents}
    standing = {fact.id: fact for fact in (*base.facts, *facts) if fact.id not in superseded}
    return Overlay(
        revision=curation.revision,
        facts=tuple(fact for fact in facts if fact.id not in superseded),
        documents=tuple(document for slug, document in documents.items() if slug not in known),
        superseded=superseded,
        retired=(*retired, *(fact for fact in facts if fact.id in superseded)),
        asks=dict(_learned(curation.asks, superseded, standing)),
        preferred=curation.preferred,
        unsupported=tuple(unsupported),
    )


def _heir(base: FactBase, draft: Draft, adopted: Mapping[str, str]) -> str:
    """Return the fact of the seeds that says by now what a draft does, "" where none does.

    A correction may change all but the words: the fact that it corrects says the same only if nothing else differs.
    """
    heir = adopted.get(draft.statement, "")
    fact = base.fact(heir) if heir and heir == draft.supersedes else None
    if fact is None:
        return heir
    # What a fact of the seeds ties is told by what it is about.
    carried = {"question": draft.question, "review_by": draft.review_by, "ties": draft.ties}
    now = draft_of(base, fact).model_copy(update=carried)
    return heir if says_the_same(completed(base, draft), now) else ""


def _learned(
    settled: Mapping[str, tuple[str, ...]], superseded: Mapping[str, str], standing: Mapping[str, Fact]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facts that stand with the questions they were `settled` with, or what they correct was; those aside that
    are asks of theirs already.
    """
    asks: defaultdict[str, list[str]] = defaultdict(list)
    for fact_id, questions in settled.items():
        asks[_successor(fact_id, superseded)].extend(questions)
    for fact_id, gathered in asks.items():
        if fact := standing.get(fact_id):
            known = set(map(normalize, fact.asks))
            if new := tuple(question for question in gathered if normalize(question) not in known):
                yield fact_id, new


def _successor(fact_id: str, superseded: Mapping[str, str]) -> str:
    """Return the id of what stands in the place of a fact by now: its own, or its last correction's, "" for nothing."""
    seen: set[str] = set()
    while fact_id in superseded and fact_id not in seen:
        seen.add(fact_id)
        fact_id = superseded[fact_id]
    return fact_id


def as_fact(base: FactBase, kept: Contribution, old: Fact | None) -> tuple[Fact, Document | None]:
    """Return the contribution as a fact, with the document it cites where that is none of the base.

    Of the fact that it corrects, `old`, it keeps what no form asks for.
    """
    draft = kept.draft
    document = None if draft.document else citations.source_of(draft)
    citation = citations.cite(base, draft, document)
    fact = Fact(
        id=kept.id,
        statement=draft.statement,
        kind=draft.kind,
        subjects=draft.subjects,
        topics=draft.topics,
        stance=draft.stance,
        citations=(citation, *citations.also(base, draft), *citations.further(draft, old)),
        region=draft.region,
        date=draft.date,
        speaker=draft.speaker,
        caveat=draft.caveat,
        figures=draft.figures,
        asks=_asks(draft, old),
        near_misses=old.near_misses if old else (),
        contradicts=old.contradicts if old else (),
        contributed=Contributed(
            proposer=kept.author_name,
            approver=kept.approver_name,
            approved=str(kept.approved or ""),
            owner=kept.proposer,
            verified=str(kept.verified or ""),
            review_by=str(kept.review_by or ""),
            ties=draft.ties,
        ),
    )
    return fact, document


def _asks(draft: Draft, old: Fact | None) -> tuple[str, ...]:
    """Return the draft's asks, then those of the fact it corrects that a form has no room for."""
    before = old.asks if old else ()
    if draft.asks is None:
        return before
    # A form gives back Chinese marks as plain ones.
    spelt = {normalize(ask): ask for ask in before}
    written = (spelt.get(normalize(ask), ask) for ask in draft.asks)
    return tuple(dict.fromkeys((*written, *before[ASKS_MAX:])))
