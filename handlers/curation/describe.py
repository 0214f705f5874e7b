"""A proposal in words: the card that reviewers see, and what tells its author how it went."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.answer import Answer, Choice, Line, Section
from handlers.contribution import Contribution, ContributionState, CurationEvent, CurationState
from handlers.curation.sorts import KINDS, STANCES
from handlers.draft import ASKS_MAX, Draft
from handlers.request import REVIEW
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact
from knowledge.text.normalize import normalize


def card(services: Services, kept: Contribution) -> Answer:
    """Return what a reviewer decides on: what is proposed, what stands now, and the difference."""
    old = services.base.fact(kept.draft.supersedes)
    lines = (Line(old, group=say("What stands now")),) if old else ()
    sections = [Section(say("Proposed"), tuple(particulars(services, kept.draft)))]
    if kept.draft.asks:
        sections.append(Section(say("What people would ask"), kept.draft.asks))
    if old and not kept.draft.withdraws:
        changes = tuple(differences(services, old, kept.draft))
        sections.append(Section(say("What would change"), changes))
    sections.append(Section(say("So far"), tuple(history(kept))))
    return Answer(
        headline=say(
            "Proposal {number} by {name}: {sort}. {standing}",
            number=kept.number,
            name=kept.proposer_name,
            sort=sort_of(kept.draft),
            standing=standing(say("It"), kept.state),
        ),
        outcome="answer",
        match="exact",
        lines=lines,
        sections=tuple(sections),
        choices=_choices(kept) if kept.state == "waiting" else (),
    )


def _choices(kept: Contribution) -> tuple[Choice, ...]:
    target = Target(id=str(kept.number), version=kept.version)
    return (
        Choice("approve", say("Approve"), REVIEW, "", "approve", target=target, effect="changes"),
        Choice("edit", say("Edit"), REVIEW, "", "edit", target=target, effect="opens a form"),
        Choice("reject", say("Reject"), REVIEW, "", "ask why", target=target, effect="opens a form"),
    )


def proposal(number: int) -> Said:
    """Return what a proposal is called in a sentence."""
    return say("Proposal {number}", number=number)


def no_proposal(number: int) -> Said:
    """Return that there is no proposal of that number."""
    return say("There is no proposal {number}.", number=number)


def to_review(kept: Contribution) -> Said:
    """Return the label of the button that shows a proposal."""
    return say("Review {number}", number=kept.number)


def standing(what: str, state: ContributionState) -> Said:
    """Return a sentence on how `what`, a proposal or the fact of one, stands."""
    match state:
        case "waiting":
            return say("{what} waits for review.", what=what)
        case "approved":
            return say("{what} is approved.", what=what)
        case "rejected":
            return say("{what} was rejected.", what=what)
        case "withdrawn":
            return say("{what} was withdrawn.", what=what)
        case "reverted":
            return say("{what} was taken back.", what=what)


def sort_of(draft: Draft) -> Said:
    """Return "a new fact", "a correction of xu-twinning-001" or "xu-twinning-001 is wrong or outdated"."""
    if draft.withdraws:
        return say("{fact} is wrong or outdated", fact=draft.supersedes)
    if draft.supersedes:
        return say("a correction of {fact}", fact=draft.supersedes)
    return say("a new fact")


def particulars(services: Services, draft: Draft) -> list[str]:
    """Return a draft's fields as lines, the statement first; what is not said is left out."""
    if draft.withdraws:
        return [say("Nothing would stand in place of {fact}.", fact=draft.supersedes)]
    figures = "; ".join(f"{f.of}: {f.value:,g} {f.unit} {f.year or ''}".strip() for f in draft.figures)
    cited = _paragraph(draft.document, draft.paragraph) if draft.document else f"{draft.title} {draft.url}"
    source = say("Source: {source}, at “{words}”", source=cited.strip(), words=draft.words)
    fields = (
        _labelled(say("Source dated"), draft.published),
        _labelled(say("About"), names(services, draft.subjects)),
        _labelled(say("Topics"), names(services, draft.topics)),
        _labelled(say("Kind and stance"), _sorts(draft)),
        _labelled(say("Date"), draft.date),
        _labelled(say("Figures"), figures),
        _labelled(say("Caveat"), draft.caveat),
        _labelled(say("Review by"), draft.review_by),
    )
    return [*filter(None, (draft.statement, source, *fields))]


def _labelled(label: str, value: str) -> str:
    return say("{label}: {value}", label=label, value=value) if value else ""


def _paragraph(document: str, number: int) -> Said:
    return say("{document}, para {number}", document=document, number=number)


