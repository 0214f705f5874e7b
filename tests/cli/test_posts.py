"""The forecast of a digest puts its posts together as the bot does, with a team's own facts."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from bot.cli.posts import posts_to_come
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.first_seen import StoredFirstSeen
from bot.state.store import Store
from handlers.digests.selection import fact_key
from handlers.subscription import Subscription
from knowledge.base import FactBase
from tests.cli.test_export_seeds import NOW, PAGE, approved, record

DAILY = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=tuple(range(7)), topics=("ports",))


def test_what_a_team_approved_since_comes_first_and_is_told_as_new(base: FactBase, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "state.db")
    began = NOW - timedelta(days=3)
    StoredFirstSeen(store).note("T1", map(fact_key, base.facts), began)
    for event in approved(PAGE):
        record(store, event)
    kept = StoredSubscriptions(store).add(DAILY, began)
    first, *_ = posts_to_come(base, store, kept, NOW, 1)
    store.close()
    assert "1 new or corrected" in first
    assert PAGE.statement in first.split("*")[2]
