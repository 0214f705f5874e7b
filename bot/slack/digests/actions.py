"""Buttons of digests, by their action ids. Rights are checked when a button is pressed, not before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.render.button_value import Asked, decode
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Click, Press
from bot.slack.context import Asker, Front
from bot.slack.digests import modal
from bot.slack.digests.command import DIGEST, act, open_form, send_test
from bot.slack.digests.submission import DigestMetadata
from bot.slack.forms import UNREADABLE
from bot.slack.sending.reply import tell

THANKS: Final = "Thank you. I keep this for the owner of the digest; a second press changes it."
DEAD: Final = "That button no longer does anything. /yrd-digest list shows the digests there are."
_VALUE: Final = re.compile(r"^([0-9]{1,12})(?: ([0-9T:-]{1,25}))?$")
PREFIX: Final = "digest_"


def pressed(front: Front, click: Click, press: Press) -> None:
    """Do what a button of a digest is for."""
    deed = _DEEDS.get(press.action_id)
    if deed is None:
        tell(front.outbox, click, sentence(DEAD))
    else:
        deed(front, click, press)


def _more(front: Front, click: Click, press: Press) -> None:
    asked = decode(press.value)
    asker = _asker(click)
    route = front.route(front.request_of(asked, asker)) if asked else None
    if asked is None or route is None or (route.command.name, route.verb.name) != (DIGEST, "more"):
        tell(front.outbox, click, sentence(DEAD))
        return
    answer = front.answer(asked, asker)
    tell(front.outbox, click, front.message(answer, asked, sharable=not click.channel.startswith("D")))


def _asker(click: Click) -> Asker:
    return Asker(click.team, click.user, click.channel, click.thread)


def _verb(verb: str) -> Callable[[Front, Click, Press], None]:
    def deed(front: Front, click: Click, press: Press) -> None:
        found = _VALUE.match(press.value)
        if found is None:
            tell(front.outbox, click, sentence(DEAD))
            return
        request = front.request_of(Asked(command=DIGEST, verb=verb, text=found[1]), _asker(click))
        act(front, click, request, front.route(request))

    return deed


def _settings(front: Front, click: Click, press: Press) -> None:
    found = _VALUE.match(press.value)
    if found is None:
        tell(front.outbox, click, sentence(DEAD))
    else:
        open_form(front, click, found[1])


def _new(front: Front, click: Click, press: Press) -> None:
    open_form(front, click)


def _vote(helpful: bool) -> Callable[[Front, Click, Press], None]:
    def deed(front: Front, click: Click, press: Press) -> None:
        found = _VALUE.match(press.value)
        if found is None or front.desk.feedback is None:
            tell(front.outbox, click, sentence(DEAD))
            return
        about = f"digest:{found[1]}:{found[2] or ''}"
        front.desk.feedback.vote(click.team, click.user, about, helpful, front.now())
        for fact in _shown(front, click):
            front.desk.feedback.vote(click.team, click.user, f"fact:{fact}", helpful, front.now())
        tell(front.outbox, click, sentence(THANKS))

    return deed


def _shown(front: Front, click: Click) -> tuple[str, ...]:
    """Return the ids of the facts that the digest pressed under showed."""
    ts = click.container.message_ts
    value = _VALUE.match(click.actions[0].value)
    if front.desk.deliveries is None or value is None or not ts:
        return ()
    posted = front.desk.deliveries.history(click.team, value[1], 60)
    return tuple(key.partition("@")[0] for found in posted if found.ts == ts for key in found.facts)


def _test(front: Front, click: Click, press: Press) -> None:
    """Send a test of what a form's second page shows."""
    kept = DigestMetadata.read(click.view)
    if kept is None:
        tell(front.outbox, click, sentence(UNREADABLE))
        return
    # The test itself stands in the direct messages; only what went wrong is said beside it.
    if refused := send_test(front, click.user, kept.digest.by(click.team, click.user)):
        tell(front.outbox, click, sentence(refused.sentence))


_DEEDS: Final[Mapping[str, Callable[[Front, Click, Press], None]]] = {
    "digest_more": _more,
    "digest_pause": _verb("pause"),
    "digest_resume": _verb("resume"),
    "digest_history": _verb("history"),
    "digest_settings": _settings,
    "digest_new": _new,
    "digest_helpful": _vote(True),
    "digest_unhelpful": _vote(False),
    modal.TEST: _test,
}
