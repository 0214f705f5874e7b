"""*Show passage* and /yrd passage, end to end: whole payloads in, what Slack shows out, in both modes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.local_slack.state.records import Message
from handlers.registry import SLASH
from handlers.reply import reply
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.documents import build_passages
from knowledge.documents.passages import StoredPassages
from tests.knowledge.papers import TEXT, put, seeds
from tests.slack.stage import Stage

SEEDS = seeds()
TEAM = {"team.md": "# Buses\n\nThe hydrogen buses of Ningbo cost 3 million yuan. <!channel> & <@U1>"}


def at_hand(tmp_path: Path, **files: str) -> Services:
    (tmp_path / "documents").mkdir()
    build_passages.build(put(tmp_path / "documents", **files), SEEDS, "v1", tmp_path / "passages.db")
    base = FactBase(SEEDS, "v1")
    # As a bot that starts does: the first question must not wait for what is read once.
    base.warm()
    return Services(base, passages=StoredPassages(tmp_path / "passages.db"))


@pytest.fixture
def staged(stage: Stage, tmp_path: Path) -> Stage:
    stage.restart(services=at_hand(tmp_path, **TEAM), reply=reply, commands=SLASH)
    return stage


def asked(stage: Stage, text: str) -> Message:
    sent = stage.slack.driver.command("alice", "general", "/yrd", text)
    assert sent.message is not None
    return sent.message


def shown(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def seen(stage: Stage, words: str) -> list[Message]:
    """What alice alone sees in the channel with `words` in it, once there is something."""
    team = stage.slack.team

    def there() -> list[Message] | None:
        found = [m for m in team.ephemerals("general", "alice") if words in m.text]
        return found or None

    found: list[Message] = team.wait_for(there)
    return found


@pytest.mark.parametrize(
    "question", ["fact paper-001", "How many cars does the ferry from Ningbo to Zhoushan take?"]
)
def test_show_passage_shows_the_paragraph_to_who_pressed_it_alone(staged: Stage, question: str) -> None:
    answer = asked(staged, question)
    staged.slack.driver.click("alice", answer, "passage")
    passage = shown(seen(staged, "What the documents print")[-1])
    assert "rich_text_quote" in passage
    assert "The ferry of Ningpo Town carries 40 cars" in passage
    assert "1. Ferries" in passage
    assert "Printed otherwise: “Ningpo Town” is Ningbo (宁波)." in passage
    assert "The year of the count is not printed." in passage
    assert not [post for post in staged.slack.team.posts("general") if post.by_bot]


def test_yrd_passage_does_the_same_and_cannot_be_shared(staged: Stage) -> None:
    answer = asked(staged, "passage paper-001")
    assert "The ferry of Ningpo Town carries 40 cars" in shown(answer)
    assert "Share to channel" not in shown(answer)
    assert "Show passage" not in shown(answer)


def test_without_documents_there_is_no_button_and_the_word_says_so(stage: Stage) -> None:
    stage.restart(services=Services(FactBase(SEEDS, "v1")), reply=reply, commands=SLASH)
    assert "Show passage" not in shown(asked(stage, "fact paper-001"))
    assert "documents are not at hand" in asked(stage, "passage paper-001").text


def test_a_button_of_before_says_so_when_the_documents_were_taken_away(staged: Stage) -> None:
    answer = asked(staged, "fact paper-001")
    staged.restart(services=Services(FactBase(SEEDS, "v1")), reply=reply, commands=SLASH)
    staged.slack.driver.click("alice", answer, "passage")
    assert "Li, undated, 1, para 3" in seen(staged, "documents are not at hand")[0].text


def test_an_excerpt_that_nobody_curated_is_offered_escaped_and_mentions_nobody(staged: Stage) -> None:
    answer = asked(staged, "What do the hydrogen buses of Ningbo cost?")
    assert "From the document, not yet curated" in shown(answer)
    assert "The hydrogen buses of Ningbo cost 3 million yuan." in answer.text
    assert "<!channel>" not in answer.text


def test_a_passage_with_markup_in_it_is_shown_as_printed(stage: Stage, tmp_path: Path) -> None:
    hostile = TEXT.replace("each day.", "each day. <!channel> <@U1> & *bold* &lt;")
    curated = seeds(hostile)
    (tmp_path / "documents").mkdir()
    folder = put(tmp_path / "documents", **{"paper.txt": hostile})
    build_passages.build(folder, curated, "v1", tmp_path / "passages.db")
    services = Services(FactBase(curated, "v1"), passages=StoredPassages(tmp_path / "passages.db"))
    stage.restart(services=services, reply=reply, commands=SLASH)
    answer: Any = asked(stage, "passage paper-001")
    assert "<!channel>" not in answer.text + shown(answer)
    assert "*bold* &lt;" in shown(answer)
