"""What was agreed to of several digests, done to each that still is as it was shown: once, however often it is pressed, and so that
it can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Refused, Section
from handlers.digests import describe
from handlers.digests.access import refusal, visible
from handlers.digests.changing import edit, end, keep, pause, several_back, skip
from handlers.digests.changing.several_deed import Deed
from handlers.digests.changing.several_words import spans
from handlers.digests.reading.subjects import Subjects
from handlers.records.enumerated import all_of
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Subscription

DONE: Final[Mapping[str, Callable[[Services, Request], Answer]]] = MappingProxyType(
    {
        "pause": pause.pause,
        "resume": pause.resume,
        "skip": skip.skip,
        "unskip": skip.unskip,
        "restart": pause.restart,
        "unsubscribe": end.unsubscribe,
        "revive": keep.revive,
    }
)
"""What is done to each by the name of its verb, but for an edit and what takes one back."""


def agree(services: Services, request: Request, deed: Deed) -> Answer:
    """Do to each digest what was agreed to, unless somebody changed it since it was shown; return what became of each, with the
    buttons that put all back as they were.
    """
    answers: list[Answer] = []
    stale: list[str] = []
    backs = several_back.Backs(services, request, deed)
    for number in deed.numbers:
        kept = _kept(services, request, number)
        if done_before := _done_before(services, request, deed, kept):
            answers.append(done_before)
        elif kept and deed.seen.get(number, kept.version) != kept.version:
            answers.append(refusal(_changed_since(services, kept)))
            stale.append(number)
        else:
            backs.before(number, kept)
            answers.append(_do(services, request, deed, number, kept))
            if answers[-1].outcome == "done":
                backs.after(number, _kept(services, request, number))
    count = sum(answer.outcome == "done" for answer in answers)
    lost = backs.lost()
    return Answer(
        headline=_told(count, len(answers)),
        outcome="done" if count else "refused",
        sections=(Section(say("What became of them"), tuple(answer.headline for answer in answers)),),
        notes=(say("No button takes it back of digests {numbers}.", numbers=all_of(spans(lost))),)
        if lost
        else (),
        choices=(*backs.choices(), *_looking_again(deed, stale)),
    )


def _looking_again(deed: Deed, stale: list[str]) -> tuple[Choice, ...]:
    """Return the button that proposes the same for the digests as they are now."""
    if not stale or deed.verb == several_back.UNDO:
        return ()
    again = Deed(deed.verb, tuple(stale), deed.text)
    return (Choice("again", say("Look again"), DIGEST, str(again), "several"),)


def _changed_since(services: Services, kept: Subscription) -> Said:
    stands = {
        "digest": kept.id,
        "subjects": describe.subjects_text(services.base, Subjects.of(kept)),
        "schedule": describe.schedule_text(kept),
    }
    if held := describe.state_text(kept):
        return say(
            "Digest {digest} was changed meanwhile, so it is left as it is: {subjects}, {schedule}; {state}.",
            **stands,
            state=held,
        )
    return say(
        "Digest {digest} was changed meanwhile, so it is left as it is: {subjects}, {schedule}.",
        **stands,
    )


def _told(done: int, count: int) -> str:
    if not done:
        return say("Nothing was changed.")
    if done < count:
        return say_many("{count} of {all} digests is changed.", "{count} of {all} digests are changed.", done, all=count)  # fmt: skip
    return say_many("{count} digest is changed.", "{count} digests are changed.", done)


def _kept(services: Services, request: Request, number: str) -> Subscription | None:
    found = visible(services, request, number)
    return None if isinstance(found, Refused) else found


def _done_before(
    services: Services, request: Request, deed: Deed, kept: Subscription | None
) -> Answer | None:
    """Return that a digest is already what it is to be: a second press does nothing more."""
    if kept is None:
        return None
    match deed.verb:
        case "edit" | several_back.UNDO:
            wanted = _wanted(services, request, deed, kept)
            same = keep.unchanged(kept, wanted) if isinstance(wanted, Subscription) else None
            return same.answer if same else None
        case "pause" | "resume" if several_back.is_held(kept, _held_as(deed, kept.id)):
            held = describe.state_text(kept) or say("running")
            return refusal(say("Digest {digest} is {state} already.", digest=kept.id, state=held))
        case "restart" if kept.round_since and deed.own.get(kept.id) != kept.round_since.isoformat():
            return (
                refusal(say("Digest {digest} was started over already.", digest=kept.id))
                if kept.id in deed.seen
                else None
            )
        case _:
            return None


def _held_as(deed: Deed, number: str) -> str:
    """Return how a digest is to be held after a pause, or after one is taken back."""
    return deed.own.get(number, "") or (several_back.FOR_GOOD if deed.verb == "pause" else "")


def _wanted(services: Services, request: Request, deed: Deed, kept: Subscription) -> Subscription | Answer:
    """Return what a digest is to be after a change, or after one is taken back."""
    if deed.verb == "edit":
        return edit.changed(services, deed.of(request, kept.id))
    found = several_back.put_back(kept, deed.own.get(kept.id, ""))
    return found or refusal(say("I cannot read what digest {digest} was before.", digest=kept.id))


def _do(services: Services, request: Request, deed: Deed, number: str, kept: Subscription | None) -> Answer:
    asked, own = deed.of(request, number), deed.own.get(number, "")
    match deed.verb:
        case "edit" | several_back.UNDO if kept:
            wanted = _wanted(services, request, deed, kept)
            done = wanted if isinstance(wanted, Answer) else keep.keep(services, request, wanted)
            return done.answer if isinstance(done, Refused) else done
        case "edit" | several_back.UNDO:
            return refusal(say("There is no digest {digest} here.", digest=number))
        case "skip":
            return skip.skip(services, asked.saying(f"{deed.text} {own}".strip(), asked.target))
        case "unskip" if own:
            return skip.unskip(services, asked.saying(own, asked.target))
        case "pause":
            return pause.pause(services, several_back.held_again(asked, own or deed.text))
        case "resume" if own and not several_back.is_over(own, asked, kept):
            return pause.pause(services, several_back.held_again(asked, own))
        case "revive":
            done = keep.revive(services, asked)
            kept = _kept(services, request, number)
            is_held = own and done.outcome == "done" and not several_back.is_over(own, asked, kept)
            return pause.pause(services, several_back.held_again(asked, own)) if is_held else done
        case _:
            return DONE[deed.verb](services, asked)
