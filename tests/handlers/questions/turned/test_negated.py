"""Questions of what is not so are answered by what denies it, and by nothing that says the opposite."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.handlers.shown import ids

SAID = "The base tells what is so, and not what is not."


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Who is Huainan not twinned with?", "Who is Huainan twinned with?"),
        ("Who isn't Huainan twinned with?", "Who is Huainan twinned with?"),
        ("Which cities are not in the G60 corridor?", "Which cities are in the G60 corridor?"),
        ("Which cities of Anhui are not twinned?", "Which cities of Anhui are twinned?"),
        ("which towns aren’t twinned", "which towns are twinned"),
        ("Which of Ningbo, Wuxi and Suzhou are not twinned?", None),
        ("List the cities without a twin", "List the cities with a twin"),
        ("Name cities of Anhui that have no partner", "Name cities of Anhui that have a partner"),
        ("Is there a city that is not twinned?", "Is there a city that is twinned?"),
        ("cities not in the G60 corridor", "cities in the G60 corridor"),
        ("untwinned cities", "twinned cities"),
        ("Which cities are in the delta but not in the G60 corridor?", "Which cities are in the delta?"),
        ("What does Huainan not export?", None),
        ("Whom does Nanjing not help?", "Whom does Nanjing help?"),
        ("淮南不和谁结对", "淮南和谁结对"),
        ("哪些城市没有参与G60科创走廊", "哪些城市有参与G60科创走廊"),
        ("哪些城市還沒有結對", "哪些城市有结对"),
        ("有没有城市没结对", "有没有城市结对"),
    ],
)
def test_what_is_not_so_is_refused_and_what_is_so_is_offered(
    ask: Asker, text: str, instead: str | None
) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("unknown", SAID)
    assert not answer.lines
    assert not answer.near
    if instead:
        (button,) = answer.choices
        assert (button.label, button.text) == (instead, instead)
        assert ask(button.text).outcome == "answer"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Which model did the Yangtze River Delta not copy?", "cao-layout-017"),
        ("Which model was not copied by the delta?", "cao-layout-017"),
        ("长三角没有照搬哪种模式?", "cao-layout-017"),
        ("Which two forces cannot drive local cooperation?", "han-huaihai-018"),
        ("which opposites, four pairs of them, won't go away soon?", "cao-layout-007"),
    ],
)
def test_what_denies_the_same_answers(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert ids(answer)[0] == fact


@pytest.mark.parametrize(
    "text",
    [
        "Isn't Huainan twinned with Minhang?",
        "Does Huainan not have a twin?",
        "淮南没有和闵行结对吗？",
        "How do firms get their permits without travelling?",
        "无锡和谁结对",
        "Who is Huainan twinned with, if not with Nanjing?",
    ],
)
def test_no_other_question_is_taken_for_one(ask: Asker, text: str) -> None:
    assert ask(text).headline != SAID
