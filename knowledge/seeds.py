"""Reads and validates seeds/*.toml. Every bad record is reported at once, by file, record and field.

Reads only; what is valid becomes `Seeds`, and nothing is corrected on the way.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge import asked, citing
from knowledge.model import (
    Citation,
    Disagreement,
    Document,
    Entry,
    Fact,
    Gap,
    Leftover,
    Mechanism,
    Named,
    Organisation,
    Outside,
    Pairing,
    Paragraph,
    Place,
    Plan,
    Project,
    Record,
    Synonyms,
    TalkModel,
    Topic,
    Weight,
    WordList,
)
from knowledge.text.chinese import syllables
from knowledge.text.normalize import normalize, tokenize
from knowledge.vocabulary import WordUse

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=Entry)

FACTS = "facts"
# A word says nothing or little; a question wants one sort of thing. What else words tell may come together.
_EXCLUSIVE = (
    frozenset({WordUse.STOP, WordUse.LIGHT}),
    frozenset({WordUse.QUANTITY, WordUse.TIME, WordUse.PLACE, WordUse.PERSON, WordUse.REASON}),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one record of one file; `found` is what in it the message names, if anything."""

    file: str
    record: str
    field: str
    message: str
    found: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.record}: {self.field}" if self.field else f"{self.file}: {self.record}"
        return f"{where}: {self.message}"


class BadSeedsError(Exception):
    """The seeds cannot be built; `problems` says why, all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems in the seeds")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything curated, valid on its own and in its references."""

    documents: tuple[Document, ...]
    paragraphs: tuple[Paragraph, ...]
    places: tuple[Place, ...]
    pairings: tuple[Pairing, ...]
    mechanisms: tuple[Mechanism, ...]
    topics: tuple[Topic, ...]
    organisations: tuple[Organisation, ...]
    plans: tuple[Plan, ...]
    projects: tuple[Project, ...]
    synonyms: tuple[Synonyms, ...]
    outside: tuple[Outside, ...]
    words: tuple[WordList, ...]
    weights: tuple[Weight, ...]
    talk: tuple[TalkModel, ...]
    gaps: tuple[Gap, ...]
    facts: tuple[Fact, ...]
    disagreements: tuple[Disagreement, ...]

    def named(self) -> tuple[Named, ...]:
        """Return every record that a reader may ask for by name."""
        return (
            *self.places,
            *self.pairings,
            *self.mechanisms,
            *self.topics,
            *self.organisations,
            *self.plans,
            *self.projects,
        )

    def entries(self) -> tuple[Entry, ...]:
        """Return what a question may be matched with: facts, then gaps."""
        return (*self.facts, *self.gaps)


def files(folder: Path) -> tuple[Path, ...]:
    """Return the seed files of `folder` in a fixed order."""
    return (*sorted(folder.glob("*.toml")), *sorted((folder / FACTS).glob("*.toml")))


def version(folder: Path) -> str:
    """Return a short digest of the content of all seed files: the version of the base."""
    state = hashlib.sha256()
    for path in files(folder):
        state.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return state.hexdigest()[:12]


def read(folder: Path) -> Seeds:
    """Return the seeds of `folder`; BadSeedsError names everything that is wrong with them."""
    if not (folder / "documents.toml").is_file():
        message = "no documents.toml here: point YRD_SEEDS at the folder of the seeds"
        raise BadSeedsError((Problem(str(folder), "folder", "", message),))
    reader = _Reader(folder)
    seeds = Seeds(
        documents=reader.records("documents.toml", "document", Document),
        paragraphs=reader.records("paragraphs.toml", "paragraph", Paragraph),
        places=reader.records("places.toml", "place", Place),
        pairings=reader.records("pairings.toml", "pairing", Pairing),
        mechanisms=reader.records("mechanisms.toml", "mechanism", Mechanism),
        topics=reader.records("topics.toml", "topic", Topic),
        organisations=reader.records("organisations.toml", "organisation", Organisation),
        plans=reader.records("plans.toml", "plan", Plan),
        projects=reader.records("projects.toml", "project", Project),
        synonyms=reader.records("synonyms.toml", "synonyms", Synonyms),
        outside=reader.records("outside.toml", "outside", Outside),
        words=reader.records("words.toml", "words", WordList),
        weights=reader.records("weights.toml", "weight", Weight),
        talk=reader.records("talk.toml", "talk", TalkModel),
        gaps=reader.records("gaps.toml", "gap", Gap),
        facts=tuple(
            fact
            for path in sorted((folder / FACTS).glob("*.toml"))
            for fact in reader.records(f"{FACTS}/{path.name}", "fact", Fact)
        ),
        disagreements=reader.records("disagreements.toml", "disagreement", Disagreement),
    )
    problems = (*reader.problems, *references(seeds))
    if problems:
        raise BadSeedsError(problems)
    return _with_sections(seeds)


