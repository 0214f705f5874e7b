"""/yrd-digest as people say it: slips, rhythms that there are not, sentences; what was probably meant stands on a button."""

from __future__ import annotations

import json

import pytest

from bot.local_slack.state.records import Message
from handlers.stored_digest import StoredDigest
from tests.slack.digest_stage import DigestStage, button, digests, labels

__all__ = ["digests"]

DAILY = "subscribe ports daily 09:00 Asia/Shanghai"
RHYTHMS = "A digest comes daily, on weekdays, weekly on chosen days, or monthly."


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("ports dayly 8am Asia/Tokyo", "daily", "Ports, every day at 08:00 (Asia/Tokyo)"),
        ("ports weekley", "weekly", "Ports, weekly on Monday at 09:00"),
        ("ports mondy 10:00", "monday", "Ports, weekly on Monday at 10:00"),
        ("ports every mondy", "every monday", "Ports, weekly on Monday at 09:00"),
        ("Suzhou weekly fri 10:00", "Suzhou (Anhui) (place)", "Suzhou (Anhui), weekly on Friday at 10:00"),
    ],
)
def test_a_slip_is_put_right_by_its_button_and_the_rest_is_kept(
    digests: DigestStage, text: str, label: str, said: str
) -> None:
    assert digests.pressed(digests.typed(text), label).text.startswith(f"Post this digest here? {said}")


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("ports, Hangzhou biweekly 10:00", "monthly on the 1st", "Ports and Hangzhou, monthly on the 1st at 10:00"),
        ("ports every other monday", "monthly on the first Monday", "Ports, monthly on the first Monday at 09:00"),
        ("ports twice a week 21:30", "weekly on Monday and Thursday", "Ports, weekly on Monday and Thursday at 21:30"),
        ("hourly ports", "every day", "Ports, every day at 09:00"),
        ("港口 每季度", "monthly on the 1st", "Ports, monthly on the 1st at 09:00"),
        ("港口每周两次 9点", "weekly on Monday and Thursday", "Ports, weekly on Monday and Thursday at 09:00"),
    ],
)  # fmt: skip
def test_of_a_rhythm_that_there_is_not_the_nearest_are_offered(
    digests: DigestStage, text: str, label: str, said: str
) -> None:
    asked = digests.typed(text)
    assert RHYTHMS in asked.text
    assert digests.pressed(asked, label).text.startswith(f"Post this digest here? {said}")


@pytest.mark.parametrize("said", ["mention", "command"])
def test_a_digest_is_asked_for_in_a_mention_as_in_the_command(digests: DigestStage, said: str) -> None:
    if said == "mention":
        digests.slack.driver.mention("alice", "general", "digest ports fortnightly")
    else:
        digests.slack.driver.command("alice", "general", "/yrd", "digest ports fortnightly")
    digests.settle()
    answer = digests.slack.team.ephemerals("general", "alice")[-1]
    assert RHYTHMS in answer.text
    assert labels(answer) == ["weekly on Monday", "monthly on the 1st"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("follow ports", "Ports, weekly on Monday at 09:00"),
        ("a weekly digest on talent please", "Talent, weekly on Monday at 09:00"),
        ("set up a weekly digest about Hangzhou", "Hangzhou, weekly on Monday at 09:00"),
        ("could you post ports every Friday?", "Ports, weekly on Friday at 09:00"),
        ("can we get ports once a month", "Ports, monthly on the 1st at 09:00"),
        ("I'd like ports on Mondays at 9 o'clock", "Ports, weekly on Monday at 09:00"),
        ("ports every evening at 8", "Ports, every day at 20:00"),
        ("关注港口", "Ports, weekly on Monday at 09:00"),
    ],
)
def test_a_sentence_is_a_wish(digests: DigestStage, text: str, said: str) -> None:
    assert digests.typed(text).text.startswith(f"Post this digest here? {said}")


def test_a_number_of_facts_is_said_in_letters_too(digests: DigestStage) -> None:
    assert "Up to 2 facts each time" in digests.typed("ports daily two facts a time").text


