"""A local workspace as it is after some weeks: Alice curates, owns five digests and proposes, Bob proposes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

from bot.state.contributions import StoredContributions
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.first_seen import StoredFirstSeen
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from handlers.contribution import CurationEvent, EventKind
from handlers.draft import Draft
from handlers.subscription import Subscription
from tests.state import raw

TEAM: Final = "T04DELTALAB"
GENERAL: Final = "C04GENERAL1"
ALICE: Final = ("U04ALICE7K2", "Alice Chen")
BOB: Final = ("U04BOB5M9QX", "Bob Li")
NOW: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
FOLLOWED: Final = (("ports",), ("twinning-cooperation", "talent"), ("governance",), ("tourism",), ("talent",))
MANY_TOPICS: Final = ("ports", "talent", "governance", "tourism", "twinning-cooperation")
MANY_PLACES: Final = (
    "hangzhou", "ningbo", "hefei", "huainan", "nanjing", "suzhou", "shanghai", "wuxi", "bozhou",
)  # fmt: skip
NOBODY_KNOWS: Final = (
    "What is the population of Xining?",
    "Who is the mayor of Chuzhou?",
    "When was the metro of Lu'an opened?",
    "Which hospital of Shanghai runs a clinic in Bozhou?",
)
PROPOSED: Final = (
    "Ningbo and Hefei opened joint harbour office number {number} for river containers in May 2026."
)


def keep(folder: Path, *, curators: bool = True, digests: bool = True) -> None:
    """Write down in `folder` what Alice and Bob did."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(folder / "state.db")
    if digests:
        _digests(StoredSubscriptions(store))
    if curators:
        _curation(StoredContributions(store))
        for question in NOBODY_KNOWS:
            StoredQuestions(store, 90).keep(TEAM, "/yrd", question, (), datetime.now(UTC))
    store.close()


def keep_one(folder: Path) -> None:
    """Write down in `folder` that Alice owns one daily digest on much, of which one run came and the next is skipped, that she
    curates what waits, and that one fact is new.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(folder / "state.db")
    now = datetime.now(UTC)
    StoredFirstSeen(store).note(TEAM, ["seeds@1"], now - timedelta(days=9))
    subscriptions = StoredSubscriptions(store)
    wish = Subscription(
        TEAM,
        GENERAL,
        ALICE[0],
        time(9),
        "Asia/Shanghai",
        tuple(range(7)),
        topics=MANY_TOPICS,
        places=MANY_PLACES,
    )
    kept = subscriptions.add(wish, now)
    with raw.changing(store) as db:
        db.execute(
            "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, not_before,"
            " attempt, claimed_by, ts, why, facts, content, thread_ts)"
            " VALUES (?, ?, ?, 'digest', ?, '', 'posted', ?, NULL, 1, '', '1.1', '', '[]', '', '')",
            [TEAM, kept.id, int(NOW.timestamp()), GENERAL, NOW.timestamp()],
        )
    subscriptions.skip(TEAM, kept.id, now)
    ledger = StoredContributions(store)
    _curation(ledger, 4)
    _record(ledger, "p:2", "approved", ALICE, "", now - timedelta(days=1))
    store.close()


def _digests(kept: StoredSubscriptions) -> None:
    for number, topics in enumerate(FOLLOWED):
        weekdays = (0, 1, 2, 3, 4) if number % 2 else (4,)
        wish = Subscription(
            TEAM, GENERAL, ALICE[0], time(9), "Asia/Shanghai", weekdays=weekdays, topics=topics
        )
        kept.add(wish, datetime.now(UTC))


def _curation(ledger: StoredContributions, count: int = 9) -> None:
    _record(ledger, f"curator:{ALICE[0]}", "appointed", ALICE, json.dumps({"name": ALICE[1]}))
    for number in range(1, count + 1):
        draft = Draft(
            statement=PROPOSED.format(number=number),
            subjects=("ningbo", "hefei"),
            topics=("ports",),
            url="https://example.org/news/harbour",
            title="Harbour news",
            published="2026-05-04",
            words="opened a joint harbour office",
        )
        _record(ledger, f"p:{number}", "proposed", ALICE if number % 2 else BOB, draft.encode())


def _record(
    ledger: StoredContributions,
    subject: str,
    kind: EventKind,
    who: tuple[str, str],
    body: str,
    at: datetime = NOW,
) -> None:
    ledger.record(TEAM, lambda events: CurationEvent(subject, kind, *who, at, "", body))
