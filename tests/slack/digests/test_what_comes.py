"""What comes next of a digest, and for how long: the same in list, show, form, Home and history, whatever was just done."""

from __future__ import annotations

import json

import pytest

from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import candidates, fact_key
from tests.slack.digest_stage import DigestStage, button, digests, labels

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
        "alice", {"digest_topics": ["ports"], "digest_time": "09:00", "digest_days": ["0", "3"]}
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
    assert labels(proposed) == ["Save", "Send a test to me", "Weekly instead", "Cancel"]
    weekly = digests.pressed(proposed, "Weekly instead")
    assert "Ports, weekly on Monday at 09:00" in weekly.text
    assert "is saved" in digests.pressed(weekly, "Save").text
    assert digests.kept()[0].weekdays == (0,)


def test_a_digest_that_is_through_says_so_and_can_start_over(digests: DigestStage) -> None:
    digests.pressed(digests.typed(DAILY), "Save")
    everything = [f'"{key}"' for key in _keys(digests)]
    with digests.store.writing() as db:
        db.execute(
            "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, not_before,"
            " attempt, claimed_by, since, ts, why, facts, content, thread_ts)"
            " SELECT team_id, subscription, 1, part, channel, label, 'posted', 1, NULL, 1, '', 1, '1.1', '', ?, '', ''"
            " FROM deliveries LIMIT 1",
            [f"[{', '.join(everything)}]"],
        )
    shown = digests.typed("show 1")
    assert "All 9 facts are posted: quiet until one is added or corrected" in shown.text
    assert "None until a fact is added or corrected" in shown.text
    assert "Skip the next run" not in labels(shown)
    assert "All 9 facts are posted" in digests.typed("list").text
    again = digests.pressed(shown, "Start over")
    assert "Digest 1 starts over" in again.text
    assert "9 facts: enough for 3 days" in digests.typed("show 1").text


def _keys(digests: DigestStage) -> list[str]:

    return [fact_key(fact) for fact in candidates(digests.base, Subjects(topics=("ports",)))]


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
