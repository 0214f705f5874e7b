"""What came into a team's base lately, and what was there at first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.answer import Answer
from handlers.digests.selection import fact_key
from handlers.front_page.recent import recent
from handlers.front_page.told import what_is_new
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase


class Seen:
    """When facts were first seen, as told."""

    def __init__(self, seen: dict[str, datetime]) -> None:
        self._seen = seen

    def note(self, team: str, keys: object, now: datetime) -> None:
        raise NotImplementedError

    def first_seen(self, team: str) -> dict[str, datetime]:
        return self._seen


def test_what_is_new_is_told_for_a_month_and_what_was_there_at_first_never(base: FactBase) -> None:
    began, now = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 27, tzinfo=UTC)
    old, new, corrected, stale = base.facts[:4]
    seen = {
        fact_key(old): began,
        fact_key(new): now - timedelta(days=2),
        f"{corrected.id}@00000000": began,
        fact_key(corrected): now - timedelta(days=1),
        fact_key(stale): now - timedelta(days=40),
    }
    found = recent(Services(base, first_seen=Seen(seen)), "T", now, 3)
    assert [(one.fact, one.what) for one in found] == [(corrected, "corrected"), (new, "new")]


def asked(base: FactBase, seen: dict[str, datetime], text: str = "what is new") -> Answer:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    request = Request(command="/yrd", text=text, team="T", now=now, tz="Asia/Shanghai")
    return what_is_new(Services(base, first_seen=Seen(seen)), request)


def test_where_nothing_is_new_what_came_last_is_told_with_its_day(base: FactBase) -> None:
    old, earlier, last, corrected = base.facts[:4]
    came = datetime(2026, 9, 30, 20, tzinfo=UTC)
    seen = {
        fact_key(old): datetime(2026, 7, 1, tzinfo=UTC),
        f"{corrected.id}@00000000": datetime(2026, 7, 1, tzinfo=UTC),
        fact_key(earlier): came - timedelta(days=20),
        fact_key(last): came,
        fact_key(corrected): came + timedelta(hours=1),
    }
    answer = asked(base, seen)
    # Of the day where whoever asks is.
    assert "in the last 30 days. The last that came, on Thu 1 Oct 2026:" in answer.headline
    assert [(line.fact, line.group) for line in answer.lines] == [(last, "New"), (corrected, "Corrected")]
    assert "最近一次是 2026 年 10 月 1 日：" in asked(base, seen, "有什么更新").headline


def test_where_nothing_ever_came_the_newest_document_is_told(base: FactBase) -> None:
    answer = asked(base, {fact_key(base.facts[0]): datetime(2026, 7, 1, tzinfo=UTC)})
    assert "the newest of 2024" in answer.headline
    assert not answer.lines
    assert "最新的是 2024 年的" in asked(base, {}, "有什么更新").headline