def leftovers(folder: Path) -> tuple[Leftover, ...]:
    """Return what curators left out of the facts and why; BadSeedsError as for `read`. No part of the base."""
    reader = _Reader(folder)
    records = reader.records("leftovers.toml", "leftover", Leftover)
    if reader.problems:
        raise BadSeedsError(tuple(reader.problems))
    return records


class _Reader:
    """Reads files and gathers what is wrong instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[Problem] = []

    def records(self, name: str, table: str, model: type[R]) -> tuple[R, ...]:
        """Return the valid records of `table` in the file `name`."""
        raw = self._table(name, table)
        return tuple(record for i, entry in enumerate(raw, 1) if (record := self._one(name, i, entry, model)))

    def _table(self, name: str, table: str) -> list[Any]:
        try:
            data = tomllib.loads((self._folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.problems.append(Problem(name, "file", "", "is missing"))
            return []
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(Problem(name, "file", "", f"is not valid TOML: {error}"))
            return []
        for key in data.keys() - {table}:
            self.problems.append(Problem(name, key, "", f"is not known here; this file holds [[{table}]]"))
        entries = data.get(table, [])
        if not isinstance(entries, list):
            self.problems.append(Problem(name, table, "", f"must be a list of tables: [[{table}]]"))
            return []
        return entries

    def _one(self, name: str, position: int, entry: object, model: type[R]) -> R | None:
        try:
            return model.model_validate(entry)
        except ValidationError as error:
            label = _label(entry, position)
            self.problems.extend(
                Problem(name, label, ".".join(map(str, detail["loc"])), detail["msg"])
                for detail in error.errors(include_url=False)
            )
            return None


def _label(entry: object, position: int) -> str:
    if isinstance(entry, dict):
        for key in ("id", "slug", "name", "document", "use", "feature"):
            if isinstance(entry.get(key), str) and entry[key]:
                return str(entry[key])
    return f"record {position}"


def references(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every reference that does not resolve, every identifier used twice and every question of two entries."""
    return (*_twice(seeds), *_dangling(seeds), *_words(seeds.words), *_questions(seeds))


def _twice(seeds: Seeds) -> Iterator[Problem]:
    seen: set[str] = set()
    for label, what in [
        *((document.slug, "slug") for document in seeds.documents),
        *((record.slug, "slug") for record in seeds.named()),
        *((entry.id, "id") for entry in seeds.entries()),
        *((disagreement.slug, "slug") for disagreement in seeds.disagreements),
        *((weight.feature, "feature") for weight in seeds.weights),
        *((model.encoder, "encoder") for model in seeds.talk),
        *((f"{p.document} {p.number}", "paragraph") for p in seeds.paragraphs),
    ]:
        if label in seen:
            yield Problem("seeds", label, what, "is used twice")
        seen.add(label)


def _words(lists: tuple[WordList, ...]) -> Iterator[Problem]:
    """Every list stands once, every word once in it and in one list only of those that exclude each other."""
    seen: set[WordUse] = set()
    for entry in lists:
        if entry.use in seen:
            yield Problem("words.toml", entry.use, "use", "has a list already")
        seen.add(entry.use)
        excluded = next((uses for uses in _EXCLUSIVE if entry.use in uses), frozenset({entry.use}))
        others = [word for other in lists if other.use in excluded for word in other.words]
        for word in dict.fromkeys(entry.words):
            if others.count(word) > 1:
                also = next(
                    (o.use for o in lists if o is not entry and o.use in excluded and word in o.words), ""
                )
                where = f"also stands in {also}" if also else "stands there twice"
                yield Problem("words.toml", entry.use, "words", f"“{word}” {where}")
            if not entry.use.is_of_print and (read := " ".join(tokenize(normalize(word)))) != word:
                yield Problem(
                    "words.toml", entry.use, "words", f"“{word}” is never met: it is read as “{read}”"
                )
            if entry.use is WordUse.READINGS and not _is_reading(*word.split()):
                message = f"“{word}” is no reading: write a word of Chinese and a syllable for each character"
                yield Problem("words.toml", entry.use, "words", message)


