"""Slack's text forms through every door: people, channels, links, emoji, code, blocks and attachments as what they are."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.listeners.shortcut import NO_WORDS
from handlers.digests.reading.options import ELSEWHERE, FOR_NOBODY
from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.stage import Stage

__all__ = ["digests", "team"]

ME = "<@U04YRDDESK1>"
Json = dict[str, Any]


def rich(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def event(stage: Stage, text: str, **others: object) -> Json:
    """A message of Bob's as the event of a mention."""
    said = stage.slack.team.post("general", "bob", text)
    return {
        "type": "app_mention",
        "user": said.user,
        "text": text,
        "channel": said.channel,
        "ts": said.ts,
        **others,
    }


SAID = [
    (":cn: Hangzhou", "Hangzhou"),
    ("Ningbo :ship:", "Ningbo"),
    ("Ningbo :+1::skin-tone-2:", "Ningbo"),
    ("Hangzhou cc <@U04ALICE01>", "Hangzhou"),
    ("<@U04ALICE01> who is Huainan twinned with?", "who is Huainan twinned with?"),
    ("Hangzhou <#C04GENERAL1|>", "Hangzhou"),
    ("Hangzhou <https://example.org/x>", "Hangzhou"),
    ("Hangzhou <http://example.org|example.org>", "Hangzhou"),
    ("<https://example.org/x|Hangzhou> ports", "Hangzhou ports"),
    ("Hangzhou <!subteam^S123|@ports-team>", "Hangzhou"),
    ("<!here> Hangzhou", "Hangzhou"),
    ("*Hangzhou* &amp; `Ningbo`", "Hangzhou & Ningbo"),
    ("ratio 1:2:3 at 9:30:15", "ratio 1:2:3 at 9:30:15"),
]


@pytest.mark.parametrize(("raw", "asked"), SAID)
def test_a_slash_command_asks_the_words(stage: Stage, raw: str, asked: str) -> None:
    body = stage.slack.driver.command("bob", "general", "/yrd", "x").payload | {"text": raw}
    stage.slack.driver._post.send("slash_commands", body)
    assert stage.engine.asked[-1].text == asked


@pytest.mark.parametrize(("raw", "asked"), SAID)
@pytest.mark.parametrize("place", ["{me} {raw}", "{raw} {me}"])
def test_a_mention_asks_the_words(stage: Stage, raw: str, asked: str, place: str) -> None:
    stage.slack.driver.event(event(stage, place.format(me=ME, raw=raw)))
    stage.settle()
    assert stage.engine.asked[-1].text.rstrip() == asked


def test_home_asks_the_words(stage: Stage) -> None:
    stage.slack.driver.open_home("bob")
    stage.settle()
    stage.slack.driver.click_home("bob", "home_ask", chosen=":cn: Hangzhou cc <@U04ALICE01>")
    stage.settle()
    assert [asked.text for asked in stage.engine.asked] == ["Hangzhou"]


@pytest.mark.parametrize(
    ("text", "blocks", "asked"),
    [
        ("", [rich(words("Hangzhou"))], "Hangzhou"),
        ("", [{"type": "section", "text": {"type": "mrkdwn", "text": f"{ME} Hangzhou"}}], "Hangzhou"),
        ("a:b:", [rich(words("a "), {"type": "emoji", "name": "ship"}, words("b"))], "a b"),
        (f"{ME} x", [{"type": "divider"}], "x"),
    ],
)
def test_what_stands_in_blocks_is_asked(stage: Stage, text: str, blocks: list[Json], asked: str) -> None:
    stage.slack.driver.event(event(stage, text, blocks=blocks))
    stage.settle()
    assert stage.engine.asked[-1].text == asked


