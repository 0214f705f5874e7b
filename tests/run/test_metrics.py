"""/metrics of a running bot: what whoever watches it reads there, and what is never there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from bot.local_slack import ManyLocalSlack
from bot.metrics.looked_up import LookedUp, Sources
from bot.state.database.backend import Connections
from bot.state.digests.backlog import Backlog
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.run.bot_process import ROOT, Bot, until
from tests.run.installing import ALICE, DELTA, Browser, asked, bot, posts
from tests.state.cutting import Wire

OPERATIONS = ROOT / "docs" / "operations.md"
TULIPS = "how many tulips does Wuxi export"


@pytest.fixture
def slack() -> Iterator[ManyLocalSlack]:
    with ManyLocalSlack(redirect_uris=("https://desk.example/slack/oauth_redirect",)) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        yield slack


def scraped(one: Bot) -> tuple[str, dict[tuple[str, frozenset[tuple[str, str]]], float]]:
    """The page, and its samples by name and labels."""
    page = Browser(one.origin).get("/metrics")
    assert page.status == 200, page.text
    assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }
    return page.text, samples


def value(one: Bot, name: str, **labels: str) -> float | None:
    return scraped(one)[1].get((name, frozenset(labels.items())))


def test_requests_answers_and_calls_of_slack_are_counted_and_nobodys_words_or_ids_are_told(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, DELTA)
        asked(slack, DELTA, "hangzhou", "/yrd-city")
        asked(slack, DELTA, TULIPS)
        # Slack puts one off: it is made again.
        slack.of(DELTA).faults.rate_limit("chat.postMessage", retry_after=1)
        slack.of(DELTA).driver.mention("alice", "general", "GDP of Xuzhou")
        until(lambda: posts(slack, DELTA))
        unsigned = Browser(one.origin).get("/slack/events", "POST")
        assert unsigned.status in (400, 401)

        text, samples = scraped(one)

    def of(name: str, **labels: str) -> float:
        return samples.get((name, frozenset(labels.items())), 0.0)

    assert of("yrd_requests_total", kind="command", status="200") == 2
    assert of("yrd_requests_total", kind="event_callback", status="200") == 1
    assert of("yrd_requests_total", kind="not Slack's", status=str(unsigned.status)) == 1
    assert of("yrd_request_seconds_count", kind="command") == 2
    assert 0 < of("yrd_request_seconds_sum", kind="command") < 6
    assert of("yrd_answers_total", command="/yrd-city", outcome="answer", lacking="") == 1
    refused = {
        dict(labels)["lacking"]: count
        for (name, labels), count in samples.items()
        if name == "yrd_answers_total" and ("outcome", "unknown") in labels
    }
    assert sum(refused.values()) == 1
    assert "" not in refused
    assert of("yrd_slack_calls_total", method="chat.postMessage", result="limited") == 1
    assert of("yrd_slack_retries_total", method="chat.postMessage") == 1
    assert of("yrd_slack_calls_total", method="oauth.v2.access", result="ok") == 1
    assert of("yrd_slack_call_seconds_count", method="chat.postMessage") >= 2
    assert of("yrd_state_up") == 1
    assert of("yrd_database_connections_max") > of("yrd_database_connections", state="in_use") >= 0
    assert any(name == "yrd_fact_base_info" and dict(labels)["version"] for name, labels in samples)
    assert of("process_resident_memory_bytes") > 10_000_000
    told = OPERATIONS.read_text("utf-8")
    for family in text_string_to_metric_families(text):
        # Prometheus' client tells of a counter without its ending.
        assert family.name in told or family.name.startswith("process_"), family.name
    for word in (*TULIPS.split(), "hangzhou", "Xuzhou", DELTA, ALICE, "delta-lab", "general"):
        if len(word) > 4:
            assert word.lower() not in text.lower(), word


def _subscribe(folder: Path, channel: str, due: datetime) -> None:
    at = due.time().replace(microsecond=0)
    new = Subscription(DELTA, channel, ALICE, at, "UTC", weekdays=tuple(range(7)), topics=("ports",))
    with closing(Store.open(folder / "state.db")) as store:
        StoredSubscriptions(store).add(new, due - timedelta(hours=1))


def test_digests_are_counted_while_they_are_due_and_once_they_are_over(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, DELTA)
        # The greeting.
        until(lambda: value(one, "yrd_slack_calls_total", method="chat.postMessage", result="ok"))
        slack.of(DELTA).faults.rate_limit("chat.postMessage", retry_after=6)
        _subscribe(folder, "C04GENERAL1", datetime.now(UTC) - timedelta(hours=2))
        until(lambda: value(one, "yrd_slack_calls_total", method="chat.postMessage", result="limited"))
        # It waits for Slack, and is due all the same.
        until(lambda: [_open(one, state) for state in ("due", "late", "posting")] == [1, 1, 0])
        assert [value(one, "yrd_digests_total", end=end) for end in ("late", "failed")] == [0, 0]

        until(lambda: posts(slack, DELTA), 40)
        until(lambda: value(one, "yrd_digests_total", end="late") == 1)
        assert value(one, "yrd_slack_retries_total", method="chat.postMessage") == 1
        assert [_open(one, state) for state in ("due", "late", "posting", "unknown")] == [0, 0, 0, 0]


def _open(one: Bot, state: str) -> float | None:
    return value(one, "yrd_digests_open", state=state)


def test_while_the_database_is_away_the_page_says_so_and_shows_the_rest(
    slack: ManyLocalSlack, folder: Path, url: str
) -> None:
    with closing(Wire(url)) as wire, bot(slack, folder, YRD_DATABASE_URL=wire.url) as one:
        assert value(one, "yrd_state_up") == 1
        wire.down()
        until(lambda: value(one, "yrd_state_up") == 0)
        assert value(one, "yrd_digests_open", state="due") is None
        assert value(one, "yrd_outbox_calls") == 0


def test_while_the_database_says_nothing_the_rest_is_shown_and_nobody_asks_it_twice() -> None:
    over, asked, registry = threading.Event(), list[int](), CollectorRegistry()

    def hangs() -> Backlog:
        asked.append(1)
        over.wait(20)
        return Backlog(due=3)

    sources = Sources("v1", 9, hangs, lambda: Connections(1, 2, 15), lambda: 4, lambda: {"state": False})
    looked_up = LookedUp(sources, seconds=0.1)
    registry.register(looked_up)
    with closing(looked_up):
        for _ in range(2):
            assert registry.get_sample_value("yrd_outbox_calls") == 4
            assert registry.get_sample_value("yrd_state_up") == 0
            assert registry.get_sample_value("yrd_ready", {"check": "state"}) == 0
            assert registry.get_sample_value("yrd_digests_open", {"state": "due"}) is None
        assert len(asked) == 1
        over.set()
        until(lambda: registry.get_sample_value("yrd_digests_open", {"state": "due"}) == 3)
        until(lambda: registry.get_sample_value("yrd_state_up") == 1)


def test_where_nothing_of_it_is_installed_the_page_says_what_installs_it_and_the_bot_answers(
    slack: ManyLocalSlack, folder: Path
) -> None:
    missing = folder / "without"
    missing.mkdir()
    (missing / "prometheus_client.py").write_text("raise ImportError('not installed')\n")
    with bot(slack, folder, PYTHONPATH=str(missing)) as one:
        page = Browser(one.origin).get("/metrics")
        assert (page.status, "make setup EXTRAS=server" in page.text) == (404, True)
        Browser(one.origin).allow(slack, DELTA)
        assert "Hangzhou" in asked(slack, DELTA, "hangzhou", "/yrd-city")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_page_is_only_read(slack: ManyLocalSlack, folder: Path, method: str) -> None:
    with bot(slack, folder) as one:
        assert Browser(one.origin).get("/metrics", method).status == 405
