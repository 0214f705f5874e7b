"""What is exported: every entity with id and hash, the same bytes twice, BibTeX that parses, and no document's text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

import pytest

from bot.cli import bibtex, export
from bot.cli.export import EXPORTED
from knowledge.base import FactBase
from knowledge.model import Document
from knowledge.seeds import Seeds
from tests.knowledge.papers import PAPER


def written(base: FactBase, what: str, form: str = "jsonl") -> str:
    target = io.StringIO()
    assert export.write(base, what, form, target) == 0
    return target.getvalue()


def test_every_sort_of_record_but_the_paragraphs_can_be_exported() -> None:
    assert set(EXPORTED) == set(Seeds.__slots__) - {"paragraphs"}


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
            as_text = row[key]
            assert (json.loads(as_text) if isinstance(value, list | dict | bool) else as_text) == (
                value if isinstance(value, list | dict | bool) else "" if value is None else str(value)
            )


def test_a_fact_says_where_it_comes_from(base: FactBase) -> None:
    rows = {row["id"]: row for row in map(json.loads, written(base, "facts").splitlines())}
    for fact in base.facts:
        row = rows[fact.id]
        assert row["documents"] == list(fact.documents)
        assert row["was_quoted_from"] == [f"{c.document}#para-{c.paragraph}" for c in fact.citations]
        assert not fact.speaker or row["was_attributed_to"] == [fact.speaker]
        assert "terms" not in row


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
    target = io.StringIO()
    bibtex.write(base.seeds.documents, target)
    entries = parsed(target.getvalue())
    assert list(entries) == sorted(document.slug for document in base.seeds.documents)
    for document in base.seeds.documents:
        fields = entries[document.slug]
        assert ("year" in fields) == bool(document.published)
        assert document.published or "Undated." in fields["note"]
    assert entries["xu-homogenization"]["author"] == "{Xu Qimin}"
    assert entries["xu-homogenization"]["month"] == "jun"


def test_what_tex_would_read_as_a_command_is_escaped() -> None:
    nasty = Document(**(PAPER.model_dump() | {"title": r"50 % of A&B_{x} ~ #1 \end $5^2$"}))
    fields = parsed(bibtex.entry(nasty))["paper"]
    assert fields["title"] == (
        r"{50 \% of A\&B\_\{x\} \textasciitilde{} \#1 \textbackslash{}end \$5\textasciicircum{}2\$}"
    )
