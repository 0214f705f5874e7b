"""Escaping is done once and loses nothing; mass mentions never leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.escape import MassMentionError, escape, inert, mention, refuse_mass_mentions, unescape
from tests.render.answers import words


@given(words)
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text


@given(words)
def test_escaped_text_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    refuse_mass_mentions(escaped)


@given(words)
def test_inert_text_holds_no_mention_and_loses_no_letter(text: str) -> None:
    inerted = inert(text)
    refuse_mass_mentions(inerted)
    assert inerted.replace("\u2060", "") == text.replace("\u2060", "")


@pytest.mark.parametrize(
    "live", ["<!channel>", "<!here|here>", "<!EVERYONE>", "<!subteam^S123|@ops>", "<! channel>"]
)
def test_a_live_mass_mention_is_refused(live: str) -> None:
    with pytest.raises(MassMentionError):
        refuse_mass_mentions(f'{{"text": "hello {live}"}}')


def test_dates_of_slack_may_leave() -> None:
    dated = "<!date^1700000000^{date_short}|2023>"
    assert refuse_mass_mentions(dated) == dated


@given(st.text())
def test_only_ids_of_people_are_mentioned(text: str) -> None:
    said = mention(text)
    assert said == "someone" or said == f"<@{text}>"
    assert mention("U024BE7LH") == "<@U024BE7LH>"
    assert mention("U1> <!channel") == "someone"
