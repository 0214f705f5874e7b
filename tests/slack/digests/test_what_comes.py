"""What comes next of a digest, and for how long: the same in list, show, form, Home and history, whatever was just done."""

from __future__ import annotations

import json

import pytest

from handlers.digests.coming import MOST_SKIPPED
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import END, candidates, fact_key
from tests.slack.digest_stage import DigestStage, button, digests, labels
from tests.state import raw

__all__ = ["digests"]

DAILY = "subscribe ports daily 09:00 Asia/Shanghai"


def first_runs(digests: DigestStage) -> dict[str, str]:
    """Which day each surface names as the next run."""
    shown = digests.typed("show 1").text
    proposed = digests.typed("edit 1 quiet 01:00-02:00").text
    digests.slack.driver.open_home("alice")
    digests.settle()
    alice = digests.slack.team.user("alice").id
    home = json.dumps(digests.slack.team.homes[alice].body, ensure_ascii=False)
    history = digests.typed("history 1").text
    planned = next(line for line in history.splitlines() if line.endswith(": planned"))
    return {
        "show": _day(shown.partition("Next three runs")[2]),
        "edit": _day(proposed.partition("Next three runs")[2]),
        "list": _day(digests.typed("list").text.partition("next ")[2]),
        "home": _day(home.partition("next ")[2]),
        "history": _day(planned),
    }


def _day(text: str) -> str:
    before, _, _ = text.lstrip(":•\n ").partition(",")
    return before.strip()


def one(days: dict[str, str]) -> str:
    """The day, which all surfaces agree on."""
    assert len(set(days.values())) == 1, days
    return next(iter(days.values()))


