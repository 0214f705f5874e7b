"""Seeds -> facts.db: written aside, swapped in. The file is a product, safe to delete.

Tables, foreign keys, full-text search and views are for people with Datasette or SQL; the bot reads `loaded`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter

from knowledge import seeds as seed_files
from knowledge.base import FactBase
from knowledge.model import Fact, Named, Record
from knowledge.search.vectors.embeddings import Embeddings, Encoder, Texts
from knowledge.search.vectors.whitening import Whitening
from knowledge.seeds import Seeds

if TYPE_CHECKING:
    from sqlite_utils import Database

FORMAT = 11
"""Raised when the tables change, so that a file of an older program is rebuilt."""

EMBEDDINGS = "embeddings.bin"
"""The file beside the seeds that holds vectors of their texts (`make learn`)."""

Row = dict[str, Any]

_ENTITIES = ("places", "pairings", "mechanisms", "topics", "organisations", "plans", "projects")

_VIEWS = {
    "cited_facts": """
        select facts.id, facts.statement, facts.kind, facts.stance, facts.date, facts.speaker, facts.caveat,
               facts.region, group_concat(citations.label, '; ') as citations
        from facts join citations on citations.fact = facts.id group by facts.id order by facts.id""",
    "facts_by_subject": """
        select names.name as subject, names.sort, facts.id, facts.statement
        from fact_subjects join facts on facts.id = fact_subjects.fact
        join names on names.slug = fact_subjects.subject and names.position = 0 order by subject, facts.id""",
    "facts_by_topic": """
        select topics.name as topic, facts.id, facts.statement
        from fact_topics join facts on facts.id = fact_topics.fact
        join topics on topics.slug = fact_topics.topic order by topic, facts.id""",
    "figures_of_facts": """
        select figures.of, figures.value, figures.upper, figures.unit, figures.year, facts.id, facts.statement
        from figures join facts on facts.id = figures.fact order by figures.of""",
    "coverage": """
        select document, count(distinct fact) as facts, count(distinct paragraph) as paragraphs
        from citations group by document order by document""",
}


def ensure(folder: Path, target: Path, encoder: Encoder | None = None) -> None:
    """Build `target` when it is missing, of another format, of other seeds, or without the vectors of `encoder`;
    BadSeedsError when the seeds are bad.
    """
    if not is_current(folder, target, encoder):
        build(folder, target, encoder)


def is_current(folder: Path, target: Path, encoder: Encoder | None = None) -> bool:
    """Say whether `target` was built by this program from the seeds in `folder`, with the vectors of `encoder`."""
    if not target.is_file():
        return False
    with closing(sqlite3.connect(target)) as database:
        if not database.execute("select 1 from sqlite_master where name = 'meta'").fetchone():
            return False
        meta = dict(database.execute("select key, value from meta"))
    has_vectors = encoder is None or meta.get("encoder") == encoder.name
    return (
        has_vectors
        and meta.get("format") == str(FORMAT)
        and meta.get("version") == seed_files.version(folder)
    )


def build(folder: Path, target: Path, encoder: Encoder | None = None) -> Seeds:
    """Write `target` from the seeds in `folder` and return them; an existing file stays until the swap. Vectors that do not
    stand beside the seeds are made by `encoder`.

    BadSeedsError when the seeds are bad, OSError when the file cannot be written.
    """
    # Where nothing is to be built, what builds is not loaded either.
    from sqlite_utils import Database

    seeds = seed_files.read(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".building-") as aside:
        fresh = Path(aside) / target.name
        database = Database(fresh)
        try:
            # One transaction: each waits for the disk.
            with database.atomic():
                _write(database, folder, seeds, encoder)
            database.execute("analyze")
            database.vacuum()
        finally:
            database.close()
        # Its owner's alone, as what lies beside it.
        fresh.chmod(0o600)
        os.replace(fresh, target)
    return seeds


def _write(database: Database, folder: Path, seeds: Seeds, encoder: Encoder | None) -> None:
    version = seed_files.version(folder)
    _documents(database, seeds)
    _entities(database, seeds)
    _facts(database, seeds.facts)
    _disagreements(database, seeds)
    _vocabulary(database, seeds)
    loaded = (*_loaded(FactBase(seeds, version)), *_encoded(folder, seeds, encoder))
    database.table("loaded").insert_all(({"name": name, "held": held} for name, held in loaded), pk="name")
    database.table("meta").insert_all(
        [
            {"key": "format", "value": str(FORMAT)},
            {"key": "version", "value": version},
            {"key": "facts", "value": str(len(seeds.facts))},
            {"key": "encoder", "value": encoder.name if encoder else ""},
        ],
        pk="key",
    )
    for name, query in _VIEWS.items():
        database.create_view(name, query)


def embeddings(folder: Path, seeds: Seeds, encoder: Encoder) -> Embeddings:
    """Return the vectors of all texts of the seeds: those that stand beside these, the others made now."""
    path = folder / EMBEDDINGS
    texts = Texts.of(seeds.entries(), encoder)
    known = (Embeddings.stored(path.read_bytes()) if path.is_file() else Embeddings.empty()).only(texts)
    return known.joined(known.lacking(texts))


def _encoded(folder: Path, seeds: Seeds, encoder: Encoder | None) -> Iterator[tuple[str, bytes]]:
    """Yield by name what `FactBase.open` reads where there is an encoder."""
    if encoder is None:
        return
    raw = embeddings(folder, seeds, encoder)
    asks = [entry.asks for entry in seeds.entries()]
    rows = raw.rows(Texts(encoder, (), tuple(chain.from_iterable(asks))).question_keys)
    whitening = Whitening.of(raw.floats[rows], np.repeat(np.arange(len(asks)), list(map(len, asks))))
    yield "whitening", whitening.kept()
    yield "embeddings", raw.with_vectors(whitening.turned(raw.floats)).kept()


def _loaded(base: FactBase) -> Iterator[tuple[str, bytes]]:
    """Yield by name what `FactBase.open` reads: the records, and what takes long to make of them."""
    yield "seeds", TypeAdapter(Seeds).dump_json(base.seeds, exclude_defaults=True)
    yield from base.corpus.arrays()
    yield "english", "\n".join(sorted(base.english)).encode()
    yield "pinyin", json.dumps(dict(base.pinyin), ensure_ascii=False).encode()
    for name, made in (
        ("names", base.names.owners),
        ("synonyms", base.synonymy),
        ("termhood", base.termhood),
    ):
        # What is a set has an order here: the same seeds make the same file.
        yield name, json.dumps(asdict(made), ensure_ascii=False, default=sorted).encode()


def _plain(record: Record, *left_out: str) -> Row:
    return {key: value for key, value in record.model_dump(mode="json").items() if key not in left_out}


def _documents(database: Database, seeds: Seeds) -> None:
    database.table("documents").insert_all(
        (_plain(d) | {"date": d.date} for d in seeds.documents),
        pk="slug",
        column_order=["slug", "label", "title"],
    )
    database.table("paragraphs").insert_all(
        map(_plain, seeds.paragraphs),
        pk=("document", "number"),
        foreign_keys=[("document", "documents", "slug")],
    )


def _entities(database: Database, seeds: Seeds) -> None:
    for table in _ENTITIES:
        keys = [("province", "places", "slug")] if table == "places" else []
        rows = [_plain(record, "members") for record in getattr(seeds, table)]
        database.table(table).insert_all(rows, pk="slug", column_order=["slug", "name", "chinese"])
        for column, other, key in keys:
            database.table(table).add_foreign_key(column, other, key)
    database.table("pairing_members").insert_all(
        (
            {"pairing": pairing.slug, "place": member}
            for pairing in seeds.pairings
            for member in dict.fromkeys(pairing.members)
        ),
        pk=("pairing", "place"),
        foreign_keys=[("pairing", "pairings", "slug"), ("place", "places", "slug")],
    )
    database.table("names").insert_all(_names(seeds.named()), pk=("slug", "position"))
    database.table("names").create_index(["name"])


def _names(named: Iterable[Named]) -> Iterator[Row]:
    for record in named:
        for position, name in enumerate(record.spellings()):
            yield {
                "slug": record.slug,
                "position": position,
                "sort": type(record).__name__.lower(),
                "name": name,
            }


def _facts(database: Database, facts: tuple[Fact, ...]) -> None:
    apart = (
        "subjects", "topics", "citations", "figures", "same_as", "contradicts", "more_precise_than", "supplied",
        "contributed",
    )  # fmt: skip
    database.table("facts").insert_all(
        (_plain(fact, *apart) for fact in facts), pk="id", column_order=["id", "statement", "kind"]
    )
    to_fact = ("fact", "facts", "id")
    for table, column, other, attribute in (
        ("fact_subjects", "subject", None, "subjects"),
        ("fact_topics", "topic", ("topic", "topics", "slug"), "topics"),
    ):
        database.table(table).insert_all(
            (
                {"fact": fact.id, column: slug}
                for fact in facts
                for slug in dict.fromkeys(getattr(fact, attribute))
            ),
            pk=("fact", column),
            foreign_keys=[to_fact, *([other] if other else [])],
        )
    database.table("citations").insert_all(
        (_plain(c) | {"fact": f.id, "position": i} for f in facts for i, c in enumerate(f.citations)),
        pk=("fact", "position"),
        foreign_keys=[to_fact, ("document", "documents", "slug")],
    )
    columns = {"value": float, "unit": str, "year": int, "of": str, "upper": float}
    _listed(database, "figures", facts, columns)
    _listed(database, "supplied", facts, {"token": str, "source": str})
    database.table("relations").create(
        {"fact": str, "relation": str, "other": str},
        pk=("fact", "relation", "other"),
        foreign_keys=[to_fact, ("other", "facts", "id")],
    )
    database.table("relations").insert_all(
        {"fact": fact.id, "relation": relation, "other": other}
        for fact in facts
        for relation in ("same_as", "contradicts", "more_precise_than")
        for other in dict.fromkeys(getattr(fact, relation))
    )
    database.table("facts").enable_fts(["statement", "asks", "caveat", "speaker"], tokenize="porter")


def _disagreements(database: Database, seeds: Seeds) -> None:
    database.table("disagreements").create({"slug": str, "on": str}, pk="slug")
    database.table("disagreements").insert_all(_plain(one, "sides") for one in seeds.disagreements)
    database.table("disagreement_sides").create(
        {"disagreement": str, "side": int, "says": str, "fact": str},
        pk=("disagreement", "fact"),
        foreign_keys=[("disagreement", "disagreements", "slug"), ("fact", "facts", "id")],
    )
    database.table("disagreement_sides").insert_all(
        {"disagreement": one.slug, "side": number, "says": side.says, "fact": fact}
        for one in seeds.disagreements
        for number, side in enumerate(one.sides, 1)
        for fact in side.facts
    )


def _listed(database: Database, table: str, facts: tuple[Fact, ...], columns: dict[str, type]) -> None:
    database.table(table).create(
        {"fact": str, "position": int, **columns},
        pk=("fact", "position"),
        foreign_keys=[("fact", "facts", "id")],
    )
    database.table(table).insert_all(
        _plain(entry) | {"fact": fact.id, "position": position}
        for fact in facts
        for position, entry in enumerate(getattr(fact, table))
    )


def _vocabulary(database: Database, seeds: Seeds) -> None:
    database.table("synonyms").insert_all(
        (
            {"group": number, "word": word}
            for number, group in enumerate(seeds.synonyms, 1)
            for word in dict.fromkeys(group.words)
        ),
        pk=("group", "word"),
    )
    database.table("outside").insert_all(map(_plain, seeds.outside), pk="id", columns={"id": int})
    database.table("words").create({"use": str, "word": str}, pk=("use", "word"))
    database.table("words").insert_all(
        {"use": entry.use.value, "word": word} for entry in seeds.words for word in entry.words
    )
    database.table("gaps").insert_all(map(_plain, seeds.gaps), pk="id", column_order=["id", "statement"])
    database.table("weights").insert_all(map(_plain, seeds.weights), pk="feature")
