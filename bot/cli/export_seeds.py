"""What a team approved, as seeds: a copy of the seeds with its facts in, for a reviewed change to the project.

Nothing is taken from the seeds: what was corrected stays, as historical and with a caveat that says by what.
"""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.cli.command import DONE, PROBLEMS, WRONG, complain, usable
from bot.plural import plural
from handlers.contribution import Contribution, CurationState
from handlers.curation.projection import as_fact, overlay
from knowledge import seeds as seed_files
from knowledge import seeds_toml
from knowledge.base import FactBase
from knowledge.checks import asks, consistency
from knowledge.model import Document, Fact, Paragraph, Record
from knowledge.seeds import FACTS, BadSeedsError, Problem, Seeds
from knowledge.stated_pairings import StatedPairings
from knowledge.vocabulary import Kind, Stance


def write(base: FactBase, curation: CurationState, source: Path, target: Path) -> int:
    """Write the seeds of `source` with the approved contributions to the folder `target`, which must be empty.

    Return 0 when they pass what `yrd check` asks of seeds without documents, but for asks that are still to be written and
    those of facts that stay as they were;
    1 with the problems on standard error, 2 when `target` is no empty folder or stands in `source`.
    """
    with usable(target, "read"):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            return complain(f"{target} is no empty folder: name another.", WRONG)
    if target.resolve().is_relative_to(source.resolve()):
        return complain(f"{target} is in the folder of the seeds: name another.", WRONG)
    merged = _Merged(base.seeds)
    for kept in sorted(curation.contributions.values(), key=lambda kept: kept.number):
        if kept.state == "approved" and curation.successor(kept.id) is None:
            merged.take(base, kept, _before(base, curation, kept), _root(curation, kept))
    merged.learn(overlay(base, curation).asks)
    merged.relate()
    with usable(target):
        _copy(source, target)
        merged.write(target)
    problems = _problems(target, merged.touched)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(
        f"{target}: {merged.taken} {plural(merged.taken, 'contribution')} in {len(merged.seeds.facts)} facts."
    )
    return PROBLEMS if problems else DONE


def _root(curation: CurationState, kept: Contribution) -> str:
    """Return the fact of the seeds that a chain of corrections began with, "" where it began with a new one."""
    earlier = curation.of_fact(kept.draft.supersedes)
    return _root(curation, earlier) if earlier else kept.draft.supersedes


def _before(base: FactBase, curation: CurationState, kept: Contribution) -> Fact | None:
    """Return the fact that a contribution corrects, which may be another contribution; None where it corrects none."""
    earlier = curation.of_fact(kept.draft.supersedes)
    if earlier is None:
        return base.fact(kept.draft.supersedes)
    return as_fact(base, earlier, _before(base, curation, earlier))[0]


def _problems(folder: Path, touched: frozenset[str]) -> tuple[Problem, ...]:
    try:
        written = seed_files.read(folder)
    except BadSeedsError as error:
        return error.problems
    return (*consistency.check(written), *asks.faults(written, touched))


def _copy(source: Path, target: Path) -> None:
    (target / FACTS).mkdir(parents=True, exist_ok=True)
    for path in seed_files.files(source):
        shutil.copyfile(path, target / path.relative_to(source))


