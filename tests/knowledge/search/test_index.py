"""Facts are ranked by weighed features that can be followed by hand on a small base."""

from __future__ import annotations

from math import log

import pytest

from knowledge.base import FactBase
from knowledge.model import Gap, Topic, Weight
from knowledge.search.features import FEATURES
from tests.knowledge import small

PORTS = small.fact(
    1,
    statement="Aville built harbours.",
    subjects=["aville"],
    topics=["matters"],
    asks=["who built piers?", "harbours built"],
    near_misses=["who sank piers?"],
)
TRAINS = small.fact(2, statement="Bton built trains in 1999.", subjects=["bton"], topics=["matters"])


def weight(feature: str, rank: float, answers: float = 0.0) -> Weight:
    return Weight(feature=feature, rank=rank, answers=answers)


def of(*weights: Weight, **records: object) -> FactBase:
    topics = (Topic(slug="matters", name="Matters"),)
    return FactBase(small.seeds(PORTS, TRAINS, topics=topics, weights=weights, **records), "1")


def ids(base: FactBase, text: str) -> list[str]:
    return [hit.entry.id for hit in base.search(text)]


def feature(base: FactBase, text: str, name: str) -> dict[str, float]:
    return {hit.entry.id: hit.feature(name) for hit in base.search(text)}


def test_only_what_holds_a_word_of_the_question_is_found() -> None:
    base = of(weight("asks", 1.0))
    assert ids(base, "harbours") == [PORTS.id]
    assert set(ids(base, "built")) == {PORTS.id, TRAINS.id}
    assert ids(base, "volcanoes") == []


def test_a_score_is_the_sum_of_features_each_times_its_weight() -> None:
    base = of(weight("asks", 2.0), weight("coverage", 3.0))
    for hit in base.search("trains built by Bton"):
        assert hit.score == pytest.approx(2 * hit.feature("asks") + 3 * hit.feature("coverage"), abs=1e-6)


def test_how_likely_it_answers_is_the_logistic_of_weighed_features() -> None:
    base = of(
        weight("asks", 1.0), weight("coverage", 0.0, answers=4.0), weight("constant", 0.0, answers=-2.0)
    )
    for hit in base.search("trains built"):
        assert log(hit.likely / (1 - hit.likely)) == pytest.approx(4 * hit.feature("coverage") - 2, abs=1e-4)


def test_the_weights_decide_what_comes_first() -> None:
    assert ids(of(weight("coverage", 1.0)), "trains built")[0] == TRAINS.id
    assert ids(of(weight("coverage", -1.0)), "trains built")[0] == PORTS.id


def test_an_ask_is_as_near_as_the_words_it_shares_weigh() -> None:
    nearest = feature(of(), "who built piers?", "nearest ask")
    assert nearest[PORTS.id] == pytest.approx(1.0)
    assert nearest[TRAINS.id] == 0.0
    # Half of two words that weigh the same is the cosine of 45 degrees.
    assert feature(of(), "harbours piers", "nearest ask")[PORTS.id] < 1


def test_coverage_is_the_share_of_weight_that_an_entry_speaks_of_in_any_field() -> None:
    base = of()
    ports, trains = (base.index.idf(base.index.count(term)) for term in ("harbour", "train"))
    shares = feature(base, "harbours trains", "coverage")
    assert shares[PORTS.id] == pytest.approx(ports / (ports + trains))
    assert shares[TRAINS.id] == pytest.approx(trains / (ports + trains))
    # What only an ask says is covered, and not stated.
    assert feature(base, "piers", "coverage")[PORTS.id] == pytest.approx(1.0)
    assert feature(base, "piers", "stated coverage")[PORTS.id] == 0.0


def test_what_is_missed_is_named() -> None:
    (hit,) = of().search("harbours volcanoes")
    assert [concept.surface for concept in hit.missed] == ["volcanoes"]


def test_a_name_and_a_year_that_it_does_not_speak_of_are_told() -> None:
    base = of()
    assert feature(base, "what did Bton build? built", "name missed") == {PORTS.id: 1.0, TRAINS.id: 0.0}
    assert feature(base, "what was built in 1999?", "year missed") == {PORTS.id: 1.0, TRAINS.id: 0.0}
    assert set(feature(base, "what was built?", "year missed").values()) == {0.0}


def test_a_gap_stands_among_the_facts_and_is_no_fact() -> None:
    gap = Gap.model_validate(
        {
            "id": "ports-003",
            "statement": "Costs of trains are not given.",
            "subjects": ["bton"],
            "topics": ["matters"],
            "citations": [small.CITED],
            "asks": ["train costs"],
        }
    )
    base = of(weight("gap", 5.0), gaps=(gap,))
    first = base.rank(base.parse("trains"))[0]
    assert first.entry.id == gap.id
    with pytest.raises(TypeError, match="ports-003 is no fact"):
        _ = first.fact


def test_an_ask_that_is_left_out_counts_for_nothing() -> None:
    base = of()
    query = base.parse("who built piers?")
    matches = base.index.matches(query)
    assert matches is not None
    without = matches.without(ask=0)
    assert matches.nearest_ask().max() == pytest.approx(1.0)
    assert without.nearest_ask().max() < 1.0
    assert without.in_asks.sum() < matches.in_asks.sum()


def test_every_feature_is_there_for_every_entry() -> None:
    for hit in of().search("what did Bton build in 1999? built"):
        assert len(hit.features) == len(FEATURES) + 2
