"""What is done to several digests at once: proposed with each as it is and as it would be, and done once that is agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Choice, Effect, Refused, Section
from handlers.command import Reading
from handlers.digests import coming, describe
from handlers.digests.access import LISTING, digest_title, each, listed_for, refusal, visible
from handlers.digests.changing import edit, keep, pause, several_asked, several_deed, several_done, twins
from handlers.digests.changing.difference import changes
from handlers.digests.changing.several_back import UNDO
from handlers.digests.changing.several_deed import Deed
from handlers.digests.changing.several_words import agreeing, none_of, question
from handlers.digests.offers import carried
from handlers.digests.ownership import denial_to
from handlers.digests.reading import which
from handlers.digests.reading.deeds.choosing import Unclear
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.when.until import is_until
from handlers.digests.reading.when.until import until as until_of
from handlers.digests.schedule import day_label
from handlers.digests.supply import day_meant, next_run
from handlers.records.enumerated import all_of, apart
from handlers.request import DIGEST, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.subscription import Subscription

VERBS: Final = frozenset({*several_done.DONE, "edit"})
"""What is done to several at once, by the name of the verb that is done to each."""


def asked(found: Reading, numbers: Sequence[str]) -> Reading:
    """Return that what is read of one digest is to be proposed for several."""
    return Reading("several", str(Deed(found.verb, tuple(numbers), found.argument)))


def how(found: Reading, numbers: Sequence[str]) -> Reading:
    """Return that it is asked how something is done to several."""
    return Reading("several asked", f"how ?{Deed(found.verb, tuple(numbers), found.argument)}")


def unclear(found: Reading, why: Unclear) -> Reading:
    """Return that it is to be asked which are meant, or told that none are."""
    if why.why in ("unread", "own"):
        return Reading("several asked", f"{why.why} {why.said}?")
    return Reading("several asked", f"count {why.said or 0}?{Deed(found.verb, why.numbers, found.argument)}")


def ask(services: Services, request: Request) -> Answer:
    """Return how it is done, which are to be meant, or that none are."""
    head, _, written = request.text.partition("?")
    why, _, said = head.partition(" ")
    if why == "own":
        return several_asked.none_of_own()
    if why == "end":
        return several_asked.end_or_hold(services, request, is_later=bool(said.strip()))
    if why == "unread":
        return several_asked.names_none(head.removeprefix("unread "))
    deed = _read(written)
    if deed is None:
        return _unreadable()
    if why == "how":
        every = {one.id for one in listed_for(services, request)}
        return several_asked.how(deed, is_all=every == set(deed.numbers))
    found = (visible(services, request, number) for number in deed.numbers)
    there = [one for one in found if not isinstance(one, Refused)]
    count = int(said) if said.isdecimal() else 0
    return several_asked.which_of(services, request, there, deed, count)


def _read(text: str) -> Deed | None:
    found = several_deed.read(text)
    return found if found and found.verb in (*VERBS, UNDO) else None


def propose(services: Services, request: Request) -> Answer:
    """Return what becomes of each digest, with a button to do it to all of them, and one for each alone."""
    deed = _read(request.text)
    if deed is None:
        return _unreadable()
    there, not_done = _there(services, request, deed.numbers)
    if not there:
        return _none(services, request, deed, not_done)
    if unclear := _unclear(services, request, deed, there):
        return unclear
    told: list[Said] = []
    meant: list[Subscription] = []
    for kept in there:
        line = _becomes(services, request, deed, kept)
        if isinstance(line, Answer):
            not_done.append(line.headline)
        else:
            meant.append(kept)
            told.append(line)
    left = (Section(say("Stays as it is"), tuple(not_done)),) if not_done else ()
    if not meant:
        return replace(refusal(say("None of them can be changed so.")), choices=(LISTING,), sections=left)
    does = _held(services, request, deed, meant)
    agreed = Choice(
        "several",
        agreeing(deed.verb, len(meant)),
        DIGEST,
        str(does),
        "several agreed",
        effect="changes",
        style="primary",
    )
    effect: Effect = "reads" if deed.verb == "edit" else "changes"
    alone = each(services, request, meant, deed.verb, effect, deed.text)
    return Answer(
        headline=question(deed.verb, len(meant)),
        outcome="answer",
        sections=(Section(say("What changes"), tuple(told)), *left),
        notes=twins.made(services, [_wanted(services, request, deed, kept) for kept in meant])
        if deed.verb == "edit"
        else (),
        choices=(
            agreed,
            *(alone if len(meant) > 1 else ()),
            Choice("cancel", say("Cancel"), DIGEST, "", "cancel"),
        ),
    )


def _there(
    services: Services, request: Request, numbers: Sequence[str]
) -> tuple[list[Subscription], list[str]]:
    """Return the digests of some numbers that may be changed, and why the others may not: those that are missing in one sentence."""
    there: list[Subscription] = []
    barred: list[str] = []
    missing: list[str] = []
    for number in numbers:
        found = visible(services, request, number)
        if isinstance(found, Refused):
            missing.append(number)
        elif denied := denial_to(services, request, found):
            barred.append(denied.sentence)
        else:
            there.append(found)
    return there, [*barred, *([none_of(missing)] if missing else [])]


def _none(services: Services, request: Request, deed: Deed, not_done: Sequence[str]) -> Answer:
    """Return that there are none of some numbers, or that none may be changed, with those that there are."""
    here = listed_for(services, request)
    said, *others = not_done
    notes = (say("There are: {digests}.", digests=all_of([one.id for one in here])),) if here else ()
    return replace(refusal(said, *others, *notes), choices=(LISTING,))


def _held(services: Services, request: Request, deed: Deed, meant: Sequence[Subscription]) -> Deed:
    """Return a deed with what each digest is now: by that a second press is known, and what somebody changed meanwhile is left."""
    match deed.verb:
        case "skip":
            own = {kept.id: day_meant(services, kept, request.now) for kept in meant}
        case "restart":
            own = {kept.id: kept.round_since.isoformat() for kept in meant if kept.round_since}
        case "pause":
            own = {kept.id: carried(services, kept, "pause", deed.text, request.now) for kept in meant}
        case _:
            own = {}
    seen = {kept.id: kept.version for kept in meant}
    return replace(deed, numbers=tuple(seen), own=own, seen=seen)


def agree(services: Services, request: Request) -> Answer:
    """Do to each digest what was agreed to; return what became of each."""
    deed = _read(request.text)
    if deed is None:
        return _unreadable()
    return several_done.agree(services, request, deed)


def _unclear(
    services: Services, request: Request, deed: Deed, there: Sequence[Subscription]
) -> Answer | None:
    """Return what asks what is meant where a text cannot be read, or is to be asked of each digest; None where it is plain."""
    first = deed.of(request, there[0].id)
    if deed.verb == "pause" and deed.text:
        today = request.now.astimezone(ZoneInfo(there[0].zone)).date()
        until = until_of(deed.text, today)
        return (
            None
            if until and until > today and is_until(deed.text)
            else _of_all(pause.pause(services, first), deed)
        )
    if deed.verb == "skip" and counted(deed.text)[1]:
        asked_each = say("A skip leaves out the next run. Of which digest?")
        return refusal(asked_each, choices=each(services, request, there, "skip", "changes"))
    if deed.verb not in ("edit", "skip", "pause", "revive") and which.bare(deed.text):
        asked_which = say(
            "I do not understand “{text}”, so nothing is changed. Which digest?", text=which.bare(deed.text)
        )
        return refusal(asked_which, choices=each(services, request, there, "show", "reads"))
    if deed.verb == "edit":
        if not deed.text:
            return refusal(
                say("What shall change?"), say("For example: /yrd-digest edit all weekly tue 10:00.")
            )
        found = [_wanted(services, request, deed, kept) for kept in there]
        wrong = {str(one.headline): one for one in found if isinstance(one, Answer)}
        is_same = len(wrong) == 1 and all(isinstance(one, Answer) for one in found)
        return _of_all(next(iter(wrong.values())), deed) if is_same else None
    return None


def _wanted(services: Services, request: Request, deed: Deed, kept: Subscription) -> Subscription | Answer:
    return edit.changed(services, deed.of(request, kept.id))


def _of_all(answer: Answer, deed: Deed) -> Answer:
    """Return an answer on the first of them with its buttons as they are said of all."""
    choices = (
        replace(
            choice, text=str(replace(deed, text=choice.text)), verb="several", target=None, effect="reads"
        )
        for choice in answer.choices
        if choice.verb == deed.verb
    )
    return replace(answer, choices=tuple(choices))


def _becomes(services: Services, request: Request, deed: Deed, kept: Subscription) -> Said | Answer:
    """Return how a digest is before and after, or why nothing becomes of it."""
    title = digest_title(services, kept)
    if deed.verb == "edit":
        wanted = _wanted(services, request, deed, kept)
        if isinstance(wanted, Answer):
            return wanted
        if same := keep.unchanged(kept, wanted):
            return same.answer
        told = apart(list(changes(services.base, kept, wanted)))
        return say("{digest}: {changes}", digest=describe.numbered_text(services.base, kept), changes=told)
    before, after = _stands(services, kept, request.now), _after(services, request.now, deed, kept)
    if not after or before == after:
        return refusal(say("Digest {digest}: {state}.", digest=title, state=before))
    return say("{digest}: {after} instead of {before}", digest=title, after=after, before=before)


def _stands(services: Services, kept: Subscription, now: datetime) -> Said:
    if held := describe.state_text(kept):
        return say("{state}", state=held)
    run = next_run(services, kept, now)
    return say("next on {run}", run=describe.run_text(kept, run)) if run else say("no run to come")


def _after(services: Services, now: datetime, deed: Deed, kept: Subscription) -> Said | None:
    """Return how a digest stands after it; None where it can not be done to it."""
    match deed.verb:
        case "unsubscribe":
            return say("ended")
        case "restart":
            return say("from its first fact again")
        case "pause":
            until = until_of(deed.text, now.astimezone(ZoneInfo(kept.zone)).date()) if deed.text else None
            return say("paused until {date}", date=day_label(until)) if until else say("paused")
        case "resume":
            running = replace(kept, paused=False, paused_until=None)
            return _stands(services, running, now) if describe.state_text(kept) else None
        case "unskip":
            skipped = coming.skipped(services.deliveries, kept, now)
            runs = apart([describe.run_text(kept, run) for run in skipped])
            return say("next on {run}", run=runs) if skipped else None
        case _:
            count = counted(deed.text)[0] or 1
            runs_to_come = coming.coming(services.deliveries, kept, now, count + 1)
            if len(runs_to_come) <= count:
                return None
            return say("next on {run}", run=describe.run_text(kept, runs_to_come[-1]))


def _unreadable() -> Answer:
    return refusal(say("I cannot read which digests are meant. /yrd-digest list shows those there are."))
