"""One fact, asked for by its id."""

from __future__ import annotations

from tests.conftest import Asker


def test_a_fact_in_full_has_a_citation_to_paste(ask: Asker) -> None:
    answer = ask("fact xu-twinning-001")
    pasted = next(section for section in answer.sections if "paste" in section.title)
    assert "paragraph" in pasted.entries[0]
    assert "xu-twinning-001" in pasted.entries[0]


def test_an_id_that_no_fact_has_gets_the_nearest_ids(ask: Asker) -> None:
    answer = ask("fact xu-twinning-998")
    assert answer.outcome == "unknown"
    near = [choice.label for choice in answer.choices]
    assert near
    assert all(ask.services.base.fact(fact_id) for fact_id in near)
    assert all(fact_id in answer.headline for fact_id in near)
