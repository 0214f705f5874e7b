"""Themes: every fact in one, ties from the records, told in time order."""

from __future__ import annotations

from itertools import groupby

import pytest

from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import candidates
from handlers.digests.themes import Theme, looks_ahead, themes
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
def test_every_fact_is_in_one_theme_and_what_nothing_ties_comes_last(base: FactBase, names: Subjects) -> None:
    pool = candidates(base, names)
    found = told(base, names)
    facts = [fact for theme in found for fact in theme.facts]
    assert len(facts) == len(set(facts)) == len(pool)
    assert all(len(theme.facts) > 1 for theme in found if not theme.is_of_single_facts)
    assert not any(theme.is_of_single_facts for theme in found[:-1])


def test_a_pool_of_one_fact_is_a_theme(base: FactBase) -> None:
    fact = base.facts[0]
    (theme,) = themes(base, (fact,), ())
    assert theme.facts == (fact,)
    assert themes(base, (), ()) == ()


@pytest.mark.parametrize("names", POOLS)
def test_dated_facts_of_a_theme_stand_in_time_order(base: FactBase, names: Subjects) -> None:
    for theme in told(base, names):
        dates = [fact.date for fact in theme.facts if fact.date and not looks_ahead(base, fact)]
        assert dates == sorted(dates)


@pytest.mark.parametrize("names", POOLS)
def test_facts_of_one_date_and_one_document_stand_together(base: FactBase, names: Subjects) -> None:
    for theme in told(base, names):
        runs = [key for key, _ in groupby(theme.facts, lambda fact: (fact.date, fact.documents[0]))]
        dated = [key for key in runs if key[0]]
        assert len(dated) == len(set(dated)), theme.about


def test_what_looks_ahead_stands_when_it_was_said(base: FactBase) -> None:
    """An article of 2018 on 2020, beside what happened in 2019."""
    names = ["xu-homogenization-034", "xu-homogenization-035", "zhejiang-integration-092"]
    pool = [fact for name in names if (fact := base.fact(name))]
    goal = pool[0].model_copy(update={"subjects": ("ningbo",)})
    later = pool[2].model_copy(update={"subjects": ("ningbo",)})
    assert (goal.date, later.date[:4]) == ("2020", "2019")
    (theme,) = themes(base, (later, goal), ())
    assert theme.facts == (goal, later)


@pytest.mark.parametrize("names", POOLS)
def test_what_has_no_date_stands_in_the_order_of_its_document(base: FactBase, names: Subjects) -> None:
    for theme in told(base, names):
        undated = [fact.citations[0] for fact in theme.facts if not fact.date]
        if not any(fact.date for fact in theme.facts):
            for document in {cited.document for cited in undated}:
                paragraphs = [cited.paragraph for cited in undated if cited.document == document]
                assert paragraphs == sorted(paragraphs)


@pytest.mark.parametrize("names", POOLS)
def test_themes_about_the_same_are_numbered(base: FactBase, names: Subjects) -> None:
    called = [(theme.about, theme.number) for theme in told(base, names)]
    assert len(called) == len(set(called))
    assert all((about, number - 1) in called[:at] for at, (about, number) in enumerate(called) if number > 1)


def test_a_pairing_is_told_whole_before_what_is_wider(base: FactBase) -> None:
    found = told(base, Subjects(topics=("ports",)))
    assert isinstance(base.entity(found[0].about), Pairing)
    pairing = found[0].about
    assert all(pairing in fact.subjects for fact in found[0].facts)
    assert not any(pairing in fact.subjects for theme in found[1:] for fact in theme.facts)


def test_what_was_done_comes_before_what_is_claimed_and_the_documents_themselves_last(base: FactBase) -> None:
    found = told(base, Subjects(mechanisms=("twinning-cooperation",)))
    on_documents = [
        sum(not base.about_documents.isdisjoint(fact.topics) for fact in theme.facts) * 2 > len(theme.facts)
        for theme in found
        if not theme.is_of_single_facts
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
