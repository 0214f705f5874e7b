"""`yrd digest`: digests on the command line, listed, previewed, and one round of deliveries."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import click

from bot.cli.command import DONE, PROBLEMS, WRONG, Group, complain, with_services, with_settings
from bot.cli.posts import posts_to_come
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from bot.settings import Settings
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import StateError
from bot.state.opening import open_state
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.digests import describe as digests_describe
from handlers.digests.changing.wished import DEFAULT_DAYS, DEFAULT_TIME
from handlers.digests.preview import previewed
from handlers.digests.reading import parse
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.supply import lasting, next_run
from handlers.services import Services
from handlers.subscription import Subscription
from knowledge.base import FactBase
from knowledge.text.normalize import is_number

UNREADABLE: Final = (
    "cannot be read, so nothing is posted: end it with /yrd-digest unsubscribe and make it anew, or run the version"
    " of YRD Desk that saved it."
)


@click.group("digest", cls=Group)
def command() -> None:
    """Hold the commands on digests."""


@command.command("preview", help="print what digest NUMBER would say next")
@click.argument("number")
@with_settings
def preview(settings: Settings, number: str) -> int:
    """Print what the next digest of a subscription would say as things are now; nothing is recorded."""
    return with_services(settings, lambda services: _preview(settings, services.base, number))


def _preview(settings: Settings, base: FactBase, number: str) -> int:
    with _store(settings) as store:
        if store is None:
            return PROBLEMS
        kept = next((kept for kept in _subscriptions(store) if kept.id == number), None)
        if kept is None:
            return complain(f"There is no digest {number}; yrd digest list shows those there are.", PROBLEMS)
        services = Services(base, StoredSubscriptions(store), StoredDeliveries(store))
        print(plain(previewed(services, kept, datetime.now(UTC)), fact_renderer(base)))
    return DONE


@command.command(
    "forecast", help="print the next posts of a digest: of NUMBER, or as described (ports daily 9:00)"
)
@click.argument("digest", nargs=-1, required=True)
@click.option("--posts", type=click.IntRange(1, 100), default=10, help="how many (10)")
@with_settings
def forecast(settings: Settings, digest: tuple[str, ...], posts: int) -> int:
    """Print what the next digests would say, as they are posted; nothing is recorded."""
    text = " ".join(digest)
    return with_services(settings, lambda services: _forecast(settings, services.base, text, posts))


def _forecast(settings: Settings, base: FactBase, text: str, count: int) -> int:
    with _store(settings) as store:
        if store is None:
            return PROBLEMS
        kept = next((kept for kept in _subscriptions(store) if kept.id == text), None) or _described(
            base, text
        )
        if isinstance(kept, str):
            return complain(kept, PROBLEMS)
        for post in posts_to_come(base, store, kept, datetime.now(UTC), count):
            print(post, end="\n\n")
    return DONE


def _described(base: FactBase, text: str) -> Subscription | str:
    """Return the digest that a text describes, or why there is none."""
    if is_number(text):
        return f"There is no digest {text}; yrd digest list shows those there are."
    wish = parse.read(base, text)
    if isinstance(wish, ParseError):
        return wish.sentence
    new = Subscription("", "", "", DEFAULT_TIME, "Asia/Shanghai", DEFAULT_DAYS)
    wanted = replace(wish.on(new), id="0")
    return wanted if Subjects.of(wanted) else "A digest of what? Name topics, places or mechanisms."


@command.command("run", help="post what is due now, then end")
@with_settings
def run(settings: Settings) -> int:
    """Go one round: post what is due now, settle what can be settled."""
    # Everything there is to Slack, which the other two do without.
    from bot.fact_base import BadBaseError
    from bot.wiring.rounds import go_round

    if settings.mode() == "workspace":
        return complain(
            "SLACK_BOT_TOKEN is missing: without it there is no Slack to post to, and the local workspace"
            " delivers by itself while yrd run runs.",
            WRONG,
        )
    try:
        worked = go_round(settings)
    except (BadBaseError, StateError) as error:
        return complain(str(error), PROBLEMS)
    return DONE if worked else complain("Slack did not let the bot work: see yrd doctor.", PROBLEMS)


@command.command("list", help="list all digests and how they went")
@with_settings
def show_all(settings: Settings) -> int:
    """Print every subscription: channel, times, next run and how its deliveries went."""
    return with_services(settings, lambda services: _show_all(settings, services.base))


def _show_all(settings: Settings, base: FactBase) -> int:
    with _store(settings) as store:
        if store is None:
            return PROBLEMS
        found = _subscriptions(store)
        lost = [
            one for team in StoredTeams(store).known() for one in StoredSubscriptions(store).unreadable(team)
        ]
        if not found and not lost:
            print("No digests are subscribed to.")
        services = Services(base, StoredSubscriptions(store), StoredDeliveries(store))
        for kept in found:
            print(_line(services, kept))
        for one in lost:
            print(f"{one.id}  {one.channel}  {UNREADABLE}")
    return PROBLEMS if lost else DONE


def _line(services: Services, kept: Subscription) -> str:
    now = datetime.now(UTC)
    run = next_run(services, kept, now)
    if run:
        then = f"next {digests_describe.run_text(kept, run)}"
    else:
        then = f"paused ({kept.pause_reason})" if kept.paused else str(lasting(services, kept, now))
    record = digests_describe.reliability_text(services.deliveries.reliability(kept.team, (kept.id,)))
    return f"{kept.id}  {kept.channel}  {digests_describe.schedule_text(kept)}; {then}. {record}"


def _subscriptions(store: Store) -> list[Subscription]:
    subscriptions = StoredSubscriptions(store)
    return [kept for team in StoredTeams(store).known() for kept in subscriptions.listed(team)]


@contextmanager
def _store(settings: Settings) -> Iterator[Store | None]:
    """Open state; None, after a sentence on standard error, where it cannot be."""
    try:
        store = open_state(settings)
    except StateError as error:
        print(error, file=sys.stderr)
        yield None
        return
    try:
        yield store
    finally:
        store.close()
