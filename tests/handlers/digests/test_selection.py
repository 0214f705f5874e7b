"""Which facts a digest shows: one theme a post, told whole, no fact twice in a round, news first, an end that is said once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import AGAIN, END, Selection, candidates, fact_key, fact_of, select
from handlers.digests.themes import themes
from knowledge.base import FactBase

NAMES = (
    Subjects(topics=("ports",)),
    Subjects(mechanisms=("twinning-cooperation",)),
    Subjects(("talent", "tourism"), ("hangzhou",)),
    Subjects(topics=("industry",)),
)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def round_of(base: FactBase, names: Subjects, number: int, posted: Sequence[str] = ()) -> list[Selection]:
    """Every digest until all facts were shown."""
    found: list[Selection] = []
    while (picked := select(base, names, number, tuple(posted))).chosen:
        found.append(picked)
        posted = (*posted, *picked.keys)
    return found


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 10])
def test_a_round_shows_every_fact_once_and_counts_them(base: FactBase, names: Subjects, number: int) -> None:
    found = round_of(base, names, number)
    pool = candidates(base, names)
    shown = [fact for picked in found for fact in picked.facts]
    assert len(shown) == len(set(shown)) == len(pool)
    first = 1
    for at, picked in enumerate(found):
        assert len(picked.chosen) <= number
        assert (picked.first, picked.pool, picked.posts) == (first, len(pool), len(found) - at - 1)
        first += len(picked.chosen)


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("number", [3, 5, 8])
def test_no_digest_has_a_lone_fact_but_the_last(base: FactBase, names: Subjects, number: int) -> None:
    found = round_of(base, names, number)
    assert all(len(picked.chosen) > 1 for picked in found[:-1])


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("number", [3, 5])
def test_a_theme_is_told_whole_before_the_next_begins(base: FactBase, names: Subjects, number: int) -> None:
    order = [one.theme.facts for picked in round_of(base, names, number) for one in picked.chosen]
    begun = list(dict.fromkeys(order))
    assert order == [theme for theme in begun for _ in theme]


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 10])
def test_a_digest_tells_one_theme_and_beside_it_at_most_the_last_fact_of_all(
    base: FactBase, names: Subjects, number: int
) -> None:
    for picked in round_of(base, names, number):
        told = [one.theme for one in picked.chosen]
        besides = [theme for theme in told if theme is not told[0]]
        assert not besides or (len(besides) == 1 and picked.left == 0)


def test_what_nothing_ties_to_another_fact_of_the_pool_is_told_together(base: FactBase) -> None:
    pool = tuple(candidates(base, NAMES[0]))[::9] + tuple(candidates(base, Subjects(places=("hefei",))))[:1]
    (theme,) = themes(base, pool, ())
    assert theme.is_of_single_facts
    assert set(theme.facts) == set(pool)


def test_what_is_left_of_several_themes_shares_a_digest(base: FactBase) -> None:
    pool = themes(base, tuple(candidates(base, NAMES[1])), NAMES[1].slugs)
    left = {theme.facts[-1] for theme in pool[:4]}
    posted = [fact_key(fact) for theme in pool for fact in theme.facts if fact not in left]
    assert [len(picked.chosen) for picked in round_of(base, NAMES[1], 3, posted)] == [3, 1]


def test_several_news_share_a_digest_whatever_they_are_of(base: FactBase) -> None:
    told = themes(base, tuple(candidates(base, NAMES[1])), NAMES[1].slugs)
    corrected = [theme.facts[0] for theme in told[:3]]
    posted = (*(f"{fact.id}@00000000" for fact in corrected), *select(base, NAMES[1], 3).keys[3:])
    picked = select(base, NAMES[1], 3, posted)
    assert set(picked.facts) == set(corrected)


def test_a_theme_over_several_digests_is_told_in_parts_of_like_length(base: FactBase) -> None:
    (first, *_) = themes(base, tuple(candidates(base, NAMES[1])), NAMES[1].slugs)
    assert len(first.facts) == 5
    assert [len(picked.chosen) for picked in round_of(base, NAMES[1], 3)[:2]] == [3, 2]


def test_a_digest_that_goes_on_with_a_theme_says_so(base: FactBase) -> None:
    first, second, *_ = round_of(base, NAMES[0], 3)
    assert not any(one.goes_on for one in first.chosen)
    assert all(one.goes_on for one in second.chosen)


def test_once_all_were_shown_there_is_nothing_and_that_is_told_once(base: FactBase) -> None:
    posted = [key for picked in round_of(base, NAMES[0], 3) for key in picked.keys]
    assert posted[-1] == END
    after = select(base, NAMES[0], 3, posted)
    assert (after.chosen, after.told) == ((), True)
    untold = select(base, NAMES[0], 3, posted[:-1])
    assert (untold.chosen, untold.told, untold.keys) == ((), False, (END,))


def test_what_comes_again_begins_a_round_from_the_first(base: FactBase) -> None:
    found = round_of(base, NAMES[0], 3)
    posted = [key for picked in found for key in picked.keys]
    again = select(base, NAMES[0], 3, posted, again=True)
    assert again.anew
    assert again.facts == found[0].facts
    assert select(base, NAMES[0], 3, (*posted, *again.keys), again=True).facts == found[1].facts


def test_a_round_that_somebody_had_start_over_begins_from_the_first(base: FactBase) -> None:
    first, second, *_ = round_of(base, NAMES[0], 3)
    posted = (*first.keys, *second.keys, AGAIN)
    assert select(base, NAMES[0], 3, posted).facts == first.facts
    assert select(base, NAMES[0], 3, (*posted, *first.keys)).facts == second.facts


def test_what_an_older_version_posted_is_not_shown_again(base: FactBase) -> None:
    pool = tuple(candidates(base, NAMES[1]))
    posted = tuple(fact_key(fact) for fact in pool[::3])
    shown = {fact for picked in round_of(base, NAMES[1], 3, posted) for fact in picked.facts}
    assert shown == set(pool) - set(pool[::3])


def test_new_and_corrected_facts_come_before_the_theme_in_hand(base: FactBase) -> None:
    pool = tuple(candidates(base, NAMES[1]))
    new, corrected = pool[-1], pool[-2]
    seen = {fact_key(fact): NOW - timedelta(days=9) for fact in pool}
    seen[fact_key(new)] = NOW - timedelta(days=1)
    posted = (*select(base, NAMES[1], 3).keys, f"{corrected.id}@00000000")
    picked = select(base, NAMES[1], 3, posted, seen, NOW - timedelta(days=8))
    news = {one.fact: one.news for one in picked.chosen if one.news}
    assert news == {new: "new", corrected: "corrected"}
    assert [bool(one.news) for one in picked.chosen][:2] == [True, True]


def test_one_new_fact_is_posted_alone_once_all_others_were_shown(base: FactBase) -> None:
    pool = tuple(candidates(base, NAMES[0]))
    posted = (*map(fact_key, pool[:-1]), END)
    picked = select(base, NAMES[0], 3, posted)
    assert picked.facts == (pool[-1],)


def test_what_is_recorded_beside_facts_is_no_fact() -> None:
    assert (fact_of(END), fact_of(AGAIN), fact_of("ports-001@0a1b2c3d")) == ("", "", "ports-001")
