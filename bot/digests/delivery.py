"""One row of the ledger, posted or settled: the only place that decides what an answer of Slack's means."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.digests import notice
from bot.digests.timing import DeliveryTiming
from bot.digests.verified_poster import (
    Absent,
    Outcome,
    Posted,
    Reading,
    Refused,
    RetryLater,
    UnknownOutcome,
    Unreadable,
)
from bot.meter import trying
from bot.render.content import Block, Content, Digest
from bot.slack.api import errors
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.identity import BotIdentity
from bot.state.database.clock import boot_clock
from bot.state.database.places import Places
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.ledger import NOT_THERE, SPACING, Ledger
from bot.state.digests.planning import DIGEST
from bot.state.errors import UnavailableError
from handlers.ports import Deliveries, Subscriptions, UnreadableError
from handlers.say import say
from handlers.subscription import Subscription

_log = logging.getLogger(__name__)

_BLOCKS: Final = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
# Seconds until a process that was held up tries again.
_BREATH: Final = 5.0
# Slack takes one message in a channel in so many.
_SECOND: Final = 1.0
_CONTINUED: Final = say("The rest of this digest")
NOTHING_NEW: Final = say("nothing new")


class Poster(Protocol):
    """Posts a message that can be found again by the key of its slot."""

    def post(
        self, channel: str, text: str, blocks: tuple[Block, ...], slot_key: str, thread_ts: str = ""
    ) -> Outcome:
        """Post it once, and return what is known of it."""
        ...

    def find(
        self,
        channel: str,
        slot_key: str,
        claimed_at: datetime,
        bot_user: str,
        thread_ts: str = "",
        *,
        thorough: bool = True,
    ) -> Reading:
        """Return what reading the channel back shows of it, all of it only when `thorough`."""
        ...


class TokenState(Protocol):
    """Whether Slack takes the bot's token, so that it may work."""

    @property
    def is_stopped(self) -> bool:
        """Say whether Slack refused the token and has not taken it since."""
        ...

    def me(self) -> BotIdentity | None:
        """Return who the bot is, None while it may not work or Slack does not say."""
        ...

    def stop(self, why: str) -> None:
        """Stop the work, because Slack refused the token with `why`."""
        ...


class Composer(Protocol):
    """Gives the digest that a subscription is due; `posted` are the facts that it showed before."""

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest: ...


