"""Documents at hand, as `yrd` in a process of its own builds and shows them; nothing of them is exported."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.slack.listeners.manifest import scopes_in_use
from knowledge.documents import paragraphs
from tests.conftest import SEEDS
from tests.knowledge.papers import PAPER, TEXT, put
from tests.run.bot_process import Bot, free_port, yrd

DOCUMENT = """[[document]]
slug = "paper"
file = "paper.txt"
title = "A paper"
label = "Li, undated"
authors = ["Wei Li"]
kind = "paper"
"""
FACT = """[[fact]]
id = "paper-001"
statement = "A ferry links Ningbo with Zhoushan and takes 40 cars a day."
kind = "project"
subjects = ["ningbo"]
topics = ["transport"]
stance = "reported"
citations = [{ document = "paper", paragraph = 3, anchor = "carries 40 cars to Zhoushan" }]
"""
PLACE = '[[place]]\nslug = "ningbo"\nname = "Ningbo"\nlevel = "prefecture-level city"\nspellings_in_documents = ["Ningpo Town"]\ndelta = true\n'
EMPTY = (
    "disagreements",
    "pairings",
    "mechanisms",
    "organisations",
    "plans",
    "projects",
    "synonyms",
    "outside",
    "gaps",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the seeds of one paper and that paper beside it."""
    seeds = tmp_path / "seeds"
    (seeds / "facts").mkdir(parents=True)
    for name in EMPTY:
        (seeds / f"{name}.toml").write_text("", encoding="utf-8")
    for name in ("words.toml", "weights.toml", "talk.toml"):
        shutil.copy(SEEDS / name, seeds)
    (seeds / "documents.toml").write_text(DOCUMENT, encoding="utf-8")
    (seeds / "places.toml").write_text(PLACE, encoding="utf-8")
    (seeds / "topics.toml").write_text(
        '[[topic]]\nslug = "transport"\nname = "transport"\n', encoding="utf-8"
    )
    (seeds / "facts" / "paper.toml").write_text(FACT, encoding="utf-8")
    blocks = paragraphs.split(PAPER, TEXT)
    (seeds / "paragraphs.toml").write_text(
        "\n".join(
            f'[[paragraph]]\ndocument = "paper"\nnumber = {b.number}\nsection = "{b.section}"\nsha256 = "{b.sha256}"\n'
            for b in blocks
        ),
        encoding="utf-8",
    )
    (tmp_path / "documents").mkdir()
    put(tmp_path / "documents", **{"team.md": "# Buses\n\nThe hydrogen buses of Ningbo cost 3 million yuan."})
    return tmp_path


def run(folder: Path, *arguments: str, **changes: str) -> tuple[int, str, str]:
    given = {"YRD_SEEDS": str(folder / "seeds"), "YRD_DOCUMENTS": str(folder / "documents")} | changes
    done = yrd(folder, *arguments, **given)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_build_makes_passages_and_ask_shows_them(folder: Path) -> None:
    code, out, _ = run(folder, "build")
    assert code == 0
    assert "passages.db: 8 paragraphs of 2 documents." in out
    code, out, _ = run(folder, "ask", "passage", "paper-001")
    assert code == 0
    assert "“The ferry of Ningpo Town carries 40 cars to Zhoushan each day.”" in out
    assert "Printed otherwise: “Ningpo Town” is Ningbo." in out


def test_ask_makes_them_when_they_are_missing_or_the_folder_changed(folder: Path) -> None:
    assert run(folder, "ask", "passage", "paper-001")[0] == 0
    put(folder / "documents", **{"paper.txt": TEXT.replace("40 cars", "50 cars")})
    code, out, err = run(folder, "ask", "passage", "paper-001")
    assert code == 1
    assert "50 cars" not in out
    assert "paper.txt has changed: paragraphs 1 changed (3)." in err


