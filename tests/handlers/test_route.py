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
from handlers.request import QUESTION, Reference, Request
from handlers.route import route
from handlers.routing.routed import Route
from handlers.services import Services
from handlers.target import Target
from tests.conftest import NOW

ASK = "/yrd"
FACT = "xu-twinning-001"
OF_FACT = Target(id=FACT)
OF_QUESTION = Target(id="0123abcd")
TABLE: tuple[tuple[str, str, tuple[object, ...]], ...] = (
    # command, text -> command, verb, argument, effect, and what it is done to where that is no text
    (ASK, "", ("help", "", "", "reads")),
    (ASK, "HELP", ("help", "", "", "reads")),
    (ASK, "帮助", ("help", "", "帮助", "reads")),
    (ASK, "help!", ("help", "", "", "reads")),
    (ASK, "Help？", ("help", "", "", "reads")),
    (ASK, "/help", ("help", "", "", "reads")),
    ("/yrd-city", "help?", ("/yrd-city", "help", "", "reads")),
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
    (ASK, f"fact {FACT}", ("fact", "", FACT, "reads", OF_FACT)),
    (ASK, f"FACT {FACT.upper()} HISTORY", ("fact", "history", "", "reads", OF_FACT)),
    (ASK, f"fact {FACT} correct", ("fact", "correct", "", "opens a form", OF_FACT)),
    (ASK, f"fact {FACT} wrong", ("fact", "wrong", "", "opens a form", OF_FACT)),
    (ASK, f"fact {FACT} revert it was mistaken", ("fact", "revert", "it was mistaken", "changes", OF_FACT)),
    (ASK, f"fact {FACT} verify", ("fact", "verify", "", "changes", OF_FACT)),
    (ASK, f"fact {FACT} prefer", ("fact", "prefer", "", "changes", OF_FACT)),
    (ASK, f"fact {FACT} twinned", ("fact", "misread", "twinned", "reads", OF_FACT)),
    (ASK, "fact of-nothing-001 twinned", (ASK, "", "fact of-nothing-001 twinned", "reads")),
    (ASK, f"fact: {FACT}: history.", ("fact", "history", "", "reads", OF_FACT)),
    (ASK, f"fact {FACT}.", ("fact", "", FACT, "reads", OF_FACT)),
    (ASK, f"fact, {FACT}，history。", ("fact", "history", "", "reads", OF_FACT)),
    (ASK, f"fact, {FACT}, correct: it is wrong", ("fact", "correct", "it is wrong", "opens a form", OF_FACT)),
    (ASK, f"fact {FACT} revert: It was so.", ("fact", "revert", "It was so.", "changes", OF_FACT)),
    (ASK, "fact-checking in Ningbo", (ASK, "", "fact-checking in Ningbo", "reads")),
    (ASK, "review", ("review", "", "", "reads")),
    (ASK, "review 7", ("review", "show", "", "reads", Target(id="7"))),
    (ASK, "review 7 approve v3", ("review", "approve", "", "changes", Target(id="7", version=3))),
    (ASK, "review 7 edit v3", ("review", "edit", "", "opens a form", Target(id="7", version=3))),
    (ASK, "review 7 reject", ("review", "ask why", "", "opens a form", Target(id="7"))),
    (ASK, "review 7 reject v3", ("review", "ask why", "", "opens a form", Target(id="7", version=3))),
    (ASK, "review 7 reject approve it later", ("review", "reject", "approve it later", "changes", Target(id="7"))),
    (ASK, "review question 0123ABCD", ("review", "question", "", "reads", OF_QUESTION)),
    (ASK, "review question 0123abcd new", ("review", "new fact", "", "opens a form", OF_QUESTION)),
    (ASK, "review question 0123abcd fact", ("review", "which fact", "", "opens a form", OF_QUESTION)),
    (ASK, f"review question 0123abcd fact {FACT}", ("review", "settle", "", "changes", Target(id="0123abcd", other=FACT))),
    (ASK, "review question 0123abcd scope", ("review", "out of scope", "", "changes", OF_QUESTION)),
    (ASK, "review #7", ("review", "show", "", "reads", Target(id="7"))),
    (ASK, "review.", ("review", "", "", "reads")),
    (ASK, "review #7: approve.", ("review", "approve", "", "changes", Target(id="7"))),
    (ASK, "review 7, reject：It is one already.", ("review", "reject", "It is one already.", "changes", Target(id="7"))),
    (ASK, "review 7 reject:", ("review", "ask why", "", "opens a form", Target(id="7"))),
    (ASK, "review 2030 plans of Ningbo", (ASK, "", "review 2030 plans of Ningbo", "reads")),
    (ASK, "review question: 0123abcd: fact.", ("review", "which fact", "", "opens a form", OF_QUESTION)),
    (ASK, "review-based cooperation", (ASK, "", "review-based cooperation", "reads")),
    (ASK, "review of the twinning policy", (ASK, "", "review of the twinning policy", "reads")),
    (ASK, "admin curators", ("admin", "", "", "reads")),
    (ASK, "admin curators add @U04CAROL", ("admin", "add", "U04CAROL", "changes")),
    (ASK, "admin curators remove carol", ("admin", "remove", "U1", "changes")),
    (ASK, "admin: curators: list.", ("admin", "", "", "reads")),
    (ASK, "admin, curators", ("admin", "", "", "reads")),
    (ASK, "admin curators add: @carol,", ("admin", "add", "U1", "changes")),
    (ASK, "admin curators add @Zhang San", ("admin", "misread", "@Zhang San", "reads")),
    (ASK, "admin curators of Hangzhou", (ASK, "", "admin curators of Hangzhou", "reads")),
    (ASK, "admin level of Ningbo", (ASK, "", "admin level of Ningbo", "reads")),
    (ASK, "yrd-city Ningbo", ("/yrd-city", "", "Ningbo", "reads")),
    (ASK, "/yrd-city", ("/yrd-city", "", "", "reads")),
    (ASK, "/yrd help.", ("help", "", "", "reads")),
    (ASK, "/yrd", ("help", "", "", "reads")),
    (ASK, "/yrd Hangzhou", (ASK, "", "Hangzhou", "reads")),
    (ASK, f"/yrd fact {FACT} correct", ("fact", "correct", "", "opens a form", OF_FACT)),
    (ASK, "/yrd /yrd-city Ningbo", ("/yrd-city", "", "Ningbo", "reads")),
    (ASK, "yrd Hangzhou", (ASK, "", "yrd Hangzhou", "reads")),
    (ASK, "map Suzhou.", ("map", "", "Suzhou.", "reads")),
    (ASK, "source xu-twinning.", ("source", "", "xu-twinning", "reads")),
    (ASK, f"passage {FACT}.", ("passage", "", FACT, "reads")),
    (ASK, "city Ningbo", (ASK, "", "city Ningbo", "reads")),
    (ASK, "yrd-digest pause 3", ("/yrd-digest", "pause", "", "changes", Target(id="3"))),
    ("/yrd-digest", "pause #3, until 24 Dec", ("/yrd-digest", "pause", "until 24 Dec", "changes", Target(id="3"))),
    ("/yrd-digest", "preview 3", ("/yrd-digest", "preview kept", "", "reads", Target(id="3"))),
    ("/yrd-digest", "preview", ("/yrd-digest", "preview kept", "", "reads")),
    ("/yrd-digest", "preview 5G", ("/yrd-digest", "preview", "5G", "reads")),
    ("/yrd-digest", "list 3", ("/yrd-digest", "list", "3", "reads")),
    ("/yrd-city", "Help", ("/yrd-city", "help", "", "reads")),
    ("/yrd-city", "help.", ("/yrd-city", "help", "", "reads")),
    ("/yrd-city", "add Ningbo", ("/yrd-city", "", "add Ningbo", "reads")),
    ("/yrd-digest", "", ("/yrd-digest", "form", "", "opens a form")),
    ("/yrd-digest", "help", ("/yrd-digest", "help", "", "reads")),
    ("/yrd-digest", "列表", ("/yrd-digest", "list", "", "reads")),
    ("/yrd-digest", "list.", ("/yrd-digest", "list", "", "reads")),
    ("/yrd-digest", "订阅 ports", ("/yrd-digest", "subscribe", "ports", "reads")),
    ("/yrd-digest", "New: ports weekly", ("/yrd-digest", "subscribe", "ports weekly", "reads")),
    ("/yrd-digest", "subscribe-ports", ("/yrd-digest", "", "subscribe-ports", "reads")),
    ("/yrd-digest", "stop, please", ("/yrd-digest", "", "stop, please", "reads")),
    ("/yrd-digest", "test ports", ("/yrd-digest", "test", "ports", "reads")),
    ("/yrd-nosuch", "Ningbo", ("", "", "Ningbo", "reads")),
)  # fmt: skip


