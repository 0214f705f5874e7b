"""Who somebody is: the post, the job, the title of a person is the fact that says so."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.handlers.shown import ids

WANG_YUAN, LUO_DAJIN, JING = "xu-homogenization-022", "xu-homogenization-040", "zhejiang-integration-116"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("What is Wang Yuan's title?", WANG_YUAN),
        ("王元的职务是什么", WANG_YUAN),
        ("Wang Yuan role", WANG_YUAN),
        ("What post does Luo Dajin hold?", LUO_DAJIN),
        ("What is Luo Dajin's position?", LUO_DAJIN),
        ("Where does Luo Dajin work?", LUO_DAJIN),
        ("What office does Jing Xiandong hold?", JING),
        ("What is Jing Xiandong's job?", JING),
        ("What is Xi Jinping's title?", "cao-layout-008"),
    ],
)
def test_the_office_of_a_person_is_the_fact_that_says_who_they_are(ask: Asker, text: str, fact: str) -> None:
    assert ids(ask(text))[0] == fact
