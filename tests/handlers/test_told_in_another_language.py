"""What is said of records, and what commands say of themselves, another language tells whole, with names where it has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

import pytest

from handlers.answer import Answer
from handlers.help import of_command
from handlers.paging import Earlier
from handlers.records import counts
from handlers.records.details import details
from handlers.records.document_kind import kind_at_the_beginning, kind_in_words
from handlers.records.enumerated import enumerated, in_a_row, listed, sentences
from handlers.records.kind_of import arrangement, arrangement_heading, kind_of
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import Request
from handlers.say import Catalogue, say
from handlers.services import Services
from handlers.threads.command import STANDS
from knowledge.base import FactBase
from knowledge.model import Document, Pairing, Place
from knowledge.vocabulary import Arrangement, Level, Stance, Standing
from tests.conftest import NOW, Asker

BEFORE: Final = Earlier("What is Nanjing twinned with?")


class Marked:
    """Every sentence between marks, so that what is in no catalogue is seen."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


MARKED: Final = Catalogue(Marked())


def _untold(base: FactBase, answer: Answer) -> list[str]:
    """Return what of an answer's own words is not told; caveats are the base's."""
    seeds = base.seeds
    curated = {
        *(fact.caveat for fact in base.facts),
        *(record.caveat for record in seeds.named()),
        *(document.caveat for document in seeds.documents),
    }
    told: Answer = MARKED.told(answer)
    return [said for said in _words(told) if said not in curated and not said.startswith("«")]


def _words(answer: Answer) -> Iterator[str]:
    yield from filter(None, (answer.headline, *(line.group for line in answer.lines)))
    yield from (*answer.notes, *answer.read)


@pytest.mark.parametrize(
    "text",
    [
        "hello", "who are you", "help", "help map", "list", "topics", "people", "source Xu et al. 2024", "fact zzz-001",
        "fact xu-twinning-001 zzz-001", "compare Xuzhou and Jining", "map", "map Huainan", "map Jiayi Xu", "threads", "…",
        "passage xu-twinning-039", "Hangzhou", "hangzou", "Suzhou", "Minhang-Huainan twinning", "enclave economy", "ports",
        "Jiayi Xu", "Xu et al. 2024", "more", "back", "details", "summary",
    ],
)  # fmt: skip
def test_what_is_looked_up_is_told(text: str, ask: Asker) -> None:
    assert _untold(ask.services.base, ask(text)) == []


@pytest.mark.parametrize("text", ["Hangzhou", "Nanjing", "Shanghai and Anhui", "Hangzhou, Suzhou Anhui"])
def test_what_ties_places_is_told(text: str, ask: Asker) -> None:
    told = ask(text, "/yrd-pair")
    assert told.outcome == "answer"
    assert MARKED.told(told).headline.startswith("«")


@pytest.mark.parametrize("text", ["back", "sources", "map", "details", "summary"])
def test_what_follows_on_an_answer_is_told(text: str, services: Services) -> None:
    assert _untold(services.base, reply(services, Request(text, NOW, earlier=BEFORE))) == []


def test_commands_are_told(base: FactBase) -> None:
    for command in (*SLASH, *WORDS):
        assert _untold(base, of_command(command)) == []
    assert all(MARKED.told(stands) == f"«{stands}»" for stands in STANDS.values())


def test_whatever_a_record_can_be_has_words(base: FactBase) -> None:
    place, pairing, document = base.seeds.places[0], base.seeds.pairings[0], base.seeds.documents[0]
    for level in Level:
        assert str(level) in kind_of(base, place.model_copy(update={"level": level, "standing": None}))
    for standing in Standing:
        assert str(standing) in kind_of(base, place.model_copy(update={"standing": standing}))
    for kind in Arrangement:
        tied: Pairing = pairing.model_copy(update={"arrangement": kind})
        assert arrangement_heading(tied).removesuffix("s") == arrangement(tied).capitalize()
    for sort in get_args(Document.model_fields["kind"].annotation):
        printed: Document = document.model_copy(update={"kind": sort})
        assert kind_in_words(printed) == sort
        assert kind_at_the_beginning(printed) == sort.capitalize()


def test_however_a_fact_is_held_has_a_word(services: Services) -> None:
    facts = tuple(services.base.facts[0].model_copy(update={"stance": stance}) for stance in Stance)
    (section,) = details(services, facts).sections
    assert all(str(stance) in said for stance, said in zip(Stance, section.entries, strict=True))


@pytest.mark.parametrize(
    ("names", "said"),
    [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c"), ("abcd", "a, b, c and 1 more"), ("abcde", "a, b, c and 2 more")],
)  # fmt: skip
def test_names_stand_in_a_sentence(names: str, said: str) -> None:
    assert enumerated(names, 3) == said


def test_names_that_may_hold_commas_are_listed_apart() -> None:
    assert listed(("a, b", "c"), 2) == "a, b; c"
    assert listed(("a, b", "c", "d"), 2) == "a, b; c; 1 more"


def test_names_in_a_row_are_told_as_the_language_has_them(base: FactBase) -> None:
    chinese = Catalogue(chinese=True)
    places = [place for slug in ("hangzhou", "ningbo") if isinstance(place := base.entity(slug), Place)]
    assert in_a_row(places) == "Hangzhou, Ningbo"
    assert chinese.told(in_a_row(places)) == "杭州, 宁波"
    told = sentences((say("{place} it is.", place=places[0]), say("{place} it is not.", place=places[1])))
    assert told == "Hangzhou it is. Ningbo it is not."
    assert "«杭州 it is.» «宁波 it is not.»" in Catalogue(Marked(), chinese=True).told(told)


def test_a_sentence_the_language_lacks_is_told_whole_in_english_names_too(base: FactBase) -> None:
    place = base.entity("hangzhou")
    assert isinstance(place, Place)
    assert Catalogue(chinese=True).told(say("{place} it is.", place=place)) == "Hangzhou it is."


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no facts"), (1, "1 fact"), (2, "2 facts"), (1200, "1,200 facts")]
)
def test_facts_are_counted(number: int, said: str) -> None:
    assert counts.facts(number) == said


def test_people_are_counted() -> None:
    assert [counts.people(number) for number in (0, 1, 2)] == ["no people", "1 person", "2 people"]
