"""A name that the base does not know is said to be unknown at every door: never bent into a word, nor dropped."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from handlers.answer import Answer
from knowledge.base import FactBase
from knowledge.model import Place
from knowledge.names.keys import keys
from knowledge.names.resolver import Ambiguous, Found
from tests.conftest import Asker
from tests.strange_names import CITIES, ORDINARY

DOORS = [
    ("/yrd-city", "{}"),
    ("/yrd-city", "{}, Hangzhou"),
    ("/yrd-city", "Hangzhou and {}"),
    ("/yrd-pair", "{}"),
    ("/yrd-pair", "{} / Hangzhou"),
    ("/yrd-pair", "Ningbo and {}"),
    ("/yrd-pair", "{} Hangzhou"),
    ("/yrd-pair", "Ningbo {} Huainan"),
    ("/yrd", "map {}"),
    ("/yrd", "map {} and Hangzhou"),
    ("/yrd", "compare {} and Hangzhou"),
    ("/yrd", "city {}"),
    ("/yrd", "What about {}?"),
    ("/yrd", "Tell me about {}"),
    ("/yrd-digest", "preview Hangzhou, {}"),
]
# What takes topics and mechanisms too may offer one.
OF_ANY_SORT = ("map {}", "map {} and Hangzhou", "preview Hangzhou, {}")


def distance(base: FactBase, word: str) -> int:
    """Return how many letters `word` is from the nearest spelling of a place that the base holds."""
    spellings = {
        key
        for place in base.seeds.places
        for spelling in place.spellings()
        for key in keys(spelling, is_place=True)
    }
    return min(OSA.distance(word.lower(), spelling) for spelling in spellings)


@pytest.fixture(scope="module")
def strangers(base: FactBase) -> tuple[str, ...]:
    """The cities that the base neither holds nor has in the name of something that it holds; Split is a word."""
    held = {word.lower() for record in base.seeds.named() for word in record.name.split()}
    unknown = (
        city for city in CITIES if not isinstance(base.names.resolve(city, slips=False), Found | Ambiguous)
    )
    return tuple(city for city in unknown if city.lower() not in held and city != "Split")


@pytest.mark.parametrize(("command", "text"), DOORS)
def test_a_foreign_city_is_unknown(
    ask: Asker, base: FactBase, strangers: tuple[str, ...], command: str, text: str
) -> None:
    assert len(strangers) > 230
    bent = [
        (city, answer.outcome, answer.headline)
        for city in strangers
        if not _is_named(
            base, city, answer := ask(text.format(city), command), only_places=text not in OF_ANY_SORT
        )
    ]
    assert not bent


def _is_named(base: FactBase, city: str, answer: Answer, *, only_places: bool) -> bool:
    """Say whether an answer says that a city is not held, or outside, or else offers or reads a place near to it."""
    if answer.outcome in ("unknown", "refused"):
        return not answer.lines
    is_read = f"“{city}” read as" in " ".join(answer.notes)
    if answer.outcome == "suggestion" and not only_places:
        return city in answer.headline and "is no" in answer.headline
    return distance(base, city) <= 2 and (answer.outcome == "suggestion" or is_read)


@pytest.mark.parametrize("command", ["/yrd-city", "/yrd-pair"])
def test_an_ordinary_word_is_no_place(ask: Asker, base: FactBase, command: str) -> None:
    answered = [word for word in ORDINARY if ask(word, command).lines]
    assert not answered


@pytest.mark.parametrize("name", ["ports", "enclave economy", "Talent"])
def test_under_a_command_for_places_another_sort_is_offered_and_not_answered(ask: Asker, name: str) -> None:
    offered = ask(name, "/yrd-city")
    assert (offered.outcome, offered.lines) == ("suggestion", ())
    assert "is no place" in offered.headline
    assert len(offered.choices) == 1


def test_a_slip_in_the_name_of_a_place_is_read_beside_one_that_is_held(ask: Asker, base: FactBase) -> None:
    assert isinstance(base.entity("hangzhou"), Place)
    assert "“Hangzou” read as Hangzhou." in ask("Hangzou", "/yrd-city").notes


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/yrd", "compare Perth and Hangzhou"),
        ("/yrd", "map Hangzhou and Perth"),
        ("/yrd", "map Perth"),
        ("/yrd-pair", "Hangzhou, Perth"),
        ("/yrd-city", "Perth"),
        ("/yrd-digest", "preview Hangzhou, Perth"),
    ],
)
def test_the_name_that_is_unknown_is_the_one_that_is_told(ask: Asker, command: str, text: str) -> None:
    assert "“Perth”" in ask(text, command).headline
