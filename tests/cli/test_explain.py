"""`yrd explain`: how a question is read, what its candidates weigh and lack, and what comes of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.explanation import explanation
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from tests.cli.test_main import yrd
from tests.conftest import NOW, SEEDS


@pytest.fixture(scope="module")
def data_dir(shared_data_folder: Path) -> Path:
    return shared_data_folder


def explained(services: Services, text: str) -> str:
    return "\n".join(explanation(services, text, reply(services, Request(text=text, now=NOW))))


def test_a_question_is_explained_from_its_reading_to_its_outcome(data_dir: Path) -> None:
    done = yrd(data_dir, "explain", "how much was xuzou's gdp in 2018")
    assert (done.returncode, done.stderr) == (0, "")
    assert "name        “xuzou” is read as a slip of xuzhou" in done.stdout
    assert "wants       quantity, the year 2018" in done.stdout
    assert re.findall(r"^  (\d)\. [a-z-]+\d+: ", done.stdout, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert "outcome     answer (fuzzy)" in done.stdout


def test_a_text_is_explained_behind_the_command_it_follows(data_dir: Path) -> None:
    assert "outcome     answer (exact)" in yrd(data_dir, "explain", "--command", "/yrd-city", "Ningbo").stdout


def test_a_text_that_finds_nothing_is_explained_all_the_same(data_dir: Path) -> None:
    said = yrd(data_dir, "explain", "!!").stdout
    assert "concepts    none\ncandidates  none\noutcome     answer (none): I read words only." in said


def test_without_a_text_one_sentence_says_what_is_missing(data_dir: Path) -> None:
    done = yrd(data_dir, "explain")
    assert (done.returncode, done.stderr) == (
        2,
        "yrd explain: missing argument 'TEXT...'; see yrd explain --help.\n",
    )


def test_what_features_add_is_what_a_candidate_comes_to(services: Services) -> None:
    said = explained(services, "Which city is Huainan twinned with?")
    candidates = re.split(r"^  \d\. ", said, flags=re.MULTILINE)[1:]
    assert len(candidates) == 5
    for candidate in candidates:
        features = re.findall(r"^ {5}\S.{25} *-?\d+\.\d\d(.{8}|)(.{9}|)$", candidate, re.MULTILINE)
        together = re.findall(r"together +([+-]\d+\.\d\d) +([+-]\d+\.\d\d):", candidate)
        for added, (sum_of,) in zip(zip(*features, strict=True), zip(*together, strict=True), strict=True):
            # Each is rounded by itself.
            assert sum(float(cell or 0) for cell in map(str.strip, added)) == pytest.approx(
                float(sum_of), abs=0.1
            )


def test_it_says_which_rules_a_fact_breaks(services: Services) -> None:
    said = explained(services, "What was the GDP of Huaibei in 2021?")
    assert re.search(r"^     does not answer: is not on huaibei; does not speak of 2021", said, re.MULTILINE)
    assert "outcome     unknown" in said


def test_it_says_which_candidates_are_gaps(services: Services) -> None:
    said = explained(services, "What is the population of Huainan?")
    assert "a gap: the documents do not say it" in said
    assert "outcome     unknown (search): The base has no population of Huainan." in said


def test_it_says_where_the_question_is_an_ask_of_a_candidate(services: Services) -> None:
    fact = services.base.facts[0]
    said = explained(services, fact.asks[0])
    assert f"1. {fact.id}: " in said
    assert "     the question is one of its asks, which makes it certain\n     answers\n" in said
    assert "100% likely" in said


def test_an_explanation_that_nobody_reads_to_its_end_ends_quietly(data_dir: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "YRD_SEEDS": str(SEEDS), "YRD_DATA_DIR": str(data_dir)}
    found = subprocess.run(
        [sys.executable, "-m", "bot.cli", "explain", "Ningbo"],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False, env=environment,
    )  # fmt: skip
    os.close(writing)
    assert (found.returncode, found.stderr) == (0, "")
