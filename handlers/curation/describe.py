"""A proposal in words: the card that reviewers see, and what tells its author how it went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handlers.answer import Answer, CardOf, Choice, Line, Section
from handlers.contribution import Contribution, ContributionState
from handlers.curation import history, sorts
from handlers.curation.correction import draft_of
from handlers.curation.sources import telling
from handlers.draft import Draft
from handlers.request import FACT, REVIEW
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact
from knowledge.stated_pairings import ties_of
from knowledge.text.normalize import normalize

COUNTS: Final = say("Counts as a pairing of")
"""What stands before the places that a fact ties."""
_TOPICS_GUESSED: Final = say("Topics (guessed)")
_CALLED: Final = 110


def card(
    services: Services, kept: Contribution, changed: tuple[str, ...] = (), *, reader: str = ""
) -> Answer:
    """Return what a reviewer decides on: what is proposed, what stands now, and the difference; once it is decided, what
    became of it and by whom. `changed` is what an edit did to it. `reader` is who alone sees it, "" where others do.
    """
    old = services.base.fact(kept.draft.supersedes)
    waits = kept.state == "waiting"
    lines = (Line(old, group=say("What stands now") if waits else say("What stood before")),) if old else ()
    sections = [Section(say("What was changed"), changed)] if changed else []
    title = say("What the base says now") if kept.state == "approved" else say("Proposed")
    sections.append(Section(title, tuple(as_read(services, kept))))
    if kept.draft.asks:
        sections.append(Section(say("What people would ask"), kept.draft.asks))
    if old and waits and not kept.draft.withdraws:
        sections.append(Section(say("What would change"), tuple(differences(services, old, kept.draft))))
    sections.append(history.of(kept))
    return Answer(
        headline=_headline(kept),
        outcome="answer",
        match="exact",
        lines=lines,
        sections=tuple(sections),
        choices=_choices(kept, reader),
        card_of=CardOf(kept.number, kept.version),
    )


def _headline(kept: Contribution) -> Said:
    """Return what a card says first: who wants what, or what became of that and by whom."""
    number, last = kept.number, kept.events[-1].name
    if kept.state == "waiting":
        return say("{proposed} Proposal {number} waits for review.", proposed=_proposed(kept), number=number)
    about = say("Proposal {number}: {proposed}", number=number, proposed=_proposed(kept))
    if kept.author_name != kept.proposer_name:
        about = say("{about} The words are those of {name}.", about=about, name=kept.author_name)
    match kept.state:
        case "approved":
            return say("Approved by {name}. {about}", name=kept.approver_name, about=about)
        case "rejected":
            return say("Rejected by {name}: {why} {about}", name=last, why=_ended(kept.why), about=about)
        case "withdrawn":
            return say("Withdrawn by {name}: {why} {about}", name=last, why=_ended(kept.why), about=about)
        case "reverted":
            return say("Taken back by {name}: {why} {about}", name=last, why=_ended(kept.why), about=about)
        case "closed":
            return say("{why} {about}", why=why_closed(kept), about=about)


def why_closed(kept: Contribution) -> Said:
    """Return in a sentence why nobody can decide on a proposal that was closed any longer."""
    event = kept.decided
    if event.body:
        return say(
            "Closed: another proposal, {number}, which {name} approved, took the place of the fact that it is about.",
            number=event.body, name=event.name,
        )  # fmt: skip
    return say("Closed: {name} took back the fact that it is about.", name=event.name)


def _ended(why: str) -> str:
    """Return a reason as a sentence that ends, whatever whoever gave it ended it with."""
    return why if why[-1:] in ".!?。！？" else f"{why}."


def _proposed(kept: Contribution) -> Said:
    """Return who proposes what, in a sentence."""
    name = kept.proposer_name
    if kept.draft.withdraws and kept.reason:
        return say("{name} says that a fact is wrong: {why}", name=name, why=_ended(kept.reason))
    if kept.draft.withdraws:
        return say("{name} says that a fact is wrong.", name=name)
    if kept.draft.supersedes:
        return say("{name} corrects a fact.", name=name)
    return say("{name} proposes a new fact.", name=name)


def _choices(kept: Contribution, reader: str) -> tuple[Choice, ...]:
    """Return what can still be done about a proposal, as it stands."""
    if kept.state == "approved":
        fact = Target(id=kept.draft.supersedes if kept.draft.withdraws else kept.id)
        return (
            Choice("view", say("View fact"), FACT, fact.id, "", target=fact),
            Choice(
                "revert", say("Revert"), FACT, "", "ask why", target=Target(id=kept.id), effect="opens a form"
            ),
        )
    return decisions(kept, reader) if kept.state == "waiting" else ()


def decisions(kept: Contribution, reader: str = "") -> tuple[Choice, ...]:
    """Return the buttons of what `reader`, or whoever sees them, may do about a proposal that waits: nobody approves
    their own words, and who proposed it withdraws it.
    """
    target = Target(id=str(kept.number), version=kept.version)
    turn_down = say("Withdraw") if reader == kept.proposer else say("Reject")
    approve = Choice(
        "approve", say("Approve"), REVIEW, "", "approve", target=target, effect="changes", style="primary"
    )
    return (
        *(() if reader == kept.author else (approve,)),
        Choice("edit", say("Edit"), REVIEW, "", "edit", target=target, effect="opens a form"),
        Choice("reject", turn_down, REVIEW, "", "ask why", target=target, effect="opens a form"),
    )


def proposal(number: int) -> Said:
    """Return what a proposal is called in a sentence."""
    return say("Proposal {number}", number=number)


def no_proposal(number: int) -> Said:
    """Return that there is no proposal of that number."""
    return say("There is no proposal {number}.", number=number)


def to_review(kept: Contribution) -> Said:
    """Return the label of the button that shows a proposal."""
    return say("Review proposal {number}", number=kept.number)


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
        case "closed":
            return say("{what} is closed.", what=what)


def own(services: Services, kept: Contribution) -> Said:
    """Return the line that tells whoever proposed something what became of it."""
    said: str = clipped(kept.draft.statement)
    if not said:
        said = say("Wrong: {fact}", fact=called(services, kept.draft.supersedes))
    stands = standing(say("It"), kept.state)
    if kept.why:
        stands = say("{standing} Why: {why}", standing=stands, why=kept.why)
    return say("{number}. {statement} {standing}", number=kept.number, statement=said, standing=stands)


def called(services: Services, fact_id: str) -> str:
    """Return a fact by what it says, as a quotation that is not too long; by its id where there is none."""
    known = services.base.fact(fact_id)
    return say("“{statement}”", statement=clipped(known.statement)) if known else fact_id


def clipped(statement: str) -> str:
    """Return as much of a statement as tells it from others."""
    if len(statement) <= _CALLED:
        return statement
    return f"{statement[:_CALLED].rsplit(' ', 1)[0].rstrip(',;:')} …"


def as_read(services: Services, kept: Contribution) -> list[str]:
    """Return the fields of a proposal as lines, as they are read in the year of what was done to it last."""
    # Whoever approved it has looked.
    looked_at = kept.draft if kept.state == "waiting" else kept.draft.model_copy(update={"guessed": ()})
    return particulars(services, looked_at, kept.year)


def particulars(services: Services, draft: Draft, year: str = "") -> list[str]:
    """Return a draft's fields as lines, the statement first; what is not said is left out. In which `year` it is read tells
    whether what it says has begun, and has not ended.
    """
    if draft.withdraws:
        return [say("Taken away, with nothing in its place: {fact}", fact=called(services, draft.supersedes))]
    cited = telling.shown(services.base, draft)
    where = say("Source: {source}", source=cited)
    if draft.words:
        where = say("Source: {source}, at “{words}”", source=cited, words=draft.words)
    fields = (
        _labelled(say("Cited as well"), telling.kept(services.base, draft)),
        _labelled(say("Source dated"), "" if draft.url else draft.published),
        _labelled(say("About"), names(services, draft.subjects)),
        _labelled(
            _TOPICS_GUESSED if "topics" in draft.guessed else say("Topics"), names(services, draft.topics)
        ),
        _labelled(COUNTS, ties(services, draft, year)),
        _labelled(say("Kind"), sorts.told(draft.kind, draft.stance, draft.speaker)),
        _labelled(say("Date"), draft.date),
        _labelled(say("Figures"), _figures(draft)),
        _labelled(say("Caveat"), draft.caveat),
        _labelled(say("Review by"), draft.review_by),
    )
    return [*filter(None, (draft.statement, where, *fields))]


def _labelled(label: str, value: str) -> str:
    return say("{label}: {value}", label=label, value=value) if value else ""


def ties(services: Services, draft: Draft, year: str = "") -> str:
    """Return which places a draft ties and by what, "" where it ties none: lists and maps show that once it is approved."""
    return sorts.pairings(services.base, ties_of(draft, services.base.entity, year))


def differences(services: Services, old: Fact, new: Draft) -> list[str]:
    """Return each field that a correction changes, as "field: before → after"."""
    before = draft_of(services.base, old)
    return changes(services, before, new) or [say("No field differs.")]


def changes(services: Services, before: Draft, after: Draft) -> list[str]:
    """Return each field in which two drafts differ, as "field: before → after"; [] where none does."""
    if after.withdraws and not before.withdraws:
        return [say("Nothing would stand in its place.")]
    # A menu gives its names back in an order of its own.
    same = {
        name: getattr(before, name)
        for name in ("subjects", "topics")
        if frozenset(getattr(before, name)) == frozenset(getattr(after, name))
    }
    was, now = _fields(services, before), _fields(services, after.model_copy(update=same))
    changed: list[str] = [
        say("{field}: {before} → {after}", field=label, before=was[label] or "–", after=said or "–")
        for label, said in now.items()
        if was[label] != said
    ]
    return [*changed, *_asks(before.asks or (), after)]


def _fields(services: Services, draft: Draft) -> dict[str, str]:
    return {
        say("Statement"): draft.statement,
        say("Source"): telling.cited(services.base, draft),
        say("Quoted words"): draft.words,
        say("About"): names(services, draft.subjects),
        say("Topics"): names(services, draft.topics),
        say("Kind"): sorts.KINDS[draft.kind],
        sorts.TOLD_AS: sorts.STANCES[draft.stance],
        COUNTS: ties(services, draft),
        say("Who claims or recommends it"): draft.speaker,
        say("Date"): draft.date,
        say("Caveat"): draft.caveat,
        say("Figures"): _figures(draft),
        say("Review by"): draft.review_by,
    }


def _asks(before: tuple[str, ...], new: Draft) -> Iterator[Said]:
    if new.asks is not None:
        old, now = set(map(normalize, before)), set(map(normalize, new.asks))
        yield from (say("Asked as well: “{ask}”", ask=ask) for ask in new.asks if normalize(ask) not in old)
        yield from (say("No longer asked: “{ask}”", ask=ask) for ask in before if normalize(ask) not in now)


def _figures(draft: Draft) -> str:
    return "; ".join(f"{f.of}: {f.value:,g} {f.unit} {f.year or ''}".strip() for f in draft.figures)


def names(services: Services, slugs: tuple[str, ...]) -> str:
    """Return the names of records, by comma."""
    return ", ".join(entity.name if (entity := services.base.entity(slug)) else slug for slug in slugs)


def waiting(services: Services, kept: Contribution) -> Said:
    """Return the line that names a proposal in a list, with as much of what it states as there is room for."""
    number, name = kept.number, kept.proposer_name
    fact = called(services, kept.draft.supersedes) if kept.draft.supersedes else ""
    statement = clipped(kept.draft.statement)
    if kept.draft.withdraws and kept.reason:
        return say(
            "Proposal {number}, a fact that {name} says is wrong: {fact} Why: {why}",
            number=number, name=name, fact=fact, why=_ended(kept.reason),
        )  # fmt: skip
    if kept.draft.withdraws:
        return say(
            "Proposal {number}, a fact that {name} says is wrong: {fact}", number=number, name=name, fact=fact
        )
    if fact:
        return say(
            "Proposal {number}, a correction by {name}: {statement}",
            number=number, name=name, statement=statement,
        )  # fmt: skip
    return say(
        "Proposal {number}, a new fact by {name}: {statement}", number=number, name=name, statement=statement
    )


def counted(proposals: int, questions: int) -> Said:
    """Return "1 proposal and 2 unanswered questions", of which what there is none of is left out."""
    waits = say_many("{count} proposal", "{count} proposals", proposals)
    unanswered = say_many("{count} unanswered question", "{count} unanswered questions", questions)
    if proposals and questions:
        return say("{proposals} and {questions}", proposals=waits, questions=unanswered)
    return waits if proposals else unanswered
