"""What ends digests: unsubscribe, of one or of names that are wanted no more."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Answer, Choice
from handlers.digests import describe
from handlers.digests.access import (
    changeable,
    digest_title,
    done_to,
    listed_for,
    none_on,
    refusal,
    unreadable,
)
from handlers.digests.changing import edit
from handlers.digests.offers import ending
from handlers.digests.ownership import after_its_end, denial_to
from handlers.digests.reading.subjects import Subjects
from handlers.records.enumerated import all_of
from handlers.request import DIGEST, Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.subscription import Note, Subscription, UnreadableDigest
from handlers.target import Target


def unsubscribe(services: Services, request: Request) -> Answer:
    """End the digest named; return what says so, with a button to take it up again."""
    if lost := unreadable(services, request, request.target.id if request.target else ""):
        return _end_unreadable(services, request, lost)
    if request.target is not None and not request.target.id.isdecimal():
        return _no_more_of(services, request, request.target.ids)
    kept = changeable(services, request, "unsubscribe")
    if isinstance(kept, Answer):
        return kept
    if not services.subscriptions.remove(
        request.team, kept.id, request.now, Note(request.user, say("ended"))
    ):
        return gone(kept)
    return Answer(
        headline=say(
            "Digest {digest} ({subjects}) is ended; what it posted stays.",
            digest=kept.id,
            subjects=describe.subjects_text(services.base, Subjects.of(kept)),
        ),
        outcome="done",
        choices=after_its_end(services, request, kept),
    )


def _no_more_of(services: Services, request: Request, slugs: tuple[str, ...]) -> Answer:
    """Return what comes of it that some names are to be followed no more: a digest on nothing else is ended, of one on more
    they are dropped once that is agreed to.
    """
    here = listed_for(services, request)
    found = [kept for kept in here if not set(slugs).isdisjoint(Subjects.of(kept).slugs)]
    if not found:
        return none_on(services, slugs)
    if len(found) > 1:
        said = say_many(
            "{count} digest is on it. Which one?", "{count} digests are on it. Which one?", len(found)
        )
        return refusal(said, choices=tuple(dropping(services, kept, slugs) for kept in found[:10]))
    kept = found[0]
    others = [slug for slug in Subjects.of(kept).slugs if slug not in slugs]
    if not others:
        return unsubscribe(services, request.saying(request.text, Target(id=kept.id)))
    dropped = ", ".join(slug for slug in Subjects.of(kept).slugs if slug in slugs)
    asked = edit.edit(services, request.saying(f"drop {dropped}", Target(id=kept.id)))
    return replace(asked, choices=(*asked.choices, ending(services.base, kept))) if asked.choices else asked


def dropping(services: Services, kept: Subscription, slugs: tuple[str, ...]) -> Choice:
    """Return the button that ends a digest on nothing but these names, or drops them from one on more."""
    names = Subjects.of(kept)
    if set(names.slugs) <= set(slugs):
        label, target = done_to("unsubscribe", digest_title(services, kept)), Target(id=kept.id)
        return Choice(kept.id, label, DIGEST, "", "unsubscribe", target=target, effect="changes")
    dropped = [record for slug in names.slugs if slug in slugs and (record := services.base.entity(slug))]
    title = describe.numbered_text(services.base, kept)
    label = say("Drop {names} from digest {digest}", names=all_of(dropped), digest=title)
    text = "drop " + ", ".join(record.slug for record in dropped)
    return Choice(f"{text} {kept.id}", label, DIGEST, text, "edit", target=Target(id=kept.id))


def _end_unreadable(services: Services, request: Request, lost: UnreadableDigest) -> Answer:
    if barred := denial_to(services, request, lost):
        return barred.answer
    services.subscriptions.remove(request.team, lost.id, request.now, Note(request.user, say("ended")))
    return Answer(
        headline=say("Digest {digest}, which could not be read, is ended.", digest=lost.id), outcome="done"
    )


def gone(kept: Subscription) -> Answer:
    """Return that somebody ended a digest while something else was to become of it."""
    return refusal(say("Digest {digest} is gone: somebody ended it meanwhile.", digest=kept.id))