def routed(services: Services, command: str, text: str) -> Route:
    people = (Reference("person", "carol", "U1"),) if "@carol" in text or "remove carol" in text else ()
    return route(services, Request(text, NOW, command, references=people))


@pytest.mark.parametrize(("command", "text", "wanted"), TABLE, ids=[f"{c} {t}" for c, t, _ in TABLE])
def test_a_text_is_read_as(services: Services, command: str, text: str, wanted: tuple[object, ...]) -> None:
    found = routed(services, command, text)
    assert (found.command.name, found.verb.name, found.argument, found.effect) == wanted[:4]
    assert found.target == (wanted[4] if len(wanted) > 4 else None)


@pytest.mark.parametrize(
    ("command", "verb", "target", "wanted"),
    [
        ("review", "approve", Target(id="7", version=3), ("review", "approve", "changes")),
        ("fact", "history", OF_FACT, ("fact", "history", "reads")),
        ("map", "", Target(id="ningbo"), ("map", "", "reads")),
        ("add", "", None, ("add", "", "opens a form")),
        (ASK, "", None, (ASK, "", "reads")),
        ("/yrd-city", "", Target(id="ningbo"), ("/yrd-city", "", "reads")),
        ("review", "nosuch", Target(id="7"), ("", "", "reads")),
        (ASK, "review approve", Target(id="7"), ("", "", "reads")),
        ("nosuch", "", None, ("", "", "reads")),
    ],
)
def test_what_a_button_says_is_not_read_of_its_text(
    services: Services, command: str, verb: str, target: Target | None, wanted: tuple[str, str, str]
) -> None:
    text = "review 9 reject because"
    found = route(services, Request(text, NOW, command, verb=verb, target=target))
    assert (found.command.name, found.verb.name, found.effect) == wanted
    assert (found.argument, found.target) == (text, target)


