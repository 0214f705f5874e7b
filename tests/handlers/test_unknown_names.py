"""A name that the base does not know is said to be unknown at every door: never bent into a word, nor dropped."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from handlers.answer import Answer
from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.names.keys import keys, phonetic_key
from knowledge.names.other_names import is_another_name
from knowledge.names.resolver import Ambiguous, Found
from knowledge.text.chinese import is_pinyin
from tests.conftest import Asker
from tests.handlers.shown import noted
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
    is_read = f"“{city}” read as" in " ".join(noted(answer))
    if answer.outcome == "suggestion" and not only_places:
        return city in answer.headline and "is no" in answer.headline
    return distance(base, city) <= 2 and (answer.outcome == "suggestion" or is_read)


def test_alone_it_is_named_in_the_refusal(ask: Asker, strangers: tuple[str, ...]) -> None:
    unnamed = [
        (city, answer.headline)
        for city in strangers
        if city.lower() not in (answer := ask(city)).headline.lower()
        # Kiev is Kyiv.
        and not (answer.lines or "outside this fact base" in answer.headline)
    ]
    assert not unnamed


def test_a_place_without_facts_is_named_in_the_refusal(ask: Asker) -> None:
    assert "Fuyang" in ask("Tell me about Fuyang").headline


@pytest.mark.parametrize(
    "text", ["Huawei", "Which district is twinned with huawei?", "Huawei and Shanghai", "What does Huawei do in Hangzhou?", "Which district is twinned with Huawei?"]
)  # fmt: skip
def test_a_name_in_pinyin_with_another_sound_is_another_name(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert not answer.lines
    assert "huawei" in answer.headline.lower()


def test_no_place_is_read_where_one_consonant_makes_another_name(base: FactBase) -> None:
    names = {place.name.lower() for place in base.seeds.places if is_pinyin(place.name.lower())}
    others = {
        name[:at] + letter + name[at + 1 :]
        for name in names
        for at in range(len(name))
        for letter in "bpmfdtnlgkhjqxzcsrwy"
        if is_another_name(name[:at] + letter + name[at + 1 :], name)
    }
    assert len(names) > 60
    assert len(others) > 300
    bent = [
        (other, found.record.name)
        for other in others
        if isinstance(found := base.names.resolve(other), Found)
        and found.match == "fuzzy"
        # Kiangsu is no pinyin, and so may be meant by what is one letter off.
        and all(is_another_name(other, key) for key in _one_off(other, found.record))
    ]
    assert not bent
    words = [(other, c.corrected) for other in others for c in base.parse(other).concepts if not c.is_name]
    assert not [pair for pair in words if is_another_name(*pair)]


def _one_off(typed: str, record: Named) -> set[str]:
    """Return the spellings of `record` that are one letter off, or sound the same."""
    spelt = {key for spelling in record.spellings() for key in keys(spelling, is_place=True)}
    return {key for key in spelt if OSA.distance(typed, key) == 1 or phonetic_key(typed) == phonetic_key(key)}


@pytest.mark.parametrize(
    ("typed", "spelling", "is_another"),
    [
        ("huawei", "huabei", True), ("wangzhou", "hangzhou", True), ("gangzhou", "hangzhou", False),
        ("pengbu", "bengbu", False), ("lanjing", "nanjing", False), ("hangzou", "hangzhou", False),
        ("hangzhau", "hangzhou", False), ("perth", "berth", False), ("hangxhou", "hangzhou", False),
    ],
)  # fmt: skip
def test_what_the_ear_or_the_finger_may_take_for_a_name_is_a_slip(
    typed: str, spelling: str, is_another: bool
) -> None:
    assert is_another_name(typed, spelling) == is_another


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
    assert "“Hangzou” read as Hangzhou." in noted(ask("Hangzou", "/yrd-city"))


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
    assert "Perth" in ask(text, command).headline


@pytest.mark.parametrize("text", ["to go to Shanghai", "How do I get to go to Hangzhou?"])
def test_words_of_grammar_written_apart_are_no_name(ask: Asker, text: str) -> None:
    assert "Togo" not in ask(text).headline
