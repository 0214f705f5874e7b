"""What facts stand under in a digest: a theme, when it was by their own dates, and never a year that is their document's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from handlers.digests.headings import SCREEN, heading, laid_out, when
from handlers.digests.selection import Chosen
from handlers.digests.themes import Theme
from knowledge.base import FactBase
from knowledge.model import Fact


def facts(base: FactBase, ids: str) -> list[Fact]:
    return [fact for name in ids.split() if (fact := base.fact(name))]


def chosen(about: str, told: Iterable[Fact]) -> list[Chosen]:
    theme = Theme(about, tuple(told))
    return [Chosen(fact, theme) for fact in theme.facts]


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ("cao-layout-025 cao-layout-026", "2017"),
        ("cao-layout-025 cao-layout-008", "2017 and 2018"),
        ("han-huaihai-027 han-huaihai-036 han-huaihai-037 han-huaihai-007", "1958 to 1986"),
        ("zhejiang-integration-092 zhejiang-integration-093", "2019 (inferred), in part undated"),
        ("xu-twinning-045 xu-twinning-046", "undated (from a paper of 2024, inferred)"),
        ("xu-homogenization-010", "undated (from a newspaper article of 2018)"),
        ("xu-homogenization-010 xu-twinning-045", "undated (from sources of 2018 and 2024, inferred)"),
        ("cao-layout-009", "undated"),
        ("cao-layout-009 xu-twinning-045", "undated"),
    ],
)
def test_when_it_was_is_told_by_the_dates_of_the_facts_alone(base: FactBase, ids: str, said: str) -> None:
    assert when(base, facts(base, ids)) == said


def test_no_fact_without_a_date_looks_dated(base: FactBase) -> None:
    for fact in base.facts:
        assert fact.date or when(base, [fact]).startswith("undated")


def test_a_part_of_a_theme_is_dated_by_what_it_tells(base: FactBase) -> None:
    told = chosen("adjacent-district-cooperation", facts(base, "cao-layout-025 cao-layout-027"))
    assert heading(base, told[:1]).endswith("· from the archive, 2017")
    assert heading(base, told[1:]).endswith("· from the archive, undated")


def test_what_is_new_in_the_base_says_when_it_was(base: FactBase) -> None:
    (fact,) = facts(base, "cao-layout-008")
    theme = Theme("cao-layout", (fact,))
    assert heading(base, [Chosen(fact, theme, "new")]) == "Cao, undated · new in the fact base, 2018"
    assert heading(base, [Chosen(fact, theme, "corrected")]) == "Cao, undated · corrected, 2018"


def test_a_second_theme_on_the_same_is_told_apart_by_a_number(base: FactBase) -> None:
    (fact,) = facts(base, "cao-layout-008")
    assert heading(base, [Chosen(fact, Theme("cao-layout", (fact,), 2))]).startswith("Cao, undated (2) ·")


def test_single_facts_are_called_so_and_one_beside_a_theme_is_an_extra(base: FactBase) -> None:
    single = chosen("", facts(base, "cao-layout-008 xu-twinning-045"))
    theme = chosen("minhang-huainan", facts(base, "cao-layout-025"))
    assert [said for said, _ in laid_out(base, single, "daily").shown] == [
        "Single facts · from the archive, 2018, in part undated"
    ]
    assert laid_out(base, single[:1], "daily").shown[0][0].startswith("A single fact ·")
    beside = laid_out(base, [*theme, *single[:1]], "daily").shown
    assert beside[-1][0] == "Also · from the archive, 2018"


def test_what_stands_in_the_thread_is_dated_by_itself_and_goes_on_with_its_theme(base: FactBase) -> None:
    told = chosen("adjacent-district-cooperation", facts(base, "cao-layout-025 cao-layout-026"))
    undated = chosen("adjacent-district-cooperation", facts(base, "cao-layout-027"))
    theme = replace(told[0].theme, facts=(*told[0].theme.facts, *undated[0].theme.facts))
    post = [replace(one, theme=theme) for one in (*told, told[0], *undated)]
    laid = laid_out(base, post, "daily")
    ((above, shown),), ((below, rest),) = laid.shown, laid.below
    assert above.endswith("· from the archive, 2017")
    assert below.endswith(", continued · from the archive, undated")
    assert (len(shown), len(rest)) == (SCREEN["daily"], 1)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ("xu-homogenization-034", "looks ahead to 2020 (from a newspaper article of 2018)"),
        (
            "xu-homogenization-034 xu-homogenization-010",
            "undated (from a newspaper article of 2018); in part looks ahead to 2020",
        ),
        ("cao-layout-008 xu-homogenization-034", "2018; in part looks ahead to 2020"),
        ("zhejiang-integration-068", "looks ahead to 2020 (inferred)"),
    ],
)
def test_a_year_that_a_document_looked_ahead_to_is_not_when_it_happened(
    base: FactBase, ids: str, said: str
) -> None:
    assert when(base, facts(base, ids)) == said


def test_no_heading_of_a_post_dates_what_was_planned_by_its_goal(base: FactBase) -> None:
    for fact in base.facts:
        published = base.document(fact.documents[0]).published
        if published and fact.date[:4] > published[:4]:
            assert when(base, [fact]).startswith(f"looks ahead to {fact.date[:4]} (from a ")