@pytest.mark.parametrize(
    ("command", "verb"), [("review", "nosuch"), (ASK, "review approve"), ("nosuch", ""), ("/yrd-nosuch", "")]
)
def test_a_verb_that_there_is_not_is_refused_in_private(services: Services, command: str, verb: str) -> None:
    asked = Request("7", NOW, command, verb=verb, target=Target(id="7"))
    assert not route(services, asked).is_question
    assert reply(services, asked).outcome == "refused"
    assert "no longer does anything" in reply(services, asked).headline


@pytest.mark.parametrize("word", [word.name for word in WORDS])
def test_a_word_is_no_command_to_whoever_says_no_verb(services: Services, word: str) -> None:
    assert routed(services, word, "Ningbo").command.name == ""


@pytest.mark.parametrize("command", [*SLASH, *WORDS], ids=lambda command: command.name)
def test_a_verb_that_a_command_has_not_is_an_error_of_the_code(command: Command) -> None:
    with pytest.raises(LookupError, match="nosuch"):
        command.verb("nosuch")


@pytest.mark.parametrize(
    ("verb", "outcome"),
    [
        ("review approve", "refused"), ("review settle", "refused"), ("fact verify", "refused"),
        ("review question", "unknown"), ("review show", "unknown"),
    ],
)  # fmt: skip
def test_a_verb_without_what_it_is_done_to_does_nothing(services: Services, verb: str, outcome: str) -> None:
    command, name = verb.split()
    asked = Request("", NOW, command, team="T1", user="U1", verb=name)
    assert reply(services, asked).outcome == outcome


