"""Two workspaces in one database: nothing that is asked or done for one sees or changes a row of the other."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import delete, insert, select, text

from bot import state
from bot.ports import CardPlace, Conversation, Place, ShownCard
from bot.state.cards import StoredCards
from bot.state.contributions import StoredContributions
from bot.state.conversations import StoredConversations
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.ledger import Ledger
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import StoredTurns
from bot.state.errors import StateError
from bot.state.events import StoredEvents
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.installations.stored import StoredInstallations
from bot.state.installations.zones import StoredZones
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.requests import StoredRequests
from bot.state.store import Store
from bot.state.tables.schema import TEAM_TABLES, questions, subscriptions
from bot.state.teams import StoredIdentities, StoredTeams
from bot.state.thread_modes import StoredThreadModes
from handlers.contribution import CurationEvent
from handlers.subscription import Note, Subscription
from tests.both import BOTH
from tests.digests.office import DAILY
from tests.postgresql import Databases
from tests.state import raw
from tests.state.installations import CIPHER, CLIENT, installation
from tests.state.walls import CrossingError

NOW: Final = datetime(2026, 11, 28, 0, tzinfo=UTC)
DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
LINE: Final = '{"text": "Ask again.", "blocks": [], "thread": []}'
CARD: Final = ShownCard(1, CardPlace("C1", "1.0", ""), 1)
Call = Callable[[Store, str], object]


def _digest(team: str) -> Subscription:
    return Subscription(
        team,
        "C1",
        "U1",
        DAILY.at,
        DAILY.zone,
        weekdays=DAILY.weekdays,
        topics=DAILY.topics,
        id="1",
        version=1,
    )


def _proposed(events: tuple[CurationEvent, ...]) -> CurationEvent:
    return CurationEvent("p:1", "proposed", "U1", "Li", NOW, "", "{}")


def _due(store: Store, team: str, now: datetime = NOW + 2 * DAY) -> DeliveryRow:
    return Ledger(store, "me").due(team, now, 9)[0]


def _claimed(store: Store, team: str) -> DeliveryRow:
    now = NOW + 2 * DAY
    ledger = Ledger(store, "me")
    found = ledger.acquire(_due(store, team), now, 3 * DAY)
    assert found is not None
    claimed = ledger.claim(found[0], lambda: now, LINE, ("a-001@1",))
    assert isinstance(claimed, DeliveryRow)
    return claimed


def _unknown(store: Store, team: str) -> DeliveryRow:
    Ledger(store, "me").mark_unknown(_claimed(store, team), NOW, "lost")
    return _due(store, team)


def _ended(store: Store, team: str) -> StoredSubscriptions:
    kept = StoredSubscriptions(store)
    kept.remove(team, "1", NOW)
    return kept


def _skipped(store: Store, team: str) -> StoredSubscriptions:
    kept = StoredSubscriptions(store)
    kept.skip(team, "1", NOW)
    return kept


def _held(store: Store, team: str) -> StoredEvents:
    events = StoredEvents(store)
    events.receive(team, "Ev9", "C1", "9.0", NOW, Place("C1", "9.0"))
    return events


def _installed(store: Store, team: str) -> StoredInstallations:
    kept = StoredInstallations(store, CLIENT, CIPHER)
    kept.save(installation(team))
    return kept


def _turned(store: Store, team: str) -> None:
    turns = StoredTurns(store, "me")
    assert turns.take((team,), NOW)
    turns.end(team, NOW, NOW)


CALLS: Final[dict[str, Call]] = {
    "StoredCards.note": lambda s, t: StoredCards(s).note(t, CARD, NOW),
    "StoredCards.forget": lambda s, t: StoredCards(s).forget(t, CARD),
    "StoredCards.all": lambda s, t: StoredCards(s).all(t),
    "StoredCards.at": lambda s, t: StoredCards(s).at(t, "C1", "1.0"),
    "StoredContributions.revision": lambda s, t: StoredContributions(s).revision(t),
    "StoredContributions.events": lambda s, t: StoredContributions(s).events(t),
    "StoredContributions.record": lambda s, t: StoredContributions(s).record(t, _proposed),
    "StoredConversations.recall": lambda s, t: StoredConversations(s).recall(t, "D1", "U1", NOW),
    "StoredConversations.keep": lambda s, t: StoredConversations(s).keep(t, "D1", "U1", Conversation(("a",)), NOW),
    "StoredDeliveries.history": lambda s, t: StoredDeliveries(s).history(t, "1"),
    "StoredDeliveries.reliability": lambda s, t: StoredDeliveries(s).reliability(t, ("1",), NOW),
    "StoredDeliveries.posted_facts": lambda s, t: StoredDeliveries(s).posted_facts(t, "1"),
    "StoredDeliveries.is_stopped": lambda s, t: StoredDeliveries(s).is_stopped(t),
    "Ledger.due": lambda s, t: Ledger(s, "me").due(t, NOW + DAY, 9),
    "Ledger.acquire": lambda s, t: Ledger(s, "me").acquire(_due(s, t), NOW + 2 * DAY, 3 * DAY),
    "Ledger.claim": _claimed,
    "Ledger.expire_leases": lambda s, t: (_claimed(s, t), Ledger(s, "me").expire_leases(t, NOW + 5 * DAY, HOUR)),
    "Ledger.confirm": lambda s, t: Ledger(s, "me").confirm(_claimed(s, t), "1.0", False, thread=LINE),
    "Ledger.release": lambda s, t: Ledger(s, "me").release(_claimed(s, t), NOW, "not yet"),
    "Ledger.mark_unknown": _unknown,
    "Ledger.defer": lambda s, t: Ledger(s, "me").defer(_due(s, t), NOW + 3 * DAY),
    "Ledger.skip": lambda s, t: Ledger(s, "me").skip(_due(s, t), "as wished"),
    "Ledger.end": lambda s, t: Ledger(s, "me").end(_due(s, t), "failed", "refused", ("U1", LINE)),
    "Ledger.pause": lambda s, t: Ledger(s, "me").pause(_due(s, t), NOW, "archived", ("U1", LINE)),
    "Ledger.tell": lambda s, t: Ledger(s, "me").tell(t, "1", "U1", LINE, NOW),
    "Ledger.lease": lambda s, t: Ledger(s, "me").lease(_unknown(s, t), NOW + 2 * DAY, NOW + 3 * DAY),
    "StoredTurns.end": _turned,
    "StoredSubscriptions.add": lambda s, t: StoredSubscriptions(s).add(_digest(t), NOW),
    "StoredSubscriptions.edit": lambda s, t: StoredSubscriptions(s).edit(_digest(t), NOW, Note("U1", "edited")),
    "StoredSubscriptions.get": lambda s, t: StoredSubscriptions(s).get(t, "1"),
    "StoredSubscriptions.listed": lambda s, t: StoredSubscriptions(s).listed(t, channel="C1", owner="U1"),
    "StoredSubscriptions.ended": lambda s, t: _ended(s, t).ended(t, channel="C1", owner="U1", digest="1"),
    "StoredSubscriptions.unreadable": lambda s, t: StoredSubscriptions(s).unreadable(t),
    "StoredSubscriptions.pause": lambda s, t: StoredSubscriptions(s).pause(t, "1", NOW, note=Note("U1", "paused")),
    "StoredSubscriptions.resume": lambda s, t: StoredSubscriptions(s).resume(t, "1", NOW),
    "StoredSubscriptions.skip": lambda s, t: StoredSubscriptions(s).skip(t, "1", NOW),
    "StoredSubscriptions.unskip": lambda s, t: _skipped(s, t).unskip(t, "1", NOW),
    "StoredSubscriptions.start_over": lambda s, t: StoredSubscriptions(s).start_over(t, "1", NOW),
    "StoredSubscriptions.remove": lambda s, t: StoredSubscriptions(s).remove(t, "1", NOW, Note("U1", "ended")),
    "StoredSubscriptions.revive": lambda s, t: _ended(s, t).revive(t, "1", NOW),
    "StoredSubscriptions.changes": lambda s, t: StoredSubscriptions(s).changes(t, "1"),
    "StoredSubscriptions.replan": lambda s, t: StoredSubscriptions(s).replan(t, NOW),
    "StoredEvents.receive": lambda s, t: StoredEvents(s).receive(t, "Ev1", "C1", "1.0", NOW + HOUR),
    "StoredEvents.answer_key": lambda s, t: StoredEvents(s).answer_key(t, "C1", "1.0"),
    "StoredEvents.posting": lambda s, t: StoredEvents(s).posting(t, "Ev1", "C1", "1.0", NOW),
    "StoredEvents.not_posted": lambda s, t: _held(s, t).not_posted(t, "Ev9"),
    "StoredEvents.answered": lambda s, t: StoredEvents(s).answered(t, "Ev1", "C1", "1.0", NOW),
    "StoredEvents.release": lambda s, t: _held(s, t).release(t, "Ev9"),
    "StoredExposures.note": lambda s, t: StoredExposures(s).note(t, "C1", "", ["a-001"], NOW),
    "StoredExposures.of_fact": lambda s, t: StoredExposures(s).of_fact(t, "a-001", NOW),
    "StoredFeedback.vote": lambda s, t: StoredFeedback(s).vote(t, "U1", "fact:a-001", True, NOW),
    "StoredFeedback.votes": lambda s, t: StoredFeedback(s).votes(t, "fact:"),
    "StoredFirstSeen.note": lambda s, t: StoredFirstSeen(s).note(t, ["a-001@1", "b-001@1"], NOW),
    "StoredFirstSeen.first_seen": lambda s, t: StoredFirstSeen(s).first_seen(t),
    "StoredNotices.first": lambda s, t: StoredNotices(s).first(t, "token_revoked", NOW),
    "StoredQuestions.keep": lambda s, t: StoredQuestions(s, 90).keep(t, "/yrd", "tulips", ("a-001",), NOW, "U1"),
    "StoredQuestions.unanswered": lambda s, t: StoredQuestions(s, 90).unanswered(t, NOW),
    "StoredQuestions.settle": lambda s, t: StoredQuestions(s, 90).settle(t, [("/yrd", "tulips")], NOW),
    "StoredQuestions.bring_back": lambda s, t: StoredQuestions(s, 90).bring_back(t, NOW.timestamp()),
    "StoredRequests.claim": lambda s, t: StoredRequests(s, most=2).claim(t, "v0=1", "me", NOW),
    "StoredTeams.stop": lambda s, t: StoredTeams(s).stop(t, "uninstalled", NOW, DAY),
    "StoredTeams.stopped": lambda s, t: StoredTeams(s).stopped(t),
    "StoredTeams.stop_of": lambda s, t: StoredTeams(s).stop_of(t),
    "StoredTeams.delete": lambda s, t: StoredTeams(s).delete(t, NOW),
    "StoredTeams.restart": lambda s, t: StoredTeams(s).restart(t),
    "StoredInstallations.of": lambda s, t: _installed(s, t).of(t),
    "StoredInstallations.installed": lambda s, t: _installed(s, t).installed(t),
    "StoredInstallations.works_by": lambda s, t: _installed(s, t).works_by(t, f"xoxb-{t}"),
    "StoredInstallations.renewing": lambda s, t: _installed(s, t).renewing(t, NOW, NOW + DAY),
    "StoredInstallations.checking": lambda s, t: _installed(s, t).checking(t, NOW),
    "StoredInstallations.check_again": lambda s, t: _installed(s, t).check_again(t),
    "StoredInstallations.end": lambda s, t: _installed(s, t).end(t, f"xoxb-{t}", "app_uninstalled", NOW, DAY),
    "StoredInstallations.seal_anew": lambda s, t: _installed(s, t).seal_anew(t),
    "StoredIdentities.keep": lambda s, t: StoredIdentities(s).keep(f"xoxb-{t}", t, "U1", "B1", ""),
    "StoredZones.of": lambda s, t: StoredZones(s).of(t),
    "StoredZones.choose": lambda s, t: StoredZones(s).choose(t, "Europe/Paris"),
    "StoredZones.begin": lambda s, t: StoredZones(s).begin(t, "Asia/Tokyo"),
    "StoredThreadModes.mode": lambda s, t: StoredThreadModes(s).mode(t, "C1"),
    "StoredThreadModes.set_mode": lambda s, t: StoredThreadModes(s).set_mode(t, "C1", "questions"),
}  # fmt: skip


def _methods() -> Iterator[str]:
    """Yield the methods of everything in bot.state that say for which team they are, or are handed a team's delivery."""
    for module in pkgutil.walk_packages(state.__path__, "bot.state."):
        if module.name.startswith("bot.state.tables.migrations."):
            continue
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__ != module.name or "store" not in inspect.signature(kind.__init__).parameters:
                continue
            for method, function in inspect.getmembers(kind, inspect.isfunction):
                asked = {"team", "row", "new", "changed"} & set(inspect.signature(function).parameters)
                if asked and not method.startswith("_"):
                    yield f"{name}.{method}"


