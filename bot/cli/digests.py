"""Digests on the command line: listed, previewed, and one round of deliveries."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.render.plain import plain
from bot.render.typeset import typesetter
from bot.settings import Settings
from bot.state.deliveries import StoredDeliveries
from bot.state.store import StateError, Store
from bot.state.subscriptions import StoredSubscriptions
from bot.state.teams import StoredTeams
from handlers import digest_text
from handlers.desk import Desk
from handlers.digest_view import previewed
from handlers.slots import label, next_slots
from handlers.subscription import Subscription

if TYPE_CHECKING:
    from knowledge.base import FactBase

DONE, PROBLEMS, WRONG = 0, 1, 2


def show_all(settings: Settings) -> int:
    """Print every subscription: channel, times, next slot and how its deliveries went."""
    with _store(settings) as store:
        if store is None:
            return PROBLEMS
        found = _subscriptions(store)
        if not found:
            print("No digests are subscribed to.")
        for kept in found:
            print(_line(kept, StoredDeliveries(store)))
    return DONE


def preview(settings: Settings, base: FactBase, number: str) -> int:
    """Print what the next digest of a subscription would say as things are now; nothing is recorded."""
    with _store(settings) as store:
        if store is None:
            return PROBLEMS
        kept = next((kept for kept in _subscriptions(store) if kept.id == number), None)
        if kept is None:
            print(f"There is no digest {number}; yrd digest list shows those there are.", file=sys.stderr)
            return PROBLEMS
        desk = Desk(base, StoredSubscriptions(store), StoredDeliveries(store))
        print(plain(previewed(desk, kept), typesetter(base)))
    return DONE


def run(settings: Settings) -> int:
    """Go one round: post what is due now, settle what can be settled."""
    from bot import wiring

    if settings.slack_bot_token is None:
        print(
            "SLACK_BOT_TOKEN is missing: without it there is no Slack to post to, and the local workspace"
            " delivers by itself while yrd run runs.",
            file=sys.stderr,
        )
        return WRONG
    try:
        worked = wiring.go_round(settings)
    except (wiring.BadBaseError, StateError) as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    if not worked:
        print("Slack did not let the bot work: see yrd doctor.", file=sys.stderr)
    return DONE if worked else PROBLEMS


def _line(kept: Subscription, deliveries: StoredDeliveries) -> str:
    coming = next_slots(kept, datetime.now(UTC), 1)
    then = f"next {label(coming[0].local, kept.zone)}" if coming else f"paused ({kept.pause_reason})"
    record = digest_text.reliability(deliveries.reliability(kept.team, (kept.id,)))
    return f"{kept.id}  {kept.channel}  {digest_text.when(kept)}; {then}. {record}"


def _subscriptions(store: Store) -> list[Subscription]:
    subscriptions = StoredSubscriptions(store)
    return [kept for team in StoredTeams(store).known() for kept in subscriptions.listed(team)]


@contextmanager
def _store(settings: Settings) -> Iterator[Store | None]:
    """Open state.db; None, after a sentence on standard error, where it cannot be."""
    try:
        store = Store.open(settings.state_db)
    except StateError as error:
        print(error, file=sys.stderr)
        yield None
        return
    try:
        yield store
    finally:
        store.close()
