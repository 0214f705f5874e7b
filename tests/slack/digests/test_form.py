"""The form of a digest, as views and submissions of the local Slack."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from bot.render import limits
from bot.render.button_value import decode
from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import fact_renderer
from bot.slack.digests.submission import TOO_LONG
from bot.slack.forms import UNREADABLE
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import END, candidates, fact_key, fact_of
from handlers.stored_digest import StoredDigest
from handlers.subscription import MOST_NAMES
from tests.slack.digest_stage import DigestStage, button, digests, labels
from tests.slack.home.test_ask_box import asked, home
from tests.slack.test_forms import STRANGE, sentence_in

__all__ = ["digests"]

FILLED: dict[str, Any] = {
    "digest_names": ["ports", "hangzhou"],
    "digest_time": "21:30",
    "digest_days": ["0", "3"],
}
WIDER = "Take in 1 fact on other regions"
FOR_ONESELF = "Get it in my direct messages from the start"


def opened(digests: DigestStage, user: str = "alice", channel: str = "general") -> dict[str, Any]:
    digests.slack.driver.command(user, channel, "/yrd-digest")
    return digests.modal(user).body


def held(view: dict[str, Any], name: str) -> Any:
    return next(block["element"] for block in view["blocks"] if block.get("block_id") == name)


def submitted(digests: DigestStage, user: str = "alice", **changed: Any) -> dict[str, Any]:
    sent = digests.slack.driver.submit_view(user, FILLED | changed)
    assert isinstance(sent.reply, dict)
    return sent.reply


def test_without_text_a_form_opens_in_the_persons_own_zone(digests: DigestStage) -> None:
    digests.slack.team.user("bob").tz = "Europe/Berlin"
    view = opened(digests, "bob")
    assert view["title"]["text"] == "New digest"
    assert held(view, "digest_zone")["initial_option"]["value"] == "Europe/Berlin"
    assert held(view, "digest_channel")["initial_conversation"] == digests.slack.team.channel("general").id


def test_a_zone_that_the_menu_lacks_is_offered_all_the_same(digests: DigestStage) -> None:
    digests.slack.team.user("bob").tz = "Pacific/Chatham"
    assert held(opened(digests, "bob"), "digest_zone")["initial_option"]["value"] == "Pacific/Chatham"


def test_the_second_page_shows_the_next_three_runs_and_saves(digests: DigestStage) -> None:
    opened(digests)
    answer = submitted(digests)
    assert answer["response_action"] == "push"
    assert json.dumps(answer["view"]["blocks"]).count("21:30 Asia/Shanghai") == 3
    assert digests.kept() == ()
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.topics, kept.places, kept.weekdays) == (("ports",), ("hangzhou",), (0, 3))
    assert digests.slack.team.modal_of("alice") is None
    assert "Digest 1 is saved" in digests.whispers("general", "alice")[0].text


def test_what_is_wrong_is_said_under_its_field(digests: DigestStage) -> None:
    opened(digests)
    for changed, block, said in (
        ({"digest_names": []}, "digest_names", "at least one topic"),
        ({"digest_days": []}, "digest_days", "Choose at least one day"),
        ({"digest_quiet": "always"}, "digest_quiet", "22:00-07:00"),
        ({"digest_time": None}, "digest_time", "Choose a time"),
        ({"digest_channel": digests.slack.team.channel("random").id}, "digest_channel", "/invite"),
    ):
        answer = submitted(digests, **changed)
        assert answer["response_action"] == "errors"
        assert said in answer["errors"][block]
    assert digests.kept() == ()


def test_a_form_can_send_a_test_before_it_saves(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.slack.driver.click_modal("alice", "digest_test")
    sent = digests.posts(digests.slack.team.im("alice"))
    assert sent[0].text.startswith("Ports and Hangzhou: weekly digest")
    digests.settle()
    assert digests.kept() == ()


def test_settings_open_the_form_as_the_digest_stands_and_change_it(digests: DigestStage) -> None:
    digests.pressed(
        digests.typed("subscribe ports monthly 15 08:00 London facts 7 when empty skip quiet 22:00-06:00"),
        "Save",
    )
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    view = digests.modal().body
    assert view["title"]["text"] == "Edit digest"
    assert held(view, "digest_names")["initial_options"][0]["value"] == "ports"
    assert held(view, "digest_monthday")["initial_option"]["value"] == "15"
    assert held(view, "digest_quiet")["initial_value"] == "22:00-06:00"
    untouched = digests.slack.driver.submit_view("alice", {"digest_names": ["ports", "joint-park"]})
    assert isinstance(untouched.reply, dict)
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.monthday, kept.facts, kept.when_empty, kept.zone) == (15, 7, "quiet", "Europe/London")
    assert (kept.topics, kept.mechanisms) == (("ports",), ("joint-park",))


def test_settings_that_are_sent_as_they_stand_change_nothing(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    before = digests.kept()
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    digests.modal()
    sent = digests.slack.driver.submit_view("alice")
    assert "Digest 1 is so already, so I changed nothing." in json.dumps(sent.reply)
    assert digests.kept() == before


def test_settings_move_a_digest_to_another_channel(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    digests.modal()
    there = digests.slack.team.channel("delta-news").id
    digests.slack.driver.submit_view("alice", {"digest_channel": there})
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.id, kept.channel) == ("1", there)


def test_a_digest_of_direct_messages_stays_there_or_is_moved_by_its_settings(digests: DigestStage) -> None:
    driver, team = digests.slack.driver, digests.slack.team
    asked = driver.direct_message("alice", "/yrd-digest subscribe ports weekly mon 09:00").message
    digests.settle()
    shown = [post for post in team.posts(asked.channel) if post.by_bot][-1]
    driver.click("alice", shown, button(shown, "Save")[1]["action_id"])
    digests.settle()
    general = team.channel("general").id
    for chosen, stands in (("", asked.channel), (general, general)):
        driver.open_home("alice")
        digests.settle()
        driver.click_home("alice", "digest_settings")
        digests.modal()
        driver.submit_view("alice", {"digest_facts": "7"} | ({"digest_channel": chosen} if chosen else {}))
        driver.submit_view("alice")
        digests.settle()
        (kept,) = digests.kept()
        assert (kept.channel, kept.facts) == (stands, 7)
        driver.close_view("alice")


@pytest.mark.parametrize("channel", ["hello world", "c04general1", "C" * 71, "D0123456789"])
def test_a_channel_that_no_menu_offers_is_not_chosen(digests: DigestStage, channel: str) -> None:
    opened(digests)
    said = submitted(digests, digest_channel=channel)
    assert said["errors"] == {"digest_channel": "Choose the channel that the digest is posted to."}


def test_a_change_by_an_admin_leaves_a_digest_its_owner_and_its_pause(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00", "bob"), "Save", "bob")
    digests.typed("pause 1", "bob")
    before = digests.kept()[0]
    digests.pressed(digests.typed("edit 1 facts 3"), "Save")
    (kept,) = digests.kept()
    assert (kept.owner, kept.paused, kept.created_at) == (before.owner, True, before.created_at)
    assert (kept.facts, kept.version) == (3, before.version + 1)


def test_home_shows_my_digest_with_the_next_run_and_its_buttons(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    digests.slack.driver.open_home("alice")
    digests.settle()
    shown = json.dumps(digests.slack.team.homes[digests.slack.team.user("alice").id].body, ensure_ascii=False)
    assert "1: Ports" in shown
    assert "next Mon" in shown
    # Before one was due there is nothing to tell of how they came.
    assert "Reliability" not in shown
    digests.slack.driver.click_home("alice", "digest_pause")
    digests.settle()
    shown = json.dumps(digests.slack.team.homes[digests.slack.team.user("alice").id].body)
    assert "paused" in shown
    assert "Resume" in shown


# What the version before carried.
OLD_PAGE: Final = '{"id": "", "version": 0, "channel": "C1", "text": "ports weekly mon at 09:00"}'


@pytest.mark.parametrize("page", [1, 2])
def test_a_form_of_a_digest_that_cannot_be_read_says_so_and_keeps_what_was_chosen(
    digests: DigestStage, page: int
) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    if page == 2:
        digests.slack.driver.submit_view("alice", FILLED)
    view = digests.modal()
    for metadata in (*STRANGE, "{}", OLD_PAGE):
        view.body["private_metadata"] = metadata
        assert UNREADABLE in sentence_in(digests.slack.driver.submit_view("alice", FILLED)), metadata
        digests.settle()
        assert view.is_open, metadata
        if digests.modal() is not view:
            digests.slack.driver.close_view("alice")
    assert digests.kept() == ()


def test_twenty_of_the_longest_names_fit_into_a_page_and_into_a_button(digests: DigestStage) -> None:
    seeds = digests.base.seeds
    records = sorted(
        (
            record
            for record in (*seeds.topics, *seeds.places, *seeds.mechanisms)
            if digests.base.facts_of(record)
        ),
        key=lambda record: -len(record.slug),
    )
    names = Subjects.sorted(records[:MOST_NAMES])
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    chosen = {
        "digest_names": list(names.slugs),
        "digest_time": "09:00",
        "digest_quiet": "22:00-07:00",
    }
    digests.slack.driver.submit_view("alice", chosen)
    page = digests.modal()
    assert page.body["title"]["text"] == "Check and save"
    assert len(page.body["private_metadata"]) <= limits.VIEW_METADATA // 2
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert Subjects.of(kept) == names
    said = digests.typed("edit 1 facts 10 skip holidays CN zone America/Argentina/Buenos_Aires")
    assert labels(said) == ["Save", "Send a test to me", "Take in 27 facts on other regions", "Cancel"]
    digests.pressed(said, "Save")
    assert digests.kept()[0].facts == 10


def test_what_no_page_can_carry_is_said_under_the_names(
    digests: DigestStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    monkeypatch.setattr(limits, "VIEW_METADATA", 100)
    sent = digests.slack.driver.submit_view("alice", FILLED)
    assert isinstance(sent.reply, dict)
    assert sent.reply["errors"] == {"digest_names": TOO_LONG}


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
    with digests.store.writing() as db:
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


def test_what_was_not_saved_can_be_tried_again(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.slack.faults.stranger("conversations.history", "login_page")
    assert "Slack cannot be reached" in json.dumps(digests.slack.driver.submit_view("alice").reply)
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert digests.kept()[0].topics == ("ports",)


def test_a_form_that_slack_no_longer_opens_is_said(digests: DigestStage) -> None:
    sent = digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    digests.clock.now += 4
    digests.slack.driver.transport.send("slash_commands", sent.payload)
    assert "did not let me open the form" in digests.whispers("general", "alice")[0].text


def _record(digests: DigestStage, at: datetime, facts: Sequence[str]) -> None:
    """Have it on record that digest 1 showed `facts` in its run of that moment."""
    with digests.store.writing() as db:
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


def test_what_a_digest_follows_is_one_field_at_the_top_and_the_rest_stands_under_details(
    digests: DigestStage,
) -> None:
    view = opened(digests)
    ids = [block.get("block_id") for block in view["blocks"] if block["type"] in ("input", "header")]
    assert ids[:6] == ["digest_names", "digest_rhythm", "digest_days", "digest_monthday", "digest_time", "digest_channel"]  # fmt: skip
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"] == ["Details"]
    menu = held(view, "digest_names")
    titles = [group["label"]["text"] for group in menu["option_groups"]]
    assert (titles[0], titles[-1]) == ("Topics", "Mechanisms")
    assert len(titles) > 3
    assert all(len(group["options"]) <= limits.OPTIONS_IN_GROUP for group in menu["option_groups"])
    values = [option["value"] for group in menu["option_groups"] for option in group["options"]]
    assert len(set(values)) == len(values)


def test_a_form_that_was_opened_before_names_were_one_field_is_read(digests: DigestStage) -> None:
    view = opened(digests)
    (block,) = [one for one in view["blocks"] if one.get("block_id") == "digest_names"]
    block["block_id"] = block["element"]["action_id"] = "digest_topics"
    digests.slack.driver.submit_view("alice", {"digest_topics": ["ports"], "digest_days": ["0"]})
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert [kept.topics for kept in digests.kept()] == [("ports",)]


def test_the_days_of_the_week_are_one_menu_that_takes_several(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon,thu"), "Save")
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    menu = held(digests.modal().body, "digest_days")
    assert (menu["type"], menu["max_selected_items"], len(menu["options"])) == ("multi_static_select", 7, 7)
    assert [option["value"] for option in menu["initial_options"]] == ["0", "3"]


def test_the_second_page_says_first_that_there_is_one_on_the_same(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports, hangzhou weekly tue"), "Save")
    opened(digests)
    view = submitted(digests)["view"]
    first = json.dumps(view["blocks"][0])
    assert "Digest 1 is on the same here. Save makes a second one beside it." in first
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert len(digests.kept()) == 2


def test_a_form_asks_before_it_saves_a_second_one_that_was_not_told_of(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.pressed(digests.typed("subscribe ports, hangzhou weekly tue"), "Save")
    asked_again = digests.slack.driver.submit_view("alice").reply
    assert isinstance(asked_again, dict)
    assert asked_again["response_action"] == "update"
    said = json.dumps(asked_again["view"]["blocks"])
    assert "Digest 1 is on the same here since: weekly on Tuesday" in said
    assert "Shall there be a second one?" in said
    assert len(digests.kept()) == 1
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert len(digests.kept()) == 2
