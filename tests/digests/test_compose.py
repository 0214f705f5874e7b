"""What a digest shows: the lead, the turns, the screen, the words in a notification."""

from __future__ import annotations

import gc
import json
import weakref
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.digests.team import KeptThemes
from bot.local_slack.blockkit.blocks import check_message_blocks
from bot.render import limits
from bot.render.button_value import digest_in
from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import fact_renderer
from handlers.digests.preview import previewed
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import END, candidates, elsewhere, fact_key, fact_of, themes_on
from handlers.digests.supply import lasting
from handlers.services import Services
from handlers.subscription import Subscription
from knowledge import citing
from knowledge.base import FactBase
from knowledge.names.resolver import Found
from knowledge.overlay import Overlay
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
PORTS = replace(WEEKLY, weekdays=tuple(range(7)), topics=("ports",), places=(), facts=3)
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
    assert 2 <= len(digest.fact_ids) <= kept.facts


def test_forms_differ_in_depth(compose: Composer) -> None:
    daily, weekly, monthly = (compose(kept, (), NOW) for kept in (DAILY, WEEKLY, MONTHLY))
    assert not daily.thread_blocks
    assert "By document" in texts(monthly.blocks)
    assert "By document" not in texts(weekly.blocks)
    more = len(monthly.fact_ids) - 4
    assert more > 0
    assert f"{more} more fact" in texts(monthly.blocks)
    assert monthly.thread_blocks


@pytest.mark.parametrize("rhythm", [DAILY, WEEKLY, MONTHLY], ids=["daily", "weekly", "monthly"])
@pytest.mark.parametrize("facts", [1, 3, 5, 10])
@pytest.mark.parametrize("topics", [("ports",), ("city-clusters",), ("ports", "talent")])
def test_a_preview_is_the_post(
    compose: Composer, base: FactBase, rhythm: Subscription, facts: int, topics: tuple[str, ...]
) -> None:
    kept = replace(rhythm, topics=topics, places=(), facts=facts)
    post = compose(kept, (), NOW)
    shown = previewed(Services(base), replace(kept, id=""), NOW)
    above, below = texts(post.blocks), texts(post.thread_blocks)
    assert all(json.dumps(line.group, ensure_ascii=False) in above for line in shown.lines)
    assert all(line.fact.id not in below for line in shown.lines)
    thread = [note for note in shown.notes if "would stand in its thread" in note]
    more = len(post.fact_ids) - (END in post.fact_ids) - len(shown.lines)
    assert thread == ([f"{more} more would stand in its thread."] if more else [])
    assert (f"{more} more fact" in above) == bool(more)


def test_a_monthly_digest_counts_by_subject_and_document_only_where_there_are_several(
    compose: Composer, base: FactBase
) -> None:
    one = texts(compose(replace(MONTHLY, topics=("ports",), places=()), (), NOW).blocks)
    assert "by subject" not in one
    assert "By document" in one
    assert "facts by subject" in texts(compose(MONTHLY, (), NOW).blocks)


@pytest.mark.parametrize("topic", ["ports", "talent", "health-care"])
def test_what_is_left_out_as_of_other_regions_is_counted_with_the_rest(base: FactBase, topic: str) -> None:
    record = base.entity(topic)
    assert record is not None
    kept = replace(PORTS, id="", topics=(topic,))
    count, left_out = len(candidates(base, Subjects.of(kept))), elsewhere(base, Subjects.of(kept))
    assert count + left_out == len(base.facts_of(record))
    assert left_out
    said = lasting(Services(base), kept, NOW)
    assert said.startswith(f"{count} fact")
    assert said.endswith(f"{left_out} more {'is' if left_out == 1 else 'are'} about other regions")


def test_the_notification_says_what_it_is_and_when_it_was_and_begins_with_the_lead(
    compose: Composer, base: FactBase
) -> None:
    digest = compose(PORTS, (), NOW)
    lead = base.fact(digest.fact_ids[0].partition("@")[0])
    assert lead is not None
    assert digest.text.startswith(
        "Ports: daily digest. Zhejiang-Shanghai equity cooperation on northern Xiaoyangshan"
        " · from the archive, 2019 (inferred), in part undated: "
    )
    assert lead.statement[:60] in digest.text
    assert digest.text.endswith("And 2 more facts.")


