"""Questions of what is not so are answered by what denies it, and by nothing that says the opposite."""

from __future__ import annotations

import pytest

from handlers.questions.turned import negated
from tests.conftest import Asker
from tests.handlers.shown import ids

SAID = (negated.OF_TIES, negated.OF_KINDS, negated.NOTHING)


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
        ("哪些城市没有参与G60科创走廊", "哪些城市参与G60科创走廊"),
        ("哪些城市還沒有結對", "哪些城市结对"),
        ("有没有城市没结对", "有没有城市结对"),
        ("Which documents do not mention Hefei?", None),
        ("Which paper doesn't discuss twinning?", "Which paper discusses twinning?"),
        ("Which pairings do not involve Shanghai?", "Which pairings involve Shanghai?"),
        ("Which cities don't have partners in Shanghai?", "Which cities have partners in Shanghai?"),
        ("Which city has not yet been twinned?", "Which city has been twinned?"),
        ("Which cities remain unpaired?", "Which cities are paired?"),
        ("Which city has no ports?", "Which city has ports?"),
        ("cities w/o a twin", "cities with a twin"),
        ("places outside the delta", "places in the delta"),
        ("Which twinning is not in Jiangsu?", "Which twinning is in Jiangsu?"),
        ("Where is Hefei not?", "Where is Hefei?"),
        ("What is twinning not?", "What is twinning?"),
        ("What should cities not do?", "What should cities do?"),
        ("Which city isn't the core city?", "Which city is the core city?"),
        ("Who says Anhui isn't in the delta?", "Who says Anhui is in the delta?"),
        ("没有结对的城市", "结对的城市"),
        ("未结对城市", "结对城市"),
        ("不在G60走廊的城市", "在G60走廊的城市"),
        ("非长三角城市有哪些", "长三角城市有哪些"),
        ("安徽哪些城市没有结对城市", "安徽哪些城市有结对城市"),
    ],
)
def test_what_is_not_so_is_refused_and_what_is_so_is_offered(
    ask: Asker, text: str, instead: str | None
) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert answer.headline in SAID
    assert not answer.lines
    assert not answer.near
    assert answer.choices
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
    assert ask(text).headline not in SAID


@pytest.mark.parametrize(
    "text",
    [
        "not twinned",
        "Which city has yet to be twinned?",
        "Which cities are neither twinned nor paired?",
        "Wich citys are not twined?",
        "尚未结对的区",
        "Which twinning does not concern Anhui?",
    ],
)
def test_of_what_is_tied_to_nothing_it_is_said_that_ties_alone_are_held(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("unknown", negated.OF_TIES)
    assert answer.choices
    # What is misspelt, or cannot be put well, is not offered.
    assert all(choice.id != "put-otherwise" for choice in answer.choices)


@pytest.mark.parametrize("text", ["What can't you do?", "What don't you know?", "你不会什么"])
def test_what_the_bot_cannot_do_is_answered_by_what_it_does(ask: Asker, text: str) -> None:
    assert ask(text).outcome == "answer"
