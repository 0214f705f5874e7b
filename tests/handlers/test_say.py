"""A sentence of the bot's is English at once, and can be told in another language wherever it ends up."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.render.blockkit import button, context, header
from handlers.say import ENGLISH, Catalogue, say, say_many
from knowledge.model import Topic

PORTS = Topic(slug="ports", name="Ports", chinese="港口")
WORDS = {
    "No pairing of {place} is recorded.": "没有{place}的结对记录。",
    "More": "更多",
    "{count} fact": "{count}条",
    "On {what}: {how_many}.": "{how_many}，关于{what}。",
}


class Chinese:
    """A catalogue of Chinese, which has one form for every number."""

    def gettext(self, message: str) -> str:
        return WORDS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1)


CHINESE = Catalogue(Chinese(), chinese=True)


@dataclass(frozen=True)
class Shown:
    headline: str
    notes: tuple[str, ...] = ()


def test_a_sentence_is_english_text() -> None:
    assert say("No pairing of {place} is recorded.", place=PORTS) == "No pairing of Ports is recorded."
    assert f"{say('More')}!" == "More!"


@pytest.mark.parametrize(("count", "told"), [(0, "0 facts"), (1, "1 fact"), (12_000, "12,000 facts")])
def test_a_number_has_the_form_that_fits_it(count: int, told: str) -> None:
    assert say_many("{count} fact", "{count} facts", count) == told


def test_a_value_that_is_not_given_is_missed_when_the_sentence_is_made() -> None:
    with pytest.raises(KeyError):
        say("No pairing of {place} is recorded.")


def test_a_sentence_is_told_in_another_language_with_the_values_where_that_has_them() -> None:
    facts = say_many("{count} fact", "{count} facts", 3)
    said = say("On {what}: {how_many}.", what=PORTS, how_many=facts)
    assert said == "On Ports: 3 facts."
    assert CHINESE.told(said) == "3条，关于港口。"


def test_what_holds_sentences_is_told_as_a_whole_and_data_stays_as_it_is() -> None:
    shown = Shown("Ports", (say("More"), "A statement."))
    assert CHINESE.told(shown) == Shown("Ports", ("更多", "A statement."))
    assert ENGLISH.told(shown) is shown


def test_blocks_keep_what_they_say_until_it_is_told() -> None:
    blocks = [button(say("More"), "more", "{}"), header(say("More")), context(say("More"))]
    assert str(CHINESE.told(blocks)).count("更多") == 3