def test_a_forwarded_message_is_asked_about_where_nothing_is_said_of_it(stage: Stage) -> None:
    shared = {"is_share": True, "text": "Hangzhou", "fallback": "[today] ann: Hangzhou"}
    for said, asked in (("", "Hangzhou"), ("Ningbo", "Ningbo")):
        stage.slack.driver.event(event(stage, f"{ME} {said}", attachments=[shared]))
        stage.settle()
        assert stage.engine.asked[-1].text == asked


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (f"write `{ME} Hangzhou`", None),
        (f"```{ME} Hangzhou```", None),
        (f"&gt; {ME} Hangzhou\nthis works", None),
        (f"write {ME}", [rich(words("write "), words(f"{ME} Hangzhou", code=True))]),
        (f"{ME} hi", [rich({"type": "user", "user_id": "U04YRDDESK1"}, kind="rich_text_quote")]),
        (f"{ME} hi", [rich(words(f"{ME} hi"), kind="rich_text_preformatted")]),
    ],
)
def test_a_mention_that_is_only_shown_is_left_alone(
    stage: Stage, text: str, blocks: list[Json] | None
) -> None:
    stage.slack.driver.event(event(stage, text, **({"blocks": blocks} if blocks else {})))
    stage.settle()
    assert not stage.engine.asked
    assert not [post for post in stage.slack.team.posts("general") if post.by_bot]


def test_code_beside_a_mention_is_asked_as_it_stands(stage: Stage) -> None:
    blocks = [rich({"type": "user", "user_id": "U04YRDDESK1"}, words(" "), words(":cn: 9:30", code=True))]
    stage.slack.driver.event(event(stage, f"{ME} `:cn: 9:30`", blocks=blocks))
    stage.settle()
    assert stage.engine.asked[-1].text == ":cn: 9:30"


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hangzhou <https://x.org>"}}
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Press"}}
MESSAGES: list[tuple[str, Json, str]] = [
    ("section", {"blocks": [SECTION]}, "Hangzhou"),
    ("rich text", {"blocks": [rich(words("Hangzhou & "), {"type": "emoji", "name": "cn"})]}, "Hangzhou &"),
    ("list", {"blocks": [rich(rich(words("Hangzhou"))["elements"][0], kind="rich_text_list")]}, "Hangzhou"),
    ("fields", {"blocks": [{"type": "section", "fields": [{"type": "plain_text", "text": "A"}, {"type": "mrkdwn", "text": "B"}]}]}, "A B"),
    ("header and context", {"blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Hangzhou"}},
        {"type": "actions", "elements": [BUTTON]},
        {"type": "context", "elements": [{"type": "image", "image_url": "u", "alt_text": "x"}, {"type": "mrkdwn", "text": "Ningbo"}]},
    ]}, "Hangzhou Ningbo"),
    ("table", {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "Hangzhou"}, rich(words("Ningbo"))]]}]}, "Hangzhou Ningbo"),
    ("blocks and the text that stands for them", {"text": "Alert: Hangzhou", "blocks": [SECTION]}, "Hangzhou"),
    ("attachment", {"attachments": [{"pretext": "P", "title": "T", "title_link": "https://x.org", "text": "Hangzhou",
        "fallback": "T: Hangzhou", "fields": [{"title": "F", "value": "V", "short": True}], "footer": "foot"}]}, "P T Hangzhou F V"),
    ("attachment with a fallback alone", {"attachments": [{"fallback": "Hangzhou"}]}, "Hangzhou"),
    ("attachment of blocks", {"attachments": [{"blocks": [SECTION], "fallback": "[no preview available]"}]}, "Hangzhou"),
    ("forwarded", {"attachments": [{"is_share": True, "text": "Hangzhou", "fallback": "[now] ann: Hangzhou", "author_name": "ann",
        "message_blocks": [{"team": "T1", "channel": "C1", "ts": "1.2", "message": {"blocks": [rich(words("Hangzhou"))]}}]}]}, "Hangzhou"),
    ("a comment and what it forwards", {"text": "Ningbo too", "attachments": [{"is_share": True, "text": "Hangzhou"}]}, "Ningbo too Hangzhou"),
    ("a link and its preview", {"text": "<https://x.org>", "attachments": [{"title": "Hangzhou", "text": "Ningbo", "from_url": "https://x.org"}]}, "Hangzhou Ningbo"),
    ("text that an attachment repeats", {"text": "Hangzhou", "attachments": [{"text": "Hangzhou"}]}, "Hangzhou"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("message", "asked"), [one[1:] for one in MESSAGES], ids=[one[0] for one in MESSAGES]
)
@pytest.mark.parametrize("author", ["alice", "U04YRDDESK1"])
def test_all_words_of_a_message_are_looked_up_once(
    stage: Stage, message: Json, asked: str, author: str
) -> None:
    posted = stage.slack.team.post("general", author, **({"text": ""} | message))
    stage.slack.driver.shortcut("bob", posted, "look_up")
    stage.settle()
    assert stage.lookup.asked[-1].text == asked


