"""The contract of the state ports: any store that a bot runs on must pass these."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import clean
from bot.ports import Conversation, Conversations, Events, Notices
from bot.state.conversations import StoredConversations
from bot.state.events import StoredEvents
from bot.state.kept import tables
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from bot.state.thread_modes import StoredThreadModes
from handlers.paging import LONGEST_EARLIER, Earlier
from handlers.ports import UnansweredQuestions
from tests.both import BOTH
from tests.state import raw

pytestmark = BOTH

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
THREAD = "1700000000.000100"


@pytest.fixture
def events(store: Store) -> Events:
    return StoredEvents(store)


@pytest.fixture
def conversations(store: Store) -> Conversations:
    return StoredConversations(store)


@pytest.fixture
def notices(store: Store) -> Notices:
    return StoredNotices(store)


@pytest.fixture
def questions(store: Store) -> UnansweredQuestions:
    return StoredQuestions(store, days=90)


def test_a_question_is_counted_and_seen_by_its_own_team_alone(questions: UnansweredQuestions) -> None:
    questions.keep("T1", "/yrd", "population of Huainan", ("xu-twinning-039",), NOW)
    questions.keep("T1", "/yrd", "population of Huainan", ("xu-twinning-040",), NOW + SECOND)
    questions.keep("T1", "/yrd", "mayor of Wuhu", (), NOW)
    first, second = questions.unanswered("T1", NOW + SECOND)
    assert (first.text, first.times, first.nearest) == ("population of Huainan", 2, ("xu-twinning-040",))
    assert second.text == "mayor of Wuhu"
    assert questions.unanswered("T2", NOW) == ()


def test_a_question_is_forgotten_after_its_days(store: Store, questions: UnansweredQuestions) -> None:
    questions.keep("T1", "/yrd", "old", (), NOW)
    later = NOW + timedelta(days=91)
    assert questions.unanswered("T1", later) == ()
    clean(store, tables(90), later)
    assert questions.unanswered("T1", NOW) == ()


def test_a_question_that_cannot_be_kept_does_not_break_the_answer(
    store: Store, questions: UnansweredQuestions
) -> None:
    raw.run(store, "DROP TABLE questions")
    questions.keep("T1", "/yrd", "x", (), NOW)


def test_an_event_is_new_once(events: Events) -> None:
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW) == "new"
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW + SECOND) == "in hand"


def test_an_answered_event_stays_answered(events: Events) -> None:
    events.receive("T1", "Ev1", "C1", "1.0", NOW)
    events.answered("T1", "Ev1", "C1", "1.0", NOW + SECOND)
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW + 3600 * SECOND) == "answered"


def test_what_another_process_left_for_over_ten_seconds_is_taken_up_again_once(store: Store) -> None:
    StoredEvents(store).receive("T1", "Ev1", "C1", "1.0", NOW)
    events = StoredEvents(store)
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW + 10 * SECOND) == "in hand"
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW + 11 * SECOND) == "again"
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW + 12 * SECOND) == "in hand"


def test_one_message_in_two_events_is_one(events: Events) -> None:
    assert events.receive("T1", "EvMention", "C1", "1.0", NOW) == "new"
    assert events.receive("T1", "EvMessage", "C1", "1.0", NOW) == "in hand"
    events.answered("T1", "EvMention", "C1", "1.0", NOW)
    assert events.receive("T1", "EvMessage", "C1", "1.0", NOW + 60 * SECOND) == "answered"


@pytest.mark.parametrize(
    "other",
    [
        ("T2", "Ev1", "C1", "1.0"),
        ("T1", "Ev2", "C2", "1.0"),
        ("T1", "Ev2", "C1", "2.0"),
        ("T1", "Ev2", "", ""),
    ],
)
def test_another_team_channel_or_message_is_another_event(
    events: Events, other: tuple[str, str, str, str]
) -> None:
    events.receive("T1", "Ev1", "C1", "1.0", NOW)
    events.answered("T1", "Ev1", "C1", "1.0", NOW)
    assert events.receive(*other, NOW) == "new"


def test_events_that_bring_no_message_are_told_apart_by_their_id(events: Events) -> None:
    assert [events.receive("T1", name, "", "", NOW) for name in ("Ev1", "Ev2")] == ["new", "new"]


def test_answering_an_event_that_was_never_recorded_records_it(events: Events) -> None:
    events.answered("T1", "Ev1", "C1", "1.0", NOW)
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW) == "answered"


def test_of_many_threads_receiving_an_event_one_gets_it(events: Events) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: events.receive("T1", "Ev1", "C1", "1.0", NOW), range(24)))
    assert receipts.count("new") == 1
    assert receipts.count("in hand") == 23


def test_old_events_are_forgotten_and_recent_ones_not(store: Store) -> None:
    events = StoredEvents(store)
    for name, ts, at in (("Ev1", "1.0", NOW), ("Ev2", "2.0", NOW + timedelta(hours=25))):
        events.receive("T1", name, "C1", ts, at)
        events.release("T1", name)
    clean(store, tables(90), NOW + timedelta(hours=49))
    assert events.receive("T1", "Ev1", "C1", "1.0", NOW) == "new"
    assert events.receive("T1", "Ev2", "C1", "2.0", NOW + timedelta(hours=25)) == "in hand"


def test_the_last_subjects_are_recalled_in_order(conversations: Conversations) -> None:
    conversations.keep("T1", "C1", THREAD, Conversation(("ningbo",)), NOW)
    conversations.keep("T1", "C1", THREAD, Conversation(("xuzhou", "huaihai")), NOW)
    assert conversations.recall("T1", "C1", THREAD, NOW) == Conversation(("xuzhou", "huaihai"))


@pytest.mark.parametrize("other", [("T2", "C1", THREAD), ("T1", "C2", THREAD), ("T1", "C1", "1.2")])
def test_nothing_is_recalled_elsewhere(conversations: Conversations, other: tuple[str, str, str]) -> None:
    conversations.keep("T1", "C1", THREAD, Conversation(("ningbo",)), NOW)
    assert conversations.recall(*other, NOW) is None


@pytest.mark.parametrize(
    ("key", "kept"), [("U1", timedelta(minutes=15)), (THREAD, timedelta(days=30))], ids=["person", "thread"]
)
def test_subjects_are_kept_15_minutes_for_a_person_and_30_days_for_a_thread(
    conversations: Conversations, key: str, kept: timedelta
) -> None:
    conversations.keep("T1", "D1", key, Conversation(("ningbo",)), NOW)
    assert conversations.recall("T1", "D1", key, NOW + kept - SECOND) == Conversation(("ningbo",))
    assert conversations.recall("T1", "D1", key, NOW + kept) is None


def test_the_last_question_is_recalled_with_its_page_and_one_too_long_to_be_followed_is_not_kept(
    conversations: Conversations,
) -> None:
    asked = Earlier("What is Nanjing twinned with?", 2)
    conversations.keep("T1", "C1", THREAD, Conversation(("nanjing",), asked), NOW)
    assert conversations.recall("T1", "C1", THREAD, NOW) == Conversation(("nanjing",), asked)
    conversations.keep(
        "T1", "C1", THREAD, Conversation(("nanjing",), Earlier("x" * (LONGEST_EARLIER + 1))), NOW
    )
    assert conversations.recall("T1", "C1", THREAD, NOW) == Conversation(("nanjing",))


@pytest.mark.parametrize("elsewhere", [("T2", "C1"), ("T1", "C2")])
def test_how_threads_are_read_is_kept_for_one_channel_of_one_team(
    elsewhere: tuple[str, str], store: Store
) -> None:
    modes = StoredThreadModes(store)
    assert modes.mode("T1", "C1") == "mention"
    modes.set_mode("T1", "C1", "questions")
    assert (modes.mode("T1", "C1"), modes.mode(*elsewhere)) == ("questions", "mention")
    modes.set_mode("T1", "C1", "mention")
    assert modes.mode("T1", "C1") == "mention"


def test_expired_conversations_are_deleted_and_others_not(store: Store) -> None:
    conversations = StoredConversations(store)
    conversations.keep("T1", "D1", "U1", Conversation(("ningbo",)), NOW)
    conversations.keep("T1", "C1", THREAD, Conversation(("xuzhou",)), NOW)
    clean(store, tables(90), NOW + timedelta(days=1))
    assert raw.count(store, "conversations") == 1


def test_a_kind_of_failure_is_told_once_a_team(notices: Notices) -> None:
    told = [
        notices.first(team, kind, NOW) for team, kind in [("T1", "a"), ("T1", "a"), ("T1", "b"), ("T2", "a")]
    ]
    assert told == [True, False, True, True]


def test_what_was_told_is_remembered_after_a_restart(opened: Callable[[], Store]) -> None:
    for expected in (True, False):
        with closing(opened()) as store:
            assert StoredNotices(store).first("T1", "token_revoked", NOW) is expected


def test_what_was_told_is_known_once_a_process_where_state_db_is_what_failed(store: Store) -> None:
    notices = StoredNotices(store)
    raw.run(store, "DROP TABLE notices")
    assert [notices.first("T1", "not_ready:state", NOW) for _ in range(2)] == [True, False]
