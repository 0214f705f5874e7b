"""What leaves something out of the question before it is that question without it, and none by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.answer import Answer
from handlers.paging import Earlier
from handlers.reply import asks, reply
from handlers.request import Request
from handlers.services import Services

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TWINNED = "Who is Nanjing twinned with?"
CITIES = "Which cities are twinned?"


def _asked(services: Services, before: str, text: str) -> tuple[Answer, bool]:
    request = Request(text=text, now=NOW, earlier=Earlier(before) if before else None)
    return reply(services, request), asks(services, request)


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (TWINNED, "besides Chuzhou?", "Besides Chuzhou, who is Nanjing twinned with?"),
        (TWINNED, "apart from Chuzhou", "Apart from Chuzhou, who is Nanjing twinned with?"),
        (CITIES, "and without Shanghai?", "Without Shanghai, which cities are twinned?"),
        (CITIES, "except Huainan", "Except Huainan, which cities are twinned?"),
        (CITIES, "which are not?", "Which cities are not twinned?"),
        (CITIES, "what not?", "Which cities are not twinned?"),
        ("南京和谁结对？", "除了滁州呢？", "除了滁州，南京和谁结对？"),
        ("哪些城市结对？", "哪些没有？", "哪些城市没有结对？"),
    ],
)
def test_it_is_put_into_the_question_before(services: Services, before: str, text: str, whole: str) -> None:
    answer, is_kept = _asked(services, before, text)
    assert f"Asked: {whole}" in answer.read
    assert answer.headline
    assert not is_kept


@pytest.mark.parametrize(
    "text",
    ["besides Chuzhou?", "except Huainan", "which are not?", "any others besides these?", "除了滁州呢？"],
)
def test_by_itself_it_is_refused_and_kept_for_nobody(services: Services, text: str) -> None:
    answer, is_kept = _asked(services, "", text)
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("That is the rest of a question.")
    assert answer.choices
    assert not is_kept
