"""What a team approved comes back as seeds that pass the checks of seeds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import export_seeds
from handlers.contributions import Deed
from handlers.curation import read
from handlers.draft import Draft
from knowledge import seeds as seed_files
from knowledge import shape
from knowledge.base import FactBase
from tests.conftest import SEEDS
from tests.slack.curation_stage import STATEMENT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = Draft(
    statement=STATEMENT,
    subjects=("ningbo", "hefei"),
    topics=("ports",),
    url="https://example.org/news/harbour",
    title="Harbour news",
    published="2026-05-04",
    words="opened a joint harbour office",
)
CORRECTION = PAGE.model_copy(
    update={
        "document": "xu-twinning",
        "paragraph": 2,
        "url": "",
        "statement": "Minhang District of Shanghai and Huainan of Anhui are twinned.",
        "supersedes": "xu-twinning-039",
    }
)


def approved(*drafts: Draft) -> tuple[Deed, ...]:
    deeds = []
    for number, draft in enumerate(drafts, 1):
        subject = f"p:{number}"
        deeds.append(Deed(subject, "proposed", "U1", "Bob", NOW, "", draft.encode(), len(deeds) + 1))
        deeds.append(Deed(subject, "approved", "U2", "Carol", NOW, "", "", len(deeds) + 1))
    return tuple(deeds)


@pytest.mark.parametrize(
    "drafts",
    [
        (),
        (PAGE,),
        (PAGE, PAGE.model_copy(update={"statement": STATEMENT.replace("May", "June")})),
        (CORRECTION,),
        (Draft(supersedes="xu-twinning-039", withdraws=True),),
        (CORRECTION, CORRECTION.model_copy(update={"supersedes": "team-001", "caveat": "Twice corrected."})),
    ],
    ids=["nothing", "a page", "two like it", "a correction", "a withdrawal", "a chain"],
)
def test_contributions_are_written_as_seeds_that_pass(
    base: FactBase, tmp_path: Path, drafts: tuple[Draft, ...]
) -> None:
    assert export_seeds.write(base, read(approved(*drafts)), SEEDS, tmp_path / "out") == 0
    written = seed_files.read(tmp_path / "out")
    assert shape.check(written) == ()
    before = {fact.id for fact in base.facts}
    assert before <= {fact.id for fact in written.facts}
    statements = {fact.statement for fact in written.facts if fact.id not in before}
    assert {draft.statement for draft in drafts if not draft.withdraws} <= statements


def test_a_corrected_fact_stays_as_historical_and_says_by_what(base: FactBase, tmp_path: Path) -> None:
    export_seeds.write(base, read(approved(CORRECTION)), SEEDS, tmp_path)
    facts = {fact.id: fact for fact in seed_files.read(tmp_path).facts}
    new = next(fact for fact in facts.values() if fact.statement == CORRECTION.statement)
    old = facts["xu-twinning-039"]
    assert old.stance == "historical"
    assert f"Corrected by {new.id} after" in old.caveat


def test_a_folder_with_something_in_it_is_left_alone(base: FactBase, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert export_seeds.write(base, read(()), SEEDS, tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