class _Merged:
    """The seeds with contributions in, and what of them has to be written."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._facts = {fact.id: fact for fact in seeds.facts}
        self._documents: dict[str, Document] = {}
        self._paragraphs: list[Paragraph] = []
        self._new: dict[str, None] = {}
        self._ids: dict[str, str] = {}
        self._stated = StatedPairings(seeds.pairings, {record.slug: record for record in seeds.named()}.get)
        self._changed: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self.taken = 0

    @property
    def seeds(self) -> Seeds:
        return replace(
            self._seeds,
            facts=tuple(self._facts.values()),
            documents=(*self._seeds.documents, *self._documents.values()),
            pairings=(*self._seeds.pairings, *self._stated.pairings.values()),
        )

    @property
    def touched(self) -> frozenset[str]:
        """Return the ids of the facts that are new or changed."""
        return frozenset((*self._new, *self._changed))

    def take(self, base: FactBase, kept: Contribution, before: Fact | None, root: str) -> None:
        """Put in one contribution, which corrects the fact `before`, and mark the one of the seeds that it goes back to."""
        self.taken += 1
        if kept.draft.withdraws:
            if root:
                self._mark(root, f"Withdrawn as wrong or outdated by a team’s review on {kept.approved}.")
            return
        fact, page = as_fact(base, kept, before)
        fact = self._stated.about_its_pairings(fact)
        if page is not None and page.slug not in self._documents:
            self._add_page(page, fact)
        new = fact.model_copy(
            update={
                "id": self._next(fact.documents[0]),
                "contradicts": (),
                "contributed": None,
                "more_precise_than": (root,) if root else (),
            }
        )
        self._put(new)
        self._ids[kept.id] = new.id
        if root:
            self._mark(root, f"Corrected by {new.id} after a team’s review on {kept.approved}.")
            # Who asks gets the correction: it has taken them over, as far as they were not struck out.
            self._change(root, asks=(), near_misses=())

    def learn(self, asks: Mapping[str, tuple[str, ...]]) -> None:
        """Add what was learned to be asked of facts, by their ids in the team's view."""
        for fact_id, learned in asks.items():
            fact = self._facts[self._ids.get(fact_id, fact_id)]
            self._change(fact.id, asks=(*fact.asks, *learned))

    def relate(self) -> None:
        """Say of statements that read alike that they say the same: a reviewer saw them side by side."""
        for _, one, other in consistency.similar(self.seeds, consistency.ALIKE):
            if not {one.id, other.id} & self._new.keys():
                continue
            said = {*one.same_as, *one.contradicts, *one.more_precise_than}
            if other.id not in said and one.id not in other.more_precise_than:
                self._change(one.id, same_as=(*self._facts[one.id].same_as, other.id))
                self._change(other.id, same_as=(*self._facts[other.id].same_as, one.id))

    def write(self, target: Path) -> None:
        """Change in the files of `target` what changed of their facts, and add what is new; the rest stays as it is."""
        for path in sorted((target / FACTS).glob("*.toml")) if self._changed else ():
            text = path.read_text(encoding="utf-8")
            path.write_text(seeds_toml.changed(text, "fact", self._changed), encoding="utf-8")
        _add(target / "pairings.toml", "pairing", self._stated.pairings.values())
        _add(target / "documents.toml", "document", self._documents.values())
        _add(target / "paragraphs.toml", "paragraph", self._paragraphs)
        files: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact_id in self._new:
            fact = self._facts[fact_id]
            files[fact.documents[0]].append(fact)
        for slug, facts in files.items():
            _add(target / FACTS / f"{slug}.toml", "fact", facts)

    def _add_page(self, page: Document, fact: Fact) -> None:
        """Add a page that the seeds do not have, with the fact that says where it comes from."""
        self._documents[page.slug] = page
        citation = fact.citations[0]
        self._paragraphs.append(
            Paragraph(document=page.slug, number=citation.paragraph, section="", sha256=citation.sha256)
        )
        about = fact.model_copy(
            update={
                "id": self._next(page.slug),
                "statement": f"“{page.title}” ({page.venue}) is a {page.kind} that a team cited.",
                "kind": Kind.DEFINITION,
                "topics": tuple(t.slug for t in self._seeds.topics if t.about_documents) or fact.topics,
                "stance": Stance.REPORTED,
                "speaker": "",
                "caveat": "",
                "date": "",
                "figures": (),
                "asks": (),
                "near_misses": (),
                "contradicts": (),
                "contributed": None,
            }
        )
        self._put(Fact.model_validate(about.model_dump()))

    def _next(self, document: str) -> str:
        """Return the next id of a document: they count up and are never used again."""
        numbers = [int(i.rpartition("-")[2]) for i in self._facts if i.rpartition("-")[0] == document]
        return f"{document}-{max(numbers, default=0) + 1:03}"

    def _put(self, fact: Fact) -> None:
        self._facts[fact.id] = fact
        self._new[fact.id] = None

    def _mark(self, fact_id: str, caveat: str) -> None:
        old = self._facts[fact_id]
        self._change(fact_id, stance=Stance.HISTORICAL, caveat=f"{old.caveat} {caveat}".strip())

    def _change(self, fact_id: str, **values: object) -> None:
        fact = self._facts[fact_id] = self._facts[fact_id].model_copy(update=values)
        if fact_id not in self._new:
            self._changed[fact_id] |= fact.model_dump(mode="json", include=set(values))


def _add(path: Path, name: str, records: Iterable[Record]) -> None:
    if records := tuple(records):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(seeds_toml.added(before, name, records), encoding="utf-8")
