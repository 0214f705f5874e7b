"""What a statement says of itself is filled in, and what somebody said stays."""

from __future__ import annotations

import pytest

from handlers.curation import guess
from handlers.draft import Draft
from knowledge.base import FactBase
from knowledge.vocabulary import Kind, Region, Stance

OFFICE = "Ningbo and Hefei opened a joint harbour office for river containers in May 2026."


def test_places_topic_date_and_a_question_are_guessed_from_the_statement(base: FactBase) -> None:
    found = guess.filled_in(base, Draft(statement=OFFICE))
    assert set(found.subjects) == {"ningbo", "hefei"}
    assert found.topics == ("ports",)
    assert (found.kind, found.stance, found.date) == (Kind.EVENT, Stance.REPORTED, "2026-05")
    assert found.asks is not None
    assert "Ningbo" in found.asks[0]


@pytest.mark.parametrize(
    ("statement", "kind", "stance", "speaker"),
    [
        ("Hefei will build a second port with Wuhu.", Kind.PLAN, Stance.PLANNED, ""),
        ("The Port Group says Hefei has outgrown its port.", Kind.CLAIM, Stance.CLAIMED, "The Port Group"),
        ("The paper recommends Hefei should share its port.", Kind.RECOMMENDATION, Stance.RECOMMENDED, "The paper"),
        ("Hefei shipped 5.6 million containers by river.", Kind.FIGURE, Stance.REPORTED, ""),
    ],
)  # fmt: skip
def test_kind_stance_and_speaker_are_guessed(
    base: FactBase, statement: str, kind: Kind, stance: Stance, speaker: str
) -> None:
    found = guess.filled_in(base, Draft(statement=statement))
    assert (found.kind, found.stance, found.speaker) == (kind, stance, speaker)


def test_what_was_said_stays(base: FactBase) -> None:
    said = Draft(
        statement=OFFICE, subjects=("wuhu",), topics=("tourism",), kind=Kind.PLAN, date="2027",
        words="a joint harbour office", asks=(),
    )  # fmt: skip
    assert guess.filled_in(base, said) == said


def test_words_of_a_paragraph_are_those_by_which_another_fact_finds_it(base: FactBase) -> None:
    fact = base.facts[0]
    cited = fact.citations[0]
    draft = Draft(statement=OFFICE, document=cited.document, paragraph=cited.paragraph)
    assert guess.words_of(base, draft)
    assert (
        guess.words_of(base, Draft(statement="He called it “a bridge over water” then."))
        == "a bridge over water"
    )


def test_a_statement_on_places_elsewhere_is_no_fact_of_the_delta(base: FactBase) -> None:
    assert (
        guess.filled_in(base, Draft(statement="Beijing and Tianjin share a port.")).region is Region.ELSEWHERE
    )