@pytest.mark.parametrize(
    "message",
    [
        {"text": ":ship: <@U04ALICE01> <https://x.org>"},
        {"blocks": [{"type": "divider"}, {"type": "actions", "elements": [BUTTON]}]},
        {"attachments": [{"fallback": "[no preview available]", "image_url": "https://x.org/a.png"}]},
    ],
)
def test_a_message_without_words_is_said_to_have_none(stage: Stage, message: Json) -> None:
    posted = stage.slack.team.post("general", "alice", **({"text": ""} | message))
    stage.slack.driver.shortcut("bob", posted, "look_up")
    assert stage.whispers("general", "bob")[0].text == NO_WORDS


@pytest.mark.parametrize(
    "odd",
    [
        {"blocks": "no list"}, {"blocks": {"type": "section"}}, {"blocks": [None, 7, [[["x"]]], {"type": 7, "text": 7}]},
        {"blocks": [{"type": "rich_text", "elements": [{"type": "user"}, {"type": "link", "url": 7}, None]}]},
        {"attachments": [None, {"message_blocks": [None, {"message": 7}], "fields": 7, "files": [7]}], "files": "x"},
        {"text": "Hangzhou" * 11_000}, {"text": "<@U1|" * 9_000}, {"text": "\u202e\u200b Hangzhou"},
    ],
)  # fmt: skip
def test_odd_messages_are_answered_like_any(stage: Stage, odd: Json) -> None:
    sent = stage.slack.driver.event(
        event(stage, odd.get("text", f"{ME} Hangzhou"), **{k: v for k, v in odd.items() if k != "text"})
    )
    stage.settle()
    assert sent.ok
    assert len(stage.engine.asked) == 1


def test_a_message_nested_deeper_than_slack_does_is_answered(stage: Stage) -> None:
    deep: Json = {"type": "section", "text": {"type": "mrkdwn", "text": "Hangzhou"}}
    for _ in range(60):
        deep = {"type": "container", "blocks": [deep]}
    stage.slack.driver.event(event(stage, f"{ME} Ningbo", blocks=[deep]))
    stage.settle()
    assert stage.engine.asked[-1].text == "Ningbo"


def test_a_message_is_proposed_with_all_that_its_reader_sees(team: CurationStage) -> None:
    posted = team.slack.team.post(
        "general",
        "alice",
        "",
        attachments=[{"text": "Ningbo <https://x.org|port> <@U04ALICE01|alice> :ship:"}],
    )
    team.slack.driver.shortcut("bob", posted, "save_as_fact")
    team.settle()
    assert "Ningbo port @alice :ship:" in str(team.modal("bob").body)


def test_a_reason_keeps_the_people_and_links_in_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.typed("review 1 reject see https://example.org/x cc @alice", "carol")
    assert "see https://example.org/x cc @alice" in team.card("bob").text


