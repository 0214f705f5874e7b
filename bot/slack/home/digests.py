"""The digests part of the Home tab: the person's own, when they come next, and how reliably they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Element
from bot.render.button_value import of_digest
from bot.slack.context import SlackContext
from bot.slack.home.own import Own, choice, titled
from handlers.digests import describe as digests_describe
from handlers.digests.coming import skipped
from handlers.digests.reading.subjects import Subjects
from handlers.digests.supply import lasting, next_run, standing
from handlers.records.enumerated import sentences
from handlers.request import DIGEST
from handlers.say import Said, say, say_many
from handlers.subscription import Subscription, UnreadableDigest

_BESIDE: Final = " · "
_SHOWN: Final = 3
# The rest is behind its buttons: a digest stands in two lines.
_NAMED: Final = 3
_ONE, _SEVERAL = say("Your digest:"), say("Your digests:")
_WHAT: Final = titled(
    say("Digests:"), say("facts on what you follow, sent to you or a channel when you like.")
)


def own(slack: SlackContext, user: str) -> Own:
    """Return the digests of `user`: one with its buttons, of several the next that comes, with a button for all; where there are
    none, what a digest is; and the button that sets one up.
    """
    mine = slack.services.subscriptions.listed(slack.team, owner=user)
    lost = slack.services.subscriptions.unreadable(slack.team, owner=user)
    troubled = Own(tuple([blockkit.text_element(_unreadable(one))] for one in lost[:_SHOWN]))
    new = Own(buttons=(blockkit.button(say("New digest"), "digest_new", "new"),))
    if not mine:
        return (troubled if lost else Own((_WHAT,))) + new
    shown = _one(slack, mine[0]) if len(mine) == 1 else _several(slack, mine)
    return shown + _reliability(slack, mine) + troubled + new


def _unreadable(lost: UnreadableDigest) -> Said:
    why, advice = digests_describe.unreadable_text(lost), digests_describe.unreadable_advice(lost)
    return say("{why} {advice}", why=why, advice=advice)


def _after(slack: SlackContext, kept: Subscription) -> Said:
    """Return the next run of a digest, and what is skipped or else how long its facts last; of a paused one that it is."""
    services, now = slack.services, slack.now()
    stands = standing(services, kept, now)
    if digests_describe.state_text(kept):
        return sentences(stands)
    # A run that is left out matters more than how long the facts last, which Settings tell.
    after = sentences(stands or (say("{lasts}.", lasts=lasting(services, kept, now)),))
    run = next_run(services, kept, now)
    return say("next {run}. {after}", run=digests_describe.run_text(kept, run), after=after) if run else after


def _one(slack: SlackContext, kept: Subscription) -> Own:
    """Return a digest and what may be done with it."""
    about = digests_describe.subjects_text(slack.base, Subjects.of(kept), _NAMED)
    is_held = bool(digests_describe.state_text(kept))
    # The next run says at what time.
    when = digests_describe.schedule_text(kept) if is_held else digests_describe.rhythm_text(kept)
    line = [
        *titled(_ONE, say("{digest}: {subjects}", digest=kept.id, subjects=about)),
        blockkit.text_element(_BESIDE),
        blockkit.text_element(when),
        blockkit.text_element(_BESIDE),
        _place(kept),
        blockkit.text_element(_BESIDE),
        blockkit.text_element(_after(slack, kept)),
    ]
    skips = len(skipped(slack.services.deliveries, kept, slack.now()))
    back = say("Do not skip it") if skips == 1 else say("Do not skip them")
    value = of_digest(kept.id)
    buttons = (
        blockkit.button(say("Settings"), "digest_settings", value),
        blockkit.button(say("Resume"), "digest_resume", value)
        if is_held
        else blockkit.button(say("Pause"), "digest_pause", value),
        *([blockkit.button(back, "digest_unskip", value)] if skips else []),
        blockkit.button(say("History"), "digest_history", value),
    )
    return Own((line,), buttons)


def _several(slack: SlackContext, mine: Sequence[Subscription]) -> Own:
    """Return how many there are and which comes next, and the button that lists them."""
    services, now = slack.services, slack.now()
    held = [kept for kept in mine if digests_describe.state_text(kept)]
    runs = [(run, kept) for kept in mine if kept not in held and (run := next_run(services, kept, now))]
    line = titled(_SEVERAL, say_many("{count}", "{count}", len(mine)))
    if held:
        line.append(blockkit.text_element(say_many(", {count} is paused", ", {count} are paused", len(held))))
    if runs:
        run, kept = min(runs, key=lambda one: one[0].at)
        about = digests_describe.subjects_text(slack.base, Subjects.of(kept), _NAMED)
        told = say("next {run}: {subjects}", run=digests_describe.run_text(kept, run), subjects=about)
        line += [
            blockkit.text_element(_BESIDE),
            blockkit.text_element(told),
            blockkit.text_element(_BESIDE),
            _place(kept),
        ]
    return Own((line,), (choice(say("Your digests"), 95, DIGEST, "list"),))


def _reliability(slack: SlackContext, mine: Sequence[Subscription]) -> Own:
    """Return how reliably they came, nothing before one was due."""
    found = slack.services.deliveries.reliability(slack.team, tuple(kept.id for kept in mine))
    if not found.due:
        return Own()
    return Own((titled(say("Reliability:"), digests_describe.reliability_text(found)),))


def _place(kept: Subscription) -> Element:
    if kept.channel.startswith("D"):
        return blockkit.text_element(say("in our direct messages"))
    return {"type": "channel", "channel_id": kept.channel}
