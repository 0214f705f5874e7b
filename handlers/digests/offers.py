"""What can be done with a digest by whoever looks at it, as buttons: only such as work for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.answer import Choice, Effect
from handlers.digests import describe
from handlers.digests.coming import skipped
from handlers.digests.ownership import for_oneself, may_change
from handlers.digests.reading.regions import TAKEN_IN
from handlers.digests.reading.when.until import dated
from handlers.digests.schedule import day_label
from handlers.digests.supply import day_meant, supply
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase


def offers(services: Services, request: Request, kept: Subscription) -> tuple[Choice, ...]:
    """Return what whoever may change `kept` does to it, and what anybody else may have instead; () where Slack does
    not say who asks.
    """
    may = may_change(services, request, kept)
    if may is None:
        return ()
    return _of_owner(services, request, kept) if may else (for_oneself(kept),)


def _of_owner(services: Services, request: Request, kept: Subscription) -> tuple[Choice, ...]:
    runs = not describe.state_text(kept)
    found = supply(services, kept, request.now)
    skips = skipped(services.deliveries, kept, request.now)
    offered = (
        (True, _choice(kept, "form", say("Edit"), "opens a form")),
        (not runs, _choice(kept, "resume", say("Resume"))),
        (runs, _choice(kept, "pause", say("Pause"))),
        (runs and not found.is_resting, skipping(services, kept, request.now)),
        (bool(skips), unskipping(kept, len(skips))),
        (bool(found.elsewhere), taking_in(kept, found.elsewhere)),
        (not found.left, _choice(kept, "restart", say("Start over"))),
        (True, _choice(kept, "unsubscribe", say("End it"))),
    )
    return tuple(choice for is_offered, choice in offered if is_offered)


def carried(services: Services, kept: Subscription, verb: str, text: str, now: datetime) -> str:
    """Return a text to a digest as a button carries it, so that it does what was shown whenever it is pressed: of a skip with the
    day of the run, of a pause with the day until which.
    """
    if verb == "skip":
        return f"{text} {day_meant(services, kept, now)}".strip()
    return dated(text, now.astimezone(ZoneInfo(kept.zone)).date()) if verb == "pause" else text


def skipping(services: Services, kept: Subscription, now: datetime) -> Choice:
    """Return the button that skips the run which comes next now, and no other when it is pressed again."""
    return replace(_choice(kept, "skip", say("Skip the next run")), text=day_meant(services, kept, now))


def pausing_until(kept: Subscription, day: date) -> Choice:
    """Return the button that pauses a digest until that day, whenever it is pressed."""
    label = say("Pause digest {digest} until {date}", digest=kept.id, date=day_label(day))
    return replace(_choice(kept, "pause", label), text=f"until {day.isoformat()}")


def unskipping(kept: Subscription, count: int, only: str = "") -> Choice:
    """Return the button that takes back `count` skips: all there are, or those of the days in `only`."""
    label = say("Do not skip it") if count == 1 else say("Do not skip them")
    return replace(_choice(kept, "unskip", label), text=only)


def taking_in(kept: Subscription, count: int) -> Choice:
    """Return the button that proposes to take in what a digest leaves out: what its names have on other regions."""
    return replace(_choice(kept, "edit", takes_in(count), "reads"), text=TAKEN_IN)


def takes_in(count: int) -> Said:
    """Return what a button reads that takes in `count` facts on other regions."""
    return say_many("Take in {count} fact on other regions", "Take in {count} facts on other regions", count)


def to_show(kept: Subscription, label: Said) -> Choice:
    """Return the button that shows a digest, and what can be done with it."""
    return _choice(kept, "show", label, "reads")


def in_form(kept: Subscription) -> Choice:
    """Return the button that opens the form of a digest."""
    return _choice(kept, "form", say("Edit in the form"), "opens a form")


def after_saving(kept: Subscription, before: Subscription | None = None) -> tuple[Choice, ...]:
    """Return what whoever has just saved a digest may want next: to see it, to change it, to end it or, of one that was changed,
    to have it as it was `before`.
    """
    preview = _choice(kept, "preview kept", say("Preview"), "reads")
    edit = _choice(kept, "form", say("Edit"), "opens a form")
    if before is None:
        return preview, edit, _choice(kept, "unsubscribe", say("End it"))
    held = StoredDigest.of(replace(before, version=kept.version))
    return preview, edit, Choice("undo", say("Undo the change"), DIGEST, "", "save", held, effect="changes")


def ending(base: FactBase, kept: Subscription) -> Choice:
    """Return the button that ends a digest."""
    title = describe.numbered_text(base, kept)
    return _choice(kept, "unsubscribe", say("End digest {digest}", digest=title))


def _choice(kept: Subscription, verb: str, label: Said, effect: Effect = "changes") -> Choice:
    return Choice(f"{verb}:{kept.id}", label, DIGEST, "", verb, target=Target(id=kept.id), effect=effect)
