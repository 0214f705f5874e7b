"""What comes next is asked of digests by whoever has some, and of the base where that was spoken of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import DIGEST, QUESTION, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, DIRECT, OWNER, TEAM, Desk, labels

NEXT = ["next", "what comes next?", "when is the next one?", "what's next", "下一次是什么时候", "接下来呢"]


@pytest.mark.parametrize("said", NEXT)
def test_who_has_a_digest_is_shown_what_comes(desk: Desk, said: str) -> None:
    desk.has("ports")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline).startswith("Digest 1: Ports, weekly on Monday at 09:00")
        assert "Mon 23 Nov 2026, 09:00" in str([section.entries for section in asked.sections])


@pytest.mark.parametrize("said", NEXT)
def test_of_several_the_runs_of_each_are_shown_the_soonest_first(desk: Desk, said: str) -> None:
    desk.has("ports", weekdays=(2,))
    desk.has("hangzhou")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "Next comes digest 2, on Mon 23 Nov 2026, 09:00 Asia/Shanghai."
        assert [str(section.title)[0] for section in asked.sections] == ["2", "1"]
        assert labels(asked) == ["Digest 2: Hangzhou", "Digest 1: Ports"]


@pytest.mark.parametrize(
    "said", ["What comes next in the integration of Hangzhou?", "which city is next to Hangzhou?"]
)
def test_questions_on_the_base_stay_questions(desk: Desk, said: str) -> None:
    desk.has("hangzhou")
    assert "igest" not in str(desk.told(said).headline)


@pytest.mark.parametrize("said", ["next", "what comes next?"])
def test_behind_an_answer_of_the_base_it_is_that_which_goes_on(desk: Desk, said: str) -> None:
    desk.has("ports")
    asked = Request(
        said,
        NOW,
        QUESTION,
        team=TEAM,
        user=OWNER,
        channel=DIRECT,
        earlier=Earlier("Hangzhou"),
        context=("hangzhou",),
    )
    assert "igest 1" not in str(reply(desk.services, asked).headline)


@pytest.mark.parametrize("said", NEXT)
def test_without_a_digest_it_is_no_digest_that_is_meant(desk: Desk, said: str) -> None:
    assert "digest" not in str(desk.told(said).headline)


def test_a_skip_stays_on_its_day_when_its_time_moves(desk: Desk) -> None:
    desk.has("ports")
    desk.typed("skip 1")
    asked = desk.typed("move digest 1 to 10:00")
    changes, runs, _ = asked.sections
    assert "What was skipped stays so: Mon 23 Nov 2026, 10:00 Asia/Shanghai" in [
        str(line) for line in changes.entries
    ]
    assert str(runs.entries[0]).startswith("Mon 30 Nov 2026, 10:00")
    save = asked.choices[0]
    pressed = Request(
        "", NOW, DIGEST, team=TEAM, user=OWNER, channel=CHANNEL, verb="save", digest=save.digest
    )
    reply(desk.services, pressed)
    (section,) = [one for one in desk.typed("show 1").sections if str(one.title).startswith("Next")]
    assert str(section.entries[0]).startswith("Mon 30 Nov 2026, 10:00")
    assert str(section.entries[-1]) == "Skipped: Mon 23 Nov 2026, 10:00 Asia/Shanghai"
    assert (
        str(desk.typed("unskip 1").headline)
        == "The run of Mon 23 Nov 2026, 10:00 Asia/Shanghai comes after all."
    )


def test_a_saved_change_reads_its_digest_once(desk: Desk) -> None:
    desk.has("ports")
    read: list[str] = []
    store = desk.services.subscriptions

    class Counting:
        def __getattr__(self, name: str) -> object:
            if name == "get":
                read.append(name)
            return getattr(store, name)

    asked = desk.typed("move digest 1 to 10:00")
    pressed = Request(
        "", NOW, DIGEST, team=TEAM, user=OWNER, channel=CHANNEL, verb="save", digest=asked.choices[0].digest
    )
    counted = replace(desk.services, subscriptions=Counting())  # type: ignore[arg-type]
    assert reply(counted, pressed).outcome == "done"
    assert len(read) == 1


def test_what_is_on_other_regions_is_taken_in_by_a_button(desk: Desk) -> None:
    desk.has("tourism")
    take = next(
        choice
        for choice in desk.typed("show 1").choices
        if str(choice.label) == "Take in 10 facts on other regions"
    )
    asked = desk.typed(f"edit 1 {take.text}")
    assert "now: With what is about other regions" in str(asked.sections[0].entries)
    assert asked.choices[0].digest is not None
    assert asked.choices[0].digest.is_wide
    assert labels(desk.typed("preview tourism")) == ["Take in 10 facts on other regions"]
    assert str(desk.typed("preview tourism with other regions").headline).endswith("of 17 facts.")


@pytest.mark.parametrize(
    "said",
    [
        "when does the ports digest come next?",
        "when is the next ports digest",
        "when will the ports digest be posted again?",
        "when does digest 1 come out?",
    ],
)
def test_the_runs_of_the_digest_that_is_named_are_shown_and_no_end_is_offered(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline).startswith("Digest 1: Ports, weekly on Monday at 09:00")
        assert "Mon 23 Nov 2026, 09:00" in str([section.entries for section in asked.sections])
        assert not [label for label in labels(asked) if label.startswith("End")]
