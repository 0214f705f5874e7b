"""A team curates its own facts through the local Slack: whole payloads, real stores, the real fact base."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.jobs import remind
from bot.render.button_value import decode
from bot.slack.forms import UNREADABLE
from bot.state.contributions import StoredContributions
from bot.state.notices import StoredNotices
from bot.state.store import Store
from handlers.answer import Answer
from handlers.contribution import CurationEvent
from handlers.draft import Draft
from handlers.reply import reply
from handlers.request import Request
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, services_over, team, told
from tests.slack.digest_stage import button, labels

__all__ = ["team"]


def test_a_proposal_answers_only_after_somebody_else_approved_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    assert "team-001" not in team.typed("joint harbour office Ningbo Hefei", "bob").text
    card = team.card("carol")
    assert STATEMENT in str(card.blocks)
    team.pressed(card, "Approve", "carol")
    answer = team.typed("joint harbour office Ningbo Hefei", "bob").text
    assert STATEMENT in answer
    assert "The team’s own: proposed by Bob Li, approved by Carol Wu" in answer
    assert "Harbour news, 2026-05-04, https://example.org/news/harbour" in answer
    assert "Carol Wu approved your proposal 1" in team.card("bob").text


def test_nobody_approves_their_own_words(team: CurationStage) -> None:
    team.appointed("bob", "carol")
    team.proposed("bob")
    said = team.typed("review 1 approve", "bob").text
    assert "Nobody approves their own" in said
    assert "team-001" not in team.typed("fact team-001", "alice").text.split("No fact")[0]


def test_readers_approve_nothing(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    assert "Only curators" in team.typed("review 1 approve", "alice").text


def test_only_admins_appoint_curators(team: CurationStage) -> None:
    assert "Only admins" in team.typed("admin curators add @carol", "bob").text
    assert "Carol Wu is now a curator" in team.typed("admin curators add @carol", "alice").text
    assert "Carol Wu" in team.typed("admin curators list", "bob").text
    assert "no longer a curator" in team.typed("admin curators remove @carol", "alice").text
    assert "Nobody is a curator" in team.typed("admin curators", "bob").text


def test_of_two_reviewers_one_wins_and_the_other_is_told(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    hers, his = team.card("alice"), team.card("carol")
    late = dict(button(his, "Approve")[1])
    team.pressed(hers, "Approve", "alice")
    team.slack.driver.press("carol", his, late)
    assert "is approved. Alice Chen was first" in team.card("carol").text
    events = [event.kind for event in StoredContributions(team.store).events(team.team_id)]
    assert events.count("approved") == 1


def test_a_rejection_needs_a_reason_and_the_proposer_hears_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Reject", "carol")
    assert team.modal("carol").body["title"]["text"] == "Reject proposal 1"
    team.slack.driver.submit_view("carol", {"p_why": "The page says June."})
    team.settle()
    assert "Carol Wu rejected your proposal 1: The page says June." in team.card("bob").text


def test_what_a_reviewer_edited_somebody_else_approves(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Edit", "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_statement": STATEMENT.replace("May", "early May")})
    team.settle()
    assert "Nobody approves their own" in team.typed("review 1 approve", "carol").text
    team.pressed(team.card("bob"), "Approve", "bob")
    assert "early May 2026" in team.typed("fact team-001", "alice").text


ELEVEN: Final = "Ningbo, Hefei, Wuhu, Huainan, Minhang, Xuzhou, Nanjing, Wuxi, Jiaxing, Wenzhou, Chuzhou"


def test_a_citation_is_compulsory(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    sent = team.filled("bob", FILLED | {"p_source": "", "p_words": "two words"})
    assert set(sent.reply["errors"]) == {"p_source", "p_words"}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"p_names": "Hangzou"}, "p_names", "Hangzhou stands there now"),
        ({"p_names": "Zhangzhou"}, "p_names", "outside the base"),
        ({"p_statement": "It opened a joint harbour office."}, "p_statement", "opens with"),
        ({"p_figures": "12 | billion yuan | 2024 | trade"}, "p_figures", "does not stand in the statement"),
        ({"p_figures": "a lot"}, "p_figures", "value | unit | year"),
        ({"p_figures": "5 | km | 2024 | length"}, "p_figures", "5 km does not stand in the statement."),
        ({"p_figures": "nan | km | 2024 | length"}, "p_figures", "A figure is a number."),
        ({"p_figures": "5 | km | 99999 | length"}, "p_figures", "The year of a figure has four digits"),
        ({"p_figures": "5 | km | -3 | length"}, "p_figures", "The year of a figure has four digits"),
        ({"p_date": "2026-13-40"}, "p_date", "Write a year, a month or a day"),
        ({"p_date": "2026-99"}, "p_date", "Write a year, a month or a day"),
        ({"p_published": "2025-02-29"}, "p_published", "Write a year, a month or a day"),
        ({"p_date": "last year"}, "p_date", "Write a year, a month or a day"),
        ({"p_stance": "claimed"}, "p_speaker", "The speaker is missing: who claims it?"),
        ({"p_source": "javascript:alert(1)"}, "p_source", "no web address"),
        ({"p_source": "https://a:b@example.org/x"}, "p_source", "holds no name, password or spaces"),
        ({"p_names": "ports"}, "p_names", "“ports” is a topic: choose it under Topics."),
        ({"p_names": ELEVEN}, "p_names", "10 names at most"),
        ({"p_figures": "1 | km | 2024 | x\n" * 7}, "p_figures", "6 figures at most"),
        ({"p_source": "cao-layout"}, "p_source", "Which paragraph of Cao, undated?"),
        ({"p_source": "para 3"}, "p_source", "Of which document?"),
        ({"p_source": "Cao, para 9999"}, "p_source", "Cao, undated has no paragraph 9999"),
        ({"p_words": "一二"}, "p_words", "six to sixteen characters"),
    ],
)
def test_a_proposal_is_checked_as_seeds_are(
    team: CurationStage, changes: dict[str, str], field: str, said: str
) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    sent = team.filled("bob", FILLED | changes)
    assert said in told(sent)
    assert not re.search(r"[?.]\.[\"<]", told(sent))


def test_a_fact_may_be_told_and_quoted_in_chinese(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    chinese = {"p_statement": "宁波和合肥于2026年5月设立了联合港口办公室", "p_words": "宁波和合肥设立办公室"}
    team.filled("bob", FILLED | chinese)
    team.settle()
    assert "Proposal 1 waits" in team.whispers("general", "bob")[-1].text


def test_the_reason_of_a_correction_stands_in_its_form_and_is_kept_when_it_is_edited(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    for why, text in (("It is June.", "fact xu-twinning-039 correct"), ("It is July.", "review 1 edit")):
        team.slack.driver.command("carol", "general", "/yrd", text)
        view = team.modal("carol").body
        assert text.startswith("fact") or "It is June." in str(view["blocks"])
        team.filled("carol", FILLED | {"p_why": why, "p_statement": f"{STATEMENT} {why}"})
        team.settle()
        if team.slack.team.modal_of("carol"):
            team.slack.driver.submit_view("carol")
            team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).contributions.values()
    assert kept.reason == "It is July."


@pytest.mark.parametrize(
    ("carried", "said"),
    [
        ({"supersedes": "nope-001"}, "does not stand any longer"),
        ({"supersedes": "team-001"}, "does not stand any longer"),
        ({"supersedes": "../ X"}, UNREADABLE),
        ({"region": "mars"}, UNREADABLE),
    ],
    ids=str,
)
@pytest.mark.parametrize("opened", ["Suggest a correction", "Wrong or outdated"])
def test_what_no_form_carries_is_refused(
    team: CurationStage, carried: dict[str, str], said: str, opened: str
) -> None:
    team.pressed(team.typed("fact xu-twinning-039", "bob"), opened, "bob")
    view = team.modal("bob")
    view.body["private_metadata"] = json.dumps(json.loads(view.body["private_metadata"]) | carried)
    sent = team.slack.driver.submit_view("bob", {**FILLED, "p_why": "x"})
    assert said in told(sent)
    assert team.typed("review", "alice").text.count("Proposal") == 0


@pytest.mark.parametrize("number", [1, 2])
def test_a_proposal_of_what_is_no_fact_is_not_approved(team: CurationStage, number: int) -> None:
    team.appointed("carol")
    at = team.clock.moment()
    forged = Draft(supersedes=f"team-00{number}", withdraws=True).encode()
    event = CurationEvent("p:1", "proposed", team.slack.team.user("bob").id, "Bob", at, "", forged)
    StoredContributions(team.store).record(team.team_id, lambda events: event)
    said = team.typed("review 1 approve", "carol").text
    assert said.startswith("The fact that it would replace does not stand any longer.")


def test_near_duplicates_are_shown_before_sending(team: CurationStage) -> None:
    known = team.base.facts[200]
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    team.filled("bob", FILLED | {"p_statement": known.statement, "p_stance": "reported"})
    page = team.modal("bob")
    assert page.body["title"]["text"] == "Before you send it"
    assert known.statement[:60] in str(page.body["blocks"])
    assert known.id not in str(page.body["blocks"])
    team.slack.driver.submit_view("bob")
    team.settle()
    assert "Proposal 1 waits" in team.whispers("general", "bob")[-1].text


def test_a_message_is_saved_as_a_fact_with_its_link(team: CurationStage) -> None:
    team.appointed("carol")
    said = team.slack.driver.say("alice", "general", STATEMENT)
    team.slack.driver.shortcut("bob", said.message, "save_as_fact")
    blocks = str(team.modal("bob").body["blocks"])
    assert STATEMENT in blocks
    assert "/archives/" in blocks
    team.slack.driver.submit_view("bob")
    team.settle()
    team.pressed(team.card("carol"), "Approve", "carol")
    assert "Slack message, 2026-11-18" in team.typed("fact team-001").text


def _corrected(team: CurationStage, fact: str = "xu-twinning-039") -> None:
    shown = team.typed(f"fact {fact}", "bob")
    assert {"Suggest a correction", "Wrong or outdated"} <= set(labels(shown))
    team.pressed(shown, "Suggest a correction", "bob")
    team.modal("bob")
    team.filled("bob", {"p_why": "The year is missing.", "p_statement": STATEMENT, **_SOURCE})
    team.settle()
    if team.slack.team.modal_of("bob"):
        team.slack.driver.submit_view("bob")
    team.pressed(team.card("carol"), "Approve", "carol")


_SOURCE = {key: FILLED[key] for key in ("p_source", "p_words", "p_subjects", "p_topics")}


def test_a_correction_supersedes_and_the_old_id_says_by_what(team: CurationStage) -> None:
    team.appointed("carol")
    _corrected(team)
    old = team.typed("fact xu-twinning-039", "bob").text
    assert f"It was replaced: “{STATEMENT}”" in old
    history = team.typed("fact xu-twinning-039 history", "bob").text
    assert "proposed by Bob Li: The year is missing." in history
    assert "approved by Carol Wu" in history


def test_a_revert_brings_back_what_stood_before(team: CurationStage) -> None:
    team.appointed("carol")
    _corrected(team)
    assert "Only curators" in team.typed("fact team-001 revert no", "bob").text
    assert "What it replaced stands again" in team.typed("fact team-001 revert mistaken", "carol").text
    assert "replaced" not in team.typed("fact xu-twinning-039", "bob").text
    assert "mistaken" in team.typed("fact team-001 history", "bob").text


def test_wrong_or_outdated_takes_a_fact_away_after_review(team: CurationStage) -> None:
    team.appointed("carol")
    team.pressed(team.typed("fact xu-twinning-039", "bob"), "Wrong or outdated", "bob")
    team.modal("bob")
    team.slack.driver.submit_view("bob", {"p_why": "The alliance was dissolved."})
    team.settle()
    team.pressed(team.card("carol"), "Approve", "carol")
    assert "It was withdrawn" in team.typed("fact xu-twinning-039", "bob").text


def test_an_overdue_fact_says_so_until_it_is_verified(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob", p_review_by="")
    team.pressed(team.card("carol"), "Approve", "carol")
    team.clock.now += 400 * 86400
    assert "A fact here is overdue for review since" in team.typed("fact team-001", "alice").text
    assert "Verified as of today" in team.typed("fact team-001 verify", "carol").text
    assert "overdue" not in team.typed("fact team-001", "alice").text


def test_those_who_asked_are_told_once(team: CurationStage) -> None:
    team.appointed("carol")
    for _ in range(2):
        team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    assert "tulip festival" in card.text
    assert "asked 2 times" in card.text
    label = next(label for label in labels(card) if "tulip" in label)
    team.pressed(card, label, "carol")
    shown = team.whispers("general", "carol")[-1]
    team.pressed(shown, "Another fact answers it", "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_fact": "xu-twinning-039"})
    assert "Minhang District of Shanghai is twinned with Huainan City" in team.card("bob").text
    assert "tulip" not in team.typed("review", "carol").text


def test_a_new_fact_answers_those_who_asked(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    team.pressed(card, next(label for label in labels(card) if "tulip" in label), "carol")
    team.pressed(team.whispers("general", "carol")[-1], "Answer with a new fact", "carol")
    team.modal("carol")
    team.filled("carol", FILLED)
    team.settle()
    team.pressed(team.card("alice"), "Approve", "alice")
    assert STATEMENT in team.card("bob").text


@pytest.mark.parametrize("who", ["bob", "alice", "carol"])
def test_only_the_approval_that_is_made_settles_the_question_it_answers(
    team: CurationStage, who: str
) -> None:
    question = "annual tulip festival budget of Ningbo"
    test_a_new_fact_answers_those_who_asked(team)
    team.typed("fact team-001 revert It was never opened", "alice")
    team.typed(question, "bob")
    before = len(team.services.contributions.events(team.team_id))
    told = "You took proposal 1 back already." if who == "alice" else "Alice Chen was first."
    assert told in team.typed("review 1 approve", who).text
    assert len(team.services.contributions.events(team.team_id)) == before
    assert "tulip" in team.typed("review", "carol").text


def test_a_question_out_of_scope_is_not_listed_again(team: CurationStage) -> None:
    team.appointed("carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    team.pressed(card, next(label for label in labels(card) if "tulip" in label), "carol")
    team.pressed(team.whispers("general", "carol")[-1], "Out of scope", "carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    assert "tulip" not in team.typed("review", "carol").text


def test_a_fact_in_full_has_text_to_paste_that_slack_shows_letter_by_letter(team: CurationStage) -> None:
    shown = team.typed("fact xu-twinning-039", "bob")
    pasted = [
        block["elements"][0]["elements"][0]["text"]
        for block in shown.blocks
        if block["type"] == "rich_text" and block["elements"][0]["type"] == "rich_text_preformatted"
    ]
    assert [text.count("\n") for text in pasted] == [0]
    assert "Copy with citation" in labels(shown)  # the other styles stand behind it


def test_the_preferred_of_two_that_disagree_stands_first_with_the_reason(team: CurationStage) -> None:
    team.appointed("carol")
    fact = next(fact for fact in team.base.facts if fact.contradicts)
    other = fact.contradicts[0]
    assert "Only curators" in team.typed(f"fact {other} prefer newer", "bob").text
    assert "Told first from now on" in team.typed(f"fact {other} prefer It is the newer source", "carol").text
    shown = team.typed(f"fact {fact.id}", "bob").text
    assert "The first is preferred: It is the newer source." in shown
    assert "says so" in shown


def test_every_event_is_in_the_ledger_with_who_and_why(team: CurationStage) -> None:
    team.appointed("carol")
    _corrected(team)
    events: tuple[CurationEvent, ...] = team.services.contributions.events(team.team_id)
    assert [(event.kind, event.name) for event in events] == [
        ("appointed", "Alice Chen"),
        ("proposed", "Bob Li"),
        ("approved", "Carol Wu"),
    ]


def test_readers_of_a_shared_answer_hear_of_a_correction_once(team: CurationStage) -> None:
    team.appointed("carol")
    for _ in range(2):
        said = team.slack.driver.mention("bob", "delta-news", "fact xu-twinning-039")
        team.replies(said.message)
    team.slack.driver.click("bob", team.typed("fact xu-twinning-039", "bob"), "share")
    team.posts("general")
    team.settle()
    _corrected(team)
    everything = [
        post
        for channel in ("general", "delta-news")
        for post in team.slack.team.messages[team.slack.team.channel(channel).id]
        if post.text.startswith("Correction. This was shown here")
    ]
    assert len({post.channel for post in everything}) == len(everything) == 2
    assert STATEMENT in everything[0].text


def test_votes_are_tallied_per_fact_for_curators_alone(team: CurationStage) -> None:
    team.appointed("carol")
    for user, label in (
        ("bob", "First fact helpful"),
        ("alice", "First fact not helpful"),
        ("alice", "First fact helpful"),
    ):
        team.pressed(team.typed("fact xu-twinning-039", user), label, user)
    assert "Helpful 2, not helpful 0" in team.typed("fact xu-twinning-039 history", "carol").text
    assert "What readers thought" not in team.typed("fact xu-twinning-039 history", "bob").text


def test_a_fact_in_full_asks_slack_nothing_and_shares_nothing_that_curators_see(team: CurationStage) -> None:
    team.appointed("carol")
    before = len(team.slack.calls.of_method("users.info"))
    sent = team.slack.driver.command("carol", "general", "/yrd", "fact xu-twinning-039")
    assert sent.message is not None
    assert "Share to channel" in labels(sent.message)
    assert "not helpful 0" not in sent.message.text.lower()
    assert len(team.slack.calls.of_method("users.info")) == before


def test_a_card_sent_by_the_first_version_still_approves(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    card = team.card("carol")
    now = decode(button(card, "Approve")[1]["value"])
    assert now is not None
    assert now.target is not None
    text = f"review 1 approve v{now.target.version}"
    value = json.dumps({"command": "/yrd", "text": text, "page": 1, "version": ""})
    team.slack.driver.press("carol", card, {"type": "button", "action_id": "choice:0", "value": value})
    team.settle()
    assert "Approved by Carol Wu" in team.card("carol").text


def test_home_shows_curators_their_queue_and_everybody_their_proposals(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for user in ("bob", "carol"):
        team.slack.driver.open_home(user)
        team.settle()
    homes = {
        user: str(team.slack.team.homes[team.slack.team.user(user).id].body) for user in ("bob", "carol")
    }
    assert "For curators" not in homes["bob"]
    assert "It waits for review" in homes["bob"]
    assert "Waiting for review: 1 proposal." in homes["carol"]
    assert "Your proposals" not in homes["carol"]
    assert all("Propose a fact" in home for home in homes.values())


def test_a_proposal_is_reviewed_from_home(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.open_home("carol")
    team.settle()
    team.slack.driver.click_home("carol", "choice:1")
    team.pressed(team.card("carol"), "Approve", "carol")
    assert STATEMENT in team.typed("fact team-001", "bob").text


def test_owners_get_one_list_of_overdue_facts_a_week(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    told: list[tuple[str, str]] = []

    class Notices:
        def notify(self, team: str, to: str, said: Answer, thread: str = "") -> None:
            told.append((to, said.sections[0].entries[0]))

        def note_card(self, team: str, channel: str, ts: str, said: Answer, reader: str) -> None:
            raise AssertionError("a reminder is no card")

        def renew(self, team: str, proposal: int = 0) -> None:
            raise AssertionError("no card is renewed by a reminder")

    contributions = StoredContributions(team.store)
    notices = StoredNotices(team.store)
    later = datetime(2027, 12, 1, tzinfo=UTC)
    for now in (
        datetime(2026, 12, 1, tzinfo=UTC),
        later,
        later + timedelta(days=1),
        later + timedelta(days=7),
    ):
        remind(contributions, notices, Notices(), lambda team: "", now)
    assert [to for to, _ in told] == [team.slack.team.user("bob").id] * 2
    assert told[0][1].startswith("1. Due 2027-")


def test_what_one_process_approves_another_answers_at_once(team: CurationStage) -> None:
    other = Store.open(team.store.path)
    services = services_over(other, team.base, team.slack)
    ask = Request(text="fact team-001", now=team.clock.moment(), team=team.team_id, user="U1")
    assert reply(services.with_base_of(ask.team), ask).outcome == "unknown"
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    assert reply(services.with_base_of(ask.team), ask).lines[0].fact.statement == STATEMENT
    assert reply(services.with_base_of("T0OTHER"), replace(ask, team="T0OTHER")).outcome == "unknown"
    other.close()


def test_facts_that_disagree_are_shown_together(team: CurationStage) -> None:
    fact = next(fact for fact in team.base.facts if fact.contradicts)
    shown = team.typed(f"fact {fact.id}", "bob").text
    assert "Sources differ on" in shown
    other = team.base.fact(fact.contradicts[0])
    assert other is not None
    assert other.statement in shown


def test_a_refused_change_is_no_unanswered_question(team: CurationStage) -> None:
    team.appointed("carol")
    team.typed("review 7 approve", "bob")
    team.typed("fact xu-twinning-039 revert because", "bob")
    assert "Nothing waits for review" in team.typed("review", "carol").text


def test_proposing_and_reviewing_work_in_direct_messages(team: CurationStage) -> None:
    team.appointed("carol")
    team.slack.driver.direct_message("bob", "add " + STATEMENT)
    team.pressed(team.card("bob"), "Open the form", "bob")
    assert STATEMENT in str(team.modal("bob").body["blocks"])
    team.filled("bob", FILLED)
    team.settle()
    team.slack.driver.direct_message("carol", "review 1 approve")
    assert "Approved by Carol Wu" in team.card("carol").text


def test_an_admin_may_appoint_in_a_direct_message(team: CurationStage) -> None:
    carol = team.slack.team.user("carol").id
    team.slack.driver.direct_message("alice", f"admin curators add <@{carol}>")
    assert "Carol Wu is now a curator" in team.card("alice").text
