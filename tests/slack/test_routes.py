"""Whatever the door, a text is taken for the same: signed payloads through the real bot, beside the one route."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.mrkdwn import to_mrkdwn
from bot.render.slack_text import typed
from bot.slack.curation.command import FORMS
from bot.slack.digests.command import DONE_HERE
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.subscriptions import StoredSubscriptions
from handlers.answer import Answer, Choice
from handlers.digests import command as digests_command
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import DIGEST, QUESTION, Request
from handlers.route import route
from handlers.routing.routed import Route
from handlers.services import Services
from knowledge.base import FactBase
from tests.slack.curation_stage import HINTS, SHORTCUTS, CurationStage, team
from tests.slack.digest_stage import labels
from tests.slack.stage import HandClock

__all__ = ["team"]

QUESTIONS = (
    "add-on services in Ningbo",
    "add, please, Ningbo",
    "ADD-ON services in Ningbo",
    "Add; please: Ningbo",
    "add to the ports of Ningbo",
    "review-based cooperation in Ningbo",
    "review of twinning in Ningbo",
    "fact-checking in Ningbo",
    "fact about Ningbo",
    "admin curators of Hangzhou",
    "admin-level of Ningbo",
    "map, please, the industries of Ningbo",
    "compare-and-contrast Ningbo",
    "添加 Ningbo",
    "审核 Ningbo 的合作",
)


class Doors(CurationStage):
    """The stage of curation with digests as well. `routes` are what the engine was asked, by door."""

    def start(self, version: str = "v1", **others: object) -> None:
        self.services = replace(self.services, subscriptions=StoredSubscriptions(self.store))
        self.asked: list[Route] = []
        super().start(version, reply=self._noted, **others)

    def _noted(self, services: Services, request: Request, wanted: Route | None = None) -> Answer:
        self.asked.append(self.route(request))
        # A door that hands its route on hands on that of the very request.
        assert wanted in (None, self.asked[-1])
        return reply(services, request, wanted)

    def route(self, request: Request) -> Route:
        return route(self.services.with_base_of(request.team), request)

    def wanted(self, command: str, raw: str) -> Route:
        """What the one route makes of a text, as every adapter cleans it."""
        said = typed(to_mrkdwn(self.slack.team, raw))
        return self.route(
            Request(
                said.text,
                self.clock.moment(),
                command,
                team=self.team_id,
                references=said.references,
                written=said.written,
            )
        )

    def by_slash(self, raw: str, command: str = QUESTION) -> None:
        delivery = self.slack.driver.command("bob", "general", command, raw)
        self.settle()
        if self.slack.team.modal_of("bob"):
            self.slack.driver.close_view("bob")
            assert self.wanted(command, raw).effect == "opens a form"
            self.asked.append(self.wanted(command, raw))
        assert bool(delivery.reply) == self.wanted(command, raw).is_question

    def by_mention(self, raw: str) -> None:
        self.slack.driver.mention("bob", "delta-news", raw)

    def by_message(self, raw: str) -> None:
        self.slack.driver.direct_message("bob", raw)

    def by_home(self, raw: str) -> None:
        self.slack.driver.click_home("bob", "home_ask", chosen=raw)
        self.settle()
        if self.slack.team.modal_of("bob"):
            self.slack.driver.close_view("bob")
            # A deed that has a form opens it there at once, and asks the engine nothing.
            if not self.asked and not self.wanted(QUESTION, raw).is_question:
                self.asked.append(self.wanted(QUESTION, raw))

    def through(self, door: Callable[[str], None], raw: str) -> list[Route]:
        """What the engine was asked, and the forms that were opened, by one text through one door."""
        self.asked.clear()
        # Whoever writes directly follows on what they asked a moment ago: what was asked here is long ago.
        self.clock.now += 3600
        door(raw)
        self.settle()
        return [_anywhere(found) for found in self.asked]


def _anywhere(found: Route) -> Route:
    """The route without who is asked of the answer before, where and when: that differs by door."""
    return replace(found, follows=found.follows and replace(found.follows, request=None))


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory, base: FactBase) -> Iterator[Doors]:
    clock = HandClock()
    folder: Path = tmp_path_factory.mktemp("doors")
    with LocalSlackServer(clock=clock, commands=HINTS, shortcuts=SHORTCUTS, scopes=scopes_in_use()) as slack:
        staged = Doors(slack, folder, clock, base)
        slack.driver.open_home("bob")
        staged.settle()
        yield staged
        staged.close()
        staged.store.close()


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_that_begins_like_a_command_is_answered_at_every_door(doors: Doors, text: str) -> None:
    for door in (doors.by_slash, doors.by_mention, doors.by_message, doors.by_home):
        (found,) = doors.through(door, text)
        assert (found.command.name, found.argument) == (QUESTION, text), door
    assert doors.slack.team.modal_of("bob") is None


def test_what_only_looks_like_a_command_has_the_buttons_of_any_question(team: CurationStage) -> None:
    for text in ("admin curators of Hangzhou", "add-on services in Ningbo", "review of twinning in Ningbo"):
        assert {"Copy with citation", "Sources"} <= set(labels(team.typed(text, "bob"))), text


def test_what_is_for_one_person_or_changes_something_has_no_button_that_asks_it_again(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for text in ("review", "review 1", "admin curators list", "fact xu-twinning-001 history"):
        assert not {"Share to channel", "Sources"} & set(labels(team.typed(text, "carol"))), text
        before = len(team.slack.team.ephemerals("delta-news", "carol"))
        team.slack.driver.mention("carol", "delta-news", text)
        told = team.whispers("delta-news", "carol", before + 1)[before]
        assert "Sources" not in labels(told), text


@pytest.mark.parametrize("text", ["help", "fact xu-twinning-001: history.", "/yrd fact xu-twinning-001"])
@pytest.mark.parametrize("mark", [":", ",", "，", "：", " :", ""])
def test_what_stands_behind_the_mention_of_the_bot_is_no_part_of_the_text(
    doors: Doors, mark: str, text: str
) -> None:
    me = doors.slack.workspace.identity.bot_user
    for door in (doors.by_mention, doors.by_message):
        (found,) = doors.through(door, f"<@{me}>{mark} {text}")
        assert found == doors.wanted(QUESTION, text), door
        assert found.command.name in ("help", "fact"), door


@pytest.mark.parametrize(
    "text",
    ["/yrd help", "/yrd fact xu-twinning-001", "/yrd Hangzhou", "/yrd map Huainan", "/yrd-city Ningbo"],
)
def test_what_the_bots_own_sentences_say_can_be_typed_at_every_door(doors: Doors, text: str) -> None:
    for door in (doors.by_slash, doors.by_mention, doors.by_message, doors.by_home):
        (found,) = doors.through(door, text)
        assert not found.argument.startswith("/yrd"), door


def test_a_question_is_filed_in_the_words_of_whoever_asked(team: CurationStage) -> None:
    for text in (
        "/yrd annual tulip festival budget of Ningbo",
        "@YRD Desk, annual tulip festival budget of Ningbo",
    ):
        team.slack.driver.mention("bob", "delta-news", text)
        team.settle()
    (kept,) = team.services.questions.unanswered(team.team_id, team.clock.moment())
    assert (kept.text, kept.times) == ("annual tulip festival budget of Ningbo", 2)


def test_what_is_clearly_a_commands_is_not_filed_as_a_question(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for text, said in (
        ("fact xu-twinning-001 twinned", "history, correct"),
        ("review 1 aprove", "approve, edit, reject"),
        ("admin curators add @Zhang San", "@Zhang San"),
    ):
        assert said in team.typed(text, "carol").text
    assert team.services.questions.unanswered(team.team_id, team.clock.moment()) == ()


LONG = "add " + "Ningbo and Hefei opened a joint office for river containers. " * 9


def test_a_long_text_is_the_same_to_every_door(doors: Doors) -> None:
    statement = LONG.removeprefix("add ").strip()
    assert len(statement) > 500
    doors.slack.driver.command("bob", "general", QUESTION, LONG)
    assert _statement(doors) == statement
    for door in (doors.by_mention, doors.by_message, doors.by_home):
        (found,) = doors.through(door, LONG)
        assert (found.command.name, found.argument) == ("add", statement), door
    offered = [post for post in doors.slack.team.posts(doors.slack.team.im("bob")) if post.by_bot][-1]
    doors.pressed(offered, "Propose a fact", "bob")
    assert _statement(doors) == statement


def _statement(doors: Doors) -> str:
    blocks = doors.modal("bob").body["blocks"]
    doors.slack.driver.close_view("bob")
    found = (block["element"]["initial_value"] for block in blocks if block.get("block_id") == "p_statement")
    return str(next(found))


def test_a_long_question_is_no_command_because_it_is_cut(doors: Doors) -> None:
    for door in (doors.by_slash, doors.by_mention, doors.by_message, doors.by_home):
        (found,) = doors.through(door, f"{LONG.strip()}?")
        assert found.command.name == QUESTION, door
    assert doors.slack.team.modal_of("bob") is None


NAMES = [
    *(command.name for command in (*WORDS, *SLASH)),
    "yrd-city",
    "yrd-digest",
    "ADD",
    "Review",
    "admin",
    "/yrd fact",
    "/yrd /yrd review",
    "",
]
MARKS = [" ", ": ", ":", ", ", "-", ". ", "? ", "  ", "：", "，", "/", "\n"]
RESTS = [
    "", "Ningbo", "Ningbo opened a quay.", "Ningbo?", "help", "宁波", "of Ningbo", "the ports", "ports", "list",
    "Xuzhou and Jining", "xu-twinning-001", "xu-twinning-001 correct", "xu-twinning-001 history", "curators",
    "xu-twinning-001 revert why", "curators list", "curators add U04CAROL0X1", "curators of Hangzhou", "1", "1 approve",
    "1 reject", "1 reject no", "1 edit v1", "question 0123abcd", "question 0123abcd new", "pause 1", "show 1", "new",
    "xu-twinning-001: history.", "#1: approve.", "curators: list.", "1 aprove", "xu-twinning-001 twinned",
    "preview ports", "cancel", "subscribe ports weekly",
]  # fmt: skip
TEXTS = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(NAMES), st.sampled_from(MARKS), st.sampled_from(RESTS)),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(raw=TEXTS)
@example(raw="*:0")
@example(raw=", add: Ningbo opened a quay.")
@example(raw="：宁波")
@example(raw="*_:")
@example(raw="?!")
@example(raw=">")
@example(raw="> Ningbo")
def test_every_door_takes_a_text_for_the_same(doors: Doors, raw: str) -> None:
    wanted = _anywhere(doors.wanted(QUESTION, raw))
    # A sentence may stand in the place of a form that cannot be opened.
    assert doors.through(doors.by_slash, raw) in ([wanted], [] if not wanted.is_question else [wanted])
    # Nobody asks anything by an empty field.
    by_home = (doors.by_home,) if typed(to_mrkdwn(doors.slack.team, raw)).text else ()
    for door in (doors.by_mention, doors.by_message, *by_home):
        assert doors.through(door, raw) == [wanted], door


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(command=st.sampled_from([c.name for c in SLASH]), raw=st.one_of(st.sampled_from(RESTS), TEXTS))
def test_a_slash_command_is_taken_for_what_the_route_says(doors: Doors, command: str, raw: str) -> None:
    wanted = _anywhere(doors.wanted(command, raw))
    asked = doors.through(lambda text: doors.by_slash(text, command), raw)
    assert asked in ([wanted], [] if not wanted.is_question else [wanted])


def test_what_a_button_says_it_does_is_what_is_done(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    user = team.slack.team.user("carol").id
    channel = team.slack.team.channel("general").id
    services = replace(team.services, subscriptions=StoredSubscriptions(team.store))

    def asked(text: str, command: str = QUESTION) -> Request:
        return Request(text, team.clock.moment(), command, team=team.team_id, user=user, channel=channel)

    def choices(text: str, command: str = QUESTION) -> tuple[Choice, ...]:
        return reply(services, asked(text, command)).choices

    def pressed(choice: Choice) -> Request:
        of_it = asked(choice.text, choice.command)
        return replace(of_it, verb=choice.verb, digest=choice.digest, target=choice.target)

    queue = choices("review")
    cards = [choice for one in queue for choice in reply(services, pressed(one)).choices]
    assert {"Approve", "Out of scope"} <= {choice.label for choice in cards}
    shown = [
        *queue,
        *cards,
        *choices("Suzhou"),
        *choices("map Suzhou"),
        *choices("Suzhou / Taizhou", "/yrd-pair"),
    ]
    shown += [*choices("fact xu-twinning-001"), *choices("fact xu-twinning-001 correct"), *choices("add")]
    shown += [*choices("subscribe ports weekly", "/yrd-digest"), *choices("Baotou", "/yrd-pair")]
    assert {choice.effect for choice in shown} == {"reads", "changes", "opens a form"}
    for choice in shown:
        found = route(services.with_base_of(team.team_id), pressed(choice))
        assert (found.effect, found.target) == (choice.effect, choice.target), choice
        assert found.command.name == choice.command, choice


class Unasked:
    """A Slack of which nobody may ask who a person is."""

    def asked(self, *who: str) -> NoReturn:
        raise AssertionError(f"Slack is asked of {who}")

    is_admin = is_member = admins = zone = name = asked

    def for_request(self) -> Unasked:
        return self

    def at_once(self, users: Sequence[str]) -> Unasked:
        return self


def test_what_is_answered_in_the_acknowledgement_asks_slack_nothing(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("carol")
    services = replace(team.services, subscriptions=StoredSubscriptions(team.store), people=Unasked())
    user, channel = team.slack.team.user("carol").id, team.slack.team.channel("general").id
    texts = [f"{name} {rest}".strip() for name in NAMES for rest in RESTS]
    answered = 0
    for command, text in [(QUESTION, text) for text in texts] + [
        (c.name, rest) for c in SLASH for rest in RESTS
    ]:
        asked = Request(text, team.clock.moment(), command, team.team_id, user, channel)
        if route(services.with_base_of(team.team_id), asked).is_question:
            found = reply(services.with_base_of(team.team_id), asked)
            assert found.headline or found.lines
            answered += 1
    assert answered > len(RESTS)


def test_what_opens_a_form_has_one_and_no_form_stands_without_its_verb() -> None:
    opening = {
        (command.name, verb.name)
        for command in (*SLASH, *WORDS)
        for verb in (command.verb(""), *command.verbs)
        if verb.effect == "opens a form"
    }
    assert opening == {*FORMS, (DIGEST, "form")}
    assert "form" in DONE_HERE
    for name in DONE_HERE:
        assert digests_command.COMMAND.has(name), name