def _fill(store: Store, team: str) -> None:
    StoredSubscriptions(store).add(_digest(team), NOW)
    for name in FILLING:
        CALLS[name](store, team)


FILLING: Final = (
    "StoredCards.note", "StoredContributions.record", "StoredConversations.keep", "StoredEvents.receive",
    "StoredExposures.note", "StoredFeedback.vote", "StoredFirstSeen.note", "StoredNotices.first",
    "StoredQuestions.keep", "StoredRequests.claim", "StoredIdentities.keep", "StoredThreadModes.set_mode", "StoredZones.choose",
    "StoredSubscriptions.start_over", "StoredInstallations.of", "StoredTurns.end",
)  # fmt: skip


def _kept(store: Store, team: str) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: sorted(
            raw.rows(store, f"SELECT * FROM {table.name} WHERE team_id = :team", team=team),  # noqa: S608
            key=str,
        )
        for table in TEAM_TABLES
        if table.name != "outcomes"
    }


def test_every_method_for_a_team_is_walked() -> None:
    assert set(_methods()) == set(CALLS)


@BOTH
@pytest.mark.parametrize("name", CALLS)
def test_what_is_done_for_one_workspace_leaves_every_row_of_the_other(
    name: str, opened: Callable[[], Store]
) -> None:
    with closing(opened()) as store:
        for team in ("T1", "T2"):
            _fill(store, team)
        before = _kept(store, "T2")
        CALLS[name](store, "T1")
        assert _kept(store, "T2") == before