def test_without_documents_it_says_so_even_if_passages_were_built_before(folder: Path) -> None:
    run(folder, "build")
    code, out, _ = run(folder, "ask", "passage", "paper-001", YRD_DOCUMENTS="")
    assert code == 1
    assert "The documents are not at hand" in out
    assert "ferry of Ningpo" not in out


def test_a_file_that_cannot_be_read_is_one_sentence_and_the_rest_is_built(folder: Path) -> None:
    (folder / "documents" / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    code, out, err = run(folder, "build")
    assert code == 1
    assert "8 paragraphs of 2 documents" in out
    assert err.strip() == "bad.txt is left out: it is not UTF-8 text."


def test_a_folder_that_is_not_there_is_one_sentence_and_answers_go_on(folder: Path) -> None:
    code, out, err = run(folder, "build", YRD_DOCUMENTS=str(folder / "nowhere"))
    assert code == 2
    assert "facts.db: 1 facts" in out
    assert err.count("\n") == 1
    assert "YRD_DOCUMENTS" in err
    assert run(folder, "ask", "Ningbo", YRD_DOCUMENTS=str(folder / "nowhere"))[0] == 0


def test_jsonl_keeps_its_fields_when_an_excerpt_is_offered(folder: Path) -> None:
    code, out, _ = run(folder, "ask", "--json", "What do the hydrogen buses of Ningbo cost?")
    answer = json.loads(out)
    assert code == 1
    assert set(answer) == {"id", "outcome", "text", "documents", "facts", "choices", "near", "match"}
    assert (answer["outcome"], answer["documents"], answer["facts"]) == ("unknown", [], [])
    assert "From the document, not yet curated" in answer["text"]


def test_no_export_and_no_backup_holds_a_word_of_the_documents(folder: Path) -> None:
    run(folder, "build")
    for what in ("facts", "documents", "places"):
        for form in ("jsonl", "csv"):
            assert (
                "carries 40 cars to Zhoushan each day" not in run(folder, "export", what, "--format", form)[1]
            )
    assert run(folder, "export", "facts", "--format", "bibtex")[0] == 2
    assert run(folder, "export", "documents", "--format", "bibtex")[1].startswith("@misc{paper,")
    assert b"each day" not in (folder / "facts.db").read_bytes()
    copy = folder / "copy.db"
    if run(folder, "backup", str(copy))[0] == 0:
        assert b"each day" not in copy.read_bytes()


def test_the_whole_bot_shows_a_passage_to_who_presses_the_button(folder: Path) -> None:
    with LocalSlackServer(scopes=scopes_in_use()) as slack:
        port = free_port()
        slack.use_http(f"http://127.0.0.1:{port}/slack/events")
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "YRD_SEEDS": str(folder / "seeds"),
            "YRD_DOCUMENTS": str(folder / "documents"),
        }
        with Bot(folder, settings, port):
            answer = slack.driver.command("alice", "general", "/yrd", "fact paper-001").message
            assert answer is not None
            slack.driver.click("alice", answer, "passage")
            seen = slack.team.wait_for(
                lambda: [
                    m for m in slack.team.ephemerals("general", "alice") if "What the documents" in m.text
                ]
            )
            assert "carries 40 cars to Zhoushan each day" in seen[0].text


@pytest.mark.skipif("YRD_DOCUMENTS" not in os.environ, reason="needs the documents: set YRD_DOCUMENTS")
def test_every_citation_of_the_seeds_has_its_passage(facts_db: Path, tmp_path: Path) -> None:
    from knowledge.base import FactBase
    from knowledge.documents import build_passages
    from knowledge.documents.passages import StoredPassages

    base = FactBase.open(Path(shutil.copy(facts_db, tmp_path)))
    build_passages.build(Path(os.environ["YRD_DOCUMENTS"]), base.seeds, base.version, tmp_path / "p.db")
    stored = StoredPassages(tmp_path / "p.db")
    cited = {(c.document, c.paragraph, c.sha256) for fact in base.facts for c in fact.citations}
    assert [place for place in cited if stored.find(*place) is None] == []