@pytest.mark.parametrize("kept", [DAILY, WEEKLY, MONTHLY])
def test_no_date_of_today_stands_beside_what_is_older(compose: Composer, kept: Subscription) -> None:
    digest = compose(kept, (), NOW)
    shown = digest.text + texts([*digest.blocks, *digest.thread_blocks])
    assert "2026" not in shown.replace("2026-11-23T09:00", "")
    assert "November" not in shown


def test_a_theme_that_goes_on_says_so(compose: Composer) -> None:
    first = compose(PORTS, (), NOW)
    second = compose(PORTS, first.fact_ids, NOW)
    assert "Xiaoyangshan · from the archive, 2019" in texts(first.blocks)
    assert "Xiaoyangshan, continued · from the archive, undated" in texts(second.blocks)


def test_a_theme_of_what_another_place_is_probably_meant_by_says_so(
    compose: Composer, base: FactBase
) -> None:
    kept = replace(PORTS, topics=(), places=("hangzhou",), facts=10)
    posted: tuple[str, ...] = ()
    said = ""
    while (digest := compose(kept, posted, NOW)).fact_ids:
        said += texts(digest.blocks) + texts(digest.thread_blocks)
        posted += digest.fact_ids
    assert "G40 [Hangzhou is printed where Shanghai is probably meant] · from the archive, undated" in said


def test_every_fact_has_its_citation_and_caveat(compose: Composer, base: FactBase) -> None:
    digest = compose(replace(WEEKLY, facts=10), (), NOW)
    shown = texts([*digest.blocks, *digest.thread_blocks])
    for name in filter(fact_of, digest.fact_ids):
        fact = base.fact(fact_of(name))
        assert fact is not None
        assert json.dumps(fact.statement[:40], ensure_ascii=False)[1:-1] in shown
        assert json.dumps(citing.cited(fact.citations), ensure_ascii=False)[1:-1] in shown
        if fact.caveat:
            assert json.dumps(fact.caveat[:40], ensure_ascii=False)[1:-1] in shown


@pytest.mark.parametrize(
    ("facts", "first", "then"),
    [(3, "Facts 1–3 of {pool}", "Facts 4–6 of {pool}"), (1, "Fact 1 of {pool}", "Fact 2 of {pool}")],
)
def test_a_digest_says_which_of_all_facts_it_shows(
    compose: Composer, base: FactBase, facts: int, first: str, then: str
) -> None:
    kept = replace(PORTS, facts=facts)
    pool = len(candidates(base, Subjects.of(kept)))
    opening = compose(kept, (), NOW)
    assert first.format(pool=pool) in texts(opening.blocks)
    assert then.format(pool=pool) in texts(compose(kept, opening.fact_ids, NOW).blocks)


def whole_round(compose: Composer, kept: Subscription) -> list[Digest]:
    """Every digest up to the one that says that it is the last."""
    found: list[Digest] = []
    posted: tuple[str, ...] = ()
    while END not in posted:
        found.append(compose(kept, posted, NOW))
        posted += found[-1].fact_ids
    return found


def test_the_last_digest_says_so_once_and_what_else_there_is_and_then_all_is_quiet(compose: Composer) -> None:
    *others, last = whole_round(compose, PORTS)
    assert "That was the last of 9 facts on Ports. I am quiet now, until one is added or corrected." in texts(
        last.blocks
    )
    row = next(block for block in last.blocks if block["type"] == "actions")
    assert [element["action_id"] for element in row["elements"]] == [
        "digest_wider", "digest_follow_0", "digest_follow_1", "digest_follow_2",
    ]  # fmt: skip
    assert not any("the last of" in texts(digest.blocks) for digest in others)
    posted = tuple(key for digest in (*others, last) for key in digest.fact_ids)
    after = compose(PORTS, posted, NOW)
    assert after.is_silent("quiet")
    assert not after.is_silent("tell")
    assert "Nothing new: all 9 facts on Ports are posted." in after.text


