"""The ledger of contributions: append-only, one event at a time, whole under kill -9, and no team's but its own."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from bot.state.contributions import StoredContributions
from bot.state.errors import StateError
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.contribution import CurationEvent, EventKind
from handlers.curation import actions as curation_actions
from handlers.curation.projection import replay
from handlers.curation.team_base import CachedTeamBases
from handlers.draft import Draft
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE
from tests.state import raw, version_0_1

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEAMS = ("T1", "T2", "T3")


def event(
    subject: str = "p:1", what: EventKind = "proposed", who: str = "U1", body: str = "{}"
) -> CurationEvent:
    return CurationEvent(subject, what, who, who, NOW, "", body)


def record(ledger: StoredContributions, team: str, one: CurationEvent) -> None:
    ledger.record(team, lambda events: one)


def test_an_event_can_neither_be_changed_nor_deleted(store: Store) -> None:
    StoredContributions(store).record("T1", lambda events: event())
    for sql in ("UPDATE contributions SET who = 'U9'", "DELETE FROM contributions"):
        with pytest.raises(StateError, match=r"append-only|refused"):
            raw.run(store, sql)
    assert StoredContributions(store).events("T1")[0].actor == "U1"


ROW = "VALUES ('T1', {seq}, 'p:1', 'proposed', 'U9', 'U9', 0.0, '', '{{}}')"
REWRITTEN = (
    "UPDATE contributions SET who = 'U9'",
    "UPDATE OR REPLACE contributions SET seq = 1",
    "DELETE FROM contributions",
    *(f"INSERT OR {word} INTO contributions {ROW.format(seq=2)}" for word in ("REPLACE", "IGNORE", "ABORT")),
    f"REPLACE INTO contributions {ROW.format(seq=1)}",
    f"INSERT INTO contributions {ROW.format(seq=1)} ON CONFLICT DO NOTHING",
    f"INSERT INTO contributions {ROW.format(seq=2)} ON CONFLICT (team_id, seq) DO UPDATE SET who = 'U9'",
    "REPLACE INTO contributions (rowid, team_id, seq, subject, deed, who, name, at, why, body)"
    " VALUES (1, 'T1', 3, 'p:1', 'proposed', 'U9', 'U9', 0.0, '', '{}')",
    "INSERT INTO contributions (rowid, team_id, seq, subject, deed, who, name, at, why, body)"
    " VALUES (-1, 'T1', 3, 'p:1', 'proposed', 'U9', 'U9', 0.0, '', '{}')",
    *(f"INSERT INTO contributions {ROW.format(seq=seq)}" for seq in (-1, 0, 4, 10**12)),
    "INSERT OR REPLACE INTO contributions SELECT * FROM contributions",
)  # fmt: skip


@pytest.mark.parametrize("recursive", [True, False], ids=["as the bot", "as a shell"])
@pytest.mark.parametrize("before", [None, "m060_only_the_next_event"], ids=["new", "of an older version"])
@pytest.mark.parametrize("sql", REWRITTEN)
def test_no_connection_can_rewrite_the_ledger(
    tmp_path: Path, sql: str, before: str | None, recursive: bool
) -> None:
    path = tmp_path / "state.db"
    if before:
        version_0_1.make(path, stop_before=before)
    store = Store.open(path)
    for _ in range(2):
        StoredContributions(store).record("T1", lambda events: event())
    kept = StoredContributions(store).events("T1")
    with closing(sqlite3.connect(path)) as shell:
        shell.execute(f"PRAGMA recursive_triggers={recursive:d}")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            shell.execute(sql)
        shell.commit()
    assert StoredContributions(store).events("T1") == kept
    assert isinstance(StoredContributions(store).record("T1", lambda events: event()), CurationEvent)
    store.close()


def test_the_events_of_a_team_that_left_go_with_its_other_rows(store: Store) -> None:
    ledger = StoredContributions(store)
    for team in ("T1", "T2"):
        ledger.record(team, lambda events: event())
        StoredExposures(store).note(team, "C1", "", ["xu-twinning-001"], NOW)
        StoredQuestions(store, 90).keep(team, "/yrd", "tulips", (), NOW, "U1")
    teams = StoredTeams(store)
    teams.stop("T1", "uninstalled", NOW, timedelta(days=1))
    assert teams.purge(NOW + timedelta(days=2)) == ("T1",)
    assert ledger.events("T1") == ()
    assert len(ledger.events("T2")) == 1
    rows = raw.rows(store, "SELECT DISTINCT team_id FROM question_askers")
    assert rows == [{"team_id": "T2"}]


def _approve(path: Path, user: str, base: FactBase, go: int, told: int) -> None:
    store = Store.open(path)
    contributions = StoredContributions(store)
    services = Services(base, contributions=contributions, team_bases=CachedTeamBases(base, contributions))
    os.read(go, 1)
    answer = curation_actions.approve(services, Request(text="", now=NOW, team="T1", user=user), 1, 0)
    os.write(told, f"{answer.outcome} {answer.headline}\n".encode())


def test_of_two_reviewers_in_two_processes_exactly_one_wins(tmp_path: Path, base: FactBase) -> None:
    path = tmp_path / "state.db"
    store = Store.open(path)
    ledger = StoredContributions(store)
    for user in ("U2", "U3"):
        record(ledger, "T1", event(f"curator:{user}", "appointed", "U0", f'{{"name": "{user}"}}'))
    ledger.record("T1", lambda events: event(body=PAGE.encode()))
    store.close()
    (waiting, go), (said, told) = os.pipe(), os.pipe()
    fork = multiprocessing.get_context("fork")
    both = [fork.Process(target=_approve, args=(path, user, base, waiting, told)) for user in ("U2", "U3")]
    for process in both:
        process.start()
    os.write(go, b"..")
    for process in both:
        process.join(30)
    answers = sorted(os.read(said, 10_000).decode().splitlines())
    assert answers[0].startswith("done Approved by U")
    # A process that has not seen the other's event yet says so in a sentence, else by the card.
    assert answers[1].startswith(("refused Approved by U", "refused Proposal 1 is approved. U"))
    store = Store.open(path)
    assert [d.kind for d in StoredContributions(store).events("T1")].count("approved") == 1
    store.close()


def _propose_without_end(path: Path, acknowledge: int, cycle: int) -> None:
    ledger = StoredContributions(Store.open(path))
    while True:

        def decide(events: tuple[CurationEvent, ...]) -> CurationEvent:
            return event(f"p:{len(events) + 1}", body=Draft(statement=f"{cycle}").encode())

        kept = ledger.record("T1", decide)
        assert isinstance(kept, CurationEvent)
        os.write(acknowledge, f"{kept.seq} {kept.subject}\n".encode())


def test_the_audit_is_complete_under_kill_9(tmp_path: Path) -> None:
    path, chance = tmp_path / "state.db", random.Random(7)
    acknowledged: list[str] = []
    for cycle in range(8):
        reading, writing = os.pipe()
        child = multiprocessing.get_context("fork").Process(
            target=_propose_without_end, args=(path, writing, cycle)
        )
        child.start()
        os.close(writing)
        with os.fdopen(reading) as reports:
            lines = [reports.readline() for _ in range(chance.randrange(1, 20))]
            child.kill()
            child.join()
            lines += reports.readlines()
        acknowledged += [line.strip() for line in lines if line.endswith("\n")]
    store = Store.open(path)
    events = StoredContributions(store).events("T1")
    store.close()
    assert set(acknowledged) <= {f"{d.seq} {d.subject}" for d in events}
    assert [d.seq for d in events] == list(range(1, len(events) + 1))
    assert len(replay(events).contributions) == len(events)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(TEAMS),
        st.sampled_from(("event", "ask", "settle", "scope", "show", "vote")),
        st.integers(0, 3),
    ),
    max_size=25,
)


@budget(max_examples=25)
@given(_STEPS)
def test_no_query_returns_another_teams_row(steps: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "state.db")
        try:
            _only_its_own(store, steps)
        finally:
            store.close()


def _only_its_own(store: Store, steps: list[tuple[str, str, int]]) -> None:
    """Every word a team stores names the team, so that any foreign row shows."""
    ledger, questions = StoredContributions(store), StoredQuestions(store, 90)
    shown, feedback = StoredExposures(store), StoredFeedback(store)
    votes = dict.fromkeys(TEAMS, 0)
    for team, what, n in steps:
        match what:
            case "event":
                record(ledger, team, event(f"p:{n}", who=f"U{team}"))
            case "ask":
                questions.keep(team, "/yrd", f"{n}", (), NOW, f"U{team}{n}")
            case "settle" | "scope":
                told = questions.settle(team, [("/yrd", f"{n}")], NOW, out_of_scope=what == "scope")
                assert all(user == f"U{team}{n}" for user in told)
            case "show":
                shown.note(team, f"C{team}", "", [f"xu-twinning-00{n}"], NOW)
            case "vote":
                feedback.vote(team, f"U{team}", "fact:xu-twinning-001", True, NOW)
                votes[team] = 1
    for team in TEAMS:
        events = ledger.events(team)
        assert [d.seq for d in events] == list(range(1, ledger.revision(team) + 1))
        assert {d.actor for d in events} <= {f"U{team}"}
        seen = [s.channel for n in range(4) for s in shown.of_fact(team, f"xu-twinning-00{n}", NOW)]
        assert set(seen) <= {f"C{team}"}
        assert feedback.votes(team, "fact:").helpful == votes[team]
        asked = {text for t, what, n in steps if t == team and what == "ask" for text in [f"{n}"]}
        assert {question.text for question in questions.unanswered(team, NOW)} <= asked
    assert set(ledger.teams()) <= set(TEAMS)


def test_digests_count_among_what_a_channel_saw(store: Store) -> None:
    with raw.changing(store) as db:
        db.table("deliveries").insert(
            {
                "team_id": "T1", "subscription": "1", "slot": int(NOW.timestamp()), "part": "digest", "channel": "C1",
                "label": "", "state": "posted", "due_at": 0.0, "not_before": None, "attempt": 1, "claimed_by": "",
                "since": NOW.timestamp(), "ts": "1.2", "why": "", "facts": '["xu-twinning-001@aaaaaaaa"]',
                "content": "", "thread_ts": "",
            }
        )  # fmt: skip
    shown = StoredExposures(store)
    shown.note("T1", "C2", "9.9", ["xu-twinning-001"], NOW)
    seen = {(exposure.channel, exposure.thread) for exposure in shown.of_fact("T1", "xu-twinning-001", NOW)}
    assert seen == {("C1", "1.2"), ("C2", "9.9")}
    assert shown.of_fact("T1", "xu-twinning-001", NOW + timedelta(days=1)) == ()
    assert shown.of_fact("T1", "xu-twinning-00", NOW) == ()
