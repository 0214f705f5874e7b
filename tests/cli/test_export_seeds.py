"""What a team approved comes back as seeds that pass the checks of seeds."""

from __future__ import annotations

import difflib
import shutil
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli import export_seeds
from bot.state.contributions import StoredContributions
from bot.state.store import Store
from handlers.contribution import CurationEvent, Settlement
from handlers.curation.projection import replay
from handlers.draft import ASKS_MAX, Draft
from knowledge import seeds as seed_files
from knowledge.base import FactBase
from knowledge.checks import consistency
from knowledge.vocabulary import Kind
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
TIED = PAGE.model_copy(
    update={
        "statement": "Hefei and Ningbo run a joint park.",
        "kind": Kind.PAIRING,
        "subjects": ("hefei", "ningbo"),
    }
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


def approved(*drafts: Draft) -> tuple[CurationEvent, ...]:
    events: list[CurationEvent] = []
    for number, draft in enumerate(drafts, 1):
        subject = f"p:{number}"
        events.append(
            CurationEvent(subject, "proposed", "U1", "Bob", NOW, "", draft.encode(), len(events) + 1)
        )
        events.append(CurationEvent(subject, "approved", "U2", "Carol", NOW, "", "", len(events) + 1))
    return tuple(events)


def settled(fact: str, *questions: str) -> CurationEvent:
    body = Settlement(fact=fact, questions=questions).model_dump_json()
    return CurationEvent("q:00000000", "settled", "U2", "Carol", NOW, f"answered by {fact}", body)


def record(store: Store, event: CurationEvent) -> None:
    StoredContributions(store).record("T1", lambda events: event)


@pytest.mark.parametrize(
    "drafts",
    [
        (),
        (PAGE,),
        (PAGE, PAGE.model_copy(update={"statement": STATEMENT.replace("May", "June")})),
        (CORRECTION,),
        (Draft(supersedes="xu-twinning-039", withdraws=True),),
        (TIED,),
        (CORRECTION, CORRECTION.model_copy(update={"supersedes": "team-001", "caveat": "Twice corrected."})),
    ],
    ids=["nothing", "a page", "two like it", "a correction", "a withdrawal", "a tie", "a chain"],
)
def test_contributions_are_written_as_seeds_that_pass(
    base: FactBase, tmp_path: Path, drafts: tuple[Draft, ...]
) -> None:
    assert export_seeds.write(base, replay(approved(*drafts)), SEEDS, tmp_path / "out") == 0
    written = seed_files.read(tmp_path / "out")
    assert consistency.check(written) == ()
    before = {fact.id for fact in base.facts}
    assert before <= {fact.id for fact in written.facts}
    statements = {fact.statement for fact in written.facts if fact.id not in before}
    assert {draft.statement for draft in drafts if not draft.withdraws} <= statements


def test_a_corrected_fact_stays_as_historical_and_says_by_what(base: FactBase, tmp_path: Path) -> None:
    export_seeds.write(base, replay(approved(CORRECTION)), SEEDS, tmp_path)
    facts = {fact.id: fact for fact in seed_files.read(tmp_path).facts}
    new = next(fact for fact in facts.values() if fact.statement == CORRECTION.statement)
    old = facts["xu-twinning-039"]
    assert old.stance == "historical"
    assert f"Corrected by {new.id} after" in old.caveat


def test_a_correction_takes_over_what_asks_for_the_fact(base: FactBase, tmp_path: Path) -> None:
    old = base.fact("xu-twinning-039")
    assert old is not None
    asks = ("Who is twinned with whom?", *old.asks[1:ASKS_MAX])
    first = CORRECTION.model_copy(update={"asks": asks})
    second = first.model_copy(update={"supersedes": "team-001", "caveat": "Twice corrected."})
    export_seeds.write(base, replay(approved(first, second)), SEEDS, tmp_path)
    facts = {fact.id: fact for fact in seed_files.read(tmp_path).facts}
    new = next(fact for fact in facts.values() if fact.statement == CORRECTION.statement)
    assert new.asks == (*asks, *old.asks[ASKS_MAX:])
    assert new.near_misses == old.near_misses
    assert (facts[old.id].asks, facts[old.id].near_misses) == ((), ())


def test_what_was_learned_to_be_asked_is_written_to_the_facts_that_answer(
    base: FactBase, tmp_path: Path
) -> None:
    events = (
        *approved(PAGE, CORRECTION),
        settled("team-001", "river containers of Ningbo"),
        settled("xu-twinning-039", "who helps whom"),
        settled("cao-layout-009", "who began it", "谁发起的"),
    )
    assert export_seeds.write(base, replay(events), SEEDS, tmp_path) == 0
    facts = {fact.id: fact for fact in seed_files.read(tmp_path).facts}
    by_statement = {fact.statement: fact for fact in facts.values()}
    before = base.fact("cao-layout-009")
    assert before is not None
    assert facts["cao-layout-009"].asks == (*before.asks, "who began it", "谁发起的")
    assert by_statement[STATEMENT].asks == ("river containers of Ningbo",)
    assert by_statement[CORRECTION.statement].asks[-1] == "who helps whom"
    assert facts["xu-twinning-039"].asks == ()


def test_a_folder_with_something_in_it_is_left_alone(base: FactBase, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert export_seeds.write(base, replay(()), SEEDS, tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def differences(before: Path, after: Path) -> list[str]:
    """The lines that were taken (-) and added (+) in all files, in order."""
    found = []
    for path in sorted(after.rglob("*.toml")):
        old = before / path.relative_to(after)
        lines = old.read_text(encoding="utf-8").splitlines() if old.exists() else []
        changed = difflib.unified_diff(lines, path.read_text(encoding="utf-8").splitlines(), n=0, lineterm="")
        found += [line for line in changed if not line.startswith(("---", "+++", "@@"))]
    return found


def test_a_new_fact_is_the_only_difference_from_the_seeds(base: FactBase, tmp_path: Path) -> None:
    export_seeds.write(base, replay(approved(PAGE)), SEEDS, tmp_path)
    found = differences(SEEDS, tmp_path)
    assert all(line.startswith("+") for line in found)
    assert [line for line in found if line.startswith("+[[")] == [
        "+[[document]]",
        "+[[fact]]",
        "+[[fact]]",
        "+[[paragraph]]",
    ]


def test_of_a_corrected_fact_only_stance_and_caveat_differ_and_what_asks_for_it_goes(
    base: FactBase, tmp_path: Path
) -> None:
    export_seeds.write(base, replay(approved(CORRECTION)), SEEDS, tmp_path)
    before, after = (
        {fact["id"]: fact for path in sorted((folder / "facts").glob("*.toml")) for fact in parsed(path)}
        for folder in (SEEDS, tmp_path)
    )
    assert [known for known in after if known not in before] == ["xu-twinning-112"]
    old, now = before.pop("xu-twinning-039"), after.pop("xu-twinning-039")
    assert {name for name in old | now if old.get(name) != now.get(name)} == {
        "stance", "caveat", "asks", "near_misses",
    }  # fmt: skip
    assert now["stance"] == "historical"
    assert all(after[known] == fact for known, fact in before.items())


def parsed(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["fact"]
    return found


def test_what_a_curator_wrote_around_a_fact_stays_where_it_stood(base: FactBase, tmp_path: Path) -> None:
    source = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    path = source / "facts" / "cao-layout.toml"
    written = (
        path.read_text(encoding="utf-8")
        .replace('[[fact]]\nid = "cao-layout-009"', '[[fact]]  # the initiative\nid     = "cao-layout-009"')
        .replace('[[fact]]\nid = "cao-layout-010"', '# 1.1 What follows\n\n[[fact]]\nid = "cao-layout-010"')
    )
    assert written.count("# the initiative") == written.count("# 1.1 What follows") == 1
    path.write_text(written, encoding="utf-8")
    withdrawn = Draft(supersedes="cao-layout-009", withdraws=True)
    export_seeds.write(base, replay(approved(withdrawn)), source, tmp_path / "out")

    found = differences(source, tmp_path / "out")
    assert [line.split(" = ")[0] for line in found] == ["-stance", "+stance", "+caveat"]
    made = (tmp_path / "out" / "facts" / "cao-layout.toml").read_text(encoding="utf-8")
    at = made.index(found[-1].removeprefix("+"))
    assert made.index("# the initiative") < at < made.index("# 1.1 What follows")
    (marked,) = (fact for fact in tomllib.loads(made)["fact"] if fact["id"] == "cao-layout-009")
    assert marked["stance"] == "historical"
    assert marked["caveat"].startswith("Withdrawn as wrong or outdated")


def test_two_exports_of_the_same_are_the_same_bytes(base: FactBase, tmp_path: Path) -> None:
    curation = replay(approved(PAGE, CORRECTION, Draft(supersedes="cao-layout-009", withdraws=True)))
    for folder in ("one", "two"):
        export_seeds.write(base, curation, SEEDS, tmp_path / folder)
    assert differences(tmp_path / "one", tmp_path / "two") == []


def test_a_tie_that_a_team_has_added_is_written_as_a_pairing(base: FactBase, tmp_path: Path) -> None:
    assert export_seeds.write(base, replay(approved(TIED)), SEEDS, tmp_path / "out") == 0
    written = seed_files.read(tmp_path / "out")
    (pairing,) = set(written.pairings) - set(base.seeds.pairings)
    assert pairing.members == ("hefei", "ningbo")
    assert any(pairing.slug in fact.subjects for fact in written.facts)
