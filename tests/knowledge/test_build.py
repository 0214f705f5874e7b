"""facts.db opens in Datasette and SQL with tables that make sense by themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from sqlite_utils import Database

from knowledge import build
from knowledge.base import FactBase
from tests.conftest import SEEDS


def test_foreign_keys_hold_everywhere(facts_db: Path) -> None:
    database = Database(facts_db)
    assert list(database.query("pragma foreign_key_check")) == []
    referenced = {key.other_table for key in database.table("citations").foreign_keys}
    assert referenced == {"facts", "documents"}


def test_full_text_search_stems(facts_db: Path) -> None:
    found = {row["id"] for row in Database(facts_db).table("facts").search("twinned district")}
    assert found


def test_full_text_search_finds_a_fact_by_what_readers_ask(facts_db: Path, base: FactBase) -> None:
    table = Database(facts_db).table("facts")
    for fact in base.facts[::97]:
        # The quoted words of a question, in their order: a phrase to FTS5.
        words = " ".join(re.findall(r"\w+", fact.asks[0]))
        assert fact.id in {row["id"] for row in table.search(f'"{words}"')}


def test_gaps_and_weights_stand_in_tables_of_their_own(facts_db: Path, base: FactBase) -> None:
    database = Database(facts_db)
    assert [row["id"] for row in database.table("gaps").rows] == [gap.id for gap in base.seeds.gaps]
    weighed = {row["feature"]: row["rank"] for row in database.table("weights").rows}
    assert weighed == {weight.feature: weight.rank for weight in base.seeds.weights}


def test_what_sources_differ_on_stands_in_tables_with_the_facts_of_each_side(
    facts_db: Path, base: FactBase
) -> None:
    database = Database(facts_db)
    rows = [
        (row["disagreement"], row["says"], row["fact"]) for row in database.table("disagreement_sides").rows
    ]
    assert rows == [
        (one.slug, side.says, fact)
        for one in base.seeds.disagreements
        for side in one.sides
        for fact in side.facts
    ]


def test_the_views_can_be_read(facts_db: Path) -> None:
    database = Database(facts_db)
    assert {"cited_facts", "facts_by_subject", "facts_by_topic", "coverage"} <= set(database.view_names())
    for view in database.view_names():
        assert next(iter(database.view(view).rows))


def test_a_base_of_the_same_seeds_is_current_and_of_others_is_not(facts_db: Path, tmp_path: Path) -> None:
    assert build.is_current(SEEDS, facts_db)
    assert not build.is_current(SEEDS, tmp_path / "missing.db")
    database = Database(facts_db)
    copy = tmp_path / "facts.db"
    copy.write_bytes(facts_db.read_bytes())
    database.close()
    other = Database(copy)
    other.table("meta").upsert({"key": "version", "value": "0"}, pk="key")
    other.close()
    assert not build.is_current(SEEDS, copy)


def test_what_is_read_back_is_what_was_curated(facts_db: Path) -> None:
    from knowledge import seeds

    assert FactBase.open(facts_db).seeds == seeds.read(SEEDS)


def test_names_and_synonyms_are_read_back_as_they_would_be_made_anew(base: FactBase) -> None:
    anew = FactBase(base.seeds, "anew")
    assert base.names.owners == anew.names.owners
    assert base.synonymy == anew.synonymy


def test_of_the_same_seeds_every_process_loads_the_same(facts_db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    program = f"from pathlib import Path; from knowledge import build; build.build(Path({str(SEEDS)!r}), Path({str(other)!r}))"
    # In another order of sets.
    subprocess.run([sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": "1"}, check=True)
    here, there = (
        {row["name"]: row["held"] for row in Database(path).table("loaded").rows}
        for path in (facts_db, other)
    )
    assert here == there


def test_every_citation_knows_how_readers_see_it(base: FactBase) -> None:
    for fact in base.facts:
        for citation in fact.citations:
            assert citation.label.startswith(base.document(citation.document).label)
            assert citation.label.endswith(f"para {citation.paragraph}")
            assert len(citation.sha256) == 64
