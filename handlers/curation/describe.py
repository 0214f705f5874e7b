"""A proposal in words: the card that reviewers see, and what tells its author how it went."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.answer import Answer, Choice, Line, Section
from handlers.contribution import Contribution, CurationState
from handlers.draft import ASKS_MAX, Draft
from handlers.plural import plural
from handlers.request import REVIEW
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact
from knowledge.text.normalize import normalize

STATES = {
    "waiting": "waits for review",
    "approved": "is approved",
    "rejected": "was rejected",
    "withdrawn": "was withdrawn",
    "reverted": "was taken back",
}


def card(services: Services, kept: Contribution) -> Answer:
    """Return what a reviewer decides on: what is proposed, what stands now, and the difference."""
    old = services.base.fact(kept.draft.supersedes)
    lines = (Line(old, group="What stands now"),) if old else ()
    sections = [Section("Proposed", tuple(particulars(services, kept.draft)))]
    if kept.draft.asks:
        sections.append(Section("What people would ask", kept.draft.asks))
    if old and not kept.draft.withdraws:
        sections.append(Section("What would change", tuple(differences(services, old, kept.draft))))
    sections.append(Section("So far", tuple(history(kept))))
    return Answer(
        headline=f"Proposal {kept.number} by {kept.proposer_name}: {sort_of(kept.draft)}. It {STATES[kept.state]}.",
        outcome="answer",
        match="exact",
        lines=lines,
        sections=tuple(sections),
        choices=_choices(kept) if kept.state == "waiting" else (),
    )


def _choices(kept: Contribution) -> tuple[Choice, ...]:
    target = Target(id=str(kept.number), version=kept.version)
    return (
        Choice("approve", "Approve", REVIEW, "", "approve", target=target, effect="changes"),
        Choice("edit", "Edit", REVIEW, "", "edit", target=target, effect="opens a form"),
        Choice("reject", "Reject", REVIEW, "", "ask why", target=target, effect="opens a form"),
    )


def sort_of(draft: Draft) -> str:
    """Return "a new fact", "a correction of xu-twinning-001" or "xu-twinning-001 is wrong or outdated"."""
    if draft.withdraws:
        return f"{draft.supersedes} is wrong or outdated"
    return f"a correction of {draft.supersedes}" if draft.supersedes else "a new fact"


def particulars(services: Services, draft: Draft) -> list[str]:
    """Return a draft's fields as lines, the statement first; what is not said is left out."""
    if draft.withdraws:
        return [f"Nothing would stand in place of {draft.supersedes}."]
    figures = "; ".join(f"{f.of}: {f.value:,g} {f.unit} {f.year or ''}".strip() for f in draft.figures)
    source = f"{draft.document}, para {draft.paragraph}" if draft.document else f"{draft.title} {draft.url}"
    fields = (
        ("", draft.statement),
        ("Source: ", f"{source.strip()}, at “{draft.words}”"),
        ("Source dated: ", draft.published),
        ("About: ", names(services, draft.subjects)),
        ("Topics: ", names(services, draft.topics)),
        (
            "Kind and stance: ",
            f"{draft.kind}, {draft.stance}" + (f" by {draft.speaker}" * bool(draft.speaker)),
        ),
        ("Date: ", draft.date),
        ("Figures: ", figures),
        ("Caveat: ", draft.caveat),
        ("Review by: ", draft.review_by),
    )
    return [f"{label}{value}" for label, value in fields if value]


def differences(services: Services, old: Fact, new: Draft) -> list[str]:
    """Return each field that a correction changes, as "field: before → after"."""
    before = old.citations[0]
    cited = f"{before.document}, para {before.paragraph}"
    pairs = (
        ("Statement", old.statement, new.statement),
        ("About", names(services, old.subjects), names(services, new.subjects)),
        ("Topics", names(services, old.topics), names(services, new.topics)),
        ("Kind", str(old.kind), str(new.kind)),
        ("Stance", str(old.stance), str(new.stance)),
        ("Speaker", old.speaker, new.speaker),
        ("Date", old.date, new.date),
        ("Caveat", old.caveat, new.caveat),
        ("Source", cited, f"{new.document}, para {new.paragraph}" if new.document else new.url),
        ("Figures", _figures(old), _figures(new)),
    )
    changed = [f"{label}: {was or '–'} → {now or '–'}" for label, was, now in pairs if was != now]
    changed += _asks(services.base.overlay.own_asks(old)[:ASKS_MAX], new)
    return changed or ["No field differs."]


def _asks(before: tuple[str, ...], new: Draft) -> Iterator[str]:
    if new.asks is not None:
        old, now = set(map(normalize, before)), set(map(normalize, new.asks))
        yield from (f"Asked as well: “{ask}”" for ask in new.asks if normalize(ask) not in old)
        yield from (f"No longer asked: “{ask}”" for ask in before if normalize(ask) not in now)


def _figures(of: Draft | Fact) -> str:
    return f"{len(of.figures)} {plural(len(of.figures), 'figure')}"


def names(services: Services, slugs: tuple[str, ...]) -> str:
    """Return the names of records, by comma."""
    return ", ".join(entity.name if (entity := services.base.entity(slug)) else slug for slug in slugs)


def history(kept: Contribution) -> list[str]:
    """Return every event of a contribution: who, what, when and why."""
    return [
        f"{event.at:%Y-%m-%d %H:%M} UTC: {event.kind} by {event.name}"
        + (f": {event.why}" if event.why else "")
        for event in kept.events
    ]


def queue(curation: CurationState, user: str) -> list[tuple[Contribution, str]]:
    """Return what waits, each with a line that names it."""
    return [
        (
            kept,
            f"{kept.number}: {sort_of(kept.draft)} by {kept.proposer_name}: {kept.draft.statement or kept.why}",
        )
        for kept in curation.waiting()
    ]


def counted(proposals: int, questions: int) -> str:
    """Return "1 proposal and 2 unanswered questions"."""
    return (
        f"{proposals} {plural(proposals, 'proposal')} and"
        f" {questions} unanswered {plural(questions, 'question')}"
    )
