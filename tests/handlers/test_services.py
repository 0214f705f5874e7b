"""Services that are not there: what is used in passing is forgotten, and what a command is for says where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from handlers.command import Verb
from handlers.curation import actions as curation_actions
from handlers.digests.changing import keep
from handlers.digests.changing import wished as digests_edit
from handlers.draft import Draft
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from handlers.without_state import CURATION_ELSEWHERE, DIGESTS_ELSEWHERE, MissingServiceError
from knowledge.base import FactBase
from knowledge.overlay import Overlay
from tests.conftest import NOW, Asker

VERBS = [verb for command in (*SLASH, *WORDS) for verb in (*command.verbs, command.verb(""))]
FACT = "xu-twinning-001"


@pytest.mark.parametrize("text", ["review 3", "review question abcdef01", f"fact {FACT} history"])
def test_what_only_reads_of_curation_is_unknown_without_state(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline, answer.notes) == ("unknown", CURATION_ELSEWHERE, ())


@pytest.mark.parametrize(
    "text",
    [
        "review 3 approve", "review 3 reject", "review 3 reject no source", "review 3 edit",
        "review question abcdef01 new", "review question abcdef01 scope",
        f"review question abcdef01 fact {FACT}", f"fact {FACT} correct", f"fact {FACT} wrong",
        f"fact {FACT} verify", f"fact {FACT} revert", f"fact {FACT} revert because", f"fact {FACT} prefer it is newer",
    ],
)  # fmt: skip
def test_curation_without_state_is_refused_in_one_sentence(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline, answer.notes) == ("refused", CURATION_ELSEWHERE, ())


@pytest.mark.parametrize(
    "text", ["list", "show", "show 3", "history", "history 3", "preview", "preview 3", "edit 3 weekly tue"]
)
def test_what_only_reads_of_digests_is_unknown_without_state(ask: Asker, text: str) -> None:
    answer = ask(text, "/yrd-digest")
    assert (answer.outcome, answer.headline) == ("unknown", DIGESTS_ELSEWHERE)


@pytest.mark.parametrize("text", ["pause", "pause 3", "resume 3", "skip", "unsubscribe 3"])
def test_digests_without_state_are_refused_in_one_sentence(ask: Asker, text: str) -> None:
    answer = ask(text, "/yrd-digest")
    assert (answer.outcome, answer.headline) == ("refused", DIGESTS_ELSEWHERE)


@pytest.mark.parametrize(
    ("text", "command", "outcome", "said"),
    [
        ("add", QUESTION, "answer", "Facts are proposed in Slack: /yrd add"),
        ("review", QUESTION, "answer", CURATION_ELSEWHERE),
        ("admin curators list", QUESTION, "answer", "Curators: /yrd admin curators add @name"),
        ("admin curators add U1", QUESTION, "refused", "Curators: /yrd admin curators add @name"),
        ("", "/yrd-digest", "answer", "Scheduled posts of topics"),
        ("list", "/yrd-digest", "unknown", "/yrd-digest preview ports shows what one would post."),
        ("more ports", "/yrd-digest", "answer", "More on Ports."),
        ("more 3", "/yrd-digest", "refused", "That digest is no more."),
        ("subscribe ports weekly mon 09:00", "/yrd-digest", "answer", DIGESTS_ELSEWHERE),
        (f"fact {FACT}", QUESTION, "answer", f"Id {FACT}: ask for the fact"),
    ],
)
def test_what_has_something_to_say_without_state_says_it_and_offers_nothing_dead(
    ask: Asker, text: str, command: str, outcome: str, said: str
) -> None:
    answer = ask(text, command)
    assert (answer.outcome, answer.choices) == (outcome, ())
    assert said in plain(answer, fact_renderer(ask.services.base))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.name or 'bare'}-{verb.handle.__module__}")
def test_no_verb_that_needs_a_service_is_done_without_it(verb: Verb, services: Services) -> None:
    if verb.needs is None:
        assert verb.effect != "opens a form" or verb.without is not None
    else:
        with pytest.raises(MissingServiceError, match="Slack"):
            services.require(verb.needs)


def test_a_missing_service_raises_whatever_is_asked_of_it(services: Services) -> None:
    with pytest.raises(MissingServiceError, match=CURATION_ELSEWHERE):
        services.contributions.revision("T1")
    with pytest.raises(MissingServiceError, match=DIGESTS_ELSEWHERE):
        services.subscriptions.listed("T1")


def test_an_adapter_that_goes_past_the_boundary_gets_the_same_error(services: Services) -> None:
    request = Request(text="", now=NOW, team="T1", user="U1")
    with pytest.raises(MissingServiceError, match=CURATION_ELSEWHERE):
        curation_actions.propose(services, request, Draft())
    request = replace(request, channel="C1")
    wanted = replace(digests_edit.new_subscription(services, request), topics=("ports",))
    with pytest.raises(MissingServiceError, match=DIGESTS_ELSEWHERE):
        keep.keep(services, request, wanted)


def test_whoever_uses_services_without_slack_is_trusted_and_no_admin(services: Services) -> None:
    people = services.for_request("T1").people
    assert (people.is_member("T1", "U1"), people.is_admin("T1", "U1")) == (True, False)
    assert (people.name("T1", "U1"), people.zone("T1", "U1")) == ("U1", "")


def test_what_is_used_in_passing_is_taken_and_forgotten(services: Services) -> None:
    services.questions.keep("T1", "/yrd", "mayor of Wuhu", (), NOW)
    services.exposures.note("T1", "C1", "", [FACT], NOW)
    services.feedback.vote("T1", "U1", f"fact:{FACT}", True, NOW)
    services.first_seen.note("T1", [FACT], NOW)
    assert services.questions.unanswered("T1", NOW) == ()
    assert services.exposures.of_fact("T1", FACT, NOW) == ()
    assert services.feedback.votes("T1", f"fact:{FACT}").helpful == 0
    assert services.first_seen.first_seen("T1") == {}


def test_without_bases_of_teams_all_have_the_one_base(services: Services) -> None:
    assert services.with_base_of("T1").base is services.base
    assert services.for_request("T2").base is services.base


def test_a_team_view_resolves_names_by_the_same_resolver(base: FactBase) -> None:
    view = base.with_overlay(Overlay(retired=(base.facts[0],)))
    assert view is not base
    assert view.names is base.names


def test_the_engine_answers_from_the_base_that_it_is_handed(services: Services) -> None:
    request = Request(text=f"fact {FACT}", now=NOW, team="T1", user="U1")
    assert reply(services, request).lines[0].fact is services.base.fact(FACT)
