"""What comes back from the form of a digest: read as a stranger's, answered in the acknowledgement.

The first page leads to the second, which shows what it comes to; the second saves. Rights and membership
are asked of the handlers each time, with the channel that the form names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, get_args

from slack_bolt import BoltResponse

from bot.slack import forms
from bot.slack.api.payloads import Submission
from bot.slack.context import Actor, SlackContext
from bot.slack.digests import modal, month_day
from bot.slack.forms import FormMetadata, FormState
from bot.slack.home.publish import show_home_later
from bot.slack.recent import Recent
from bot.slack.sending.reply import tell
from handlers.answer import Refused
from handlers.digests.changing import keep, proposal, twins
from handlers.digests.hindrance import NO_NAMES
from handlers.digests.holidays import COUNTRIES
from handlers.digests.reading.changes import read_quiet
from handlers.digests.reading.subjects import Subjects, is_postable
from handlers.digests.reading.when.dates import clock
from handlers.digests.reading.when.zones import is_zone
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.stored_digest import StoredDigest
from handlers.subscription import MOST_FACTS, Subscription, WhenEmpty
from knowledge.text.normalize import is_number

FORMS: Final = re.compile(rf"^(?:{modal.FORM}|{modal.CONFIRM})$")
TOO_LONG: Final = say("All in all this is too much for one form. Choose fewer names.")
_LONGEST: Final = 80
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{1,40}\Z")


class DigestMetadata(FormMetadata):
    """What a page carries: the digest as it stands on the first, as it was filled in on the second; and which one on the same
    was told of there.
    """

    digest: StoredDigest
    told: str = ""

    @classmethod
    def of(cls, shown: Subscription, home: Recent | None, told: str = "") -> DigestMetadata:
        """Return what a page about `shown` carries."""
        return cls(digest=StoredDigest.of(shown), home=home, told=told)


def submitted(slack: SlackContext, call: Submission) -> BoltResponse:
    """Return the answer to a form: errors under their fields, the next page, or an end."""
    kept = DigestMetadata.read(call.view)
    if kept is None:
        return forms.kept_open(call.view, forms.UNREADABLE)
    wanted = kept.digest.by(call.team, call.user)
    if call.view.callback_id == modal.FORM:
        return _checked(slack, call, wanted, kept.home)
    return _saved(slack, call, wanted, kept)


def _checked(slack: SlackContext, call: Submission, shown: Subscription, home: Recent | None) -> BoltResponse:
    wanted = _read(slack, call, shown)
    if isinstance(wanted, dict):
        return forms.errors(wanted)
    page = DigestMetadata.of(wanted, home, twins.beside(slack.services, wanted))
    if not page.fits:
        return _refused(Refused("names", TOO_LONG))
    proposed = proposal.propose(slack.services, _request(slack, call, wanted), wanted)
    if isinstance(proposed, Refused):
        return _refused(proposed)
    return forms.push(modal.confirmation(proposed, wanted.channel, page.encode()))


def _refused(refused: Refused) -> BoltResponse:
    field = modal.FIELDS.get(refused.field)
    return forms.errors({field: refused.sentence}) if field else forms.page_over(refused.sentence)


def _saved(slack: SlackContext, call: Submission, wanted: Subscription, page: DigestMetadata) -> BoltResponse:
    home, request = page.home, _request(slack, call, wanted)
    if asked := twins.a_second_one(slack.services, request, wanted, page.told):
        again = DigestMetadata.of(wanted, home, twins.beside(slack.services, wanted))
        return forms.update(modal.not_saved(Refused("digest", asked.headline), again.encode()))
    done = keep.keep(slack.services, request, wanted)
    if isinstance(done, Refused):
        return forms.update(modal.not_saved(done, call.view.private_metadata))
    message = slack.message(done, None)
    if home is not None:
        show_home_later(slack, call, home)
        return forms.ended(message, home)
    slack.later(
        "digest",
        call,
        lambda: tell(slack.sender, call, message, channel=wanted.channel),
        lambda apology: slack.sender.post(call.user, apology),
    )
    return forms.clear()


def _request(slack: SlackContext, call: Submission, wanted: Subscription) -> Request:
    return slack.request(DIGEST, "", Actor(call.team, call.user, wanted.channel))


def _read(slack: SlackContext, call: Submission, shown: Subscription) -> Subscription | dict[str, str]:
    """Return `shown` as the form has it, or what is wrong by field; what no menu could have sent counts as not chosen."""
    state = FormState(call.view)
    base = slack.base
    slugs = (slug for name in (modal.NAMES, *modal.OLDER_NAMES) for slug in state.many(name))
    names = Subjects.sorted(
        known for slug in slugs if (known := base.entity(slug)) is not None and is_postable(known)
    )
    monthly = state.one(modal.RHYTHM) == "monthly"
    days = tuple(sorted({int(day) for day in state.many(modal.DAYS) if day in tuple("0123456")}))
    at = clock(state.words(modal.TIME, _LONGEST))
    zone = state.one(modal.ZONE)
    channel = _channel(state.text(modal.CHANNEL, _LONGEST), shown)
    typed = state.words(modal.QUIET, modal.QUIET_MAX)
    quiet = read_quiet(typed)
    problems = (
        (modal.NAMES, not names, NO_NAMES),
        (modal.DAYS, not monthly and not days, say("Choose at least one day of the week, or once a month.")),
        (modal.TIME, at is None, say("Choose a time, such as 09:00.")),
        (modal.ZONE, not is_zone(zone), say("Choose a time zone.")),
        (modal.CHANNEL, not channel, say("Choose the channel that the digest is posted to.")),
        (modal.QUIET, bool(typed) and quiet is None, say("Quiet hours are written 22:00-07:00.")),
    )
    errors: dict[str, str] = {field: said for field, is_wrong, said in problems if is_wrong}
    if errors or at is None:
        return errors
    return replace(
        shown,
        channel=channel,
        topics=names.topics,
        places=names.places,
        mechanisms=names.mechanisms,
        **month_day.chosen(state.one(modal.MONTHDAY) if monthly else "", days),
        at=at,
        zone=zone,
        facts=_number(state.one(modal.FACTS), MOST_FACTS, 5),
        when_empty=_when_empty(state.one(modal.EMPTY)),
        skip_holidays=next((country for country in state.many(modal.HOLIDAYS) if country in COUNTRIES), ""),
        quiet=quiet,
    )


def _when_empty(chosen: str) -> WhenEmpty:
    return next((one for one in get_args(WhenEmpty) if one == chosen), "quiet")


def _channel(chosen: str, shown: Subscription) -> str:
    """Return the channel chosen; without one a digest of somebody's direct messages stays there."""
    if not chosen and modal.is_direct(shown):
        return shown.channel
    return chosen if _CHANNEL.match(chosen) else ""


def _number(value: str, most: int, otherwise: int) -> int:
    return int(value) if is_number(value) and 1 <= int(value) <= most else otherwise
