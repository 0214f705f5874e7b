"""What waits to be sent holds up nothing else, is sent once, and in order."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.api.error_kinds import KINDS
from bot.slack.api.exchange import LONGEST_WAIT, UNSAID_WAIT
from bot.slack.sending.outbox import BACK_OFF, WAITING_MAX, WAITING_OF_ONE, Call, NotTakenError, Outbox, made
from bot.slack.sending.runner import Runner
from tests.run.bot_process import until


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(clock: Clock) -> Iterator[Outbox]:
    outbox = Outbox(clock)
    yield outbox
    outbox.close()


def limited(retry_after: str | None = "120", status: int = 429, word: str = "ratelimited") -> SlackApiError:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    response = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": word},
        headers=headers, status_code=status,
    )  # fmt: skip
    return SlackApiError("no", response)


class Slack:
    """What calls come to: the outcomes it is given for each lane, then "done", and which calls came when."""

    def __init__(self, clock: Clock, **outcomes: list[Any]) -> None:
        self._clock = clock
        self._outcomes = outcomes
        self.came: list[tuple[str, float]] = []

    def call(self, lane: str, name: str, **more: Any) -> Call[str]:
        return Call(lane, lambda: self._answer(lane, name), **more)

    def _answer(self, lane: str, name: str) -> str:
        self.came.append((name, self._clock.now))
        outcome = next(iter(self._outcomes.get(lane, [])), None)
        if outcome is not None:
            self._outcomes[lane].pop(0)
            raise outcome
        return name


def advance(clock: Clock, outbox: Outbox, seconds: float) -> None:
    """Let time pass, have the outbox look at the clock, and let everything end that it begins then."""
    clock.now += seconds
    for _ in range(3):
        outbox.put(Call(f"look {time.monotonic_ns()}", lambda: None)).result(5)
        deadline = time.monotonic() + 5
        while not outbox.is_idle(clock.now) and time.monotonic() < deadline:
            time.sleep(0.001)


def test_a_lane_that_is_told_to_wait_keeps_its_order_and_holds_up_no_other(
    clock: Clock, outbox: Outbox
) -> None:
    slack = Slack(clock, C1=[limited("120")])
    waiting = [outbox.put(slack.call("C1", name)) for name in ("first", "second", "third")]
    assert outbox.put(slack.call("C2", "elsewhere")).result(5) == "elsewhere"
    advance(clock, outbox, 119)
    assert not any(one.done() for one in waiting)
    advance(clock, outbox, 2)
    assert [one.result(5) for one in waiting] == ["first", "second", "third"]
    assert [name for name, _ in slack.came if name != "elsewhere"] == ["first", "first", "second", "third"]


def test_a_limit_of_a_method_holds_all_its_lanes(clock: Clock, outbox: Outbox) -> None:
    slack = Slack(clock, alice=[limited("30")])
    first = outbox.put(slack.call("alice", "alice", limit="views.publish"))
    advance(clock, outbox, 0)
    second = outbox.put(slack.call("bob", "bob", limit="views.publish"))
    advance(clock, outbox, 29)
    assert not first.done()
    assert not second.done()
    advance(clock, outbox, 2)
    assert [first.result(5), second.result(5)] == ["alice", "bob"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("1.5", 1.5),
        ("0", 1.0),
        ("99999999", LONGEST_WAIT),
        ("9" * 5000, LONGEST_WAIT),
        ("1e23", LONGEST_WAIT),
        ("1e400", LONGEST_WAIT),
        (None, UNSAID_WAIT),
        ("", UNSAID_WAIT),
        ("-5", UNSAID_WAIT),
        ("nan", UNSAID_WAIT),
        ("inf", UNSAID_WAIT),
        ("soon", UNSAID_WAIT),
        ("Wed, 21 Oct 2026 07:28:00 GMT", UNSAID_WAIT),
    ],
)
def test_a_wait_is_bounded_whatever_is_asked_for(
    said: str | None, seconds: float, clock: Clock, outbox: Outbox
) -> None:
    slack = Slack(clock, C1=[limited(said)])
    sent = outbox.put(slack.call("C1", "message"))
    advance(clock, outbox, 0)
    advance(clock, outbox, seconds - 0.5)
    assert not sent.done()
    advance(clock, outbox, 1)
    assert sent.result(5) == "message"


@pytest.mark.parametrize("word", sorted(KINDS["later"]))
def test_what_slack_says_will_pass_is_waited_for_like_a_limit(
    word: str, clock: Clock, outbox: Outbox
) -> None:
    slack = Slack(clock, C1=[limited(None, 200, word)])
    sent = outbox.put(slack.call("C1", "message"))
    advance(clock, outbox, 0)
    advance(clock, outbox, UNSAID_WAIT + 1)
    assert sent.result(5) == "message"


@pytest.mark.parametrize("error", [ConnectionRefusedError(), socket.gaierror()])
def test_what_surely_was_not_sent_is_tried_a_few_times_more(
    error: OSError, clock: Clock, outbox: Outbox
) -> None:
    slack = Slack(clock, C1=[error] * 2, C2=[error] * 99)
    found, lost = outbox.put(slack.call("C1", "found")), outbox.put(slack.call("C2", "lost"))
    for seconds in (0, *BACK_OFF):
        advance(clock, outbox, seconds + 1)
    assert found.result(5) == "found"
    assert lost.exception(5) is error
    assert [name for name, _ in slack.came].count("lost") == 1 + len(BACK_OFF)


@pytest.mark.parametrize(
    "error",
    [TimeoutError(), ConnectionResetError(), limited(None, 500, "internal_error"), limited(None, 200, "no")],
)
def test_what_may_have_been_carried_out_is_never_sent_again(
    error: Exception, clock: Clock, outbox: Outbox
) -> None:
    slack = Slack(clock, C1=[error])
    assert outbox.put(slack.call("C1", "message")).exception(5) is error
    advance(clock, outbox, 3600)
    assert len(slack.came) == 1


def test_a_form_is_not_waited_for_and_opens_beside_any_number_of_hanging_calls(outbox: Outbox) -> None:
    over = threading.Event()
    hanging = [outbox.put(Call(f"C{number}", lambda: over.wait(10))) for number in range(300)]
    began = time.monotonic()
    form = Call("form", lambda: "open", waits=False, prompt=True)
    assert outbox.put(form).result(5) == "open"
    refused = outbox.put(Call("form 2", _raising(limited("5")), waits=False, prompt=True))
    assert isinstance(refused.exception(5), SlackApiError)
    assert time.monotonic() - began < 3
    over.set()
    wait(hanging, 10)


def _raising(error: Exception) -> Callable[[], None]:
    def raises() -> None:
        raise error

    return raises


def test_no_more_waits_than_fits(clock: Clock, outbox: Outbox) -> None:
    slack = Slack(clock, C1=[limited("120")])
    waiting = [outbox.put(slack.call("C1", "message")) for _ in range(WAITING_MAX)]
    with pytest.raises(NotTakenError):
        outbox.put(slack.call("C2", "one more")).result(5)
    assert not any(one.done() for one in waiting)


def test_of_one_workspace_among_many_no_more_waits_than_its_share(clock: Clock, outbox: Outbox) -> None:
    slack = Slack(clock, C1=[limited("120")])
    first = [outbox.put(slack.call("C1", "message").of("T1")) for _ in range(WAITING_OF_ONE)]
    with pytest.raises(NotTakenError):
        outbox.put(slack.call("C2", "one more").of("T1")).result(5)
    until(lambda: slack.came)
    assert outbox.put(slack.call("C1", "another's").of("T2")).result(5) == "another's"
    advance(clock, outbox, 121)
    assert {one.result(5) for one in first} == {"message"}
    assert outbox.put(slack.call("C2", "later").of("T1")).result(5) == "later"


def test_however_many_calls_of_one_workspace_hang_those_of_others_are_made(outbox: Outbox) -> None:
    over = threading.Event()
    hanging = [outbox.put(Call(f"C{number}", lambda: over.wait(20)).of("T1")) for number in range(300)]
    assert outbox.put(Call("C1", lambda: "made").of("T2")).result(5) == "made"
    # Of the same workspace a form opens all the same.
    assert outbox.put(Call("form", lambda: "open", waits=False, prompt=True).of("T1")).result(5) == "open"
    over.set()
    assert not wait(hanging, 20).not_done


def test_work_holds_no_thread_while_it_waits_and_is_not_done_again(clock: Clock, outbox: Outbox) -> None:
    slack = Slack(clock, **{f"C{number}": [limited("120")] for number in range(8)})
    composed, told = [], []

    async def answer(number: int) -> None:
        composed.append(number)
        told.append(await made(slack.call(f"C{number}", f"answer {number}")))

    with ThreadPoolExecutor(1) as one_thread:
        runner = Runner(one_thread, outbox)
        for number in range(9):
            runner.start(answer(number))
        deadline = time.monotonic() + 5
        while told != ["answer 8"] and time.monotonic() < deadline:
            time.sleep(0.001)
        assert told == ["answer 8"]
        advance(clock, outbox, 121)
        runner.wait_until_idle(5)
    assert sorted(told) == [f"answer {number}" for number in range(9)]
    assert composed == list(range(9))


def test_at_the_end_what_waits_long_is_left_at_once_and_nothing_is_recorded_for_it() -> None:
    told: list[str] = []

    async def answer(lane: str, error: Exception | None) -> None:
        await made(Call(lane, _raising(error) if error else lambda: time.sleep(0.2)))
        told.append(lane)

    with ThreadPoolExecutor(2) as threads:
        runner = Runner(threads, Outbox())
        runner.start(answer("C1", limited("120")))
        runner.start(answer("C2", None))
        time.sleep(0.05)
        began = time.monotonic()
        runner.close(seconds=3)
        assert time.monotonic() - began < 1
    assert told == ["C2"]


def test_what_slack_says_after_the_end_is_no_message_left_unsent() -> None:
    told: list[str] = []
    answers = threading.Event()

    async def answer() -> None:
        try:
            await made(Call("C1", lambda: answers.wait(5)))
            told.append("posted")
            await made(Call("C1", lambda: told.append("more")))
        except BaseException as error:
            told.append(type(error).__name__)
            raise
        finally:
            told.append("over")

    threads = ThreadPoolExecutor(1)
    runner = Runner(threads, Outbox())
    runner.start(answer())
    runner.close(seconds=0.1)
    threads.shutdown()
    assert told == []
    answers.set()
    deadline = time.monotonic() + 5
    while "over" not in told and time.monotonic() < deadline:
        time.sleep(0.001)
    assert told == ["posted", "GeneratorExit", "over"]


def test_what_is_begun_after_the_end_is_over_at_its_first_call() -> None:
    told: list[str] = []

    async def answer() -> None:
        try:
            await made(Call("C1", lambda: told.append("posted")))
        finally:
            told.append("over")

    threads = ThreadPoolExecutor(1)
    runner = Runner(threads, Outbox())
    runner.close(seconds=0.1)
    threads.shutdown()
    runner.start(answer())
    assert told == ["over"]