def test_who_was_never_told_that_all_is_posted_is_told_once(compose: Composer, base: FactBase) -> None:
    posted = tuple(map(fact_key, candidates(base, Subjects.of(PORTS))))
    told = compose(PORTS, posted, NOW)
    assert not told.is_silent("quiet")
    assert "Nothing new: all 9 facts on Ports are posted." in told.text
    assert compose(PORTS, (*posted, *told.fact_ids), NOW).is_silent("quiet")


def test_what_was_chosen_to_begin_again_does_and_says_so(compose: Composer) -> None:
    kept = replace(PORTS, when_empty="again")
    found = whole_round(compose, kept)
    assert "The next digest starts over." in texts(found[-1].blocks)
    assert "digest_restart" not in texts(found[-1].blocks)
    posted = tuple(key for digest in found for key in digest.fact_ids)
    again = compose(kept, posted, NOW)
    assert again.fact_ids == found[0].fact_ids
    assert "All were posted once; the round begins again" in texts(again.blocks)


def test_what_the_channel_follows_already_is_not_offered(base: FactBase) -> None:
    def offered(*followed: str) -> list[str]:
        compose = Composer(base, fact_renderer(base), followed=lambda subscription: followed)
        last = whole_round(compose, PORTS)[-1]
        row = next(block for block in last.blocks if block["type"] == "actions")
        labels = [element["text"]["text"] for element in row["elements"]]
        return [label for label in labels if label.startswith("Follow ")]

    first = offered()
    record = base.resolve(first[0].removeprefix("Follow "))
    assert isinstance(record, Found)
    assert first[0] not in offered(record.record.slug)


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
    assert " · new in the fact base" in shown
    assert " · corrected" in shown
    assert "2 new or corrected" in shown


def test_what_was_there_when_the_bot_first_looked_is_no_news(base: FactBase) -> None:
    seen = {fact_key(fact): NOW - timedelta(days=1) for fact in base.facts}
    kept = replace(WEEKLY, created_at=NOW - timedelta(days=8))
    digest = Composer(base, fact_renderer(base), Seen(seen))(kept, (), NOW)
    assert "new in the fact base" not in texts(digest.blocks)


def test_no_mass_mention_and_no_link_is_in_any_digest(compose: Composer) -> None:
    for kept in (DAILY, WEEKLY, MONTHLY):
        shown = texts(compose(kept, (), NOW).blocks)
        assert "<!" not in shown
        assert '"url"' not in shown


def test_the_buttons_are_those_of_this_digest(compose: Composer) -> None:
    row = compose(WEEKLY, (), NOW).blocks[-1]["elements"]
    assert [element["action_id"] for element in row] == [
        "digest_more", "digest_helpful", "digest_unhelpful", "digest_options",
    ]  # fmt: skip
    assert digest_in(row[1]["value"]) == ("7", "2026-11-23T09:00")
    test = compose(replace(WEEKLY, id=""), (), NOW).blocks[-1]["elements"]
    assert [element["action_id"] for element in test] == ["digest_more"]


def test_themes_are_kept_for_those_who_share_a_base_and_no_longer_than_it_is_used(base: FactBase) -> None:
    ports = Subjects.of(PORTS)
    kept = KeptThemes()
    assert kept(base, ports) == themes_on(base, ports)
    assert kept(base, ports) is kept(base, ports)
    assert kept(base, replace(ports, is_wide=True)) == themes_on(base, replace(ports, is_wide=True))

    first = next(iter(candidates(base, ports)))
    view = base.with_overlay(Overlay(superseded={first.id: ""}))
    assert first not in {fact for theme in kept(view, ports) for fact in theme.facts}
    assert first in {fact for theme in kept(base, ports) for fact in theme.facts}

    gone = weakref.ref(view)
    del view
    gc.collect()
    assert gone() is None


def test_no_more_themes_are_kept_than_a_base_has_room_for(base: FactBase) -> None:
    kept = KeptThemes(room=2)
    asked = [Subjects(topics=(topic.slug,)) for topic in base.seeds.topics[:3]]
    found = [kept(base, names) for names in asked]
    assert found == [themes_on(base, names) for names in asked]
    assert kept(base, asked[-1]) is found[-1]
    assert kept(base, asked[0]) == found[0]
    assert kept(base, asked[0]) is not found[0]