class Deliverer:
    """Posts what is planned and settles what is unknown. Safe for many threads and processes at once.

    A message is sent only by whoever committed its claim, at most once a claim, and a claim whose outcome
    nobody knows is given up only after the channel was read. As many are at work at a time as there are `places`; who waits
    for Slack leaves theirs to others.
    """

    def __init__(
        self,
        *,
        ledger: Ledger,
        subscriptions: Subscriptions,
        deliveries: Deliveries,
        poster: Poster,
        compose: Composer,
        token_status: TokenState,
        timing: DeliveryTiming,
        places: Places,
        now: Callable[[], datetime],
        elapsed: Callable[[], float] = boot_clock,
    ) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._deliveries = deliveries
        self._poster = poster
        self._compose = compose
        self._token_status = token_status
        self._timing = timing
        self._places = places
        self._now = now
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._no_reading_before = 0.0

    @property
    def read_after(self) -> datetime:
        """Return until when Slack wants no channel read."""
        with self._lock:
            return self._after(self._no_reading_before - self._elapsed())

    def read_not_before(self, at: datetime) -> None:
        """Read no channel before `at`: another process was told so."""
        with self._lock:
            seconds = (at - self._now()).total_seconds()
            self._no_reading_before = max(self._no_reading_before, self._elapsed() + seconds)

    def handle(self, row: DeliveryRow, me: BotIdentity) -> float:
        """Do what is to be done about `row`; return for how many seconds its channel is to be left alone."""
        with self._places.at_work():
            return self._handled(row, me)

    def _handled(self, row: DeliveryRow, me: BotIdentity) -> float:
        if row.state == "unknown":
            self._settle(row, me)
            return 0.0
        if row.part != DIGEST:
            content = _kept(row)
            if content is None:
                self._fail(row, say("what it was to say cannot be read"))
                return 0.0
            return self._send(row, content, ())
        turn = self._ledger.acquire(row, self._now(), self._timing.window)
        return self._digest(*turn) if turn else 0.0

    def _digest(self, row: DeliveryRow, subscription: Subscription) -> float:
        if content := _kept(row):
            # A second try says the same as the first: it may be in a notification already.
            return self._send(row, content, row.facts)
        posted = self._deliveries.posted_facts(row.team, row.subscription)
        try:
            # As of its slot: a late digest has the date that it was due on.
            digest = self._compose(subscription, posted, row.slot)
        except (UnreadableError, UnavailableError):
            # State may be away or busy just now; that says nothing about the digest.
            raise
        except Exception as error:  # noqa: BLE001 - a boundary: one bad digest must not stop the others
            reference = errors.new_reference()
            errors.log_error(
                error, reference, "composing a digest", team=row.team, subscription=row.subscription
            )
            self._fail(row, say("it could not be put together, logged as {reference}", reference=reference))
            return 0.0
        if digest.is_silent(subscription.when_empty):
            self._ledger.skip(row, NOTHING_NEW)
            return 0.0
        return self._send(row, digest.content, digest.fact_ids)

    def _send(self, row: DeliveryRow, content: Content, facts: tuple[str, ...]) -> float:
        started = self._elapsed()

        def clock() -> datetime:
            # Asked once it is this claim's turn: what it waited for counts neither to the fence nor to its channel.
            nonlocal started
            started = self._elapsed()
            return self._now()

        claimed = self._ledger.claim(row, clock, content.to_json(), facts)
        if not isinstance(claimed, DeliveryRow):
            return claimed or 0.0
        is_late = row.part == DIGEST and self._is_late(row, self._now())
        shown = notice.late(content, row) if is_late else content
        if self._elapsed() - started > self._timing.fence.total_seconds():
            # Others may call the claim abandoned soon; nothing was sent, so it is given back.
            self._ledger.release(claimed, self._after(_BREATH), say("held up before it was sent"))
            return 0.0
        with self._places.aside(), trying(again=row.attempt > 0):
            outcome = self._poster.post(row.channel, shown.text, shown.blocks, row.slot_key, row.thread_ts)
            # Before others are waited for.
            answered = self._elapsed()
        match outcome:
            case Posted(ts):
                self._posted(claimed, ts, is_late)
                # A second from when Slack took it, and as long as a claim before would be in vain.
                return max(
                    _SECOND - (self._elapsed() - answered),
                    SPACING.total_seconds() - (self._elapsed() - started),
                )
            case RetryLater(seconds, why, limited):
                left = max(0.0, seconds - (self._elapsed() - answered))
                self._ledger.release(claimed, self._after(left), why)
                return left if limited else 0.0
            case UnknownOutcome(why):
                self._ledger.mark_unknown(claimed, self._now() + self._timing.look_first, why)
                return 1.0
            case Refused(code):
                self._refused(claimed, content, code)
        return 0.0

    def _posted(self, row: DeliveryRow, ts: str, is_late: bool, why: str = "") -> None:
        content = _kept(row) if row.part == DIGEST else None
        thread = content.thread if content else ()
        below = Content(_CONTINUED, thread).to_json() if thread else ""
        if not self._ledger.confirm(row, ts, is_late, why, below):
            _log.error("a delivery was changed while it was posted", extra={"slot": row.slot_key})

    def _refused(self, row: DeliveryRow, content: Content, code: str) -> None:
        if kind_of(code) == "token":
            self._ledger.release(row, self._now(), code)
            self._token_status.stop(code)
        elif code in _BLOCKS and content.blocks:
            _log.error("Slack refused the blocks of a message", extra={"slot": row.slot_key})
            plain = Content(content.text).to_json()
            self._ledger.release(
                row, self._now(), say("{code}; sent as plain text instead", code=code), plain
            )
        elif kind_of(code) == "barred" and row.part == DIGEST:
            self._pause(row, code)
        else:
            _log.error("Slack refused a message", extra={"slot": row.slot_key, "slack_error": code})
            self._fail(row, say("Slack refused it ({code})", code=code))

    def _pause(self, row: DeliveryRow, code: str) -> None:
        kept = self._subscriptions.get(row.team, row.subscription)
        told = (kept.owner, notice.paused(kept, code).to_json()) if kept else None
        self._ledger.pause(row, self._now(), code, told)

    def _fail(self, row: DeliveryRow, why: str) -> None:
        kept = self._subscriptions.get(row.team, row.subscription)
        told = kept is not None and row.part == DIGEST
        about = (kept.owner, notice.failed(kept, row, why).to_json()) if kept and told else None
        self._ledger.end(row, "failed", why, about)

    # -- settling -----------------------------------------------------------------------------------------
    def _settle(self, row: DeliveryRow, me: BotIdentity) -> None:
        asked, since = self._now(), row.since
        assert since is not None
        wait = self._no_reading_before - self._elapsed()
        if wait > 0:
            self._ledger.mark_unknown(row, self._after(wait))
            return
        if not self._ledger.lease(row, asked, asked + self._timing.lease):
            return
        thorough = asked >= since + self._timing.settle_after
        with self._places.aside():
            reading = self._poster.find(
                row.channel, row.slot_key, since, me.user, row.thread_ts, thorough=thorough
            )
        self._settled(row, reading, asked, since)

    def _settled(self, row: DeliveryRow, reading: Reading, asked: datetime, since: datetime) -> None:
        sure_from = since + self._timing.settle_after
        match reading:
            case Posted(ts):
                posted_at = datetime.fromtimestamp(float(ts), since.tzinfo)
                self._posted(
                    row,
                    ts,
                    row.part == DIGEST and self._is_late(row, posted_at),
                    say("found by reading back"),
                )
            case Absent() if asked >= sure_from:
                self._ledger.release(row, self._now(), NOT_THERE)
            case Absent():
                self._ledger.mark_unknown(row, sure_from)
            case RetryLater(seconds, why, limited):
                if limited:
                    with self._lock:
                        self._no_reading_before = self._elapsed() + seconds
                if asked - since > self._timing.give_up:
                    self._unknown(row, why)
                else:
                    self._ledger.mark_unknown(row, self._after(seconds))
            case Refused(code):
                self._ledger.mark_unknown(row, self._now())
                self._token_status.stop(code)
            case Unreadable(why):
                self._unknown(row, why)

    def _unknown(self, row: DeliveryRow, why: str) -> None:
        _log.error("nobody knows whether a message was posted", extra={"slot": row.slot_key, "why": why})
        kept = self._subscriptions.get(row.team, row.subscription)
        about = None
        if kept is not None and row.part == DIGEST:
            about = (kept.owner, notice.unknown(kept, row, why).to_json())
        self._ledger.end(row, "unknown", why, about)

    def _is_late(self, row: DeliveryRow, at: datetime) -> bool:
        return at - row.due_at > self._timing.late_after

    def _after(self, seconds: float) -> datetime:
        return self._now() + timedelta(seconds=seconds)


def _kept(row: DeliveryRow) -> Content | None:
    """Return what the row is to say, None where that is not composed yet or cannot be read."""
    if not row.content:
        return None
    try:
        return Content.from_json(row.content)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        extra = {"slot": row.slot_key, "error": type(error).__name__}
        _log.error("what a delivery was to say cannot be read", extra=extra)
        return None
