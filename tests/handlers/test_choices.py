"""What a button carries is what it answers about: nothing of the words on it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.render.button_value import carry, decode
from handlers.answer import Answer, Choice
from handlers.lookups.message import lookup
from handlers.records import about
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.target import Target
from handlers.without_state import NoQuestions
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Ambiguous
from tests.conftest import NOW, Asker

FOUR_CITIES = "Cooperation of Hohhot, Baotou, Ordos and Yulin"


def pressed(services: Services, choice: Choice) -> Answer:
    """What comes of a press, through the value that the button has in Slack."""
    carried = carry(choice.command, choice.text, "", (), choice.verb, choice.digest, choice.target)
    assert carried is not None, choice
    asked = decode(carried.encode())
    assert asked is not None, choice
    return reply(services, Request(asked.text, NOW, asked.command, verb=asked.verb, target=asked.target))


def records(base: FactBase) -> Iterator[Named]:
    seeds = base.seeds
    for held in (
        seeds.places,
        seeds.pairings,
        seeds.mechanisms,
        seeds.topics,
        seeds.organisations,
        seeds.plans,
        seeds.projects,
    ):
        yield from held


def labelled(answer: Answer, label: str) -> Choice:
    return next(choice for choice in answer.choices if choice.label == label)


def test_the_button_of_every_record_answers_about_that_record(services: Services) -> None:
    wrong = []
    for record in records(services.base):
        answer = pressed(services, about.as_choice(record))
        said = about.describe(services, record)
        is_said = answer.headline.startswith((record.name, f"Nothing on {said}", f"No fact is about {said}"))
        if answer.context != (record.slug,) or not is_said:
            wrong.append((record.slug, answer.headline))
    assert wrong == []


def test_every_pairing_of_a_place_is_what_its_button_shows(services: Services, ask: Asker) -> None:
    for place in services.base.seeds.places:
        shown = ask("", "/yrd-pair", verb="", target=Target(id=place.slug))
        for choice in shown.choices if shown.outcome == "answer" else ():
            assert pressed(services, choice).context == (choice.id,), choice


def test_a_pairing_with_a_shared_spelling_in_its_name_is_shown(services: Services, ask: Asker) -> None:
    said = pressed(services, labelled(ask("Baotou", "/yrd-pair"), FOUR_CITIES))
    assert (said.outcome, said.context) == ("answer", ("hohhot-baotou-ordos-yulin-cooperation",))


def test_a_name_found_in_a_message_is_shown_whole(services: Services) -> None:
    found = lookup(services, Request(f"They spoke of {FOUR_CITIES} today.", NOW))
    said = pressed(services, labelled(found, f"All on {FOUR_CITIES}"))
    assert said.headline.startswith(FOUR_CITIES)


def test_every_reading_of_two_shared_spellings_is_shown_by_its_button(services: Services, ask: Asker) -> None:
    asked = ask("Suzhou / Taizhou", "/yrd-pair")
    assert asked.outcome == "ambiguous"
    for choice in asked.choices:
        said = pressed(services, choice)
        assert said.context == tuple(choice.id.split("+")), choice
        assert said.outcome in ("answer", "unknown")


def test_a_name_put_right_keeps_the_other_name_as_it_was_meant(services: Services, ask: Asker) -> None:
    asked = ask("Wuh / Minhang", "/yrd-pair")
    assert asked.outcome == "suggestion"
    assert pressed(services, labelled(asked, "Wuhu")).context == ("wuhu", "minhang")


def test_a_name_put_right_leaves_the_other_to_be_asked_for_where_it_is_shared(
    services: Services, ask: Asker
) -> None:
    asked = ask("Wuh / Suzhou", "/yrd-pair")
    said = pressed(services, labelled(asked, "Wuhu"))
    assert (asked.outcome, said.outcome) == ("suggestion", "ambiguous")
    assert {choice.id for choice in said.choices} == {"wuhu+suzhou-jiangsu", "wuhu+suzhou-anhui"}


ASKED = (
    "What is {} twinned with?",
    "What industries are there in {}, {}?",
    "{}与哪些城市合作?",
    "{} and {}, what ties them?",
    "{} or Hai'an: what is it twinned with?",
    "What ties {} and Yulin?",
)


def shared_spellings(base: FactBase) -> set[str]:
    return {
        spelling
        for place in base.seeds.places
        for spelling in place.spellings()
        if isinstance(base.names.resolve(spelling, slips=False), Ambiguous)
    }


@pytest.mark.parametrize("asked", ASKED)
def test_a_name_that_a_button_puts_right_is_not_asked_for_again_and_the_question_stays_as_it_was(
    services: Services, ask: Asker, asked: str
) -> None:
    texts = [asked.format(spelling, spelling) for spelling in shared_spellings(services.base)]
    unsure = {text: first for text in texts if (first := ask(text)).outcome in ("ambiguous", "suggestion")}
    assert len(unsure) > 2
    for text, first in unsure.items():
        for answer in put_right(services, first, text):
            assert answer.outcome in ("answer", "unknown"), (text, answer.headline)


def put_right(services: Services, asked: Answer, text: str) -> Iterator[Answer]:
    """What stands at the end of every way through the buttons of `asked`; each asks for another name of two."""
    for choice in asked.choices:
        assert choice.text == text
        said = pressed(services, choice)
        assert said.headline != asked.headline
        if said.outcome in ("ambiguous", "suggestion"):
            yield from put_right(services, said, text)
        else:
            yield said


def test_a_refusal_names_what_a_button_read_the_name_as(services: Services, ask: Asker) -> None:
    for text, name in (
        ("what is Hai'an twinned with?", "Huai'an"),
        ("which bank serves Hai'an?", "Huai'an"),
    ):
        asked = ask(text)
        assert name in pressed(services, labelled(asked, next(
            choice.label for choice in asked.choices if choice.label.startswith(name)
        ))).headline  # fmt: skip


def test_what_the_base_cannot_answer_of_a_question_put_right_is_kept_for_curators(
    services: Services, ask: Asker
) -> None:
    kept: list[str] = []

    class Kept(NoQuestions):
        def keep(self, team: str, command: str, text: str, *others: object) -> None:
            kept.append(text)

    for choice in ask("what is Hai'an twinned with?").choices:
        pressed(replace(services, questions=Kept()), choice)
    assert kept == ["what is Hai'an twinned with?"]


@pytest.mark.parametrize("command", ["/yrd", "/yrd-city", "/yrd-pair", "/yrd-mechanism", "/yrd-topic", "map"])
def test_what_is_gone_is_said_and_nobody_is_told_that_it_was_not_found(ask: Asker, command: str) -> None:
    said = ask("", command, verb="", target=Target(id="atlantis"))
    assert (said.outcome, said.headline) == ("unknown", "The fact base holds no “atlantis” any more.")


def test_of_a_pair_the_place_that_is_gone_is_named(ask: Asker) -> None:
    said = ask("", "/yrd-pair", verb="", target=Target.of(["ningbo", "atlantis", "wuhu"]))
    assert said.headline == "The fact base holds no “atlantis” any more."


def test_pages_of_what_a_button_shows_are_of_the_same_record(services: Services) -> None:
    asked = Request("", NOW, "/yrd-topic", verb="", target=Target(id="governance"))
    first, second = reply(services, asked), reply(services, replace(asked, page=2))
    assert first.context == second.context == ("governance",)
    assert (second.page, first.pages) == (2, second.pages)
    assert first.lines[0] != second.lines[0]
