"""A topic is asked for in its own words or in others: in others it is said which was read."""

from __future__ import annotations

import pytest

from tests.conftest import Asker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shipping", "Ports"),
        ("environment protection", "Environment"),
    ],
)
def test_a_topic_read_for_other_words_says_so(ask: Asker, text: str, name: str) -> None:
    answer = ask(text, "/yrd-topic")
    assert answer.headline.startswith(name)
    assert answer.read == (f"“{text}” read as {name}.",)


@pytest.mark.parametrize("text", ["ports", "Environment", "人才", "low-carbon city"])
def test_a_topic_by_its_name_is_not_said_to_be_read(ask: Asker, text: str) -> None:
    assert ask(text, "/yrd-topic").read == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [("ports and tourism", ["Ports", "Tourism"]), ("green energy", ["Energy and chemicals"])],
)
def test_what_no_topic_is_called_says_so_with_the_facts_nearest_and_a_button_for_each_that_it_names(
    ask: Asker, text: str, topics: list[str]
) -> None:
    answer = ask(text, "/yrd-topic")
    assert f"No topic is called “{text}”." in (answer.headline, *answer.notes)
    assert [choice.label for choice in answer.choices][: len(topics)] == topics
    assert answer.lines or answer.near


def test_what_names_no_topic_is_declined_as_before(ask: Asker) -> None:
    assert ask("nuclear power stations", "/yrd-topic").outcome == "unknown"
