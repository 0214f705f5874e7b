"""Themes: every fact in one, ties from the records, told in time order."""

from __future__ import annotations

import pytest

from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import candidates
from handlers.digests.themes import Theme, themes
from knowledge.base import FactBase
from knowledge.model import Pairing

POOLS = (
    Subjects(topics=("ports",)),
    Subjects(topics=("governance",)),
    Subjects(topics=("other-regions",)),
    Subjects(places=("hangzhou",)),
    Subjects(places=("yangtze-river-delta",)),
    Subjects(mechanisms=("twinning-cooperation",)),
    Subjects(("ports", "talent"), ("hangzhou",), ("joint-park",)),
)


def told(base: FactBase, names: Subjects) -> tuple[Theme, ...]:
    return themes(base, tuple(candidates(base, names)), names.slugs)


@pytest.mark.parametrize("names", POOLS)
def test_every_fact_is_in_one_theme_and_none_stands_alone(base: FactBase, names: Subjects) -> None:
    pool = candidates(base, names)
    found = told(base, names)
    facts = [fact for theme in found for fact in theme.all]
    assert len(facts) == len(set(facts)) == len(pool)
    assert all(len(theme.facts) > 1 for theme in found)


def test_a_pool_of_one_fact_is_a_theme(base: FactBase) -> None:
    fact = base.facts[0]
    (theme,) = themes(base, (fact,), ())
    assert theme.all == (fact,)
    assert themes(base, (), ()) == ()


@pytest.mark.parametrize("names", POOLS)
def test_dated_facts_of_a_theme_stand_in_time_order(base: FactBase, names: Subjects) -> None:
    for theme in told(base, names):
        dates = [fact.date for fact in theme.facts if fact.date]
        assert dates == sorted(dates)


@pytest.mark.parametrize("names", POOLS)
def test_what_has_no_date_stands_in_the_order_of_its_document(base: FactBase, names: Subjects) -> None:
    for theme in told(base, names):
        undated = [fact.citations[0] for fact in theme.facts if not fact.date]
        if not any(fact.date for fact in theme.facts):
            for document in {cited.document for cited in undated}:
                paragraphs = [cited.paragraph for cited in undated if cited.document == document]
                assert paragraphs == sorted(paragraphs)


def test_a_pairing_is_told_whole_before_what_is_wider(base: FactBase) -> None:
    found = told(base, Subjects(topics=("ports",)))
    assert isinstance(base.entity(found[0].about), Pairing)
    pairing = found[0].about
    assert all(pairing in fact.subjects for fact in found[0].facts)
    assert not any(pairing in fact.subjects for theme in found[1:] for fact in theme.all)


def test_what_was_done_comes_before_what_is_claimed_and_the_documents_themselves_last(base: FactBase) -> None:
    found = told(base, Subjects(mechanisms=("twinning-cooperation",)))
    on_documents = [
        sum(not base.about_documents.isdisjoint(fact.topics) for fact in theme.facts) * 2 > len(theme.facts)
        for theme in found
    ]
    assert on_documents == sorted(on_documents)
    assert isinstance(base.entity(found[0].about), Pairing)


def test_the_name_that_is_asked_for_is_no_theme(base: FactBase) -> None:
    for names in POOLS[:-1]:
        assert not set(names.slugs) & {theme.about for theme in told(base, names) if base.entity(theme.about)} - {
            "governance", "other-regions"
        }  # fmt: skip


@pytest.mark.parametrize("names", POOLS)
def test_the_same_pool_makes_the_same_themes(base: FactBase, names: Subjects) -> None:
    assert told(base, names) == told(base, names)
