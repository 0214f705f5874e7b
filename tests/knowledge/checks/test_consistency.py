"""The seeds hold together without any document."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.checks import consistency
from knowledge.model import Fact, Topic
from knowledge.vocabulary import Region
from tests.knowledge.small import DOCUMENT, fact, gap, mechanism, place, seeds

AVILLE, BTON = place("aville", delta=True), place("bton")


def fields(*facts: Fact, **records: Any) -> list[tuple[str, str]]:
    return [(problem.record, problem.field) for problem in consistency.check(seeds(*facts, **records))]


def test_small_seeds_hold_together() -> None:
    assert fields() == []


def test_a_gap_in_the_ids_is_found() -> None:
    other = fact(3, statement="Bton keeps harbours.")
    assert fields(fact(), other) == [("ports-003", "id")]


def test_gaps_count_up_by_themselves_and_say_what_they_mean() -> None:
    assert fields(gaps=(gap(), gap(number=2))) == []
    assert fields(gaps=(gap(number=2),)) == [("ports-gap-002", "id")]
    assert fields(gaps=(gap(id="ports-002"),)) == [("ports-002", "id")]
    assert fields(gaps=(gap(statement="It names no head."),)) == [("ports-gap-001", "statement")]


def test_a_place_that_nothing_needs_is_an_orphan_and_one_that_holds_another_is_not() -> None:
    held = place("aville", delta=True, part_of=["northland"])
    places = (held, BTON, place("northland"), place("ctown"))
    assert fields(places=places) == [("ctown", "slug")]


def test_a_city_of_the_delta_is_asked_for_though_no_document_names_it() -> None:
    asked = place("ctown", delta=True, level="prefecture-level city")
    assert fields(places=(AVILLE, BTON, asked)) == []


def test_a_spelling_of_two_places_is_declared_in_both() -> None:
    def pair(*declared: str) -> list[tuple[str, str]]:
        first = place("aville", delta=True, aliases=["Porto"], not_to_be_confused_with=declared)
        second = place("bton", aliases=["porto"], not_to_be_confused_with=["aville"])
        return fields(places=(first, second))

    assert pair() == [("aville", "aliases")]
    assert pair("bton") == []


def test_a_spelling_of_two_mechanisms_is_found() -> None:
    both = (mechanism("twinning", "pairing up"), mechanism("pooling", "Pairing up"))
    about = fact(subjects=["aville", "bton", "twinning", "pooling"])
    assert fields(about, mechanisms=both) == [("twinning", "aliases")]


@pytest.mark.parametrize(
    "said",
    [
        "It agreed with Bton.",
        "“This” treaty is of 2018.",
        "These cities agreed.",
        "Aville and Bton agreed; the latter paid.",
        "Aville signed the above treaty.",
        "Aville is in this region.",
    ],
)
def test_a_statement_that_needs_the_line_before_it_is_found(said: str) -> None:
    assert ("ports-001", "statement") in fields(fact(statement=said))


def test_a_figure_that_the_statement_does_not_give_is_found() -> None:
    figures = [{"value": 3, "unit": "billion crowns", "of": "treaty"}, {"value": 5, "of": "harbours"}]
    assert fields(fact(figures=figures)) == [("ports-001", "figures")]


def test_a_claim_without_a_speaker_is_found() -> None:
    assert fields(fact(stance="claimed")) == [("ports-001", "speaker")]
    assert fields(fact(stance="claimed", speaker="Oldham")) == []


def test_a_fact_about_places_elsewhere_that_is_not_marked_so_is_found() -> None:
    abroad = fact(statement="Bton keeps harbours.", subjects=["bton"])
    assert ("ports-001", "region") in fields(abroad)
    marked = abroad.model_copy(update={"region": Region.ELSEWHERE})
    assert ("ports-001", "region") not in fields(marked)


def test_a_relation_that_does_not_point_back_is_found() -> None:
    other = fact(2, statement="Bton keeps harbours.", contradicts=["ports-001"])
    assert fields(fact(), other) == [("ports-001", "contradicts")]


def test_the_same_and_contrary_at_once_is_found() -> None:
    one = fact(same_as=["ports-002"], contradicts=["ports-002"])
    two = fact(2, statement="Bton keeps harbours.", same_as=["ports-001"], contradicts=["ports-001"])
    assert fields(one, two) == [("ports-001", "contradicts"), ("ports-002", "contradicts")]


def test_two_wordings_of_one_thing_are_found_unless_they_say_so() -> None:
    again = "In June 2018 Aville agreed with Bton on 3 billion crowns."
    assert fields(fact(), fact(2, statement=again)) == [("ports-001", "statement")]
    assert fields(fact(same_as=["ports-002"]), fact(2, statement=again, same_as=["ports-001"])) == []


def test_two_facts_worded_alike_about_different_numbers_are_two() -> None:
    other = fact(2, statement="Aville and Bton agreed on 5 billion crowns in June 2018.")
    assert fields(fact(), other) == []


def test_a_label_without_the_date_of_the_source_is_found() -> None:
    document = DOCUMENT.model_copy(update={"label": "Ports", "dating": ""})
    assert fields(documents=(document,)) == [("ports", "label"), ("ports", "dating")]


def test_a_document_that_no_fact_describes_is_found() -> None:
    harbours = Topic(slug="harbours", name="Harbours")
    assert ("ports", "slug") in fields(fact(topics=["harbours"]), topics=(harbours,))
    assert (
        fields(fact(topics=["harbours"]), topics=(harbours.model_copy(update={"about_documents": True}),))
        == []
    )
