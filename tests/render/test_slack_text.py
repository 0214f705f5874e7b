"""Slack's text is read once: its words, and people, channels, links, emoji and code as what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.clean import LONGEST_QUESTION, LONGEST_TYPED, clean
from bot.render.slack_text import is_addressed, typed
from handlers.request import Reference
from tests.processor_time import is_within
from tests.render.answers import words as hostile

ME = "U0BOT"


@pytest.mark.parametrize(
    ("raw", "words", "written"),
    [
        ("<@U0BOT> Ningbo", "Ningbo", "Ningbo"),
        ("<@U0BOT>, Ningbo", "Ningbo", "Ningbo"),
        ("Ningbo <@U0BOT|yrd>", "Ningbo", "Ningbo"),
        ("<@U1|ann> <@U0BOT> who?", "who?", "@ann who?"),
        ("<@U1>: who?", "who?", "@someone: who?"),
        ("<@U1>'s question: who?", "question: who?", "@someone's question: who?"),
        ("Hangzhou cc <@U1|ann>", "Hangzhou", "Hangzhou cc @ann"),
        ("Hangzhou, CC: <@U1|ann>, <@U2|bo> and <@U3|cy>", "Hangzhou,", "Hangzhou, CC: @ann, @bo and @cy"),
        ("Hangzhou <@U1|ann> cc", "Hangzhou", "Hangzhou @ann cc"),
        ("Hangzhou cc <@U0BOT> <@U1|ann>", "Hangzhou", "Hangzhou cc @ann"),
        ("Hangzhou\ncc: <@U1|ann>\n", "Hangzhou", "Hangzhou cc: @ann"),
        ("Hangzhou (cc <@U1|ann>)", "Hangzhou", "Hangzhou (cc @ann)"),
        ("Hangzhou <@U1|ann>?", "Hangzhou?", "Hangzhou @ann?"),
        ("Hangzhou cc @alice", "Hangzhou", "Hangzhou cc @alice"),
        ("杭州 抄送 <@U1|ann>", "杭州", "杭州 抄送 @ann"),
        ("杭州抄送<@U1|ann>", "杭州", "杭州抄送@ann"),
        ("杭州（抄送：<@U1|ann>）", "杭州", "杭州(抄送:@ann)"),
        ("杭州，抄送:<@U1|ann>、<@U2|bo>", "杭州", "杭州,抄送:@ann、@bo"),
        ("<@U0BOT> :cn: Hangzhou", "Hangzhou", ":cn: Hangzhou"),
        ("<@U0BOT>: :cn: Hangzhou", "Hangzhou", ":cn: Hangzhou"),
        ("Ningbo in <#C1|ports>", "Ningbo", "Ningbo in #ports"),
        ("Ningbo <#C04GENERAL1|>", "Ningbo", "Ningbo #channel"),
        ("Ningbo #general", "Ningbo", "Ningbo #general"),
        ("Ningbo <!subteam^S1|@ports-team>", "Ningbo", "Ningbo @ports-team"),
        ("<!here> <!channel|channel> <!everyone> Ningbo", "Ningbo", "@here @channel @everyone Ningbo"),
        ("Ningbo <https://example.org/x>", "Ningbo", "Ningbo https://example.org/x"),
        ("Ningbo https://example.org/x?a=1.", "Ningbo.", "Ningbo https://example.org/x?a=1."),
        ("Ningbo <http://example.org|example.org>", "Ningbo", "Ningbo http://example.org"),
        ("the <https://example.org|port> of Ningbo", "the port of Ningbo", "the port of Ningbo"),
        ("Ningbo <mailto:a@b.cn|a@b.cn>", "Ningbo", "Ningbo a@b.cn"),
        ("Ningbo <tel:+8612|+86 12>", "Ningbo", "Ningbo +8612"),
        ("since <!date^1392734382^{date}|18 Feb 2014>", "since 18 Feb 2014", "since 18 Feb 2014"),
        (":cn: Hangzhou", "Hangzhou", ":cn: Hangzhou"),
        (":flag-cn:宁波:ship:在哪", "宁波 在哪", ":flag-cn:宁波:ship:在哪"),
        ("Ningbo:ship:", "Ningbo", "Ningbo:ship:"),
        (":+1::skin-tone-2: Ningbo :100: :our_own-logo:", "Ningbo", ":+1::skin-tone-2: Ningbo :100: :our_own-logo:"),
        ("*Ningbo* _Hefei_ ~Xuzhou~ a_b", "Ningbo Hefei Xuzhou a_b", "*Ningbo* _Hefei_ ~Xuzhou~ a_b"),
        ("`:cn: <@U1>` x", ":cn: <@U1> x", "`:cn: <@U1>` x"),
        ("```a &lt; b\n#general```", "a < b #general", "`a < b #general`"),
        ("&gt; Ningbo\n<@U0BOT> Hefei", "Ningbo Hefei", "> Ningbo Hefei"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;", "R&D <b> &lt;"),
        ("<@U1|<script> x", "<script> x", "@someone<script> x"),
        ("Ningbo <@U1ABC", "Ningbo", "Ningbo @someone"),
        ("Hangzhou :c\u200bn: <@\u202eU1|ann>", "Hangzhou", "Hangzhou :cn: @ann"),
        ("*<@U1|ann>* _Hangzhou_", "Hangzhou", "*@ann* _Hangzhou_"),
        ("Hangzhou _<@U1|ann>_", "Hangzhou", "Hangzhou _@ann_"),
        ("<<<<", "<<<<", "<<<<"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_each_form_is_read_as_what_it_is(raw: str, words: str, written: str) -> None:
    read = typed(raw, ME)
    assert (read.text, read.written) == (words, written)


@pytest.mark.parametrize(
    "text",
    [
        "9:30:15", "ratio 1:2:3", "Lü:liang", "at 10:00, 11:00:", "std::vector::push", "a:b:c", "Ningbo:Hefei:Xuzhou",
        "at :30: x", "10:00:", "review #7", "weekly mon @ 9", "@9am", "#Ningbo", "a@b.cn", "C#", "2 < 3", "a <b> c", "5 * 3",
        "America/Argentina/Buenos_Aires",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_form_stays_words(text: str) -> None:
    read = typed(text)
    assert (read.text, read.references) == (text, ())


@pytest.mark.parametrize("text", ["@Ningbo", "#ningbo", "@Ningbo?", "cc @Ningbo"])
def test_a_name_that_is_all_there_is_and_that_slack_does_not_know_is_words(text: str) -> None:
    assert "ningbo" in typed(text).text.lower()


def test_references_are_known_by_the_name_that_stands_in_the_text_and_by_id() -> None:
    read = typed(
        "<@U1|Ann  Wu> <@U2> <@U0BOT> <#C1|ports> <!subteam^S1|@ops> <!here> <https://x.org> @bo #sea", ME
    )
    assert read.references == (
        Reference("person", "Ann Wu", "U1"),
        Reference("person", "", "U2"),
        Reference("channel", "ports", "C1"),
        Reference("group", "ops", "S1"),
        Reference("broadcast", "here"),
        Reference("link", "https://x.org"),
        Reference("person", "bo"),
        Reference("channel", "sea"),
    )


def test_a_channel_called_by_its_name_is_the_one_typed_in_or_some_other() -> None:
    assert typed("ports #sea").standing_in("sea", "C1").references == (Reference("channel", "sea", "C1"),)
    assert typed("ports #sea").standing_in("sky", "C1").references == (Reference("channel", "sea"),)


@pytest.mark.parametrize(
    ("raw", "speaks"),
    [
        ("<@U0BOT> hi", True),
        ("hi", True),
        ("`<@U0BOT> hi`", False),
        ("write ```<@U0BOT>\nhi```", False),
        ("&gt; <@U0BOT> hi\nwell", False),
        ("well\n&gt; one <@U0BOT|yrd> hi", False),
        ("&gt;&gt;&gt; one\n<@U0BOT> hi", False),
        ("&gt; <@U0BOT> hi\n<@U0BOT> Ningbo", True),
        ("&gt; hi\n<@U0BOT>", True),
        ("`<@U0BOT>` <@U0BOT> Ningbo", True),
        ("a &gt; b <@U0BOT>", True),
    ],
)
def test_a_mention_that_is_only_shown_speaks_to_nobody(raw: str, speaks: bool) -> None:
    assert is_addressed(raw, ME) == speaks


@given(st.one_of(st.text(), hostile, st.text(alphabet="<>@#!|U1C`:*_~&;lt a\n\u200d\u202e", max_size=400)))
def test_any_text_is_read_and_shows_no_id(raw: str) -> None:
    read = typed(f"{raw} <@U0ALICE7K2> <#C04GENERAL1|>")
    assert len(read.text) <= LONGEST_TYPED
    read.text.encode()
    if "`" not in raw and "<" not in raw:
        assert "U0ALICE7K2" not in read.text + read.written
        assert "C04GENERAL1" not in read.text + read.written


@pytest.mark.parametrize(
    "piece",
    [
        "<", "`", "```a", ":a", ":a:", "a:b", "*a ", "_ ", "<@U1|", "<@U1> ", "cc <@U1> ", "cc ", "<a", "https://", "https://.",
        "@a", "#a-", ">", "&gt; ", "\u202e\ud800", "\u0301", " ", "\n", "<!subteam^", "<https://a|",
    ],
)  # fmt: skip
def test_a_hundred_thousand_characters_are_read_at_once(piece: str) -> None:
    raw = piece * (100_000 // len(piece))
    assert is_within(lambda: (typed(raw, "U1"), is_addressed(raw, "U1")), 0.5)
    assert typed(raw, "U1").was_cut


@given(st.one_of(st.text(), hostile))
def test_cutting_what_was_cleaned_once_is_cleaning_it_at_that_length(text: str) -> None:
    assert typed(text).cut(LONGEST_QUESTION)[0] == clean(typed(text).text)[0]


def test_what_was_cut_once_is_said_to_be_cut_at_any_length() -> None:
    assert typed("n" * 5000).cut(LONGEST_QUESTION) == ("n" * LONGEST_QUESTION, True)
    assert typed("n" * 300).cut(LONGEST_QUESTION) == ("n" * LONGEST_QUESTION, True)
    assert typed("n" * 300).cut(900) == ("n" * 300, False)
