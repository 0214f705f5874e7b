"""A tie that a question takes for not so, or for ended, is told as the records have it, before all else."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.handlers.shown import ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Isn't Hefei twinned with Shanghai?", "No pairing of Hefei and Shanghai is recorded."),
        ("So isn’t Hefei twinned with Shanghai?", "No pairing of Hefei and Shanghai is recorded."),
        (
            "Why is Huainan not twinned with Nanjing?",
            "No pairing of Huainan and Nanjing is recorded, and so no reason why there is none.",
        ),
        ("When did Huainan stop being twinned with Minhang?", "No end of the pairing of Huainan and Minhang is recorded."),
        ("Why are some cities not twinned?", "The base holds which places are paired, not which are not."),
        ("为什么有些城市没有结对", "The base holds which places are paired, not which are not."),
    ],
)  # fmt: skip
def test_that_no_tie_or_end_is_recorded_is_said_first(ask: Asker, text: str, said: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("unknown", said)
    assert answer.choices
    assert not answer.lines


def test_a_tie_that_is_taken_for_not_so_is_shown(ask: Asker) -> None:
    answer = ask("Why is Huainan not twinned with Minhang?")
    assert answer.headline == "The base does record a pairing of Huainan and Minhang:"
    assert ids(answer)[0] == "xu-twinning-039"


def test_isnt_asks_what_is_asks(ask: Asker) -> None:
    assert ask("Isn't Xuzhou part of Anhui?").headline.startswith("No, Xuzhou does not lie in Anhui.")