def _sorts(draft: Draft) -> Said:
    kind, stance = KINDS[draft.kind], STANCES[draft.stance]
    if draft.speaker:
        return say("{kind}, {stance} by {speaker}", kind=kind, stance=stance, speaker=draft.speaker)
    return say("{kind}, {stance}", kind=kind, stance=stance)


def differences(services: Services, old: Fact, new: Draft) -> list[str]:
    """Return each field that a correction changes, as "field: before → after"."""
    before = old.citations[0]
    cited = _paragraph(before.document, before.paragraph)
    pairs = (
        (say("Statement"), old.statement, new.statement),
        (say("About"), names(services, old.subjects), names(services, new.subjects)),
        (say("Topics"), names(services, old.topics), names(services, new.topics)),
        (say("Kind"), KINDS[old.kind], KINDS[new.kind]),
        (say("Stance"), STANCES[old.stance], STANCES[new.stance]),
        (say("Speaker"), old.speaker, new.speaker),
        (say("Date"), old.date, new.date),
        (say("Caveat"), old.caveat, new.caveat),
        (say("Source"), cited, _paragraph(new.document, new.paragraph) if new.document else new.url),
        (say("Figures"), _figures(old), _figures(new)),
    )
    changed: list[str] = [
        say("{field}: {before} → {after}", field=label, before=was or "–", after=now or "–")
        for label, was, now in pairs
        if was != now
    ]
    changed += _asks(services.base.overlay.own_asks(old)[:ASKS_MAX], new)
    return changed or [say("No field differs.")]


def _asks(before: tuple[str, ...], new: Draft) -> Iterator[Said]:
    if new.asks is not None:
        old, now = set(map(normalize, before)), set(map(normalize, new.asks))
        yield from (say("Asked as well: “{ask}”", ask=ask) for ask in new.asks if normalize(ask) not in old)
        yield from (say("No longer asked: “{ask}”", ask=ask) for ask in before if normalize(ask) not in now)


def _figures(of: Draft | Fact) -> Said:
    return say_many("{count} figure", "{count} figures", len(of.figures))


def names(services: Services, slugs: tuple[str, ...]) -> str:
    """Return the names of records, by comma."""
    return ", ".join(entity.name if (entity := services.base.entity(slug)) else slug for slug in slugs)


def history(kept: Contribution) -> list[str]:
    """Return every event of a contribution: who, what, when and why."""
    return [_with_reason(_happened(event), event.why) for event in kept.events]


def _with_reason(said: Said, why: str) -> Said:
    return say("{event}: {why}", event=said, why=why) if why else said


def _happened(event: CurationEvent) -> Said:
    at = say("{time} UTC", time=event.at.strftime("%Y-%m-%d %H:%M"))
    match event.kind:
        case "proposed":
            return say("{at}: proposed by {name}", at=at, name=event.name)
        case "edited":
            return say("{at}: edited by {name}", at=at, name=event.name)
        case "approved":
            return say("{at}: approved by {name}", at=at, name=event.name)
        case "rejected":
            return say("{at}: rejected by {name}", at=at, name=event.name)
        case "withdrawn":
            return say("{at}: withdrawn by {name}", at=at, name=event.name)
        case "reverted":
            return say("{at}: reverted by {name}", at=at, name=event.name)
        case "verified":
            return say("{at}: verified by {name}", at=at, name=event.name)
        case other:
            # Of a proposal there is no other event.
            return say("{at}: {event} by {name}", at=at, event=other, name=event.name)


def queue(curation: CurationState) -> list[tuple[Contribution, Said]]:
    """Return what waits, each with a line that names it."""
    return [(kept, waiting(kept, kept.draft.statement)) for kept in curation.waiting()]


def waiting(kept: Contribution, statement: str) -> Said:
    """Return the line that names a proposal in a list, with as much of its `statement` as there is room for."""
    number, name, fact = kept.number, kept.proposer_name, kept.draft.supersedes
    if kept.draft.withdraws and kept.reason:
        return say(
            "{number}: {name} says that {fact} is wrong or outdated: {why}",
            number=number,
            name=name,
            fact=fact,
            why=kept.reason,
        )
    if kept.draft.withdraws:
        return say(
            "{number}: {name} says that {fact} is wrong or outdated.", number=number, name=name, fact=fact
        )
    if fact:
        return say(
            "{number}: {name} corrects {fact}: {statement}",
            number=number,
            name=name,
            fact=fact,
            statement=statement,
        )
    return say(
        "{number}: {name} proposes a new fact: {statement}", number=number, name=name, statement=statement
    )


def counted(proposals: int, questions: int) -> Said:
    """Return "1 proposal and 2 unanswered questions"."""
    return say(
        "{proposals} and {questions}",
        proposals=say_many("{count} proposal", "{count} proposals", proposals),
        questions=say_many("{count} unanswered question", "{count} unanswered questions", questions),
    )
