"""What curators say answers a question is learned: asked again, in any process, it is answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.state.contributions import StoredContributions
from bot.state.store import Store
from handlers.answer import Answer
from handlers.contribution import CurationEvent
from handlers.draft import ASK_MAX, ASKS_MAX, Draft
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, services_over, team, told
from tests.slack.curation_stage import question as button_of
from tests.state import raw

__all__ = ["team"]

FACT = "xu-twinning-039"
SAID = "Minhang District of Shanghai is twinned with Huainan City"
TULIPS = "annual tulip festival budget of Ningbo"
OTHER_WORDS = "What is Ningbo's annual budget for the tulip festivals?"


@pytest.fixture
def elsewhere(team: CurationStage) -> Iterator[Services]:
    """Another process's services over the same state.db."""
    store = Store.open(raw.path_of(team.store))
    yield services_over(store, team.base, team.slack)
    store.close()


def asked(
    services: Services, team: CurationStage, text: str, command: str = QUESTION, of: str = ""
) -> Answer:
    request = Request(text, team.clock.moment(), command, team=of or team.team_id, user="U0SOMEBODY")
    return reply(services.for_request(request.team), request)


def first(answer: Answer) -> str:
    return answer.lines[0].fact.id if answer.outcome == "answer" else answer.outcome


def opened(team: CurationStage, question: str, label: str) -> None:
    """Have Carol open the question in her queue and press a button under it."""
    card = team.typed("review", "carol")
    team.pressed(card, button_of(card, question), "carol")
    team.pressed(team.whispers("general", "carol")[-1], label, "carol")
    team.modal("carol")


def settled(team: CurationStage, question: str, fact: str = FACT) -> None:
    """Have Bob ask, and Carol settle it with a fact."""
    team.typed(question, "bob")
    opened(team, question, "Another fact answers it")
    team.slack.driver.submit_view("carol", {"p_fact": fact})
    team.settle()


@pytest.mark.parametrize(
    ("question", "alike"),
    [
        (TULIPS, OTHER_WORDS),
        ("What is the population of Huainan?", "population of Huainan"),
        ("Is Zhangzhou in the delta?", "is Zhangzhou in the delta"),
        ("what did Elon Zorgblat say about Hefei", "What did Elon Zorgblat say about 合肥?"),
        ("淮南有多少人口", "淮南的人口有多少？"),
        ("popultion of Huainan", "the popultion of Huainan"),
    ],
    ids=["words", "a gap", "a place outside", "a stranger", "Chinese", "a slip"],
)
def test_a_question_that_was_settled_is_answered_from_then_on_in_every_process(
    team: CurationStage, elsewhere: Services, question: str, alike: str
) -> None:
    team.appointed("carol")
    assert [first(asked(elsewhere, team, text)) for text in (question, alike)] == ["unknown"] * 2
    settled(team, question)
    assert [first(asked(elsewhere, team, text)) for text in (question, alike)] == [FACT] * 2
    assert SAID in team.typed(question, "bob").text
    assert first(asked(elsewhere, team, question, of="T0OTHER")) == "unknown"
    assert question not in team.typed("review", "carol").text


def test_a_question_asked_by_a_command_is_learned_too(team: CurationStage, elsewhere: Services) -> None:
    team.appointed("carol")
    team.slack.driver.command("bob", "general", "/yrd-topic", "tulips")
    team.whispers("general", "bob")
    opened(team, "tulips", "Another fact answers it")
    team.slack.driver.submit_view("carol", {"p_fact": FACT})
    team.settle()
    assert first(asked(elsewhere, team, "tulips", "/yrd-topic")) == FACT
    assert first(asked(elsewhere, team, "Tulips?")) == FACT


def test_every_question_of_a_cluster_is_learned(team: CurationStage, elsewhere: Services) -> None:
    team.appointed("carol")
    also = "annual tulip festival budget of Ningbo city hall"
    team.typed(also, "alice")
    settled(team, TULIPS)
    assert [first(asked(elsewhere, team, text)) for text in (TULIPS, also)] == [FACT] * 2
    assert "Nothing waits for review" in team.typed("review", "carol").text


def answered_by_a_new_fact(team: CurationStage, **changes: str) -> None:
    team.typed(TULIPS, "bob")
    opened(team, TULIPS, "Answer with a new fact")
    team.filled("carol", FILLED | changes)
    team.settle()
    team.pressed(team.card("alice"), "Approve", "alice")


def test_a_new_fact_answers_the_question_it_was_proposed_for(
    team: CurationStage, elsewhere: Services
) -> None:
    team.appointed("alice", "carol")
    answered_by_a_new_fact(team)
    assert [first(asked(elsewhere, team, text)) for text in (TULIPS, OTHER_WORDS)] == ["team-001"] * 2


def test_what_was_learned_goes_with_a_fact_that_is_taken_back(
    team: CurationStage, elsewhere: Services
) -> None:
    team.appointed("alice", "carol")
    answered_by_a_new_fact(team)
    team.typed("fact team-001 revert It was never opened", "alice")
    assert first(asked(elsewhere, team, TULIPS)) == "unknown"
    team.typed(TULIPS, "bob")
    assert TULIPS in team.typed("review", "carol").text
    settled(team, TULIPS)
    assert first(asked(elsewhere, team, TULIPS)) == FACT


def corrected(team: CurationStage, fact: str, **changes: object) -> None:
    """Have Bob correct a fact, and Alice approve it."""
    proposed_correction(team, fact, **changes)
    team.pressed(team.card("alice"), "Approve", "alice")


