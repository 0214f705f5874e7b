"""What warns of the facts of an answer stands below them, and nothing in it twice."""

from __future__ import annotations

import pytest

from bot.render.fact_renderer import RenderedFact
from bot.render.footnotes import footnotes
from tests.render.answers import fact


def _warned(number: int, *warnings: str) -> RenderedFact:
    of = fact(number)
    return RenderedFact(of, of.statement, "Xu, 1", warnings)


@pytest.mark.parametrize(("one", "other", "notes", "marks"), [
    ("No year is given.", "No year is given.", ("¹ No year is given.",), ("¹", "¹")),
    (
        "No year is given; 2018 holds for Jining too.", "No year is given; it holds for Linyi too.",
        ("¹ No year is given.", "² 2018 holds for Jining too.", "³ It holds for Linyi too."), ("¹\u2009²", "¹\u2009³"),
    ),
    (
        "No year is given.", "It is a city. No year is given; the length is a guess.",
        ("¹ No year is given.", "² It is a city.", "³ The length is a guess."), ("¹", "²\u2009¹\u2009³"),
    ),
    (
        "One thing; another. A third.", "Something else.",
        ("¹ One thing; another. A third.", "² Something else."), ("¹", "²"),
    ),
])  # fmt: skip
def test_what_warns_of_two_facts_is_said_once(
    one: str, other: str, notes: tuple[str, ...], marks: tuple[str, str]
) -> None:
    said = footnotes([_warned(1, one), _warned(2, other)])
    assert said.texts == notes
    assert tuple(said.marks.values()) == marks


def test_what_warns_of_one_fact_alone_has_no_number() -> None:
    said = footnotes([_warned(1, "No year is given; 2018 is inferred.")])
    assert said.texts == ("No year is given; 2018 is inferred.",)
    assert set(said.marks.values()) == {""}
