"""The buttons under posts of digests, of today and of before: votes, settings, what readers get and what owners may."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.render.button_value import decode
from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import fact_renderer
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import END, candidates, fact_key, fact_of
from handlers.stored_digest import StoredDigest
from tests.slack.digest_stage import DigestStage, button, digests, labels
from tests.slack.digests.test_form import held
from tests.slack.home.test_ask_box import asked, home
from tests.state import raw

__all__ = ["digests"]

WIDER = "Take in 1 fact on other regions"
FOR_ONESELF = "Get it in my direct messages from the start"


def test_people_vote_once_and_owners_read_it(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    votes = (("alice", "Helpful", "1 time", "0 times"), ("bob", "Not helpful", "1 time", "1 time"),
             ("bob", "Helpful", "2 times", "0 times"))  # fmt: skip
    for user, label, helpful, unhelpful in votes:
        assert "Thank you" in digests.pressed(posted, label, user).text
        assert f"Found helpful {helpful}, not helpful {unhelpful}." in digests.typed("show 1").text


def test_a_vote_on_a_digest_counts_for_each_fact_it_showed(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    with raw.changing(digests.store) as db:
        db.execute(
            "UPDATE deliveries SET state = 'posted', ts = ?, facts = ? WHERE subscription = '1'",
            [posted.ts, '["xu-twinning-001@aaaaaaaa", "xu-twinning-002@bbbbbbbb"]'],
        )
    digests.pressed(posted, "Not helpful", "bob")
    for fact in ("xu-twinning-001", "xu-twinning-002"):
        assert digests.services.feedback.votes(digests.team, f"fact:{fact}").unhelpful == 1


def test_the_settings_under_a_post_are_for_whoever_presses_it(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    readers = digests.pressed(posted, "Digest settings", "bob")
    assert "set it up" in readers.text
    assert "What next?" in readers.text
    assert labels(readers) == [FOR_ONESELF]
    owners = digests.pressed(posted, "Digest settings")
    assert labels(owners) == ["Edit", "Pause", "Skip the next run", WIDER, "End it"]
    assert "is paused" in digests.pressed(owners, "Pause").text
    assert digests.kept()[0].paused


def test_what_is_on_other_regions_is_taken_in_under_the_last_post_for_whoever_presses_it(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 facts 10"), "Save")
    (kept,) = digests.kept()
    pool = tuple(candidates(digests.base, Subjects.of(kept)))
    composer = Composer(digests.base, fact_renderer(digests.base))
    last = composer(kept, tuple(map(fact_key, pool[:-1])), digests.clock.moment())
    posted = digests.slack.team.post(
        "general", digests.slack.workspace.identity.bot_user, last.text, blocks=list(last.blocks)
    )
    readers = digests.pressed(posted, WIDER, "bob")
    assert labels(readers) == [FOR_ONESELF]
    proposed = digests.pressed(posted, WIDER)
    assert "Change digest 1?" in proposed.text
    digests.pressed(proposed, "Save")
    assert digests.kept()[0].is_wide


def test_a_change_typed_in_a_channel_keeps_what_was_asked_on_home(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    asked(digests, "Huainan")
    digests.slack.driver.close_view("alice")
    for change in ("pause 1", "resume 1", "skip 1"):
        digests.typed(change)
        digests.settle()
        assert "Huainan" in recent_on(digests)
    digests.slack.driver.open_home("alice")
    digests.settle()
    assert "Skipped" in home(digests)
    assert "Huainan" in recent_on(digests)


def recent_on(digests: DigestStage) -> str:
    """What Home carries as asked on it."""
    view = digests.slack.team.homes[digests.slack.team.user("alice").id].body
    return str(view["private_metadata"])


def test_a_reader_gets_the_same_digest_in_direct_messages(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    offered = digests.pressed(digests.pressed(_posted(digests), "Digest settings", "bob"), FOR_ONESELF, "bob")
    assert "Post this digest in our direct messages? Ports, weekly on Monday at 09:00" in offered.text
    assert "Digest 2 is saved" in digests.pressed(offered, "Save", "bob").text
    (_, theirs) = digests.kept()
    assert (theirs.owner, theirs.channel) == (
        digests.slack.team.user("bob").id,
        digests.slack.team.im("bob").id,
    )


def test_edit_under_a_post_opens_the_form_of_its_owner(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports last friday 09:00"), "Save")
    owners = digests.pressed(_posted(digests), "Digest settings")
    block, element = button(owners, "Edit")
    digests.slack.driver.click("alice", owners, element["action_id"], block_id=block["block_id"])
    view = digests.modal()
    assert view.body["title"]["text"] == "Edit digest"
    assert held(view.body, "digest_monthday")["initial_option"]["text"]["text"] == "Last Friday"
    digests.slack.driver.submit_view("alice", {"digest_monthday": "1 w"})
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.weekdays, kept.monthday, kept.monthweek) == ((0, 1, 2, 3, 4), None, 1)


@pytest.mark.parametrize(
    "action", ["digest_restart", "digest_pause", "digest_resume", "digest_settings", "digest_options"]
)
def test_a_button_of_the_owner_shows_a_reader_what_they_may_have(digests: DigestStage, action: str) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    before = digests.kept()
    # Those of an older version stood under every post.
    element = {"type": "button", "action_id": action, "value": "1 2026-11-23T09:00"}
    digests.slack.driver.press("bob", posted, element)
    digests.settle()
    said = digests.slack.team.ephemerals("general", "bob")[-1]
    assert said.text.startswith("Digest 1: Ports, weekly on Monday")
    assert "Alice Chen set it up" in said.text
    assert labels(said) == [FOR_ONESELF]
    assert digests.kept() == before
    assert "Post this digest in our direct messages?" in digests.pressed(said, FOR_ONESELF, "bob").text


def test_what_a_reader_types_to_change_a_digest_is_refused_with_what_they_may_have(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    for text in ("restart 1", "pause 1", "skip 1", "edit 1 daily"):
        said = digests.typed(text, user="bob")
        assert "not yours to change" in said.text
        assert "You can ask" not in said.text
        assert labels(said) == [FOR_ONESELF]


def test_the_buttons_under_a_post_of_a_digest_that_was_ended_say_so(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    digests.typed("unsubscribe 1")
    said = digests.pressed(posted, "Digest settings", "bob")
    assert "Digest 1 was ended on Wed 18 Nov 2026." in said.text
    assert labels(said) == ["History of digest 1", FOR_ONESELF]
    assert labels(digests.pressed(posted, "Digest settings")) == ["History of digest 1", "Take it up again"]


def test_the_last_post_offers_what_else_to_follow_and_its_owner_to_start_over(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00 facts 10"), "Save")
    posted = _posted(digests)
    assert "That was the last of 9 facts on Ports." in json.dumps(posted.blocks)
    follow = next(label for label in labels(posted) if label.startswith("Follow "))
    offered = digests.pressed(posted, follow, "bob")
    assert (
        f"Post this digest here? {follow.removeprefix('Follow ')}, weekly on Monday at 09:00" in offered.text
    )
    # A button that only its owner may press stands in no post that all read.
    assert "Start over" not in labels(posted)
    assert labels(digests.pressed(posted, "Digest settings", "bob")) == [FOR_ONESELF]
    everything = [fact_key(fact) for fact in candidates(digests.base, Subjects(topics=("ports",)))]
    _record(digests, digests.clock.moment(), (*everything, END))
    settings = digests.pressed(posted, "Digest settings")
    assert "Digest 1 starts over" in digests.pressed(settings, "Start over").text
    assert digests.kept()[0].round_since == digests.clock.moment()


def test_more_offers_nothing_that_stands_above_it(digests: DigestStage) -> None:
    """Under the first post of a digest, which has gone on since, and under a test."""
    digests.pressed(digests.typed("subscribe ports daily 09:00 facts 3"), "Save")
    (kept,) = digests.kept()
    compose = Composer(digests.base, fact_renderer(digests.base))
    posted: tuple[str, ...] = ()
    posts: list[Digest] = []
    for day in range(3):
        at = digests.clock.moment() + timedelta(days=day)
        post = compose(kept, posted, at)
        posted += post.fact_ids
        posts.append(post)
        _record(digests, at, post.fact_ids)
    for post in posts:
        above = {fact_of(key) for key in post.fact_ids} - {""}
        asked = decode(_value(post.blocks, "digest_more"))
        assert asked is not None
        offered: set[str] = set()
        for page in (1, 2):
            answer = digests.desk_answer(
                asked.text, kept.owner, verb=asked.verb, target=asked.target, page=page
            )
            offered |= {line.fact.id for line in answer.lines}
        assert offered
        assert not offered & above
        assert len(offered | above) == 9


def test_more_pages_through_what_the_digest_is_about_and_can_be_shared(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    more = digests.pressed(_posted(digests), "More on this", "bob")
    assert more.text.startswith("More on Ports.")
    assert "Page 1 of 2" in more.text
    assert {"More", "Share to channel"} <= set(labels(more))


def test_buttons_of_digests_posted_by_the_first_version_still_work(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    more = json.dumps({"command": "/yrd-digest", "text": "more 1", "page": 1, "version": ""})
    for action, value, said in (
        ("digest_more", more, "More on Ports."),
        ("digest_helpful", "1 2026-11-23T09:00", "Thank you."),
        ("digest_unhelpful", "1", "Thank you."),
        ("digest_pause", "1 2026-11-23T09:00", "Digest 1 is paused"),
        ("digest_resume", "1", "Digest 1 runs again"),
        ("digest_history", "1", "Digest 1:"),
    ):
        element = {"type": "button", "action_id": action, "value": value}
        digests.slack.driver.press("alice", posted, element)
        digests.settle()
        assert said in digests.slack.team.ephemerals("general", "alice")[-1].text, action
    votes = digests.services.feedback.votes(digests.team, "digest:1:")
    assert (votes.helpful, votes.unhelpful) == (1, 1)


def test_a_made_up_button_gets_a_sentence(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    posted = _posted(digests)
    for action, value in (
        ("digest_pause", "1 or 1=1"),
        ("digest_nothing", "1"),
        ("digest_more", "{}"),
        ("digest_pause", '{"command": "/yrd-digest", "target": {"id": "ports"}}'),
        ("digest_helpful", '{"command": "/yrd-digest", "target": {"id": "1"}, "text": "now"}'),
        ("digest_settings", '{"command": "/yrd-city", "target": {"id": "1"}}'),
    ):
        element = {"type": "button", "action_id": action, "value": value}
        digests.slack.driver.press("alice", posted, element)
        digests.settle()
        assert "no longer does anything" in digests.slack.team.ephemerals("general", "alice")[-1].text
    assert not digests.kept()[0].paused


def test_a_made_up_choice_changes_nothing_and_gets_a_sentence(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    (kept,) = digests.kept()
    held = json.loads(StoredDigest.of(kept).model_dump_json())
    posted = _posted(digests)
    for verb, digest, said in (
        ("save", None, "is of an older version of me"),
        ("save", held | {"id": "7"}, "There is no digest 7 here."),
        ("save", held | {"topics": ["atlantis"]}, "holds no “atlantis” any more"),
        ("save", held | {"version": 9}, "Somebody changed that digest meanwhile"),
        ("save", held | {"at": "25:00"}, "no longer does anything"),
        ("save", held | {"monthday": 3}, "no longer does anything"),
        ("save", held | {"weekdays": [0, 0, 0]}, "name each day of the week once"),
        ("save", held | {"at": "09:00:30.5"}, "Times are of whole minutes"),
        ("save", held | {"quiet": ["09:00", "09:00"]}, "Quiet hours begin at one time"),
        ("save", held | {"skip_holidays": "XX"}, "public holidays of CN alone"),
        ("test", held | {"zone": "Asia/Atlantis"}, "is no time zone that I know"),
        ("save", held | {"id": "", "topics": ["ports", "ports"]}, "each topic, place and mechanism once"),
        ("save", held | {"id": "", "topics": [], "places": ["ports"]}, "and as what it is"),
        ("", held, "is nothing I can do with digests"),
        ("steal", held, "no longer does anything"),
    ):
        value = json.dumps({"command": "/yrd-digest", "verb": verb, "digest": digest})
        element = {"type": "button", "action_id": "choice:0", "value": value}
        digests.slack.driver.press("alice", posted, element)
        digests.settle()
        assert said in digests.slack.team.ephemerals("general", "alice")[-1].text, (verb, digest)
    assert digests.kept() == (kept,)


def _record(digests: DigestStage, at: datetime, facts: Sequence[str]) -> None:
    """Have it on record that digest 1 showed `facts` in its run of that moment."""
    with raw.changing(digests.store) as db:
        db.execute(
            "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, attempt, claimed_by,"
            " since, ts, why, facts, content, thread_ts)"
            " SELECT team_id, subscription, :at, part, channel, label, 'posted', :at, 1, '', :at, '1.1', '', :facts, '', ''"
            " FROM deliveries LIMIT 1",
            {"at": int(at.timestamp()), "facts": json.dumps(facts)},
        )


def _value(blocks: Sequence[dict[str, Any]], action: str) -> str:
    elements = (element for block in blocks for element in block.get("elements", ()))
    return next(str(one["value"]) for one in elements if one.get("action_id") == action)


def _posted(digests: DigestStage) -> Any:
    """The digest as it would stand in the channel."""
    (kept,) = digests.kept()
    digest = Composer(digests.base, fact_renderer(digests.base))(kept, (), digests.clock.moment())
    me = digests.slack.workspace.identity.bot_user
    posted = digests.slack.team.post("general", me, digest.text, blocks=list(digest.blocks))
    assert button(posted, "Digest settings")
    return posted
