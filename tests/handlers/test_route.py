"""What a text wants done is read in one place, and what follows from it is said there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.state.questions import StoredQuestions
from bot.state.store import Store
from handlers.command import Command
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.route import Route, route
from handlers.services import Services
from tests.conftest import NOW

ASK = "/yrd"
FACT = "xu-twinning-001"
TABLE: tuple[tuple[str, str, tuple[str, str, str, str]], ...] = (
    # command, text -> command, verb, argument, effect
    (ASK, "", ("help", "", "", "reads")),
    (ASK, "HELP", ("help", "", "", "reads")),
    (ASK, "帮助", ("help", "", "", "reads")),
    (ASK, "Hangzhou", (ASK, "", "Hangzhou", "reads")),
    (ASK, "map Suzhou", ("map", "", "Suzhou", "reads")),
    (ASK, "MAP: 宁波", ("map", "", "宁波", "reads")),
    (ASK, "map the ways in which ports cooperate", (ASK, "", "map the ways in which ports cooperate", "reads")),
    (ASK, "compare Xuzhou and Jining", ("compare", "", "Xuzhou and Jining", "reads")),
    (ASK, "compare with care", (ASK, "", "compare with care", "reads")),
    (ASK, "source of the Huai River?", (ASK, "", "source of the Huai River?", "reads")),
    (ASK, "add", ("add", "", "", "opens a form")),
    (ASK, "Add: Ningbo opened a quay.", ("add", "", "Ningbo opened a quay.", "opens a form")),
    (ASK, "add:宁波港开放", ("add", "", "宁波港开放", "opens a form")),
    (ASK, "add up to what?", (ASK, "", "add up to what?", "reads")),
    (ASK, "add-on services in Ningbo", (ASK, "", "add-on services in Ningbo", "reads")),
    (ASK, "add, please, Ningbo", (ASK, "", "add, please, Ningbo", "reads")),
    (ASK, f"fact {FACT}", ("fact", "", FACT, "reads")),
    (ASK, f"FACT {FACT.upper()} HISTORY", ("fact", "history", FACT, "reads")),
    (ASK, f"fact {FACT} correct", ("fact", "correct", FACT, "opens a form")),
    (ASK, f"fact {FACT} wrong", ("fact", "wrong", FACT, "opens a form")),
    (ASK, f"fact {FACT} revert it was mistaken", ("fact", "revert", f"{FACT} it was mistaken", "changes")),
    (ASK, f"fact {FACT} verify", ("fact", "verify", FACT, "changes")),
    (ASK, f"fact {FACT} prefer", ("fact", "prefer", FACT, "changes")),
    (ASK, f"fact {FACT} twinned", (ASK, "", f"fact {FACT} twinned", "reads")),
    (ASK, "fact-checking in Ningbo", (ASK, "", "fact-checking in Ningbo", "reads")),
    (ASK, "review", ("review", "queue", "", "reads")),
    (ASK, "review 7", ("review", "show", "7", "reads")),
    (ASK, "review 7 approve v3", ("review", "approve", "7 v3", "changes")),
    (ASK, "review 7 edit v3", ("review", "edit", "7 v3", "opens a form")),
    (ASK, "review 7 reject", ("review", "ask why", "7", "opens a form")),
    (ASK, "review 7 reject v3", ("review", "ask why", "7 v3", "opens a form")),
    (ASK, "review 7 reject approve it later", ("review", "reject", "7 approve it later", "changes")),
    (ASK, "review question 0123ABCD", ("review", "question", "0123abcd", "reads")),
    (ASK, "review question 0123abcd new", ("review", "new fact", "0123abcd", "opens a form")),
    (ASK, "review question 0123abcd fact", ("review", "which fact", "0123abcd", "opens a form")),
    (ASK, f"review question 0123abcd fact {FACT}", ("review", "settle", f"0123abcd {FACT}", "changes")),
    (ASK, "review question 0123abcd scope", ("review", "out of scope", "0123abcd", "changes")),
    (ASK, "review-based cooperation", (ASK, "", "review-based cooperation", "reads")),
    (ASK, "review of the twinning policy", (ASK, "", "review of the twinning policy", "reads")),
    (ASK, "admin curators", ("admin", "list", "", "reads")),
    (ASK, "admin curators add @U04CAROL", ("admin", "add", "U04CAROL", "changes")),
    (ASK, "admin curators remove carol", ("admin", "remove", "U1", "changes")),
    (ASK, "admin curators of Hangzhou", (ASK, "", "admin curators of Hangzhou", "reads")),
    (ASK, "admin level of Ningbo", (ASK, "", "admin level of Ningbo", "reads")),
    (ASK, "yrd-city Ningbo", ("/yrd-city", "", "Ningbo", "reads")),
    (ASK, "/yrd-city", ("/yrd-city", "", "", "reads")),
    (ASK, "city Ningbo", (ASK, "", "city Ningbo", "reads")),
    (ASK, "yrd-digest pause 3", ("/yrd-digest", "pause", "3", "changes")),
    ("/yrd-city", "Help", ("/yrd-city", "help", "", "reads")),
    ("/yrd-city", "add Ningbo", ("/yrd-city", "", "add Ningbo", "reads")),
    ("/yrd-digest", "", ("/yrd-digest", "form", "", "opens a form")),
    ("/yrd-digest", "help", ("/yrd-digest", "help", "", "reads")),
    ("/yrd-digest", "列表", ("/yrd-digest", "list", "", "reads")),
    ("/yrd-digest", "订阅 ports", ("/yrd-digest", "subscribe", "ports", "changes")),
    ("/yrd-digest", "New: ports weekly", ("/yrd-digest", "subscribe", "ports weekly", "changes")),
    ("/yrd-digest", "subscribe-ports", ("/yrd-digest", "", "subscribe-ports", "reads")),
    ("/yrd-digest", "stop, please", ("/yrd-digest", "", "stop, please", "reads")),
    ("/yrd-digest", "test ports", ("/yrd-digest", "test", "ports", "changes")),
    ("/yrd-nosuch", "Ningbo", ("", "", "Ningbo", "reads")),
)  # fmt: skip


def routed(services: Services, command: str, text: str) -> Route:
    return route(services, Request(text, NOW, command, people=(("carol", "U1"),)))


@pytest.mark.parametrize(("command", "text", "wanted"), TABLE, ids=[f"{c} {t}" for c, t, _ in TABLE])
def test_a_text_is_read_as(
    services: Services, command: str, text: str, wanted: tuple[str, str, str, str]
) -> None:
    found = routed(services, command, text)
    assert (found.command.name, found.verb.name, found.argument, found.effect) == wanted


@pytest.mark.parametrize("word", [command.name for command in (*WORDS, *SLASH) if command.name != QUESTION])
@pytest.mark.parametrize("mark", [",", "-on", ".", "?", "ing", "、", "'s", "/", "_"])
def test_a_word_with_something_behind_it_is_no_command(services: Services, word: str, mark: str) -> None:
    text = f"{word}{mark} curators 1 approve in Ningbo"
    assert routed(services, QUESTION, text).command.name == QUESTION


@pytest.mark.parametrize("command", [*SLASH, *WORDS], ids=lambda command: command.name)
def test_no_two_verbs_of_a_command_share_a_word(command: Command) -> None:
    words = [word for verb in command.verbs for word in (verb.name, *verb.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (ASK, "review 7 approve"), (ASK, "review question 0123abcd scope"), (ASK, f"fact {FACT} revert because"),
        (ASK, f"fact {FACT} history"), (ASK, "admin curators add U1"), ("/yrd-digest", "pause 3"),
        ("/yrd-digest", "subscribe nowhere-at-all"), ("/yrd-digest", "save"), ("/yrd-digest", "Which digest?"),
    ],
)  # fmt: skip
def test_a_refusal_is_no_unanswered_question(
    services: Services, tmp_path: Path, command: str, text: str
) -> None:
    store = Store.open(tmp_path / "state.db")
    kept = StoredQuestions(store, 90)
    asked = Request(text, NOW, command, team="T1", user="U1", channel="C1")
    assert reply(replace(services, questions=kept), asked).outcome == "refused"
    assert kept.unanswered("T1", NOW) == ()
    store.close()
