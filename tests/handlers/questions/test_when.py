"""When something was is answered by what has a time; of a tie without one it is said that it is held, and without a date."""

from __future__ import annotations

import pytest

from tests.conftest import Asker


@pytest.mark.parametrize(
    ("text", "places", "fact"),
    [
        ("When did Minhang and Huainan twin?", "Minhang and Huainan", "xu-twinning-039"),
        ("When was Huainan twinned with Minhang?", "Huainan and Minhang", "xu-twinning-039"),
        ("闵行和淮南是哪一年结对的", "Minhang and Huainan", "xu-twinning-039"),
        ("閔行和淮南什麼時候結對", "Minhang and Huainan", "xu-twinning-039"),
        ("Since when has Hangzhou been twinned with Suzhou?", "Hangzhou and Suzhou (Anhui)", "xu-twinning-050"),
    ],
)  # fmt: skip
def test_of_a_tie_without_a_date_it_is_said_that_it_is_held(
    ask: Asker, text: str, places: str, fact: str
) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == (
        "unknown",
        f"The base holds a pairing of {places}, but no date of it.",
    )
    assert answer.near[0].id == fact
    assert not answer.may_answer


@pytest.mark.parametrize("text", ["When did Nanjing and Chuzhou pair up?", "When was Huainan twinned?"])
def test_what_a_curator_knows_not_to_be_stated_is_told_instead(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("The documents do not say.")


@pytest.mark.parametrize(
    "text",
    [
        "When was Dalian paired with Hangzhou?",
        "大连和杭州哪年对口合作",
        "Since when is Hangzhou paired with Dalian?",
    ],
)
def test_a_tie_with_a_date_is_answered_with_that_first(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert answer.lines[0].value == "March 2017"


def test_who_is_tied_needs_no_time(ask: Asker) -> None:
    assert ask("Are Minhang and Huainan twinned?").lines[0].fact.id == "xu-twinning-039"