def test_a_run_that_is_skipped_is_named_nowhere_as_the_next(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    before = one(first_runs(digests))
    assert f"The run of {before}" in digests.typed("skip 1").text
    after = one(first_runs(digests))
    assert after != before
    digests.typed("skip 1")
    assert one(first_runs(digests)) not in (before, after)


def test_a_run_that_is_skipped_stays_so_through_an_edit_and_a_pause(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    before = one(first_runs(digests))
    digests.typed("skip 1")
    after = one(first_runs(digests))
    digests.pressed(digests.typed("edit 1 facts 2"), "Save")
    assert one(first_runs(digests)) == after
    digests.typed("pause 1")
    digests.typed("resume 1")
    assert one(first_runs(digests)) == after
    assert f"{before}, 09:00 Asia/Shanghai: skipped" in digests.typed("history 1").text


def home_of(digests: DigestStage) -> str:
    digests.slack.driver.open_home("alice")
    digests.settle()
    alice = digests.slack.team.user("alice").id
    return json.dumps(digests.slack.team.homes[alice].body, ensure_ascii=False)


def form_of(digests: DigestStage) -> str:
    """The first page of the form of digest 1, as its button opens it."""
    shown = digests.typed("show 1")
    block, element = button(shown, "Edit")
    digests.slack.driver.click("alice", shown, element["action_id"], block_id=block["block_id"])
    digests.settle()
    return json.dumps(digests.modal().body, ensure_ascii=False)


def everywhere(digests: DigestStage) -> dict[str, str]:
    """What each surface says of digest 1."""
    return {
        **{text: digests.typed(text).text for text in ("show 1", "list", "history 1")},
        "home": home_of(digests),
        "form": form_of(digests),
    }


def test_what_is_skipped_is_said_everywhere_until_it_is_taken_back(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    run = one(first_runs(digests))
    digests.typed("skip 1")
    for surface, said in everywhere(digests).items():
        assert f"Skipped: {run}" in said, surface
    for text in ("show 1", "list", "history 1"):
        assert "Do not skip it" in labels(digests.typed(text))
    assert "Do not skip it" in home_of(digests)
    assert f"The run of {run}" in digests.pressed(digests.typed("show 1"), "Do not skip it").text
    for surface, said in everywhere(digests).items():
        assert "Skipped: " not in said, surface


def test_that_it_is_paused_is_said_everywhere_until_it_is_resumed(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    digests.typed("pause 1 until 2027-01-15")
    for surface, said in everywhere(digests).items():
        assert "paused until Fri 15 Jan 2027" in said, surface
    digests.typed("pause 1")
    for surface, said in everywhere(digests).items():
        assert "It is paused." in said or "Asia/Shanghai); paused." in said, surface
    assert "Resume" in labels(digests.typed("history 1"))
    digests.typed("resume 1")
    for surface, said in everywhere(digests).items():
        assert "is paused" not in said, surface


def test_history_says_who_changed_what_and_when(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai"), "Save")
    digests.pressed(digests.typed("edit 1 weekly thu 08:00 facts 3"), "Save")
    digests.pressed(digests.typed("edit 1 add talent"), "Save")
    digests.typed("pause 1")
    digests.typed("resume 1")
    _, _, told = digests.typed("history 1").text.partition("Changes, newest first")
    resumed, paused, added, edited = (line for line in told.splitlines() if ", by " in line)
    assert ": resumed, by Alice" in resumed
    assert ": paused, by Alice" in paused
    assert ": changed: Talent added, by Alice" in added
    assert "weekly on Thursday at 08:00 (Asia/Shanghai) instead of weekly on Monday at 09:00" in edited
    assert "now: Up to 3 facts each time; before: Up to 5 facts each time" in edited
    digests.typed("unsubscribe 1")
    assert ": ended, by Alice" in digests.typed("history 1").text
    assert ": taken up again, by Alice" not in digests.typed("history 1").text


def test_a_skip_of_a_day_that_it_no_longer_has_is_no_run_that_comes_after_all(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai"), "Save")
    assert "The run of Mon 23 Nov 2026" in digests.typed("skip 1").text
    digests.pressed(digests.typed("edit 1 weekly thu 08:00"), "Save")
    for surface, said in everywhere(digests).items():
        assert "Skipped" not in said, surface
        assert "Mon 23 Nov" not in said, surface
    assert "No run of digest 1 that is to come is skipped." in digests.typed("unskip 1").text


def test_a_run_that_is_taken_back_while_it_is_paused_does_not_come_after_all(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 Asia/Shanghai"), "Save")
    digests.typed("skip 1")
    digests.typed("pause 1")
    assert (
        "The run of Mon 23 Nov 2026, 09:00 Asia/Shanghai is no longer skipped."
        in digests.typed("unskip 1").text
    )


def test_no_more_runs_are_skipped_ahead_than_are_kept_in_mind(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports daily 09:00 Asia/Shanghai when empty again"), "Save")
    for _ in range(MOST_SKIPPED // 10):
        assert "10 runs are skipped" in digests.typed("skip next 10").text
    after = one({"list": first_runs(digests)["list"]})
    refused = digests.typed("skip 1")
    assert "At most 30 runs of a digest can be skipped ahead, so nothing was skipped." in refused.text
    assert "/yrd-digest pause 1 until 24 Dec" in refused.text
    assert one(first_runs(digests)) == after


def test_a_form_that_changes_nothing_shows_what_it_comes_to_and_says_so(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    form_of(digests)
    digests.slack.driver.submit_view("alice", {})
    page = digests.modal().body
    said = json.dumps(page)
    assert "Digest 1 is so already, so I changed nothing." in said
    assert "Next three runs" in said
    assert not page.get("submit")


def test_home_says_of_a_digest_of_direct_messages_that_it_is_one(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    digests.pressed(digests.typed("mine 1", user="alice"), "Save")
    digests.typed("unsubscribe 1")
    assert "in our direct messages" in home_of(digests)


def test_how_long_the_facts_last_is_said_before_and_after_saving(digests: DigestStage) -> None:
    proposed = digests.typed(DAILY)
    assert "9 facts: enough for 3 days, until " in proposed.text
    until = _day(proposed.text.partition("until ")[2].replace("\n", ","))
    saved = digests.pressed(proposed, "Save")
    assert f"enough for 3 days, until {until}" in saved.text
    for text in ("show 1", "list", "preview 1"):
        assert f"9 facts: enough for 3 days, until {until}" in digests.typed(text).text
    digests.typed("skip 1")
    assert f"until {until}" not in digests.typed("show 1").text


def test_the_form_says_how_long_the_facts_last(digests: DigestStage) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    digests.slack.driver.submit_view(
        "alice", {"digest_names": ["ports"], "digest_time": "09:00", "digest_days": ["0", "3"]}
    )
    assert "9 facts: enough for 2 digests, until " in json.dumps(digests.modal().body)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("subscribe ports weekly mon", "2 weeks"),
        ("subscribe ports monthly 31", "2 months"),
        ("subscribe ports weekdays", "3 digests"),
        ("subscribe twinning cooperation monthly 1 facts 2", " months"),
    ],
)
def test_how_long_is_told_in_the_words_of_the_rhythm(digests: DigestStage, text: str, span: str) -> None:
    assert span in digests.typed(text).text


def test_a_daily_digest_that_is_soon_told_can_be_weekly_instead(digests: DigestStage) -> None:
    proposed = digests.typed(DAILY)
    assert labels(proposed) == [
        "Save",
        "Send a test to me",
        "Weekly instead",
        "Take in 1 fact on other regions",
        "Cancel",
    ]
    weekly = digests.pressed(proposed, "Weekly instead")
    assert "Ports, weekly on Monday at 09:00" in weekly.text
    assert "is saved" in digests.pressed(weekly, "Save").text
    assert digests.kept()[0].weekdays == (0,)


def _tell_all(digests: DigestStage, *beside: str) -> None:
    """Have everything on ports told, and with END that this was the last."""
    told = [fact_key(fact) for fact in candidates(digests.base, Subjects(topics=("ports",)))]
    with raw.changing(digests.store) as db:
        db.execute(
            "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, not_before,"
            " attempt, claimed_by, since, ts, why, facts, content, thread_ts)"
            " SELECT team_id, subscription, 1, part, channel, label, 'posted', 1, NULL, 1, '', 1, '1.1', '', ?, '', ''"
            " FROM deliveries LIMIT 1",
            [json.dumps([*told, *beside])],
        )


def test_a_digest_that_is_through_says_so_and_can_start_over(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    _tell_all(digests, END)
    shown = digests.typed("show 1")
    assert "All 9 facts are posted: quiet until one is added or corrected" in shown.text
    assert "None until a fact is added or corrected" in shown.text
    assert "Skip the next run" not in labels(shown)
    assert "All 9 facts are posted" in digests.typed("list").text
    again = digests.pressed(shown, "Start over")
    assert "Digest 1 starts over" in again.text
    assert "9 facts: enough for 3 days" in digests.typed("show 1").text


def test_what_will_be_quiet_is_planned_nowhere(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    _tell_all(digests, END)
    history = digests.typed("history 1").text
    assert "09:00 Asia/Shanghai: quiet, unless a fact is added or corrected before it" in history
    assert ": planned" not in history
    assert "Digest 1 has no run to skip." in digests.typed("skip 1").text
    paused = digests.typed("pause 1 until 2027-01-15").text
    assert "First run" not in paused
    assert "quiet until one is added or corrected" in paused


def test_a_run_that_will_say_that_all_is_posted_is_named_as_the_last(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    _tell_all(digests)
    shown = digests.typed("show 1").text.partition("Next three runs")[2]
    first, then, *_ = shown.strip(":\n").splitlines()
    assert first.endswith("09:00 Asia/Shanghai")
    assert then.endswith("Then none until a fact is added or corrected")


def test_runs_after_the_last_fact_are_not_named(digests: DigestStage) -> None:
    proposed = digests.typed("subscribe ports weekly mon facts 5").text
    runs = proposed.partition("Next three runs")[2].partition("What it does")[0].strip(":\n").splitlines()
    assert [line.lstrip("• ")[:3] for line in runs] == ["Mon", "Mon", "The"]
    again = digests.typed("subscribe ports weekly mon facts 5 when empty again").text
    assert "Then none" not in again


NIGHTLY = "subscribe ports daily 23:30 Asia/Shanghai quiet 22:00-07:00"


def test_runs_are_told_at_the_end_of_quiet_hours_in_which_they_are_due(digests: DigestStage) -> None:
    proposed = digests.typed(NIGHTLY)
    said = "07:00 Asia/Shanghai (due at 23:30, in quiet hours)"
    assert proposed.text.count(said) == 3
    digests.pressed(proposed, "Save")
    for text in ("show 1", "list", "history 1"):
        assert said in digests.typed(text).text
    digests.slack.driver.open_home("alice")
    digests.settle()
    home = digests.slack.team.homes[digests.slack.team.user("alice").id].body
    assert said in json.dumps(home)
    assert said in digests.typed("skip 1").text


def test_a_run_that_waits_for_the_end_of_quiet_hours_is_the_next_and_can_be_skipped(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed(NIGHTLY), "Save")
    before = _day(digests.typed("list").text.partition("next ")[2])
    digests.clock.now += 4 * 3600
    assert _day(digests.typed("list").text.partition("next ")[2]) == before
    assert f"The run of {before}, 07:00" in digests.typed("skip 1").text
    assert _day(digests.typed("list").text.partition("next ")[2]) != before


@pytest.mark.parametrize(
    ("text", "said", "offered"),
    [
        ("ports weekly monday 9:00", "Ports, weekly on Monday at 09:00", "Save"),
        ("hangzou", "Did you mean this one?", "Hangzhou (place)"),
        ("subscrbe ports", "“subscrbe” is nothing I can do with digests.", "subscribe ports"),
        ("pase 1", "“pase” is nothing I can do with digests.", "pause 1"),
        ("ports monthly monday", "Which one of the month?", "first monday"),
        ("ports fifth friday", "not every month has a fifth", "last friday"),
    ],
)
def test_wrong_words_get_what_was_probably_meant_as_a_button(
    digests: DigestStage, text: str, said: str, offered: str
) -> None:
    told = digests.typed(text)
    assert said in told.text
    assert told.text.count("Did you mean") <= 1
    assert button(told, offered)


def test_a_number_alone_shows_the_digest(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    assert digests.typed("1").text.startswith("Digest 1: Ports, every day")
