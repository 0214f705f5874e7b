"""A number is plain digits: those of other scripts, superscripts and numbers in circles are never read as one."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.cli.main import yrd
from bot.render.clean import clean
from bot.settings import Settings
from handlers.digests.reading.when import dates
from handlers.target import Target
from knowledge.text.normalize import is_number, normalize
from tests.slack.curation_stage import FILLED, CurationStage, team
from tests.slack.digest_stage import DigestStage, digests

__all__ = ["digests", "team"]

# Arabic-Indic, Persian, Devanagari, Thai, Khmer and Kharosthi digits, and what else Python calls digits or numbers.
SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "០១២៣៤៥៦៧៨៩", "𐩀𐩀𐩀𐩀𐩀𐩀𐩀𐩀𐩀𐩀", "⁰¹²³⁴⁵⁶⁷⁸⁹", "⓪①②③④⑤⑥⑦⑧⑨",
           "₀₁₂₃₄₅₆₇₈₉", "፩፩፪፫፬፭፮፯፰፱")  # fmt: skip
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ODD = [
    chr(code)
    for code in range(0x80, 0x20000)
    if chr(code).isnumeric() and unicodedata.category(chr(code)) in ("Nd", "No")
]


def in_script(text: str, digits: str) -> str:
    return text.translate(str.maketrans("0123456789", digits))


@pytest.mark.parametrize("digits", SCRIPTS)
def test_no_option_of_a_digest_is_read_from_other_digits(digests: DigestStage, digits: str) -> None:
    for text in (
        "subscribe ports weekly mon facts {3}",
        "subscribe ports weekly mon {9}:{00}",
        "subscribe ports weekly mon at {9}",
        "subscribe ports monthly {15}",
        "subscribe ports weekly mon 09:00 quiet {22}:{00}-{07}:{00}",
        "pause {1}", "unsubscribe {1}", "edit {1} facts 3", "show {1}",
    ):  # fmt: skip
        odd = "".join(in_script(part, digits) if at % 2 else part for at, part in enumerate(_split(text)))
        said = digests.typed(odd)
        assert "went wrong" not in said.text, odd
        assert not any(element.get("action_id") == "save" for block in said.blocks for element in block.get("elements", ())), odd  # fmt: skip
        assert "Post this digest here?" not in said.text, odd
    assert digests.kept() == ()


def _split(text: str) -> list[str]:
    return text.replace("}", "{").split("{")


def test_full_width_digits_are_plain_ones(digests: DigestStage) -> None:
    said = digests.typed("subscribe ports weekly mon 9:30 facts 3".translate(_WIDE))
    assert "at 09:30" in said.text


@pytest.mark.parametrize("digits", SCRIPTS)
def test_no_proposal_is_decided_by_other_digits(team: CurationStage, digits: str) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for text in (in_script("review 1 approve", digits), f"review 1 approve {in_script('v2', digits)}"):
        team.typed(text, "carol")
    team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).contributions.values()
    assert kept.state == "waiting"


@pytest.mark.parametrize("digits", SCRIPTS)
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("p_date", "2026-05"), ("p_published", "2026-05-01"), ("p_review", "2027-05-01"),
        ("p_figures", "12 | billion yuan | 2024 | trade"), ("p_figures", "0.5 | km |  | length"),
    ],
)  # fmt: skip
def test_no_field_of_a_proposal_is_read_from_other_digits(
    team: CurationStage, digits: str, field: str, typed: str
) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    sent = team.filled("bob", FILLED | {field: in_script(typed, digits)})
    assert field in sent.reply.get("errors", {}) or "⚠" in str(sent.reply), sent.reply


@given(st.text(st.sampled_from(ODD), min_size=1, max_size=4))
def test_no_numeral_of_unicode_is_a_number_a_time_or_a_day(numeral: str) -> None:
    seen = clean(numeral)[0]
    if seen.isascii():
        # Full-width and mathematical forms of the plain digits.
        assert all(unicodedata.category(char) == "Nd" and unicodedata.decomposition(char) for char in numeral)
        return
    assert not is_number(seen)
    assert dates.clock(seen) is None
    assert dates.month_day(seen) is None
    with pytest.raises(ValidationError):
        Target(id=seen)


def test_a_power_of_ten_stays_what_it_was_and_a_unit_is_found_as_typed() -> None:
    assert clean("10⁵ people on 3 km²")[0] == "10⁵ people on 3 km²"
    assert "105" not in normalize("10⁵ people")
    assert normalize("R²") == normalize("R2")


@pytest.mark.parametrize("digits", SCRIPTS)
def test_no_setting_and_no_option_takes_other_digits(digits: str, tmp_path: Path) -> None:
    for name in ("port", "threads", "question_days"):
        with pytest.raises(ValidationError):
            Settings.model_validate({"data_dir": tmp_path, name: in_script("8080", digits)})
    for args in (
        ["fault", "drop", "--times", "3"],
        ["fault", "time_out", "--seconds", "3"],
        ["forward", "3m"],
    ):
        ran = CliRunner().invoke(yrd, ["workspace", *(in_script(arg, digits) for arg in args)])
        assert ran.exit_code == 2, args
        assert "number" in ran.output
