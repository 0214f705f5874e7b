"""/yrd-digest typed in Slack, as signed payloads through the real bot, stores and fact base."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time

import pytest

from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import candidates, fact_key
from handlers.rights import NOT_A_MEMBER, NOT_REACHED
from handlers.stored_digest import StoredDigest
from tests.slack.digest_stage import DigestStage, button, digests, labels
from tests.state import raw

__all__ = ["digests"]

OFFERED = ["Edit", "Pause", "Skip the next run", "Take in 1 fact on other regions", "End it"]
WISH = "subscribe ports, G60 weekly mon 09:00 Asia/Shanghai"


def test_a_digest_is_shown_with_its_next_three_runs_before_anything_is_saved(digests: DigestStage) -> None:
    said = digests.typed(WISH)
    assert "Ports and G60 Science and Technology Corridor, weekly on Monday at 09:00" in said.text
    assert said.text.count("2026, 09:00 Asia/Shanghai") == 3
    assert labels(said) == ["Save", "Send a test to me", "Take in 1 fact on other regions", "Cancel"]
    assert digests.kept() == ()


def test_save_keeps_what_was_shown_and_a_second_press_keeps_it_once(digests: DigestStage) -> None:
    said = digests.typed(WISH)
    saved = digests.pressed(said, "Save")
    assert "Digest 1 is saved" in saved.text
    digests.typed(WISH)
    (kept,) = digests.kept()
    assert (kept.topics, kept.places, kept.weekdays) == (("ports",), ("g60-corridor",), (0,))
    assert kept.owner == digests.slack.team.user("alice").id


def test_a_button_pressed_after_a_restart_still_carries_everything(digests: DigestStage) -> None:
    said = digests.typed(WISH + " facts 7 when empty skip skip holidays CN quiet 22:00-07:00")
    digests.restart()
    assert "is saved" in digests.pressed(said, "Save").text
    (kept,) = digests.kept()
    assert (kept.facts, kept.when_empty, kept.skip_holidays) == (7, "quiet", "CN")
    assert kept.quiet is not None


def test_the_outcome_says_whether_anything_was_changed(digests: DigestStage) -> None:
    alice, bob = (digests.slack.team.user(name).id for name in ("alice", "bob"))
    digests.pressed(digests.typed("subscribe ports", "bob"), "Save", "bob")
    said = {
        text: digests.desk_answer(text, user).outcome
        for text, user in (
            (WISH, bob), ("save ports", bob), ("pause 1", bob), ("list", bob), ("resume 1", alice), ("skip 1", bob),
            ("edit 1", bob), ("edit 1 daily", bob), ("save 1 v1 ports daily", bob), ("test ports", bob), ("show 9", bob),
            ("preview Tower of Nowhere", bob), ("cancel", bob), ("unsubscribe 1", bob),
        )
    }  # fmt: skip
    assert said == {
        WISH: "answer", "save ports": "suggestion", "pause 1": "done", "list": "answer", "resume 1": "done",
        "skip 1": "done", "edit 1": "refused", "edit 1 daily": "answer", "save 1 v1 ports daily": "suggestion",
        "test ports": "answer", "show 9": "refused", "preview Tower of Nowhere": "unknown", "cancel": "answer",
        "unsubscribe 1": "done",
    }  # fmt: skip


def test_cancel_keeps_nothing(digests: DigestStage) -> None:
    assert digests.pressed(digests.typed(WISH), "Cancel").text == "Nothing was saved."
    assert digests.kept() == ()


def test_a_test_goes_to_the_person_alone_and_saves_nothing(digests: DigestStage) -> None:
    said = digests.typed(WISH)
    digests.pressed(said, "Send a test to me")
    (sent,) = digests.posts(digests.slack.team.im("alice"))
    assert sent.text.startswith("Ports and G60 Science and Technology Corridor: weekly digest. ")
    assert "A test that only you see" in json.dumps(sent.blocks)
    assert digests.kept() == ()


def test_where_the_bot_is_no_member_it_asks_to_be_invited(digests: DigestStage) -> None:
    said = digests.typed(WISH, channel="random")
    assert "/invite @YRD Desk" in said.text
    assert "Save" not in labels(said)
    digests.slack.driver.invite_bot("random")
    assert "Save" in labels(digests.typed(WISH, channel="random"))


def test_a_wrong_word_is_named_and_the_right_one_is_a_button(digests: DigestStage) -> None:
    said = digests.typed("subscribe ports weekly mon 09:00 Asia/Shangai")
    assert "“Asia/Shangai” is no time zone" in said.text
    assert labels(said) == ["Asia/Shanghai"]
    assert "weekly on Monday at 09:00" in digests.pressed(said, "Asia/Shanghai").text


def test_the_zone_left_out_is_the_persons_own(digests: DigestStage) -> None:
    digests.slack.team.user("bob").tz = "Europe/Berlin"
    assert "(Europe/Berlin)" in digests.typed("subscribe ports daily 9am", user="bob").text


def test_another_person_may_not_change_a_digest_but_an_admin_may(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH, user="bob"), "Save", user="bob")
    digests.slack.team.user("alice").is_admin = False
    assert "not yours to change" in digests.typed("pause 1").text
    digests.slack.team.user("alice").is_admin = True
    assert "Digest 1 is paused" in digests.typed("pause 1").text


def test_a_digest_of_another_channel_is_nobody_elses_business(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH, channel="planning"), "Save")
    for text in ("show 1", "history 1", "preview 1", "pause 1", "test 1"):
        assert "There is no digest 1 here." in digests.typed(text, user="bob").text
    assert "Digest 1: Ports" in digests.typed("show 1").text


def test_what_was_ended_is_taken_up_again_as_it_was(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH + " facts 7 quiet 22:00-07:00"), "Save")
    (before,) = digests.kept()
    ended = digests.typed("unsubscribe 1")
    assert digests.kept() == ()
    assert "runs again where it stopped" in digests.pressed(ended, "Take it up again").text
    (kept,) = digests.kept()
    assert StoredDigest.anew(kept) == StoredDigest.anew(before)
    assert (kept.id, kept.owner, kept.channel) == (before.id, before.owner, before.channel)


def test_what_is_taken_up_again_goes_on_where_it_stopped_and_once(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 facts 3 Asia/Shanghai"), "Save")
    told = [fact_key(fact) for fact in candidates(digests.base, Subjects(topics=("ports",)))][:4]
    with raw.changing(digests.store) as db:
        db.execute(
            "UPDATE deliveries SET state = 'posted', ts = '1.1', attempt = 1, slot = 1, facts = ?",
            [json.dumps(told)],
        )
    ended = digests.typed("unsubscribe 1")
    back = digests.pressed(ended, "Take it up again").text
    assert "5 of 9 facts to come" in back
    assert "Digest 1 is not ended." in digests.typed("revive 1").text
    assert len(digests.kept()) == 1
    assert digests.services.deliveries.posted_facts(digests.team, "1") == tuple(told)
    assert "No digest was ended here." in digests.typed("list ended").text
    assert "was ended" not in digests.typed("history 1").text


def test_what_somebody_else_ended_is_taken_up_again_by_its_owner_or_an_admin_alone(
    digests: DigestStage,
) -> None:
    digests.pressed(
        digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai", user="bob"), "Save", "bob"
    )
    owned = digests.typed("unsubscribe 1", user="bob")
    digests.slack.team.user("alice").is_admin = False
    refused = digests.desk_answer("revive 1", digests.slack.team.user("alice").id)
    assert refused.outcome == "refused"
    assert any("Bob" in note for note in refused.notes)
    assert [one.label for one in refused.choices] == ["Get it in my direct messages from the start"]
    assert "our direct messages" in digests.pressed(digests.typed("show 1"), refused.choices[0].label).text
    assert digests.kept() == ()
    digests.slack.team.user("alice").is_admin = True
    assert "runs again" in digests.typed("revive 1").text
    assert "Take it up again" in labels(owned)
    assert "Digest 1 is not ended." in digests.typed("revive 1", user="bob").text
    (kept,) = digests.kept()
    assert kept.owner == digests.slack.team.user("bob").id


def test_the_history_of_what_was_ended_stays_and_its_owner_takes_it_up_again_there(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai"), "Save")
    digests.typed("unsubscribe 1")
    assert labels(digests.typed("history 1", user="bob")) == ["Get it in my direct messages from the start"]
    told = digests.typed("history 1")
    assert "Digest 1 (Ports) was ended on Wed 18 Nov 2026." in told.text
    assert "It was ended before the first." in told.text
    assert labels(told) == ["Take it up again"]
    assert "Digest 1 (Ports) runs again" in digests.pressed(told, "Take it up again").text


def test_what_was_ended_shows_what_it_posted(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai"), "Save")
    with raw.changing(digests.store) as db:
        db.execute("UPDATE deliveries SET state = 'posted', ts = '1.1', attempt = 1, slot = 1")
    digests.typed("unsubscribe 1")
    told = digests.typed("history 1")
    assert "09:00 Asia/Shanghai: posted" in told.text
    assert "1 of 1 digest on time so far." in told.text


def test_what_was_ended_is_listed_and_named_where_it_is_asked_for(digests: DigestStage) -> None:
    assert "No digest was ended here." in digests.typed("list ended").text
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai"), "Save")
    digests.pressed(digests.typed("subscribe tourism daily 9 Asia/Shanghai"), "Save")
    digests.typed("unsubscribe 1")
    assert "1 was ended: /yrd-digest list ended shows it." in digests.typed("list").text
    listed = digests.typed("list ended", user="bob")
    assert "1 digest was ended." in listed.text
    assert "1: Ports, weekly on Monday; ended on Wed 18 Nov 2026" in listed.text
    assert "Digest 1 (Ports) was ended" in digests.pressed(listed, "History of digest 1", user="bob").text
    for text in ("show 1", "pause 1", "edit 1 daily", "preview 1", "unsubscribe 1"):
        told = digests.typed(text)
        assert "Digest 1 was ended on Wed 18 Nov 2026." in told.text
        assert labels(told) == ["History of digest 1", "Take it up again"]
    digests.typed("unsubscribe 2")
    assert "This channel has no digest any more." in digests.typed("show").text
    assert "2 were ended: /yrd-digest list ended shows them." in digests.typed("list").text


def test_what_was_ended_in_another_channel_is_nobody_elses_business(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH, channel="planning"), "Save")
    digests.typed("unsubscribe 1", channel="planning")
    assert "There is no digest 1 here." in digests.typed("history 1", user="bob").text
    assert "No digest was ended here." in digests.typed("list ended", user="bob").text
    elsewhere = digests.typed("list ended")
    assert "Yours in other channels" in elsewhere.text
    assert labels(digests.pressed(elsewhere, "History of digest 1")) == ["Take it up again"]


def test_which_of_several_is_asked_and_the_button_goes_on_with_what_was_typed(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    digests.pressed(digests.typed("subscribe tourism daily 9 Asia/Shanghai"), "Save")
    asked = digests.typed("pause until 2026-12-24")
    assert "Which one?" in asked.text
    said = digests.pressed(asked, "Pause digest 2: Tourism, every day")
    assert "Digest 2 is paused until Thu 24 Dec 2026" in said.text
    assert "Digest 1 is paused" in digests.typed("pause 1").text


def test_a_wrong_word_of_a_change_is_put_right_by_its_button(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    said = digests.typed("edit 1 wekly tue 10:00")
    confirmed = digests.pressed(said, "weekly")
    assert "Change digest 1?" in confirmed.text
    assert "weekly on Tuesday at 10:00" in confirmed.text
    assert "Digest 1 is changed" in digests.pressed(confirmed, "Save").text


def test_a_test_of_a_digest_by_its_number_comes_to_the_person_alone(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    assert "I sent you a test" in digests.typed("test 1").text
    own = digests.slack.team.im("alice")
    (sent,) = [post for post in digests.slack.team.posts(own) if post.by_bot]
    assert sent.text.startswith("Ports")
    _, element = button(sent, "More on this")
    digests.slack.driver.click("alice", sent, element["action_id"])
    digests.settle()
    assert digests.slack.team.posts(own)[-1].text.startswith("More on Ports")


def test_help_says_every_word(digests: DigestStage) -> None:
    said = digests.typed("help").text
    for word in (
        "subscribe",
        "list",
        "show",
        "preview",
        "pause",
        "resume",
        "skip",
        "edit",
        "unsubscribe",
        "history",
    ):
        assert word in said


def test_rights_are_those_of_the_moment_a_button_is_pressed(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH, user="bob"), "Save", user="bob")
    asked = digests.typed("edit 1 daily")
    digests.slack.team.user("alice").is_admin = False
    assert "not yours to change" in digests.pressed(asked, "Save").text
    assert digests.kept()[0].weekdays == (0,)


def test_an_edit_of_an_older_version_changes_nothing(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    first, second = digests.typed("edit 1 weekly tue"), digests.typed("edit 1 add Hangzhou")
    assert "is changed" in digests.pressed(first, "Save").text
    assert "Somebody changed that digest" in digests.pressed(second, "Save").text
    assert digests.kept()[0].places == ("g60-corridor",)


@pytest.mark.parametrize(
    "text", ["edit 1 weekly mon", "edit 1 add ports", "edit 1 09:00", "edit 1 Asia/Shanghai"]
)
def test_an_edit_that_changes_nothing_is_refused_in_a_sentence(digests: DigestStage, text: str) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    before = digests.kept()
    assert "Digest 1 is so already, so I changed nothing." in digests.typed(text).text
    assert digests.kept() == before


def test_pause_resume_skip_and_unsubscribe_say_what_comes_next(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    assert "2026, 09:00 Asia/Shanghai is skipped; the next one is Mon" in digests.typed("skip").text
    paused = digests.typed("pause until 2026-12-24")
    assert "First run after it: Mon 28 Dec 2026, 09:00" in paused.text
    assert "runs again" in digests.pressed(paused, "Resume").text
    assert "is ended" in digests.typed("unsubscribe 1").text
    assert digests.kept() == ()


@pytest.mark.parametrize("text", ["pause 1", "resume 1", "skip 1", "unsubscribe 1", "edit 1 daily", "list"])
def test_a_mention_tells_of_a_digest_whoever_asks_alone(digests: DigestStage, text: str) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    told = len(digests.slack.team.ephemerals("general", "alice"))
    said = digests.slack.driver.mention("alice", "general", f"/yrd-digest {text}")
    digests.settle()
    team = digests.slack.team
    assert [post for post in team.replies("general", said.message.ts) if post.by_bot] == []
    assert len(team.ephemerals("general", "alice")) == told + 1


def test_what_runs_is_not_resumed(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    assert digests.typed("resume 1").text.startswith("Digest 1 is running already: weekly")
    assert digests.desk_answer("resume 1", digests.slack.team.user("alice").id).outcome == "refused"


def test_the_same_digest_of_somebody_else_is_not_offered_to_be_changed(digests: DigestStage) -> None:
    asked = digests.typed(WISH, "bob")
    digests.pressed(digests.typed(WISH), "Save")
    said = digests.pressed(asked, "Save", "bob").text
    assert said.startswith("This channel has that digest already, as number 1: Ports and G60")
    assert "changes or shows it" not in said
    assert len(digests.kept()) == 1


def test_a_second_press_of_a_change_says_what_the_first_one_said(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    shown = digests.typed("edit 1 daily")
    _, element = button(shown, "Save")
    for _ in range(2):
        digests.slack.driver.press("alice", shown, element)
        digests.settle()
        assert digests.slack.team.ephemerals("general", "alice")[-1].text.startswith("Digest 1 is changed")


@pytest.mark.parametrize("text", ["subscribe ports facts ፩", "subscribe ports ፩ facts"])
def test_a_number_of_another_script_is_named(digests: DigestStage, text: str) -> None:
    assert digests.typed(f"{text} weekly mon").text.startswith("“፩”")


@pytest.mark.parametrize(
    "text", ["ports weekly,mon 09:00", "ports，Hangzhou weekly，mon", "ports;Hangzhou weekly mon,thu"]
)
def test_commas_may_stand_without_a_space(digests: DigestStage, text: str) -> None:
    assert digests.typed(f"subscribe {text}").text.startswith("Post this digest here? Ports")


@pytest.mark.parametrize("text", ["save ports", "form"])
def test_what_only_buttons_say_is_no_word_to_type(digests: DigestStage, text: str) -> None:
    assert "is nothing I can do with digests" in digests.typed(text).text


def test_history_shows_what_is_planned_and_what_was_skipped(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    digests.typed("skip 1")
    said = digests.typed("history").text
    assert "09:00 Asia/Shanghai: skipped (asked to skip it)" in said
    assert "09:00 Asia/Shanghai: planned" in said


def test_what_asks_slack_nothing_is_answered_in_the_acknowledgement(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    before = len(digests.slack.calls.of_method("users.info"))
    sent = digests.slack.driver.command("alice", "general", "/yrd-digest", "preview ports")
    assert sent.message is not None
    assert "of 9 facts" in sent.message.text
    assert "Share to channel" in labels(sent.message)
    assert len(digests.slack.calls.of_method("users.info")) == before


def test_what_may_ask_slack_for_rights_is_answered_after_the_acknowledgement_and_not_shared(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed(WISH, channel="planning"), "Save")
    for text, expected, offered in (
        ("list", "1: Ports", OFFERED),
        ("show 1", "No digest has been due", OFFERED),
        ("preview 1", "of 15 facts", ["Take in 1 fact on other regions"]),
        ("history 1", "planned", []),
    ):
        sent = digests.slack.driver.command("alice", "general", "/yrd-digest", text)
        assert not sent.reply
        digests.settle()
        said = digests.slack.team.ephemerals("general", "alice")[-1]
        assert expected in said.text
        assert labels(said) == offered


def test_a_test_and_a_preview_take_the_same_words(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    for text in ("1", "#1", "1,", ""):
        assert "of 15 facts" in digests.typed(f"preview {text}").text
        assert "I sent you a test" in digests.typed(f"test {text}").text
    assert "“portss”" in digests.typed("preview portss").text
    assert "“portss”" in digests.typed("test portss").text
    digests.pressed(digests.typed("subscribe tourism daily 9 Asia/Shanghai"), "Save")
    for word, said in (("preview", "The next digest on Tourism"), ("test", "I sent you a test")):
        asked = digests.typed(word)
        assert "Which one?" in asked.text
        assert said in digests.pressed(asked, "2: Tourism, every day").text


def test_an_owner_is_not_told_that_their_digest_is_gone_while_slack_does_not_say(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00", "bob"), "Save", "bob")
    digests.slack.faults.error("users.info", "fatal_error", times=9)
    assert "1: Ports" in digests.typed("show 1", "bob", "delta-news").text
    assert NOT_REACHED in digests.typed("pause 1", "bob", "delta-news").text


def test_a_zone_that_is_named_is_not_asked_for(digests: DigestStage) -> None:
    digests.typed("subscribe ports weekly mon 09:00 Asia/Tokyo")
    assert digests.slack.calls.of_method("users.info") == []
    digests.typed("subscribe ports weekly mon 09:00")
    assert len(digests.slack.calls.of_method("users.info")) == 1


def test_a_digest_is_changed_by_nobody_whom_slack_does_not_call_a_member(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    (kept,) = digests.kept()
    alice = digests.slack.team.user("alice")
    alice.team_id = "T0OTHER"
    for text in (f"pause {kept.id}", f"unsubscribe {kept.id}"):
        assert digests.desk_answer(text, alice.id).headline == NOT_A_MEMBER
    later = replace(kept, at=time(10))
    for wanted in (later, replace(later, id="", version=0)):
        held = StoredDigest.of(wanted)
        assert digests.desk_answer("", alice.id, verb="save", digest=held).headline == NOT_A_MEMBER
    assert digests.kept() == (kept,)
    alice.team_id = ""
    digests.slack.faults.error("users.info", "fatal_error", times=9)
    assert NOT_REACHED in digests.typed(f"pause {kept.id}").text
    assert digests.kept() == (kept,)