@BOTH
def test_what_goes_with_one_workspace_is_its_own(opened: Callable[[], Store]) -> None:
    with closing(opened()) as store:
        for team in ("T1", "T2"):
            _fill(store, team)
        before = _kept(store, "T2")
        StoredTeams(store).stop("T1", "uninstalled", NOW, DAY)
        assert StoredTeams(store).purge(NOW + 2 * DAY) == ("T1",)
        assert not any(_kept(store, "T1").values())
        assert _kept(store, "T2") == before
        assert StoredTeams(store).known() == ("T2",)


@BOTH
@pytest.mark.parametrize(
    "statement",
    [
        select(questions),
        select(questions).where(questions.c.team_id == "T2"),
        delete(questions).where(questions.c.text == "tulips"),
        select(questions).where(
            questions.c.team_id == "T1", questions.c.text.in_(select(subscriptions.c.id))
        ),
        insert(subscriptions).values(team_id="T2", id=1),
    ],
    ids=["all", "another's", "without a team", "half of it", "for another"],
)
def test_the_first_wall_is_seen_to_stand(statement: Any, opened: Callable[[], Store]) -> None:
    with closing(opened()) as store, pytest.raises(CrossingError), store.writing("T1") as db:
        db.execute(statement)


def test_the_second_wall_hides_and_refuses_what_a_query_forgets(postgresql: Databases) -> None:
    with postgresql.database() as url, closing(Store.connect(url)) as store:
        for team in ("T1", "T2"):
            _fill(store, team)
        with store.writing("T1") as db:
            for table in TEAM_TABLES:
                assert {row.team_id for row in db.execute(select(table.c.team_id))} <= {"T1"}
            assert db.execute(text("UPDATE questions SET times = 9")).rowcount == 1
            assert db.execute(text("DELETE FROM cards WHERE team_id = 'T2'")).rowcount == 0
        with pytest.raises(StateError), store.writing("T1") as db:
            db.execute(text("INSERT INTO thread_modes VALUES ('T2', 'C1', 'mention')"))
        with pytest.raises(StateError), store.writing("T1") as db:
            db.execute(text("UPDATE thread_modes SET team_id = 'T2'"))