@pytest.mark.parametrize(
    "text", ["ports weekly to me", "daily ports by direct message", "ports weekly to my dm"]
)
def test_a_digest_may_be_for_whoever_asks_alone(digests: DigestStage, text: str) -> None:
    asked = digests.typed(text)
    assert asked.text.startswith("Post this digest in our direct messages? Ports")
    digests.pressed(asked, "Save")
    (kept,) = digests.kept()
    assert kept.channel == digests.slack.team.im("alice").id


def test_what_is_not_held_is_chosen_in_the_form_which_keeps_when(digests: DigestStage) -> None:
    asked = digests.typed("tulips monthly 15 10:00 Europe/Berlin")
    assert "“tulips” is no topic, place or mechanism in the fact base." in asked.text
    assert labels(asked) == ["Choose in the form", "All topics"]
    _press(digests, asked, "Choose in the form")
    shown = json.dumps(digests.modal().body, ensure_ascii=False)
    assert '"initial_time": "10:00"' in shown
    assert '"value": "Europe/Berlin"' in shown
    assert '"initial_option": {"text": {"type": "plain_text", "text": "Day 15"' in shown


def test_a_name_among_other_words_is_offered_with_its_rhythm(digests: DigestStage) -> None:
    asked = digests.typed("whatever ports brings weekly fri")
    said = digests.pressed(asked, "Ports, weekly on Friday")
    assert said.text.startswith("Post this digest here? Ports, weekly on Friday")


def test_words_behind_the_names_that_say_nothing_can_be_left_out(digests: DigestStage) -> None:
    asked = digests.typed("ports weekly fri for 3 months")
    assert asked.text.startswith("“for” is no word I know here.")
    said = digests.pressed(asked, "Ports, weekly on Friday")
    assert "weekly on Friday at 09:00" in said.text


def test_a_digest_of_nothing_offers_topics_that_come_when_it_was_said(digests: DigestStage) -> None:
    asked = digests.typed("new facts weekly fri")
    assert "A digest of what?" in asked.text
    assert "new and corrected facts come first" in asked.text
    topic = next(label for label in labels(asked) if label.endswith(", weekly on Friday"))
    assert "weekly on Friday at 09:00" in digests.pressed(asked, topic).text


def test_another_channel_is_chosen_in_the_form(digests: DigestStage) -> None:
    other = digests.slack.team.channel("planning").id
    asked = digests.typed("subscribe #planning to ports")
    assert "A digest goes to the channel that you type the command in" in asked.text
    _press(digests, asked, "Choose in the form")
    shown = json.dumps(digests.modal().body)
    assert f'"initial_conversation": "{other}"' in shown
    assert '"value": "ports"' in shown


def test_how_long_facts_last_and_what_comes_next_are_asked_in_a_sentence(digests: DigestStage) -> None:
    assert "9 facts: enough for 2 weeks" in digests.typed("how long do ports last?").text
    digests.pressed(digests.typed(DAILY), "Save")
    for text in ("next", "what comes next?", "when is the next one?", "next 1"):
        assert "Digest 1: Ports, every day" in digests.typed(text).text


def test_other_words_for_what_is_done_to_a_digest(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    assert "Digest 1 is paused." in digests.typed("mute 1").text
    assert "runs again" in digests.typed("unmute 1").text
    assert "would show 3 of 9 facts" in digests.typed("forecast 1").text
    assert "Digest 1 (Ports) is ended" in digests.typed("stop sending 1").text
    digests.pressed(digests.typed(DAILY), "Save")
    assert "Digest 2 (Ports) is ended" in digests.typed("unfollow ports").text


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("pause 1 for a week", "Wed 25 Nov 2026"), ("pause 1 for 2 weeks", "Wed 2 Dec 2026"), ("pause for three days", "Sat 21 Nov 2026"),
        ("pause until next monday", "Mon 23 Nov 2026"), ("pause 1 until 24 Dec", "Thu 24 Dec 2026"),
        ("pause 1 until tomorrow", "Thu 19 Nov 2026"), ("暂停1一周", "Wed 25 Nov 2026"),
    ],
)  # fmt: skip
def test_a_pause_is_said_and_told_as_people_say_days(digests: DigestStage, text: str, until: str) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    assert f"Digest 1 is paused until {until}." in digests.typed(text).text
    assert f"paused until {until}" in digests.typed("list").text