@pytest.mark.parametrize("word", [command.name for command in (*WORDS, *SLASH) if command.name != QUESTION])
@pytest.mark.parametrize("mark", [",", "-on", ".", "?", "ing", "、", "'s", "/", "_"])
def test_a_word_with_something_behind_it_is_no_command(services: Services, word: str, mark: str) -> None:
    text = f"{word}{mark} curators 1 approve in Ningbo"
    assert routed(services, QUESTION, text).command.name == QUESTION


@pytest.mark.parametrize("command", [*SLASH, *WORDS], ids=lambda command: command.name)
def test_every_verb_that_a_reader_returns_is_one_of_its_command(services: Services, command: Command) -> None:
    words = [word for verb in command.verbs for word in (verb.name, *verb.aliases)]
    texts = [text.partition(" ")[2] for _, text, _ in TABLE] + [text for _, text, _ in TABLE]
    texts += [f"{word} {rest}".strip() for word in words for rest in ("", "3", "ports", "3 ports")]
    for text in texts:
        found = command.read(services, Request(text, NOW, references=(Reference("person", "carol", "U1"),)))
        assert found is None or command.has(found.verb), text


@pytest.mark.parametrize("command", [*SLASH, *WORDS], ids=lambda command: command.name)
def test_no_two_verbs_of_a_command_share_a_word(command: Command) -> None:
    words = [word for verb in command.verbs for word in (verb.name, *verb.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (ASK, "review 7 approve"), (ASK, "review question 0123abcd scope"), (ASK, f"fact {FACT} revert because"),
        (ASK, "admin curators add U1"), ("/yrd-digest", "pause 3"),
        ("/yrd-digest", "subscribe nowhere-at-all"), ("/yrd-digest", "save"), ("/yrd-digest", "whither"),
    ],
)  # fmt: skip
def test_a_refusal_is_no_unanswered_question(
    services: Services, tmp_path: Path, command: str, text: str
) -> None:
    store = Store.open(tmp_path / "state.db")
    kept = StoredQuestions(store, 90)
    asked = Request(text, NOW, command, team="T1", user="U1", channel="C1")
    # Without its service, what only reads knows nothing; that is no question either.
    outcome = "unknown" if text.endswith("history") else "refused"
    assert reply(replace(services, questions=kept), asked).outcome == outcome
    assert kept.unanswered("T1", NOW) == ()
    store.close()


@pytest.mark.parametrize(
    ("command", "text", "is_kept"),
    [
        (ASK, "Who is the mayor of Wuhu?", True), ("/yrd-city", "Xiamen University Town of Nowhere", True),
        (ASK, "yrd-pair Wenzhou / Lianyungang", True), ("/yrd-topic", "falconry", True),
        (ASK, f"fact {FACT} history", False), (ASK, "review 7", False),
        (ASK, "fact xu-twinning-999", False), (ASK, "map Inner Mongolia", False), (ASK, "map Chengdu", False),
        ("/yrd-digest", "preview Guangzhou Tower of Nowhere", False), ("/yrd-nosuch", "Ningbo", False),
    ],
)  # fmt: skip
def test_only_what_was_looked_for_is_kept_where_there_is_no_answer(
    services: Services, tmp_path: Path, command: str, text: str, is_kept: bool
) -> None:
    store = Store.open(tmp_path / "state.db")
    kept = StoredQuestions(store, 90)
    asked = Request(text, NOW, command, team="T1", user="U1", channel="C1")
    assert reply(replace(services, questions=kept), asked).outcome == "unknown"
    assert [question.text for question in kept.unanswered("T1", NOW)] == ([text] if is_kept else [])
    store.close()
