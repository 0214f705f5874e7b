"""deploy/compose.yaml as it runs: two workspaces, and what happens to its parts while people ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import pytest

from bot.local_slack import ManyLocalSlack
from tests.run.bot_process import until
from tests.run.compose import BOTS, Deployment, deployed, need_docker
from tests.run.installing import DELTA, PEARL, Browser, asked, subscribed

pytestmark = pytest.mark.chaos
ASKED = ("hangzhou", "nanjing", "hefei")
DIGEST = "every day at 09:00"
STARTED_SECONDS = 120


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    need_docker()
    with ManyLocalSlack(redirect_uris=("https://localhost/slack/oauth_redirect",)) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        slack.add(PEARL, "Pearl Lab", "pearl-lab")
        with deployed(slack, tmp_path_factory.mktemp("project")) as deployment:
            for team in (DELTA, PEARL):
                assert deployment.install(team).status == 200
            yield deployment


def _ask(deployment: Deployment, number: int) -> str:
    """What was wrong with the answer to a question on one of ASKED, "" where it is answered."""
    city = ASKED[number % len(ASKED)]
    answer = deployment.slack.of(DELTA).driver.command("alice", "general", "/yrd-city", city)
    is_answered = answer.ok and f"{city} " in str(answer.reply).lower()
    return "" if is_answered else f"{number}: {answer.status} {answer.error} {str(answer.reply)[:100]}"


def _unanswered_while(deployment: Deployment, do: Callable[[], object]) -> list[str]:
    """What went wrong with any of the questions that somebody asks one after the other while it is done."""
    done = threading.Event()

    def go_on_asking() -> list[str]:
        wrong = []
        for number in count():
            if done.is_set() and number > 10:
                break
            wrong.append(_ask(deployment, number))
        return list(filter(None, wrong))

    with ThreadPoolExecutor(1) as somebody:
        asking = somebody.submit(go_on_asking)
        try:
            do()
        finally:
            done.set()
        return asking.result()


def _until_healthy(deployment: Deployment) -> None:
    until(lambda: all(deployment.health().get(name) == "healthy" for name in BOTS), STARTED_SECONDS)


def _list(deployment: Deployment) -> str:
    """Of the workspace in which nobody asks meanwhile."""
    return asked(deployment.slack, PEARL, "list", "/yrd-digest")


def test_from_outside_only_what_slack_and_browsers_need_is_there(deployment: Deployment) -> None:
    for path in ("/", "/healthz", "/readyz", "/metrics", "/slack/events/more"):
        assert Browser(deployment.origin).get(path).status == 404, path
    assert Browser(deployment.origin).get("/slack/install").status == 200


def test_two_workspaces_work_through_either_bot(deployment: Deployment) -> None:
    asked(deployment.slack, DELTA, "admin curators add <@U04BOB5M9QX>")
    subscribed(deployment.slack, PEARL)
    for name in BOTS:
        deployment.compose("stop", name)
        assert "Bob" in asked(deployment.slack, DELTA, "admin curators list")
        assert "Bob" not in asked(deployment.slack, PEARL, "admin curators list")
        assert DIGEST in _list(deployment)
        deployment.compose("start", name)
        _until_healthy(deployment)


def test_no_answer_is_cut_off_on_its_way_through_the_load_balancer(deployment: Deployment) -> None:
    with ThreadPoolExecutor(4) as people:
        answers = people.map(lambda number: _ask(deployment, number), range(3_000))
        assert list(filter(None, answers)) == []


def test_a_bot_that_is_ended_or_replaced_leaves_no_question_unanswered(deployment: Deployment) -> None:
    def end() -> None:
        deployment.compose("stop", "bot-2")
        deployment.compose("start", "bot-2")
        _until_healthy(deployment)

    def upgrade() -> None:
        for name in BOTS:
            deployment.compose("up", "--detach", "--no-deps", "--force-recreate", name)
            _until_healthy(deployment)

    for change in (end, upgrade):
        assert _unanswered_while(deployment, change) == [], change.__name__


def test_a_bot_that_is_killed_takes_along_only_what_it_had_in_hand(deployment: Deployment) -> None:
    def kill() -> None:
        deployment.compose("kill", "bot-1")
        deployment.compose("start", "bot-1")
        _until_healthy(deployment)

    assert len(_unanswered_while(deployment, kill)) <= 1


def test_facts_are_answered_while_the_database_is_away_or_stands_still(deployment: Deployment) -> None:
    def away(begin: str, end: str) -> None:
        deployment.compose(begin, "db")
        try:
            until(lambda: "cannot be read just now" in _list(deployment))
        finally:
            deployment.compose(end, "db")

    for begin, end in (("pause", "unpause"), ("stop", "start")):
        assert _unanswered_while(deployment, partial(away, begin, end)) == [], begin
        until(lambda: DIGEST in _list(deployment))
