"""Which digest is meant, and who may change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Choice, Effect, Refused
from handlers.digests import describe
from handlers.digests.offers import carried
from handlers.digests.ownership import after_its_end, denial_to, for_oneself, is_reader_of
from handlers.digests.reading.known import names_in
from handlers.digests.reading.subjects import Subjects
from handlers.digests.reading.which import bare, fitting, on_each
from handlers.digests.schedule import day_label
from handlers.records.enumerated import in_a_row
from handlers.request import DIGEST, Request
from handlers.rights import is_admin
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import EndedDigest, Subscription, UnreadableDigest
from handlers.target import Target

TAKE_NOTHING_ELSE: Final = frozenset(
    {"show", "next", "resume", "skip", "unskip", "restart", "mine", "unsubscribe", "history", "revive"}
)
"""The verbs behind which only stands which digest is meant."""
LISTING: Final = Choice("list", say("List the digests"), DIGEST, "", "list")
LISTED: Final = say("/yrd-digest list shows those there are.")


def refusal(headline: str, *notes: str, choices: tuple[Choice, ...] = ()) -> Answer:
    """Return an answer that says in one sentence why nothing was done, or asks which was meant."""
    return Answer(
        headline=headline, outcome="suggestion" if choices else "refused", notes=notes, choices=choices
    )


def named(services: Services, request: Request, verb: str, effect: Effect = "reads") -> Subscription | Answer:
    """Return the digest that is the target, by its number or what it follows, without one the only one of the channel; else ask
    for which one `verb` is.
    """
    if request.target and verb in TAKE_NOTHING_ELSE and (words := bare(request.text)):
        return refusal(
            say("“{words}” is not understood behind a digest's number, so nothing was done.", words=words)
            if request.target.id.isdecimal()
            else say("“{words}” is not understood behind a digest's name, so nothing was done.", words=words),
            say("One digest at a time: /yrd-digest {verb} {digest}.", verb=verb, digest=request.target.id),
        )
    if request.target is not None and request.target.id.isdecimal():
        found = visible(services, request, request.target.id)
        return _refused(services, request, found) if isinstance(found, Refused) else found
    services.require("subscriptions")
    if request.target is None and request.text and verb in TAKE_NOTHING_ELSE:
        return refusal(
            say("“{words}” is neither a digest's number nor a name that one follows.", words=request.text),
            say("For example: /yrd-digest {verb} 3.", verb=verb),
            LISTED,
            choices=_of_unread(services, request, verb, effect),
        )
    here = listed_for(services, request)
    if not here and not request.channel:
        return refusal(say("Which digest? Say its number."), LISTED)
    if here and request.target is not None:
        slugs = request.target.ids
        here = fitting(services.base, here, slugs)
        if not here:
            return none_on(services, slugs)
    if len(here) == 1:
        return here[0]
    if not here:
        return _none_here(services, request)
    return which_one(services, request, here, verb, effect)


def _of_unread(services: Services, request: Request, verb: str, effect: Effect) -> tuple[Choice, ...]:
    """Return a button for each digest that may be meant by words that are not understood: of those on what they name, if they
    name anything; nothing is ended by words that say more than a name.
    """
    here = listed_for(services, request)
    if verb == "unsubscribe":
        names = names_in(services.base, request.text)
        return each(services, request, on_each(here, [name.slugs for name in names]), "show", "reads")
    return each(services, request, here, verb, effect)


def which_one(
    services: Services, request: Request, here: Sequence[Subscription], verb: str, effect: Effect = "reads"
) -> Answer:
    """Return what asks which of several digests `verb` is to be done to, with a button for each."""
    return refusal(
        say_many("{count} digest is on it. Which one?", "{count} digests are on it. Which one?", len(here))
        if request.target
        else say_many(
            "There is {count} digest. Which one?", "There are {count} digests. Which one?", len(here)
        )
        if is_direct(request) or not request.channel
        else say_many(
            "This channel has {count} digest. Which one?",
            "This channel has {count} digests. Which one?",
            len(here),
        ),
        choices=each(services, request, here, verb, effect, request.text),
    )


def is_direct(request: Request) -> bool:
    """Say whether a request is made in direct messages, where a person's own digests of any channel are meant."""
    return request.channel.startswith("D")


def of_channel(services: Services, request: Request) -> tuple[Subscription, ...]:
    """Return the digests of the channel of a request, none where it is in none."""
    if not request.channel:
        return ()
    return services.digests.listed(request.team, channel=request.channel, promptly=True)


def listed_for(services: Services, request: Request) -> tuple[Subscription, ...]:
    """Return the digests that may be meant without a number: those of the channel, and in direct messages all that are the
    person's own, as on Home, which is in no channel; none where none can be kept.
    """
    if not services.holds("subscriptions"):
        return ()
    here = of_channel(services, request)
    if request.channel and not is_direct(request):
        return here
    own = services.digests.listed(request.team, owner=request.user, promptly=True) if request.user else ()
    return tuple({one.id: one for one in (*here, *own)}.values())


def none_on(services: Services, slugs: Sequence[str]) -> Answer:
    """Return that no digest is on what has these slugs, some of which may be nothing's, with the button that lists those there are."""
    records = [record for slug in slugs if (record := services.base.entity(slug))]
    said = (
        say("No digest here is on {names}.", names=in_a_row(records))
        if records
        else say("There is no such digest here.")
    )
    return replace(refusal(said, LISTED), choices=(LISTING,))


