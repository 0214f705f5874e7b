"""Whether digests are held, skipped, ended or running: yes or no first, then since when and until when, then what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Choice, Section
from handlers.digests import coming, describe
from handlers.digests.access import (
    LISTING,
    end_of,
    ended,
    history_of,
    listed_for,
    named,
    none_on,
    refusal,
    visible,
)
from handlers.digests.offers import offers
from handlers.digests.ownership import after_its_end
from handlers.digests.reading.subjects import Subjects
from handlers.digests.reading.which import fitting
from handlers.digests.schedule import day_label
from handlers.digests.showing.listed import line, to_each
from handlers.digests.supply import lasting, next_run, to_come
from handlers.records.enumerated import apart
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import EndedDigest, Subscription

_MOST: Final = 20
_STATES: Final = frozenset({"paused", "skipped", "stopped", "running"})


def stands(services: Services, request: Request) -> Answer:
    """Return whether the digest named, or which of several, is as the text says."""
    words = request.text.split()
    state = words[0] if words and words[0] in _STATES else "paused"
    of = words[1] if len(words) > 1 else "any"
    if request.target is not None and request.target.id.isdecimal():
        return _of_number(services, request, state)
    here = _meant(services, request, words[2] if len(words) > 2 else "")
    if not here and request.target is not None:
        return none_on(services, request.target.ids)
    if len(here) == 1:
        return _of_one(services, request, here[0], state)
    if not here:
        return replace(refusal(say("There are no digests here.")), choices=(LISTING,))
    return _of_several(services, request, here, state, of)


def nothing_done(services: Services, request: Request) -> Answer:
    """Return that what was forbidden was not done, and how the digest that is meant stands."""
    if request.target is None or not request.target.id.isdecimal():
        return Answer(headline=say("Nothing is changed."), outcome="answer", choices=(LISTING,))
    kept = named(services, request, "show")
    if isinstance(kept, Answer):
        return kept
    said = say("Nothing is changed. Digest {digest}", digest=line(services, kept, request))
    return Answer(headline=said, outcome="answer", choices=_choices(services, request, kept))


def _meant(services: Services, request: Request, numbers: str) -> tuple[Subscription, ...]:
    if numbers:
        found = (visible(services, request, number) for number in numbers.split(","))
        return tuple(one for one in found if isinstance(one, Subscription))
    here = listed_for(services, request)
    return here if request.target is None else fitting(services.base, here, request.target.ids)


def _of_number(services: Services, request: Request, state: str) -> Answer:
    number = request.target.id if request.target else ""
    if gone := ended(services, request, number):
        return _of_ended(services, request, gone, state)
    kept = named(services, request.saying("", request.target), "show")
    return kept if isinstance(kept, Answer) else _of_one(services, request, kept, state)


def _of_ended(services: Services, request: Request, gone: EndedDigest, state: str) -> Answer:
    kept = gone.digest
    stood = {"digest": kept.id, "subjects": _subjects(services, kept), "day": end_of(gone)}
    said = (
        say("Yes: digest {digest} ({subjects}) was ended on {day}.", **stood)
        if state == "stopped"
        else say("No: digest {digest} ({subjects}) was ended on {day}.", **stood)
    )
    choices = (history_of(gone), *after_its_end(services, request, kept))
    return Answer(headline=said, outcome="answer", choices=choices)


def _of_one(services: Services, request: Request, kept: Subscription, state: str) -> Answer:
    return Answer(
        headline=_of_skips(services, request, kept) if state == "skipped" else _of_hold(services, request, kept, state),
        outcome="answer",
        sections=(Section(describe.NEXT_RUNS, to_come(services, kept, request.now)),),
        choices=_choices(services, request, kept),
    )  # fmt: skip


def _choices(services: Services, request: Request, kept: Subscription) -> tuple[Choice, ...]:
    # Who asks how it stands is not asked whether to end it.
    return tuple(one for one in offers(services, request, kept) if one.verb != "unsubscribe")


def _of_hold(services: Services, request: Request, kept: Subscription, state: str) -> Said:
    stood = {"digest": kept.id, "subjects": _subjects(services, kept)}
    if held := describe.state_text(kept):
        held = _since(services, kept, held)
        return (
            say("No: digest {digest} ({subjects}) is {held}.", **stood, held=held)
            if state == "running"
            else say("Yes: digest {digest} ({subjects}) is {held}.", **stood, held=held)
        )
    run = next_run(services, kept, request.now)
    after = (
        say("Next: {run}.", run=describe.run_text(kept, run))
        if run
        else say("{supply}.", supply=lasting(services, kept, request.now))
    )
    return (
        say("Yes: digest {digest} ({subjects}) runs. {after}", **stood, after=after)
        if state == "running"
        else say("No: digest {digest} ({subjects}) runs. {after}", **stood, after=after)
    )


def _since(services: Services, kept: Subscription, held: str) -> str:
    """Return how a digest is held, with the day since which it is, where that is known."""
    changes = services.subscriptions.changes(kept.team, kept.id)
    paused = next((one for one in changes if str(one.note.what).startswith(_PAUSED)), None)
    if paused is None or kept.pause_reason not in ("", "asked"):
        return held
    since = day_label(paused.at.astimezone(ZoneInfo(kept.zone)).date())
    return say("{held}, since {day}", held=held, day=since)


_PAUSED: Final = str(say("paused"))


def _of_skips(services: Services, request: Request, kept: Subscription) -> Said:
    stood = {"digest": kept.id, "subjects": _subjects(services, kept)}
    skipped = [describe.run_text(kept, run) for run in coming.skipped(services.deliveries, kept, request.now)]
    if not skipped:
        return say("No: no run of digest {digest} ({subjects}) that is to come is skipped.", **stood)
    return say_many(
        "Yes: the run of {runs} of digest {digest} ({subjects}) is skipped.",
        "Yes: {count} runs of digest {digest} ({subjects}) are skipped: {runs}.",
        len(skipped),
        **stood,
        runs=apart(skipped),
    )


def _subjects(services: Services, kept: Subscription) -> Said:
    return describe.subjects_text(services.base, Subjects.of(kept))


def _is_so(services: Services, request: Request, kept: Subscription, state: str) -> bool:
    if state == "skipped":
        return bool(coming.skipped(services.deliveries, kept, request.now))
    return bool(describe.state_text(kept)) != (state == "running")


def _of_several(
    services: Services, request: Request, here: Sequence[Subscription], state: str, of: str
) -> Answer:
    """Return which of several digests are so; of all of them, or any, first whether they are."""
    found = [kept for kept in here if _is_so(services, request, kept, state)]
    said = _told(len(found), len(here), state)
    is_yes = len(found) == len(here) if of == "all" else bool(found)
    if of == "which":
        headline = said if found else _none(len(here), state)
    elif found:
        headline = say("Yes: {said}", said=said) if is_yes else say("No: {said}", said=said)
    else:
        headline = _no_none(len(here), state)
    shown = (found or here)[:_MOST]
    title = say("Which they are") if found else say("How they stand")
    return Answer(
        headline=headline,
        outcome="answer",
        sections=(Section(title, tuple(line(services, kept, request) for kept in shown)),),
        choices=to_each(services, shown),
    )


def _none(among: int, state: str) -> Said:
    match state:
        case "skipped":
            return say("None of the {all} digests has a run that is skipped.", all=among)
        case "running":
            return say("None of the {all} digests is running.", all=among)
        case _:
            return say("None of the {all} digests is paused.", all=among)


def _no_none(among: int, state: str) -> Said:
    match state:
        case "skipped":
            return say("No: none of the {all} digests has a run that is skipped.", all=among)
        case "running":
            return say("No: none of the {all} digests is running.", all=among)
        case _:
            return say("No: none of the {all} digests is paused.", all=among)


def _told(count: int, among: int, state: str) -> Said:
    match state:
        case "skipped":
            return say_many("{count} of {all} digests has runs that are skipped.", "{count} of {all} digests have runs that are skipped.", count, all=among)  # fmt: skip
        case "running":
            return say_many("{count} of {all} digests is running.", "{count} of {all} digests are running.", count, all=among)  # fmt: skip
        case _:
            return say_many("{count} of {all} digests is paused.", "{count} of {all} digests are paused.", count, all=among)  # fmt: skip
