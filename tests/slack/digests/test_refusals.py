"""Why a form of a digest is not taken: every reason there is, on both pages, under the field it is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pytest

from bot.slack.digests import modal
from handlers.digests.hindrance import trouble_text
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import candidates
from handlers.rights import NOT_A_MEMBER, NOT_REACHED
from handlers.subscription import MOST_NAMES
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.digests.test_form import FILLED
from tests.state import raw

__all__ = ["digests"]

Setting = Callable[[DigestStage], dict[str, Any]]


@dataclass(frozen=True)
class Reason:
    """`said` is why; it stands under `block`, on a page of its own for "". `happens` brings it about, and returns
    what is filled in otherwise on the first page."""

    said: str
    block: str
    happens: Setting
    of_a_change: bool = False
    pages: tuple[int, ...] = (1, 2)


def failing(method: str, code: str) -> Setting:
    def happens(digests: DigestStage) -> dict[str, Any]:
        digests.slack.faults.error(method, code, times=9)
        return {}

    return happens


def cut_off(method: str) -> Setting:
    def happens(digests: DigestStage) -> dict[str, Any]:
        digests.slack.faults.stranger(method, "login_page", times=9)
        return {}

    return happens


def elsewhere(digests: DigestStage) -> dict[str, Any]:
    barren = next(
        record.slug
        for record in digests.base.seeds.mechanisms
        if digests.base.facts_of(record) and not candidates(digests.base, Subjects.sorted([record]))
    )
    return {"digest_names": [barren]}


def too_many(digests: DigestStage) -> dict[str, Any]:
    seeds = digests.base.seeds
    return {
        "digest_names": [*(topic.slug for topic in seeds.topics[:MOST_NAMES]), "hangzhou"],
    }


def paused_for_years(digests: DigestStage) -> dict[str, Any]:
    now = digests.clock.moment()
    digests.services.subscriptions.pause(digests.team, "1", now, until=date(now.year + 3, 1, 1))
    return {}


def ended(digests: DigestStage) -> dict[str, Any]:
    digests.services.subscriptions.remove(digests.team, "1", digests.clock.moment())
    return {}


def changed_by_another(digests: DigestStage) -> dict[str, Any]:
    (kept,) = digests.kept()
    digests.services.subscriptions.edit(replace(kept, facts=2), digests.clock.moment())
    return {}


def given_to_bob(digests: DigestStage) -> dict[str, Any]:
    bob = digests.slack.team.user("bob").id
    with raw.changing(digests.store) as db:
        db.execute("UPDATE subscriptions SET owner = ?", [bob])
    digests.slack.team.user("alice").is_admin = False
    return {}


def no_member(digests: DigestStage) -> dict[str, Any]:
    # Of the workspace, so that the door lets her in, and yet none of its people.
    digests.slack.team.user("alice").is_bot = True
    return {}


def carried(**changed: Any) -> Setting:
    """What only a stranger could send: a page that carries something else."""

    def happens(digests: DigestStage) -> dict[str, Any]:
        view = digests.modal()
        held = json.loads(view.body["private_metadata"])
        view.body["private_metadata"] = json.dumps({"digest": held["digest"] | changed})
        return {}

    return happens


REASONS: Final = {
    "bot not in the channel": Reason(trouble_text("absent", "this"), modal.CHANNEL, failing("conversations.history", "not_in_channel")),
    "channel gone": Reason(trouble_text("absent", "this"), modal.CHANNEL, failing("conversations.history", "channel_not_found")),
    "a scope is lacking": Reason(trouble_text("unreadable", "this"), modal.CHANNEL, failing("conversations.history", "missing_scope")),
    "Slack not reached about the channel": Reason(trouble_text("unreachable", "this"), modal.CHANNEL, cut_off("conversations.history")),
    "nothing chosen": Reason("Choose at least one topic", modal.NAMES, lambda digests: {"digest_names": []}, pages=(1,)),
    "nothing carried": Reason("Choose at least one topic", modal.NAMES, carried(topics=[], places=[]), pages=(2,)),
    "too many names": Reason(f"That is {MOST_NAMES + 1} names in all; a digest takes {MOST_NAMES}", modal.NAMES, too_many, pages=(1,)),
    "too many names carried": Reason("That is 21 names in all", modal.NAMES, carried(topics=[f"x{n}" for n in range(20)]), pages=(2,)),
    "a name that is lost": Reason("holds no “atlantis” any more", modal.NAMES, carried(topics=["atlantis"]), pages=(2,)),
    "a name of another sort": Reason("any more", modal.NAMES, carried(topics=["xu-twinning"]), pages=(2,)),
    "facts on other regions alone": Reason("holds nothing to post on", modal.NAMES, elsewhere, pages=(1,)),
    "a zone that is lost": Reason("is no time zone that I know", modal.ZONE, carried(zone="Asia/Atlantis"), pages=(2,)),
    "no run in a year": Reason("No run of that digest would ever come", modal.RHYTHM, paused_for_years, of_a_change=True),
    "ended meanwhile": Reason("Digest 1 was ended on Wed 18 Nov 2026.", "", ended, of_a_change=True),
    "changed meanwhile": Reason("Somebody changed that digest meanwhile", "", changed_by_another, of_a_change=True, pages=(2,)),
    "not theirs": Reason("not yours to change", "", given_to_bob, of_a_change=True),
    "no member any more": Reason(NOT_A_MEMBER, "", no_member, pages=(2,)),
    "the owner is no member any more": Reason(NOT_A_MEMBER, "", no_member, of_a_change=True),
    "Slack not reached about the person": Reason(NOT_REACHED, "", cut_off("users.info"), pages=(2,)),
    "Slack not reached about the owner": Reason(NOT_REACHED, "", cut_off("users.info"), of_a_change=True),
}  # fmt: skip
CASES: Final = [(name, page) for name, reason in REASONS.items() for page in reason.pages]


def opened(digests: DigestStage, *, of_a_change: bool) -> None:
    if of_a_change:
        digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
        digests.slack.driver.open_home("alice")
        digests.settle()
        digests.slack.driver.click_home("alice", "digest_settings")
    else:
        digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()


@pytest.mark.parametrize(("name", "page"), CASES)
def test_a_refusal_stands_under_the_field_that_it_is_about(
    digests: DigestStage, name: str, page: int
) -> None:
    reason = REASONS[name]
    opened(digests, of_a_change=reason.of_a_change)
    form = digests.modal()
    if page == 1:
        changed = reason.happens(digests)
        before = digests.kept()
        sent = digests.slack.driver.submit_view("alice", FILLED | changed)
        assert isinstance(sent.reply, dict)
        if reason.block:
            assert list(sent.reply["errors"]) == [reason.block]
            assert reason.said in sent.reply["errors"][reason.block]
        else:
            assert sent.reply["response_action"] == "push"
            assert reason.said in json.dumps(sent.reply, ensure_ascii=False)
        assert form.is_open
    else:
        digests.slack.driver.submit_view("alice", FILLED)
        assert digests.modal().body["callback_id"] == modal.CONFIRM
        reason.happens(digests)
        before = digests.kept()
        sent = digests.slack.driver.submit_view("alice")
        assert isinstance(sent.reply, dict)
        assert sent.reply["response_action"] == "update"
        shown = json.dumps(sent.reply["view"]["blocks"], ensure_ascii=False)
        assert "Not saved." in shown
        assert reason.said in shown
    digests.settle()
    assert digests.kept() == before


@pytest.mark.parametrize("kept_already", [False, True])
def test_a_second_page_without_a_channel_is_not_saved(digests: DigestStage, kept_already: bool) -> None:
    opened(digests, of_a_change=kept_already)
    digests.slack.driver.submit_view("alice", {"digest_names": ["ports", "hangzhou"]})
    before = digests.kept()
    page = digests.modal().body
    held = json.loads(page["private_metadata"])
    del held["digest"]["channel"]
    page["private_metadata"] = json.dumps(held)
    answer = digests.slack.driver.submit_view("alice").reply
    assert isinstance(answer, dict)
    assert "needs a channel" in json.dumps(answer)
    assert digests.kept() == before


@pytest.mark.parametrize(
    "text",
    [
        "unsubscribe 1 2",
        "skip 1 2",
        "skip 1 x",
        "restart 1 2",
        "show 1 2",
        "history 1 ports",
        "resume 1 2",
    ],
)
def test_words_behind_a_digests_number_are_named_and_nothing_is_done(digests: DigestStage, text: str) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    before = digests.kept()
    said = digests.typed(text)
    assert "is not understood behind a digest's number, so nothing was done" in said.text
    assert digests.kept() == before


@pytest.mark.parametrize("text", ["skip 1 please", "show the digest 1", "skip 1."])
def test_what_says_nothing_more_is_left_out_behind_a_digests_number(digests: DigestStage, text: str) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    assert "is not understood" not in digests.typed(text).text


def test_a_person_is_told_to_be_one(digests: DigestStage) -> None:
    assert "“Liu Liu” is known as a person" in digests.typed("Liu Liu weekly").text
