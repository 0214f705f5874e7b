"""What the ledger comes to, laid over the base."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.contribution import Contribution, CurationEvent, EventKind
from handlers.curation.correction import draft_of
from handlers.curation.projection import overlay, replay
from handlers.curation.sources.citations import anchors_by_likeness, anchors_of
from handlers.draft import Draft, host
from knowledge.base import FactBase
from tests.cli.test_export_seeds import CORRECTION, PAGE, approved

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_what_the_seeds_say_by_now_is_theirs_and_the_old_id_says_so(base: FactBase) -> None:
    known = base.facts[10]
    draft = PAGE.model_copy(update={"statement": known.statement})
    view = base.with_overlay(overlay(base, replay(approved(draft))))
    assert view.overlay.superseded == {"team-001": known.id}
    assert "team-001" not in {hit.entry.id for hit in view.search(known.statement)}
    assert "team-001" not in {fact.id for fact in view.facts}
    assert view.fact("team-001") is not None


def test_a_correction_that_leaves_the_words_stands_in_the_place_of_its_fact(base: FactBase) -> None:
    known = base.facts[10]
    draft = draft_of(base, known)
    view = base.with_overlay(overlay(base, replay(approved(draft.model_copy(update={"caveat": "Doubted."})))))
    assert view.overlay.superseded == {known.id: "team-001"}
    assert [fact.caveat for fact in view.facts if fact.statement == known.statement] == ["Doubted."]
    # Once the seeds say all of it, it is theirs.
    adopted = base.with_overlay(overlay(base, replay(approved(draft))))
    assert adopted.overlay.superseded == {"team-001": known.id}
    assert known in adopted.facts


def test_what_cites_a_document_that_is_gone_answers_nobody_and_breaks_nothing(base: FactBase) -> None:
    draft = CORRECTION.model_copy(update={"document": "no-such-document", "supersedes": ""})
    laid = overlay(base, replay(approved(draft, PAGE)))
    assert laid.unsupported == ("team-001",)
    assert [fact.id for fact in laid.facts] == ["team-002"]


def test_a_chain_of_corrections_leaves_the_last_and_resolves_all(base: FactBase) -> None:
    second = CORRECTION.model_copy(update={"supersedes": "team-001", "caveat": "Twice."})
    view = base.with_overlay(overlay(base, replay(approved(CORRECTION, second))))
    assert view.overlay.superseded == {"xu-twinning-039": "team-001", "team-001": "team-002"}
    assert all(view.fact(known) for known in ("xu-twinning-039", "team-001", "team-002"))
    assert {"team-001", "xu-twinning-039"}.isdisjoint(fact.id for fact in view.facts)


def test_what_would_replace_a_fact_that_is_replaced_waits_no_longer() -> None:
    twice = (CORRECTION, CORRECTION.model_copy(update={"caveat": "Another."}), PAGE)
    proposed = tuple(_event(n, f"p:{n}", "proposed", draft.encode()) for n, draft in enumerate(twice, 1))
    state = replay((*proposed, _event(4, "p:2", "approved")))
    assert [kept.state for kept in state.contributions.values()] == ["closed", "approved", "waiting"]
    assert [kept.number for kept in state.closed_by(4)] == [1]
    assert (state.contributions[1].version, state.contributions[1].decided.body) == (4, "2")


def test_what_would_replace_a_fact_that_is_taken_back_waits_no_longer() -> None:
    second = CORRECTION.model_copy(update={"supersedes": "team-001"})
    state = replay(
        (
            _event(1, "p:1", "proposed", CORRECTION.encode()),
            _event(2, "p:1", "approved"),
            _event(3, "p:2", "proposed", second.encode()),
            _event(4, "p:1", "reverted"),
        )
    )
    assert [kept.state for kept in state.contributions.values()] == ["reverted", "closed"]
    assert state.contributions[2].decided.body == ""


def _event(seq: int, subject: str, kind: EventKind, body: str = "") -> CurationEvent:
    return CurationEvent(subject, kind, "U1", "Carol Wu", NOW, body=body, seq=seq)


def test_an_unreviewed_line_is_never_in_the_view(base: FactBase) -> None:
    waiting = (CurationEvent("p:1", "proposed", "U1", "Bob", NOW, "", PAGE.encode(), 1),)
    rejected = (*waiting, CurationEvent("p:1", "rejected", "U2", "Carol", NOW, "no", "", 2))
    for events in (waiting, rejected):
        laid = overlay(base, replay(events))
        assert (laid.facts, laid.retired, dict(laid.superseded)) == ((), (), {})


def test_ids_stay_well_formed_past_a_thousand() -> None:
    ids = [Contribution(number, Draft(), "", "", "", 0).id for number in (1, 999, 1000, 1999)]
    assert ids == ["team-001", "team-999", "team2-001", "team3-001"]


def test_only_addresses_of_the_web_are_sources() -> None:
    assert host("https://example.org/a") == "example.org"
    bad = (
        "javascript:alert(1)",
        "https://user:word@example.org",
        "ftp://example.org",
        "http://[",
        "https://a b.c",
    )
    assert [host(url) for url in bad] == [""] * len(bad)


def test_of_further_paragraphs_the_words_that_share_most_with_the_statement_are_cited(base: FactBase) -> None:
    document = "xu-twinning"
    numbers = {paragraph.number for paragraph in base.seeds.paragraphs if paragraph.document == document}
    number, known = next(
        (n, words) for n in sorted(numbers) if len(words := anchors_of(base, document, n)) > 2
    )
    for anchor in known:
        draft = PAGE.model_copy(
            update={"document": document, "paragraph": number, "statement": f"Of this it is said: {anchor}."}
        )
        assert anchor in anchors_by_likeness(base, draft)[0]
