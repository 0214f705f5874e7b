"""What was saved has buttons for what comes next; of two proposals on the same the second asks before it is saved as well."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import DIGEST, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, OWNER, TEAM, Desk, labels


def pressed(desk: Desk, answer: Answer, label: str) -> Answer:
    choice = next(one for one in answer.choices if str(one.label) == label)
    request = Request(
        choice.text, NOW, DIGEST, team=TEAM, user=OWNER, channel=CHANNEL, verb=choice.verb, target=choice.target,
        digest=choice.digest,
    )  # fmt: skip
    return reply(desk.services, request)


def test_a_saved_digest_is_looked_at_changed_and_ended_by_buttons(desk: Desk) -> None:
    saved = pressed(desk, desk.typed("subscribe ports weekly mon"), "Save")
    assert labels(saved) == ["Preview", "Edit", "End it"]
    assert saved.notes == ()
    assert str(pressed(desk, saved, "Preview").headline).startswith("The next digest on Ports")
    pressed(desk, saved, "End it")
    assert desk.kept() == ()


def test_a_change_is_undone_by_a_button(desk: Desk) -> None:
    desk.has("ports")
    (before,) = desk.kept()
    changed = pressed(desk, desk.typed("edit 1 add Hangzhou, weekly tue"), "Save")
    assert labels(changed) == ["Preview", "Edit", "Undo the change"]
    pressed(desk, changed, "Undo the change")
    (after,) = desk.kept()
    assert (after.places, after.weekdays) == (before.places, before.weekdays)


def test_an_older_proposal_on_the_same_asks_before_there_are_two(desk: Desk) -> None:
    older = desk.typed("subscribe ports weekly fri")
    pressed(desk, desk.typed("subscribe ports weekly mon"), "Save")
    asked = pressed(desk, older, "Save")
    assert str(asked.headline).startswith("Digest 1 is on the same here since: weekly on Monday")
    assert labels(asked) == ["Save this one as well", "Change digest 1 to this", "Show it", "Cancel"]
    assert len(desk.kept()) == 1
    pressed(desk, asked, "Change digest 1 to this")
    assert [kept.weekdays for kept in desk.kept()] == [(4,)]


def test_both_are_had_where_that_is_meant(desk: Desk) -> None:
    older = desk.typed("subscribe ports weekly fri")
    pressed(desk, desk.typed("subscribe ports weekly mon"), "Save")
    pressed(desk, pressed(desk, older, "Save"), "Save this one as well")
    assert len(desk.kept()) == 2


def test_of_a_proposal_that_told_of_the_other_it_is_not_asked_again(desk: Desk) -> None:
    desk.has("ports")
    assert str(pressed(desk, desk.typed("subscribe ports weekly fri"), "Save").headline).startswith(
        "Digest 2 is saved"
    )
