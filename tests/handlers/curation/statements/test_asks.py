"""A question is guessed that a statement answers, in English that a reader would write."""

from __future__ import annotations

import pytest

from handlers.curation import guess
from handlers.draft import Draft
from knowledge.base import FactBase


@pytest.mark.parametrize(
    ("statement", "ask"),
    [
        (
            "Ningbo and Hefei opened a joint harbour office in May 2026.",
            "How do Ningbo and Hefei work together on ports?",
        ),
        (
            "Xuzhou and Jining each opened a harbour office in May 2026.",
            "What is known about ports in Xuzhou?",
        ),
        ("Hefei will build a second port.", "What is planned for ports in Hefei?"),
        (
            "The harbour of Hefei handled 12 million tonnes in 2025.",
            "Which figures are there on ports in Hefei?",
        ),
        (
            "The Port Group says Hefei has outgrown its port.",
            "What does the Port Group say about Hefei?",
        ),
        (
            "Tourism products of the Greater Bay Area cover cruises.",
            "What is known about tourism in the Guangdong-Hong Kong-Macao Greater Bay Area?",
        ),
        (
            "Twinning cooperation promotes exchange of talent.",
            "What is known about twinning cooperation and talent?",
        ),
        (
            "The harbour of the G40 corridor in Anhui is shared.",
            "What is known about ports in the G40 Green and Healthy Corridor?",
        ),
        ("SMIC has a school for integrated circuits.", "What does SMIC have to do with integrated circuits?"),
    ],
)
def test_a_question_is_guessed_that_the_statement_answers(base: FactBase, statement: str, ask: str) -> None:
    assert guess.filled_in(base, Draft(statement=statement)).asks == (ask,)


def test_no_question_is_guessed_where_a_statement_names_nothing(base: FactBase) -> None:
    assert guess.filled_in(base, Draft(statement="Cats like milk a lot.")).asks is None