def _is_reading(word: str, *spelt: str) -> bool:
    return len(word) == len(spelt) and all(len(syllables(syllable)) == 1 for syllable in spelt)


def _dangling(seeds: Seeds) -> Iterator[Problem]:
    places = {place.slug for place in seeds.places}
    mechanisms = {mechanism.slug for mechanism in seeds.mechanisms}
    topics = {topic.slug for topic in seeds.topics}
    for place in seeds.places:
        wanted = (*((place.province,) if place.province else ()), *place.part_of)
        yield from _missing("places.toml", place.slug, "province or part_of", wanted, places)
        yield from _missing(
            "places.toml", place.slug, "not_to_be_confused_with", place.not_to_be_confused_with, places
        )
    for pairing in seeds.pairings:
        yield from _missing("pairings.toml", pairing.slug, "members", pairing.members, places)
    for mechanism in seeds.mechanisms:
        yield from _missing("mechanisms.toml", mechanism.slug, "broader", mechanism.broader, mechanisms)
    for topic in seeds.topics:
        yield from _missing("topics.toml", topic.slug, "broader", topic.broader, topics)
    yield from _dangling_of_facts(seeds, topics)
    ids = {fact.id for fact in seeds.facts}
    for disagreement in seeds.disagreements:
        yield from _missing("disagreements.toml", disagreement.slug, "sides", disagreement.facts, ids)


def _dangling_of_facts(seeds: Seeds, topics: set[str]) -> Iterator[Problem]:
    subjects = {record.slug for record in seeds.named()} - topics
    ids = {fact.id for fact in seeds.facts}
    paragraphs = {(p.document, p.number) for p in seeds.paragraphs}
    for entry in seeds.entries():
        file = file_of(entry)
        yield from _missing(file, entry.id, "subjects", entry.subjects, subjects)
        yield from _missing(file, entry.id, "topics", entry.topics, topics)
        if isinstance(entry, Fact):
            yield from _missing(
                file, entry.id, "same_as, contradicts or more_precise_than", entry.related, ids
            )
        for citation in entry.citations:
            if (citation.document, citation.paragraph) not in paragraphs:
                cited = f"{citation.document} paragraph {citation.paragraph}"
                yield Problem(file, entry.id, "citations", f"{cited} is not in paragraphs.toml")


def _questions(seeds: Seeds) -> Iterator[Problem]:
    for clash in asked.clashes(seeds.entries()):
        yield Problem(file_of(clash.entry), clash.entry.id, clash.field, clash.message)


def file_of(entry: Entry) -> str:
    """Return the seed file, from the folder of the seeds, that holds `entry`."""
    return f"{FACTS}/{entry.citations[0].document}.toml" if isinstance(entry, Fact) else "gaps.toml"


def _missing(
    file: str, record: str, field: str, wanted: tuple[str, ...], known: set[str]
) -> Iterator[Problem]:
    for slug in wanted:
        if slug not in known:
            yield Problem(file, record, field, f'"{slug}" is not in the seeds')


def _with_sections(seeds: Seeds) -> Seeds:
    """Return `seeds` with every citation knowing its section, its hash and how readers see it."""
    labels = {document.slug: document.label for document in seeds.documents}
    paragraphs = {(p.document, p.number): p for p in seeds.paragraphs}

    def complete(citation: Citation) -> Citation:
        paragraph = paragraphs[citation.document, citation.paragraph]
        source = labels[citation.document]
        filled = {
            "section": paragraph.section,
            "sha256": paragraph.sha256,
            "source": source,
            "label": citing.label(source, paragraph.section, citation.paragraph),
        }
        return citation.model_copy(update=filled)

    def completed(entries: tuple[E, ...]) -> tuple[E, ...]:
        return tuple(
            entry.model_copy(update={"citations": tuple(map(complete, entry.citations))}) for entry in entries
        )

    return replace(seeds, facts=completed(seeds.facts), gaps=completed(seeds.gaps))