def each(
    services: Services,
    request: Request,
    here: Sequence[Subscription],
    verb: str,
    effect: Effect,
    text: str = "",
) -> tuple[Choice, ...]:
    """Return a button for each digest of a channel, to which `verb` is done, with what is said to it: of a skip also which run
    it leaves out, so that a second press skips no other, and of a pause the day, so that it is the same when it is pressed.
    """
    return tuple(
        Choice(
            kept.id,
            done_to(verb, digest_title(services, kept)),
            DIGEST,
            carried(services, kept, verb, text, request.now),
            verb,
            target=Target(id=kept.id),
            effect=effect,
        )
        for kept in here[:10]
    )


def done_to(verb: str, digest: Said) -> Said:
    """Return what a button reads that does `verb` to a digest, which is told by its title or its number."""
    match verb:
        case "unsubscribe":
            return say("End digest {digest}", digest=digest)
        case "pause":
            return say("Pause digest {digest}", digest=digest)
        case "resume":
            return say("Resume digest {digest}", digest=digest)
        case "skip":
            return say("Skip digest {digest}", digest=digest)
        case "unskip":
            return say("Do not skip digest {digest}", digest=digest)
        case "restart":
            return say("Start over digest {digest}", digest=digest)
        case "edit":
            return say("Edit digest {digest}", digest=digest)
        case _:
            return digest


def _none_here(services: Services, request: Request) -> Answer:
    """Return that the channel has no digest, and what can be had instead."""
    if lost := services.subscriptions.unreadable(request.team, channel=request.channel):
        return refusal(describe.unreadable_text(lost[0]), describe.unreadable_advice(lost[0]))
    if services.subscriptions.ended(request.team, channel=request.channel):
        return refusal(
            say("This channel has no digest any more."),
            say("/yrd-digest list ended shows those that were ended."),
        )
    return refusal(
        say("This channel has no digest yet."),
        say("/yrd-digest subscribe ports weekly mon 09:00 makes one."),
    )


def _refused(services: Services, request: Request, found: Refused) -> Answer:
    """Return why a digest is not to be had, with what can be done about one that was ended."""
    gone = ended(services, request, request.target.id if request.target else "")
    if gone is None:
        return found.answer
    return replace(found.answer, choices=(history_of(gone), *after_its_end(services, request, gone.digest)))


def visible(services: Services, request: Request, digest: str) -> Subscription | Refused:
    """Return the digest of that id, if it is of the channel or of the person who asks, or they are an admin."""
    found = services.subscriptions.get(request.team, digest)
    is_theirs = found is not None and (found.channel == request.channel or found.owner == request.user)
    if found is not None and (is_theirs or is_admin(services, request)):
        return found
    if lost := unreadable(services, request, digest):
        return Refused("digest", describe.unreadable_text(lost), (describe.unreadable_advice(lost),))
    if gone := ended(services, request, digest):
        return Refused(
            "digest",
            say("Digest {digest} was ended on {day}.", digest=digest, day=end_of(gone)),
            (say("/yrd-digest history {digest} shows what became of its runs.", digest=digest),),
        )
    # Of a digest of a channel that the person may not be in, not even that it exists is told.
    return Refused("digest", say("There is no digest {digest} here.", digest=digest), (LISTED,))


def ended(services: Services, request: Request, digest: str) -> EndedDigest | None:
    """Return the digest of that id if it was ended, under the same conditions."""
    services.require("subscriptions")
    gone = next(iter(services.subscriptions.ended(request.team, digest=digest)), None) if digest else None
    if gone is None:
        return None
    is_theirs = gone.digest.channel == request.channel or gone.digest.owner == request.user
    return gone if is_theirs or is_admin(services, request) else None


def end_of(gone: EndedDigest) -> Said:
    """Return the day on which a digest was ended, in its own zone."""
    return day_label(gone.at.astimezone(ZoneInfo(gone.digest.zone)))


def history_of(gone: EndedDigest) -> Choice:
    """Return the button that shows what became of the runs of a digest that was ended."""
    number = gone.digest.id
    label = say("History of digest {digest}", digest=number)
    return Choice(f"history:{number}", label, DIGEST, "", "history", target=Target(id=number))


def unreadable(services: Services, request: Request, digest: str) -> UnreadableDigest | None:
    """Return the digest of that id if it cannot be read, under the same conditions."""
    services.require("subscriptions")
    lost = next((lost for lost in services.subscriptions.unreadable(request.team) if lost.id == digest), None)
    if lost is None:
        return None
    is_theirs = request.channel == lost.channel or request.user == lost.owner
    return lost if is_theirs or is_admin(services, request) else None


def changeable(
    services: Services, request: Request, verb: str, effect: Effect = "changes"
) -> Subscription | Answer:
    """Return the digest named if the person may change it now: its owner, or an admin of the workspace."""
    found = named(services, request, verb, effect)
    if isinstance(found, Answer):
        return found
    barred = denial_to(services, request, found)
    if barred is None:
        return found
    offered = (for_oneself(found),) if is_reader_of(services, request, found) else ()
    return replace(barred.answer, choices=offered)


def is_reader(services: Services, request: Request) -> bool:
    """Say whether whoever asks sees the digest that is the target, and may not change it. Asks Slack."""
    kept = visible(services, request, request.target.id) if request.target else None
    return isinstance(kept, Subscription) and is_reader_of(services, request, kept)


def digest_title(services: Services, subscription: Subscription) -> Said:
    """Return "3: Ports and Hangzhou, weekly on Monday"."""
    return say(
        "{digest}: {subjects}, {rhythm}",
        digest=subscription.id,
        subjects=describe.subjects_text(services.base, Subjects.of(subscription), 3),
        rhythm=describe.rhythm_text(subscription),
    )


def zone_of(services: Services, request: Request) -> str:
    """Return the person's own time zone, the bot's where Slack does not say."""
    return services.people.zone(request.team, request.user) or request.tz
