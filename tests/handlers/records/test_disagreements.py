"""What sources differ on is told in words, once, and only where it bears on what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.answer import Answer, Line
from handlers.records.disagreements import disagreements, of_fact, of_record, others, with_other_side
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Contributed, Fact
from knowledge.overlay import Overlay
from tests.conftest import Asker
from tests.handlers.shown import ids

ANHUI = "Sources differ on whether Anhui belongs to the delta: "
# So that the reason of a curator fits behind it before a note is cut off.
NOTE = 250

Viewed = Callable[[Overlay], Services]


@pytest.fixture
def viewed(services: Services) -> Viewed:
    return lambda overlay: replace(services, base=services.base.with_overlay(overlay))


def _fact(base: FactBase, fact_id: str) -> Fact:
    fact = base.fact(fact_id)
    assert fact
    return fact


def _asked(services: Services, text: str) -> Answer:
    return reply(services, Request(text=text, now=datetime(2026, 11, 20, tzinfo=UTC)))


def _differing(answer: Answer) -> list[str]:
    return [note for note in answer.notes if note.startswith(("Sources differ", "The source contradicts"))]


@pytest.mark.parametrize(
    "text",
    [
        "Does the Yangtze River Delta include Anhui?",
        "安徽属于长三角吗",
        "How many provinces are in the delta?",
        "Does the Huaihai paper count Anhui as part of the Yangtze River Delta?",
    ],
)
def test_a_question_about_a_dispute_gets_both_sides_and_is_told_once_what_they_differ_on(
    ask: Asker, base: FactBase, text: str
) -> None:
    answer = ask(text)
    lead, second, *_ = (line.fact for line in answer.lines)
    assert second.id in {other for one in base.disagreements(lead.id) for other in one.facts}
    assert [note[: len(ANHUI)] for note in _differing(answer)] == [ANHUI]


def test_the_side_of_the_fact_that_leads_comes_first_with_its_sources(ask: Asker) -> None:
    (note,) = _differing(ask("Does the Huaihai paper count Anhui as part of the Yangtze River Delta?"))
    assert note == (
        f"{ANHUI}Shanghai, Jiangsu and Zhejiang alone do (Han, undated); it does (Zhejiang news item, undated; "
        "Xu Qimin 2018-06-23; Xu et al. 2024; Cao, undated)."
    )


def test_a_source_that_contradicts_itself_is_no_two_sources(ask: Asker) -> None:
    (note,) = _differing(
        ask("How many sub-regional cooperations does the Golden Triangle cooperation plan contain?")
    )
    assert note == (
        "The source contradicts itself on how many sub-regional cooperations the Golden Triangle plan has: six in all; "
        "four between cities and three between provinces, which makes seven (Han, undated)."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Which district is twinned with Huainan?",
        "Is Hefei a core city of the Yangtze River Delta?",
        "How much of the delta's economy is Shanghai?",
        "Is Nanjing a regional central city of the YRD?",
        "What did Sichuan and Chongqing form in 1985?",
        "What should developed cities provide through twinning?",
    ],
)
def test_what_has_nothing_to_do_with_the_question_is_not_told(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert _differing(answer) == []


def test_what_facts_further_down_differ_on_is_not_told(services: Services) -> None:
    facts = [_fact(services.base, i) for i in ("xu-twinning-039", "han-huaihai-046", "xu-homogenization-009")]
    request = Request(text="Huainan", now=datetime(2026, 11, 20, tzinfo=UTC))

    def told(*shown: Fact) -> list[str]:
        given = Answer(headline="", outcome="answer", lines=tuple(map(Line, shown)))
        return _differing(disagreements(services, request, given))

    assert told(*facts) == []
    assert len(told(*facts[1:])) == 1
    assert told(facts[1], facts[0]) == []


@pytest.mark.parametrize(
    "text",
    ["长三角包括哪些省", "長三角包括哪些省", "长三角包括哪些省市", "哪些省属于长三角", "Which provinces make up the YRD?", "Which provinces belong to the delta?"],
)  # fmt: skip
def test_a_list_that_sources_differ_on_is_told_of_both_sides(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert [note[: len(ANHUI)] for note in _differing(answer)] == [ANHUI]
    assert {"han-huaihai-046", "zhejiang-integration-008"} == {line.fact.id for line in answer.lines[:2]}


def test_the_other_side_never_pushes_out_the_fact_that_leads(services: Services) -> None:
    base = services.base
    for disagreement in base.seeds.disagreements:
        for fact_id in disagreement.facts:
            for ask in _fact(base, fact_id).asks[:3]:
                query = base.parse(ask)
                hits = [hit for hit in base.rank(query) if isinstance(hit.entry, Fact)][:5]
                facts = with_other_side(services, query, hits, lambda _: "")
                assert facts[0] == hits[0].fact
                assert set(facts) >= {hit.fact for hit in hits}


def test_a_page_tells_what_sources_differ_on_of_its_own_nature_and_at_most_two(ask: Asker) -> None:
    assert [note[: len(ANHUI)] for note in _differing(ask("Anhui", "/yrd-city"))] == [ANHUI]
    delta = _differing(ask("Yangtze River Delta"))
    assert len(delta) == 2
    assert delta[0].startswith(ANHUI)
    helping = _differing(ask("counterpart assistance", "/yrd-mechanism"))
    assert len(helping) == 1


@pytest.mark.parametrize("name", ["Hefei", "Shanghai", "Huainan", "Hangzhou", "Xuzhou"])
def test_a_page_does_not_tell_what_facts_on_it_differ_on_beside(ask: Asker, name: str) -> None:
    assert _differing(ask(name, "/yrd-city")) == []


def test_no_id_stands_in_what_is_told_and_none_is_too_long(services: Services) -> None:
    for fact in services.base.facts:
        for told in of_fact(services, fact):
            assert not any(document in told for document in fact.documents)
            assert len(told) <= NOTE, told
            assert told.endswith(".")


def test_every_contradiction_is_told_of_a_fact(services: Services) -> None:
    for fact in services.base.facts:
        assert bool(fact.contradicts) == bool(of_fact(services, fact))


def test_a_preferred_side_comes_first_with_the_reason_of_a_curator(viewed: Viewed) -> None:
    services = viewed(Overlay(preferred={"han-huaihai-046": "It counts by the plan of 2016."}))
    (told,) = of_fact(services, _fact(services.base, "xu-homogenization-009"))
    assert told.startswith(f"{ANHUI}Shanghai, Jiangsu and Zhejiang alone do (Han, undated)")
    assert told.endswith(" The first is preferred: It counts by the plan of 2016.")


def test_a_preferred_fact_that_would_answer_too_stands_before_the_other(viewed: Viewed, ask: Asker) -> None:
    text = "How many provinces are in the delta?"
    first, second = ids(ask(text))[:2]
    services = viewed(Overlay(preferred={second: "It is newer."}))
    assert ids(_asked(services, text))[:2] == [second, first]


def test_a_side_without_a_fact_that_stands_is_no_side(viewed: Viewed) -> None:
    services = viewed(Overlay(superseded={"han-huaihai-046": ""}))
    assert of_fact(services, _fact(services.base, "xu-homogenization-009")) == ()


def test_a_fact_of_a_team_that_says_otherwise_is_told_in_its_words(viewed: Viewed, base: FactBase) -> None:
    seed = _fact(base, "xu-twinning-039")
    own = seed.model_copy(
        update={"id": "team-001", "statement": "Minhang helps Bozhou.", "contradicts": (seed.id,)}
    )
    services = viewed(Overlay(facts=(own,)))
    assert others(services, seed) == (own,)
    assert of_fact(services, seed) == (
        "Sources differ: Minhang helps Bozhou (Xu et al. 2024, 4.1.1, para 32).",
    )
    preferring = viewed(Overlay(facts=(own,), preferred={own.id: "It is newer"}))
    (told,) = of_fact(preferring, seed)
    assert told.endswith("That is preferred to the fact shown first: It is newer.")
    (told,) = of_fact(preferring, own)
    assert told.endswith("The fact shown first is preferred: It is newer.")


def test_facts_that_are_overdue_are_counted_and_not_named(viewed: Viewed, base: FactBase) -> None:
    kept = Contributed(
        proposer="Bob",
        approver="Carol",
        approved="2024-01-01",
        owner="U1",
        verified="2024-01-01",
        review_by="2025-01-01",
    )
    own = [
        _fact(base, "xu-twinning-039").model_copy(
            update={
                "id": f"team-00{number}",
                "statement": f"Tulip festival {number} of Ningbo opened.",
                "asks": ("tulip festivals of Ningbo",),
                "subjects": ("ningbo",),
                "contributed": kept.model_copy(update={"review_by": day}),
            }
        )
        for number, day in enumerate(("2025-01-01", "2024-06-01"), 1)
    ]
    one = _asked(viewed(Overlay(facts=(own[0],))), "fact team-001")
    assert "A fact here is overdue for review since 2025-01-01." in one.notes
    both = _asked(viewed(Overlay(facts=tuple(own))), "tulip festivals of Ningbo")
    assert "2 facts here are overdue for review, the first since 2024-06-01." in both.notes


def test_of_a_record_without_disputes_nothing_is_told(services: Services) -> None:
    record = services.base.entity("minhang-huainan")
    assert record
    assert of_record(services, record) == ()
