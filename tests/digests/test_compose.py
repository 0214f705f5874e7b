"""What a digest shows: the lead, the turns, the screen, the words in a notification."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.local_slack.blockkit.blocks import check_message_blocks
from bot.render import limits
from bot.render.button_value import digest_in
from bot.render.compose import Composer
from bot.render.fact_renderer import fact_renderer
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import candidates, fact_key
from handlers.subscription import Subscription
from knowledge import citing
from knowledge.base import FactBase
from knowledge.vocabulary import Region

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WEEKLY = Subscription(
    "T1",
    "C1",
    "U1",
    time(9),
    "Asia/Shanghai",
    weekdays=(0,),
    topics=("ports", "talent"),
    places=("hangzhou",),
    id="7",
)
DAILY = replace(WEEKLY, weekdays=(0, 1, 2, 3, 4), topics=("tourism",), places=(), facts=3)
MONTHLY = replace(WEEKLY, weekdays=(), monthday=1, facts=8)


@pytest.fixture(scope="module")
def compose(base: FactBase) -> Composer:
    return Composer(base, fact_renderer(base))


def texts(blocks: Any) -> str:
    return json.dumps(blocks, ensure_ascii=False)


@pytest.mark.parametrize("kept", [DAILY, WEEKLY, MONTHLY, replace(MONTHLY, facts=10)])
def test_every_form_is_within_slacks_limits(compose: Composer, kept: Subscription) -> None:
    digest = compose(kept, (), NOW)
    check_message_blocks(list(digest.blocks))
    check_message_blocks(list(digest.thread_blocks))
    assert len(digest.text) <= limits.FALLBACK_TEXT
    assert len(digest.fact_ids) == kept.facts


def test_forms_differ_in_depth(compose: Composer) -> None:
    daily, weekly, monthly = (compose(kept, (), NOW) for kept in (DAILY, WEEKLY, MONTHLY))
    assert not daily.thread_blocks
    assert "By document" in texts(monthly.blocks)
    assert "By document" not in texts(weekly.blocks)
    assert "4 more facts in the thread." in texts(monthly.blocks)
    assert monthly.thread_blocks


def test_the_notification_says_what_it_is_and_begins_with_the_lead(compose: Composer, base: FactBase) -> None:
    digest = compose(WEEKLY, (), NOW)
    lead = base.fact(digest.fact_ids[0].partition("@")[0])
    assert lead is not None
    assert digest.text.startswith("Ports, Talent and Hangzhou: weekly digest, Mon 23 November: ")
    assert lead.statement[:60] in digest.text
    assert digest.text.endswith("And 4 more facts.")


def test_every_fact_has_its_citation_and_caveat(compose: Composer, base: FactBase) -> None:
    digest = compose(replace(WEEKLY, facts=10), (), NOW)
    shown = texts([*digest.blocks, *digest.thread_blocks])
    for name in digest.fact_ids:
        fact = base.fact(name.partition("@")[0])
        assert fact is not None
        assert json.dumps(fact.statement[:40], ensure_ascii=False)[1:-1] in shown
        assert json.dumps(citing.cited(fact.citations), ensure_ascii=False)[1:-1] in shown
        if fact.caveat:
            assert json.dumps(fact.caveat[:40], ensure_ascii=False)[1:-1] in shown


@pytest.mark.parametrize(
    ("facts", "first", "then"),
    [(3, "Facts 1–3 of {pool}.", "Facts 4–6 of {pool}."), (1, "Fact 1 of {pool}.", "Fact 2 of {pool}.")],
)
def test_a_digest_says_which_of_all_facts_it_shows(
    compose: Composer, base: FactBase, facts: int, first: str, then: str
) -> None:
    kept = replace(WEEKLY, facts=facts)
    pool = len(candidates(base, Subjects.of(kept)))
    opening = compose(kept, (), NOW)
    assert first.format(pool=pool) in texts(opening.blocks)
    assert then.format(pool=pool) in texts(compose(kept, opening.fact_ids, NOW).blocks)


def test_no_fact_comes_again_before_all_have_been_shown(compose: Composer, base: FactBase) -> None:
    posted: list[str] = []
    everything = candidates(base, Subjects.of(WEEKLY))
    while len(posted) < len(everything):
        posted += compose(WEEKLY, tuple(posted), NOW).fact_ids
    assert len(posted) == len(set(posted)) == len(everything)
    again = compose(WEEKLY, tuple(posted), NOW)
    assert again.fact_ids
    assert "so the round begins again" in texts(again.blocks)


def test_a_subscription_that_wants_silence_has_no_facts_once_all_were_shown(
    compose: Composer, base: FactBase
) -> None:
    posted = tuple(map(fact_key, candidates(base, Subjects.of(DAILY))))
    silent = compose(replace(DAILY, when_empty="skip"), posted, NOW)
    assert silent.fact_ids == ()
    assert "Nothing new: all 7 facts" in silent.text


def test_every_name_document_and_place_gets_its_turn(compose: Composer, base: FactBase) -> None:
    digest = compose(replace(WEEKLY, facts=6), (), NOW)
    facts = [base.fact(name.partition("@")[0]) for name in digest.fact_ids]
    by = candidates(base, Subjects.of(WEEKLY))
    assert {by[fact] for fact in facts if fact} == {"ports", "talent", "hangzhou"}
    assert len({slug for fact in facts if fact for slug in fact.documents}) >= 3


def test_other_regions_come_only_where_they_are_asked_for(base: FactBase) -> None:
    assert all(
        fact.region is not Region.ELSEWHERE for fact in candidates(base, Subjects(topics=("tourism",)))
    )
    asked = candidates(base, Subjects(topics=("other-regions",)))
    assert any(fact.region is Region.ELSEWHERE for fact in asked)


class Seen:
    """When each key was first seen, as a test says."""

    def __init__(self, seen: dict[str, datetime]) -> None:
        self.seen = seen

    def note(self, team: str, keys: Any, now: datetime) -> None:
        raise NotImplementedError

    def first_seen(self, team: str) -> dict[str, datetime]:
        return self.seen


def test_new_and_corrected_facts_come_first_and_say_so(base: FactBase) -> None:
    facts = list(candidates(base, Subjects.of(WEEKLY)))
    new, corrected = facts[-1], facts[-2]
    seen = {fact_key(fact): NOW - timedelta(days=9) for fact in facts}
    seen[fact_key(new)] = NOW - timedelta(days=1)
    kept = replace(WEEKLY, created_at=NOW - timedelta(days=8))
    older = f"{corrected.id}@00000000"
    digest = Composer(base, fact_renderer(base), Seen(seen))(kept, (older,), NOW)
    assert set(digest.fact_ids[:2]) == {fact_key(new), fact_key(corrected)}
    shown = texts(digest.blocks)
    assert "New:" in shown
    assert "Corrected:" in shown
    assert "2 new or corrected." in shown


def test_what_was_there_when_the_bot_first_looked_is_no_news(base: FactBase) -> None:
    seen = {fact_key(fact): NOW - timedelta(days=1) for fact in base.facts}
    kept = replace(WEEKLY, created_at=NOW - timedelta(days=8))
    digest = Composer(base, fact_renderer(base), Seen(seen))(kept, (), NOW)
    assert "New:" not in texts(digest.blocks)


def test_no_mass_mention_and_no_link_is_in_any_digest(compose: Composer) -> None:
    for kept in (DAILY, WEEKLY, MONTHLY):
        shown = texts(compose(kept, (), NOW).blocks)
        assert "<!" not in shown
        assert '"url"' not in shown


def test_the_buttons_are_those_of_this_digest(compose: Composer) -> None:
    row = compose(WEEKLY, (), NOW).blocks[-1]["elements"]
    assert [element["action_id"] for element in row] == [
        "digest_more", "digest_helpful", "digest_unhelpful", "digest_settings", "digest_pause",
    ]  # fmt: skip
    assert digest_in(row[1]["value"]) == ("7", "2026-11-23T09:00")
    test = compose(replace(WEEKLY, id=""), (), NOW).blocks[-1]["elements"]
    assert [element["action_id"] for element in test] == ["digest_more"]