def test_a_day_that_cannot_be_read_is_asked_for_with_buttons(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    asked = digests.typed("pause 1 until the cows come home")
    assert labels(asked) == ["For a week", "For a month", "Until it is resumed"]
    assert "is paused until Wed 25 Nov 2026" in digests.pressed(asked, "For a week").text


def test_several_runs_are_skipped_at_once_and_taken_back(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    before = _next(digests)
    said = digests.typed("skip next 2")
    assert said.text.startswith("2 runs are skipped: ")
    assert _next(digests) != before
    back = digests.pressed(said, "Do not skip them")
    assert back.text.startswith("2 runs come after all: ")
    assert _next(digests) == before
    assert "is skipped" in digests.typed("skip").text


def test_a_button_takes_back_its_own_skip_alone(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    first = digests.typed("skip 1")
    digests.typed("skip 1")
    skipped = _next(digests)
    digests.pressed(first, "Do not skip it")
    assert "skipped (asked to skip it)" in digests.typed("history 1").text
    assert _next(digests) != skipped
    assert "The run of" in digests.typed("unskip 1").text
    assert "No run of digest 1 that is to come is skipped." in digests.typed("unskip 1").text


def test_which_digest_is_meant_is_asked_with_how_many_runs(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    digests.pressed(digests.typed("subscribe tourism daily 9 Asia/Shanghai"), "Save")
    asked = digests.typed("skip next two")
    assert "Which one?" in asked.text
    assert digests.pressed(asked, "Skip digest 2: Tourism, every day").text.startswith("2 runs are skipped: ")


def test_an_edit_that_would_leave_no_name_offers_to_end_the_digest(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    asked = digests.typed("edit 1 drop ports")
    assert "Digest 1 is on Ports alone: without it there is none." in asked.text
    assert "Digest 1 (Ports) is ended" in digests.pressed(asked, "End digest 1: Ports").text


def test_an_edit_names_no_name_that_the_digest_has_not(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports, tourism daily 09:00 Asia/Shanghai"), "Save")
    assert (
        "Digest 1 is not on Talent; it is on Ports and Tourism." in digests.typed("edit 1 drop talent").text
    )
    asked = digests.typed("edit 1 drop")
    assert "Drop what? Digest 1 is on Ports and Tourism." in asked.text
    assert "Change digest 1? Tourism, every day" in digests.pressed(asked, "Drop Ports").text
    asked = digests.typed("edit 1 add")
    assert "Add what? Digest 1 is on Ports and Tourism." in asked.text
    assert "Change digest 1? " in digests.pressed(asked, labels(asked)[0]).text
    assert "Change digest 1? Tourism and Talent" in digests.typed("edit 1 drop ports, add talent").text


def test_a_digest_that_is_there_is_told_before_it_is_saved(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    said = digests.typed(DAILY, "bob")
    assert said.text.startswith(
        "This channel has that digest already, as number 1: Ports, every day at 09:00"
    )
    assert labels(said) == ["Show it"]
    assert "Digest 1: Ports" in digests.pressed(said, "Show it", "bob").text
    other = digests.typed("ports daily 10:00 Asia/Shanghai")
    assert "Digest 1 is on the same here, every day at 09:00 (Asia/Shanghai)" in other.text
    assert "Save" in labels(other)


def test_the_form_tells_of_a_digest_that_is_there(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    (kept,) = digests.kept()
    assert StoredDigest.anew(kept).facts == 3
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    everyday = [str(day) for day in range(7)]
    sent = digests.slack.driver.submit_view(
        "alice", {"digest_names": ["ports"], "digest_days": everyday, "digest_facts": "3"}
    )
    assert "This channel has that digest already, as number 1" in json.dumps(sent.reply, ensure_ascii=False)


def _press(digests: DigestStage, message: Message, label: str) -> None:
    block, element = button(message, label)
    digests.slack.driver.click("alice", message, element["action_id"], block_id=block["block_id"])
    digests.settle()


def _next(digests: DigestStage) -> str:
    return digests.typed("list").text.partition("; next ")[2].partition(",")[0]
