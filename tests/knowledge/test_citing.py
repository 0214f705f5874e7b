"""How readers are told where something stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import citing
from knowledge.base import FactBase
from knowledge.model import Citation


def cited(document: str, section: str, *paragraphs: int) -> list[Citation]:
    return [
        Citation(
            document=document, paragraph=number, anchor="three plain words", section=section, source=name
        )
        for number in paragraphs
        for name in [{"xu": "Xu et al. 2024", "han": "Han, undated"}[document]]
    ]


@pytest.mark.parametrize(
    ("citations", "said"),
    [
        (cited("xu", "4.1.1", 32), "Xu et al. 2024, 4.1.1, para 32"),
        (cited("xu", "4.1.1", 32, 31, 32), "Xu et al. 2024, 4.1.1, paras 31-32"),
        (cited("xu", "", 31, 33, 34, 35), "Xu et al. 2024, paras 31, 33-35"),
        (cited("xu", "4", 7) + cited("xu", "5.1", 9, 10), "Xu et al. 2024, 4, para 7; 5.1, paras 9-10"),
        (
            cited("xu", "4", 7) + cited("han", "2.2 (1)", 3) + cited("xu", "4", 8),
            "Xu et al. 2024, 4, paras 7-8; Han, undated, 2.2 (1), para 3",
        ),
        (cited("xu", "References", 67), "Xu et al. 2024, “References”, para 67"),
        (cited("xu", "A heading that is as long as a whole sentence is.", 5), "Xu et al. 2024, para 5"),
    ],
)
def test_citations_merge_and_keep_their_paragraphs(citations: list[Citation], said: str) -> None:
    assert citing.cited(citations) == said


def test_every_fact_shows_every_paragraph_with_the_date_of_its_source(base: FactBase) -> None:
    for fact in base.facts:
        shown = citing.cited(fact.citations)
        numbers = {n for run in re.findall(r"paras? ([\d, -]+)", shown) for n in _numbers(run)}
        assert numbers == {citation.paragraph for citation in fact.citations}, shown
        for slug in fact.documents:
            assert (base.document(slug).published or "undated")[:4] in shown
        assert len(citing.cited(fact.citations[:1])) <= 100


def _numbers(run: str) -> set[int]:
    parts = [part.split("-") for part in run.strip(", ").split(", ")]
    return {number for part in parts for number in range(int(part[0]), int(part[-1]) + 1)}


def test_what_does_not_fit_is_counted_and_what_is_shown_is_whole(base: FactBase) -> None:
    citations = [citation for fact in base.facts for citation in fact.citations]
    shown = citing.cited(citations, 200)
    assert len(shown) <= 200
    assert re.search(r"paras? [\d, -]+; and \d+ more$", shown)


@given(st.text(max_size=200), st.text(max_size=200), st.integers(1, 9999))
def test_no_name_or_heading_takes_the_paragraph_away(source: str, section: str, paragraph: int) -> None:
    assert citing.label(source, section, paragraph).endswith(f"para {paragraph}")


def test_a_long_name_is_shortened_before_its_date() -> None:
    shown = citing.label(f"{'Long ' * 30}title, 2025-05", "", 3)
    assert shown.endswith("…, 2025-05, para 3")
    assert len(shown) < 90