def proposed_correction(team: CurationStage, fact: str, **changes: object) -> None:
    """Have Bob correct a fact."""
    team.pressed(team.typed(f"fact {fact}", "bob"), "Suggest a correction", "bob")
    team.modal("bob")
    team.filled("bob", {**FILLED, "p_why": "It has moved.", **changes})
    team.settle()
    if team.slack.team.modal_of("bob"):
        team.slack.driver.submit_view("bob")
        team.settle()


def test_what_was_learned_goes_on_to_a_correction_and_back(team: CurationStage, elsewhere: Services) -> None:
    team.appointed("alice", "carol")
    settled(team, TULIPS)
    corrected(team, FACT)
    assert first(asked(elsewhere, team, TULIPS)) == "team-001"
    corrected(team, "team-001", p_statement=STATEMENT.replace("May", "June"))
    assert first(asked(elsewhere, team, TULIPS)) == "team-002"
    for fact in ("team-002", "team-001"):
        team.typed(f"fact {fact} revert It has not", "alice")
    assert first(asked(elsewhere, team, TULIPS)) == FACT


def test_a_question_settled_by_an_earlier_version_breaks_nothing(
    team: CurationStage, elsewhere: Services
) -> None:
    at = team.clock.moment()
    old = CurationEvent("q:0123abcd", "settled", "U0CAROL", "Carol", at, f"answered by {FACT}")
    StoredContributions(team.store).record(team.team_id, lambda events: old)
    assert elsewhere.team_bases.curation(team.team_id).unreadable == ()
    assert first(asked(elsewhere, team, f"fact {FACT}")) == FACT


def test_what_people_would_ask_is_reviewed_and_finds_the_fact(
    team: CurationStage, elsewhere: Services
) -> None:
    team.appointed("carol")
    asks = "Who handles river boxes in Ningbo?\n\n 宁波的集装箱谁管 \nWho handles river boxes in Ningbo?"
    team.proposed("bob", p_asks=asks)
    card = team.card("carol")
    assert "What people would ask" in str(card.blocks)
    assert "宁波的集装箱谁管" in str(card.blocks)
    assert first(asked(elsewhere, team, "Who handles river boxes in Ningbo?")) == "unknown"
    team.pressed(card, "Approve", "carol")
    found = [first(asked(elsewhere, team, text)) for text in asks.splitlines() if text]
    assert found == ["team-001"] * 3


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("x" * (ASK_MAX + 1), "8 lines at most, each of 140 characters at most."),
        ("\n".join(f"question {n}" for n in range(ASKS_MAX + 1)), "8 lines at most"),
        ("12345\n???", "Write each as somebody would ask it, in words."),
    ],
)
def test_asks_that_are_too_long_too_many_or_no_words_are_refused(
    team: CurationStage, asks: str, said: str
) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    sent = team.filled("bob", FILLED | {"p_asks": asks})
    assert said in told(sent)


def test_an_ask_that_another_fact_has_is_pointed_out_before_sending(team: CurationStage) -> None:
    fact = team.base.facts[0]
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    team.filled("bob", FILLED | {"p_asks": fact.asks[0]})
    shown = str(team.modal("bob").body["blocks"])
    assert "is asked of another fact already" in shown
    assert fact.statement[:60] in shown


def test_a_correction_is_filled_in_with_the_asks_and_keeps_them(team: CurationStage) -> None:
    team.appointed("alice")
    old = team.base.fact(FACT)
    assert old is not None
    assert len(old.asks) > ASKS_MAX
    team.pressed(team.typed(f"fact {FACT}", "bob"), "Suggest a correction", "bob")
    blocks = str(team.detailed("bob").body["blocks"])
    assert all(repr(ask)[1:-1] in blocks for ask in old.asks[:ASKS_MAX])
    assert f"{len(old.asks) - ASKS_MAX} more of this fact stay with it." in blocks
    shown = "\n".join(("Who has moved?", *old.asks[1:ASKS_MAX]))
    proposed_correction(team, FACT, p_asks=shown)
    card = team.card("alice").text
    team.pressed(team.card("alice"), "Approve", "alice")
    assert "Asked as well: “Who has moved?”" in card
    assert f"No longer asked: “{old.asks[0]}”" in card
    new = team.services.team_bases.of(team.team_id).fact("team-001")
    assert new is not None
    assert new.asks == ("Who has moved?", *old.asks[1:])
    assert new.near_misses == old.near_misses


def test_a_correction_of_before_asks_were_asked_for_keeps_those_of_its_fact(team: CurationStage) -> None:
    team.appointed("carol")
    old = team.base.fact(FACT)
    assert old is not None
    draft = Draft(
        statement=STATEMENT, subjects=("ningbo", "hefei"), topics=("ports",), url=str(FILLED["p_source"]),
        words=str(FILLED["p_words"]), supersedes=FACT,
    )  # fmt: skip
    assert "asks" not in draft.encode()
    at = team.clock.moment()
    event = CurationEvent("p:1", "proposed", team.slack.team.user("bob").id, "Bob", at, "", draft.encode())
    StoredContributions(team.store).record(team.team_id, lambda events: event)
    team.slack.driver.command("carol", "general", "/yrd", "review 1 edit")
    assert old.asks[0] in str(team.detailed("carol").body["blocks"])
    team.typed("review 1 approve", "carol")
    new = team.services.team_bases.of(team.team_id).fact("team-001")
    assert new is not None
    assert new.asks == old.asks


def test_curators_see_what_a_fact_is_asked_by_and_readers_do_not(team: CurationStage) -> None:
    team.appointed("carol")
    settled(team, TULIPS)
    own = team.base.fact(FACT)
    assert own is not None
    for user, sees in (("carol", True), ("bob", False)):
        shown = team.typed(f"fact {FACT} history", user).text
        assert [(text in shown) for text in (own.asks[0], TULIPS)] == [sees] * 2
        assert TULIPS not in team.typed(f"fact {FACT}", user).text
