"""What was agreed to of several digests, done to each: once, however often it is pressed, and so that it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Refused, Section
from handlers.digests import coming
from handlers.digests.access import refusal, visible
from handlers.digests.changing import edit, end, keep, pause
from handlers.digests.changing.several_deed import Deed
from handlers.digests.changing.several_words import taking_back
from handlers.digests.supply import next_run
from handlers.request import DIGEST, Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.subscription import Subscription

DONE: Final[Mapping[str, Callable[[Services, Request], Answer]]] = MappingProxyType(
    {
        "pause": pause.pause,
        "resume": pause.resume,
        "skip": pause.skip,
        "unskip": pause.unskip,
        "restart": pause.restart,
        "unsubscribe": end.unsubscribe,
        "revive": keep.revive,
    }
)
"""What is done to each by the name of its verb, but for an edit."""
# What takes each back, as the button reads.
_BACK: Final = MappingProxyType({"pause": "resume", "skip": "unskip", "unsubscribe": "revive"})
_FOR_GOOD: Final = "held"


def agree(services: Services, request: Request, deed: Deed) -> Answer:
    """Do to each digest what was agreed to; return what became of each, with the button that puts all back as they were."""
    before = {number: _kept(services, request, number) for number in deed.numbers}
    skipped = {number: _skipped(services, request, kept) for number, kept in before.items()}
    answers = [(number, _do(services, request, deed, number)) for number in deed.numbers]
    done = tuple(number for number, answer in answers if answer.outcome == "done")
    own = {
        number: _held(before[number])
        if deed.verb == "pause"
        else " ".join(sorted(_skipped(services, request, _kept(services, request, number)) - skipped[number]))
        for number in done
        if deed.verb in ("pause", "skip")
    }
    verb = _BACK.get(deed.verb)
    back = (
        Choice(
            "back", taking_back(verb, len(done)), DIGEST, str(Deed(verb, done, "", own)), "several agreed", effect="changes"
        )
        if verb and done
        else None
    )  # fmt: skip
    return Answer(
        headline=_told(len(done), len(answers)),
        outcome="done" if done else "refused",
        sections=(Section(say("What became of them"), tuple(answer.headline for _, answer in answers)),),
        choices=(back,) if back else (),
    )


def day_meant(services: Services, request: Request, kept: Subscription) -> str:
    """Return the day of the run that a skip leaves out now, by which a second press is known."""
    run = next_run(services, kept, request.now)
    return run.slot.wanted.date().isoformat() if run else ""


def _told(done: int, count: int) -> str:
    if not done:
        return say("Nothing was changed.")
    if done < count:
        return say_many("{count} of {all} digest is changed.", "{count} of {all} digests are changed.", done, all=count)  # fmt: skip
    return say_many("{count} digest is changed.", "{count} digests are changed.", done)


def _kept(services: Services, request: Request, number: str) -> Subscription | None:
    found = visible(services, request, number)
    return None if isinstance(found, Refused) else found


def _skipped(services: Services, request: Request, kept: Subscription | None) -> set[str]:
    """Return the days that are left out of a digest."""
    if kept is None:
        return set()
    return {
        run.slot.wanted.date().isoformat() for run in coming.skipped(services.deliveries, kept, request.now)
    }


def _held(kept: Subscription | None) -> str:
    """Return how a digest was held before; "" of one that ran."""
    if kept is None or not (kept.paused or kept.paused_until):
        return ""
    return f"until {kept.paused_until.isoformat()}" if kept.paused_until else _FOR_GOOD


def _do(services: Services, request: Request, deed: Deed, number: str) -> Answer:
    asked, own = deed.of(request, number), deed.own.get(number, "")
    kept = _kept(services, request, number)
    match deed.verb:
        case "edit":
            wanted = edit.changed(services, asked)
            done = wanted if isinstance(wanted, Answer) else keep.keep(services, request, wanted)
            return done.answer if isinstance(done, Refused) else done
        case "skip" if own and kept and day_meant(services, request, kept) != own:
            return refusal(say("Digest {digest}: that run is skipped already, or is over.", digest=number))
        case "pause" if not deed.text and kept and _held(kept) == _FOR_GOOD:
            return refusal(say("Digest {digest} is paused already.", digest=number))
        case "resume" if own:
            # It was held before a pause that is taken back.
            return pause.pause(services, asked.saying("" if own == _FOR_GOOD else own, asked.target))
        case "unskip" if own:
            return pause.unskip(services, asked.saying(own, asked.target))
        case _:
            return DONE[deed.verb](services, asked)