def test_a_reason_that_is_a_link_is_one(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.typed("review 1 reject https://example.org/x", "carol")
    assert "Carol Wu rejected your proposal 1: https://example.org/x" in team.card("bob").text


def test_curators_are_appointed_one_at_a_time_and_by_mention(team: CurationStage) -> None:
    assert (
        "That names several people. Say it for one at a time"
        in team.typed("admin curators add @carol @bob").text
    )
    assert "Carol Wu is now a curator" in team.typed("admin curators add :tada: @carol.").text
    mention = f"{ME} admin curators remove <@{team.slack.team.user('carol').id}>"
    team.slack.driver.event(event(team, mention) | {"user": team.slack.team.user("alice").id})
    team.settle()
    assert "Carol Wu is no longer a curator" in team.slack.team.ephemerals("general", "alice")[-1].text


def test_names_in_a_form_are_read_without_emoji(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    sent = team.filled("bob", {"p_names": ":cn: Hangzhou cc @alice"})
    assert "p_names" not in (sent.reply["errors"] if isinstance(sent.reply, dict) else {})


WISH = "subscribe ports weekly mon"


@pytest.mark.parametrize("how", ["#general", "to #general", "in #general 09:00", ":ship: #general"])
def test_a_digest_for_the_channel_it_is_typed_in_is_taken(digests: DigestStage, how: str) -> None:
    assert digests.typed(f"{WISH} {how}").text.startswith("Post this digest here? Ports, weekly on Monday")


@pytest.mark.parametrize(
    "raw", ["#elsewhere", "<#C0BERLIN01|berlin>", "<#C0BERLIN01|>", "#berlin", "to #general and #berlin"]
)
def test_a_digest_for_another_channel_is_no_zone(digests: DigestStage, raw: str) -> None:
    said = sent_raw(digests, f"{WISH} {raw}")
    assert said.startswith(ELSEWHERE)
    assert said.endswith("Choose in the form")


@pytest.mark.parametrize(
    "raw",
    ["to <@U04ALICE01|alice>", "@alice", "<!subteam^S1|@ops>", "<!here>", "to @here", "cc <@U04ALICE01>"],
)
def test_a_digest_is_for_no_person(digests: DigestStage, raw: str) -> None:
    said = sent_raw(digests, f"{WISH} {raw}")
    assert said.startswith(FOR_NOBODY)
    assert said.endswith("Choose in the form")


@pytest.mark.parametrize("word", ["general", "east", "act", "easter", "mountain", "center", "Factory"])
def test_a_word_is_no_zone_of_a_digest(digests: DigestStage, word: str) -> None:
    assert f"“{word}” is no word I know here" in digests.typed(f"{WISH} {word}").text


def sent_raw(digests: DigestStage, text: str) -> str:
    """What `text`, just as Slack sends it, is answered with."""
    before = len(digests.slack.team.ephemerals("general", "alice"))
    digests.typed("list")
    body = digests.slack.driver.command("alice", "general", "/yrd-digest", "list").payload | {"text": text}
    digests.whispers("general", "alice", before + 2)
    digests.slack.driver._post.send("slash_commands", body)
    return digests.whispers("general", "alice", before + 3)[-1].text


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (":cn: Hangzhou", "Hangzhou"),
        ("Hangzhou cc <@{alice}>", "Hangzhou"),
        ("<@{alice}> who is Huainan twinned with?", "who is Huainan twinned with?"),
        ("<@{alice}> asked who is Huainan twinned with", "who is Huainan twinned with"),
        ("Who is Huainan twinned with? <!subteam^S1|@ports-team>", "Who is Huainan twinned with?"),
        ("Who is Huainan twinned with, <#C04GENERAL1|>?", "Who is Huainan twinned with?"),
        ("Who is Huainan twinned with? <https://example.org/ports>", "Who is Huainan twinned with?"),
        ("Which district is twinned with Huainan? :pray:", "Which district is twinned with Huainan?"),
    ],
)
def test_a_reference_changes_no_answer(team: CurationStage, raw: str, plain: str) -> None:
    raw = raw.format(alice=team.slack.team.user("alice").id)
    answers = []
    for text in (
        f"{ME} {plain}",
        f"{ME} {raw}",
        raw.replace("<@", f"{ME} <@", 1) if "<@" in raw else f"{raw} {ME}",
    ):
        sent = event(team, text)
        team.slack.driver.event(sent)
        team.settle()
        said = [m for m in team.slack.team.replies("general", sent["ts"]) if m.by_bot]
        answers.append(
            [line for line in said[0].text.splitlines() if "twinned" not in line or "Read as" not in line]
        )
        assert sent["user"] not in said[0].text
    assert answers[0] == answers[1] == answers[2]
