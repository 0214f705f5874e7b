"""A tie that a team has added is one of the base: questions, pages, lists and maps go by it, and nothing denies it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.answer import Answer
from handlers.contribution import CurationEvent
from handlers.curation import describe, guess
from handlers.curation.projection import overlay, replay
from handlers.draft import Draft
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Tie
from knowledge.vocabulary import Arrangement, Kind, Stance
from tests.cli.test_export_seeds import PAGE, approved
from tests.conftest import NOW

STATEMENT = "Hefei and Ningbo are twinned under a national plan of 2026."
TWINNED = PAGE.model_copy(
    update={
        "statement": STATEMENT,
        "subjects": ("hefei", "ningbo"),
        "topics": ("less-developed-regions",),
        "kind": Kind.PAIRING,
    }
)


def viewed(base: FactBase, *drafts: Draft) -> FactBase:
    return base.with_overlay(overlay(base, replay(approved(*drafts))))


def asked(base: FactBase, text: str, command: str = QUESTION) -> Answer:
    return reply(Services(base), Request(text, NOW, command))


@pytest.mark.parametrize(
    "text",
    [
        "Who is Hefei twinned with?",
        "Which city is Hefei twinned with?",
        "What is Ningbo paired with?",
        "Is Hefei twinned with Ningbo?",
        "Does Hefei have a twin?",
        "Hefei's twin city",
        "合肥和哪个城市结对？",
        "合肥与谁结对？",
        "哪个城市与合肥结对",
    ],
)
def test_who_asks_for_the_partner_is_told_what_the_team_has_added(base: FactBase, text: str) -> None:
    answer = asked(viewed(base, TWINNED), text)
    assert answer.outcome == "answer"
    assert STATEMENT in [line.fact.statement for line in answer.lines]


@pytest.mark.parametrize("text", ["Hefei and Ningbo", "Hefei"])
def test_pages_tell_the_pairing(base: FactBase, text: str) -> None:
    answer = asked(viewed(base, TWINNED), text)
    assert STATEMENT in [line.fact.statement for line in answer.lines]


def test_lists_and_maps_hold_the_pairing_and_lose_it_with_the_fact(base: FactBase) -> None:
    view = viewed(base, TWINNED)
    (own,) = set(view.seeds.pairings) - set(base.seeds.pairings)
    assert (own.arrangement, set(own.members)) == (Arrangement.TWINNING, {"hefei", "ningbo"})
    picture = asked(view, "map Hefei").picture
    assert picture is not None
    assert own in [tie.pairing for tie in picture.ties]
    without = base.with_overlay(replace(overlay(base, replay(approved(TWINNED))), facts=()))
    assert set(without.seeds.pairings) == set(base.seeds.pairings)


def test_a_pair_that_the_base_holds_is_made_no_second_time(base: FactBase) -> None:
    known = next(
        p for p in base.seeds.pairings if p.arrangement is Arrangement.TWINNING and len(p.members) == 2
    )
    again = TWINNED.model_copy(
        update={
            "subjects": known.members,
            "ties": (Tie(arrangement=known.arrangement, members=known.members),),
        }
    )
    view = viewed(base, again)
    assert view.seeds.pairings == base.seeds.pairings
    assert "team-001" in {fact.id for fact in view.about(known.slug)}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": Kind.PLAN, "stance": Stance.PLANNED},
        {"stance": Stance.RECOMMENDED},
        {"stance": Stance.HISTORICAL},
        {"statement": "Hefei and Ningbo talk about a twinning."},
        {"statement": "Hefei and Ningbo are twinned from 2028."},
        {"subjects": ("hefei", "anhui")},
    ],
    ids=["a plan", "advice", "history", "talks", "later", "a city and its province"],
)
def test_what_states_no_tie_for_certain_makes_no_pair(base: FactBase, change: dict[str, object]) -> None:
    view = viewed(base, TWINNED.model_copy(update=change))
    assert view.seeds.pairings == base.seeds.pairings


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PAIRING}))
def test_whoever_calls_a_fact_something_else_has_no_pairing_made_of_it(base: FactBase, kind: Kind) -> None:
    assert viewed(base, TWINNED.model_copy(update={"kind": kind})).overlay.pairings == ()


def test_who_else_a_fact_is_about_is_not_tied(base: FactBase) -> None:
    draft = TWINNED.model_copy(update={"subjects": ("hefei", "ningbo", "wuxi")})
    (own,) = viewed(base, draft).overlay.pairings
    assert own.members == ("hefei", "ningbo")


def test_a_province_that_says_where_a_city_lies_is_no_third(base: FactBase) -> None:
    view = viewed(base, TWINNED.model_copy(update={"subjects": ("hefei", "anhui", "ningbo")}))
    assert len(view.seeds.pairings) == len(base.seeds.pairings) + 1


def test_a_fact_of_the_teams_own_is_looked_at_however_many_questions_are_known_of_others(
    base: FactBase,
) -> None:
    view = viewed(base, TWINNED)
    found = view.rank(view.parse("twinning of Hefei"))
    assert "team-001" in [hit.entry.id for hit in found]


PARK = Draft(
    statement="Hefei and Shanghai run a joint park.",
    topics=("planning",),
    url="https://example.org/park",
    title="Park news",
    published="2026-05-04",
)
ALLIANCE = PARK.model_copy(
    update={"statement": "Ningbo, Zhoushan and Nantong founded the Delta Port Alliance in 2026."}
)


def proposed(base: FactBase, draft: Draft, **changed: object) -> Draft:
    return guess.filled_in(base, draft.model_copy(update=changed))


@pytest.mark.parametrize(
    ("draft", "arrangement", "members", "asked_of"),
    [
        (PARK, Arrangement.PARK, ("hefei", "shanghai"), "Hefei"),
        (ALLIANCE, Arrangement.ALLIANCE, ("nantong", "ningbo", "zhoushan"), "Zhoushan"),
    ],
    ids=["a park", "an alliance of three"],
)
def test_every_door_knows_a_tie_that_the_team_has_added_as_its_own(
    base: FactBase, draft: Draft, arrangement: Arrangement, members: tuple[str, ...], asked_of: str
) -> None:
    view = viewed(base, proposed(base, draft))
    (own,) = view.overlay.pairings
    assert (own.arrangement, own.members) == (arrangement, members)
    partner = asked(view, f"What is {asked_of} paired with?")
    assert draft.statement in [line.fact.statement for line in partner.lines]
    assert "No " not in f"{partner.headline} {partner.notes}"
    one, other = (view.entity(slug) for slug in members[:2])
    assert one is not None
    assert other is not None
    between = asked(view, f"{one.name} and {other.name}", "/yrd-pair")
    assert draft.statement in [line.fact.statement for line in between.lines]
    assert "added by your team" in asked(view, asked_of, "/yrd-city").headline
    picture = asked(view, f"map {asked_of}")
    assert picture.picture is not None
    (tie,) = [tie for tie in picture.picture.ties if tie.pairing == own]
    assert tie.is_own
    assert [f for s in picture.sections for f in s.entries if own.name in f and "added by your team" in f]
    assert [
        f
        for s in asked(view, "pairings").sections
        for f in s.entries
        if own.name in f and "added by your team" in f
    ]


def test_a_correction_and_what_takes_it_back_take_the_pairing_along(base: FactBase) -> None:
    first = proposed(base, PARK)
    over = proposed(
        base, PARK, statement="Hefei and Shanghai closed their joint park in 2026.", supersedes="team-001"
    )
    assert viewed(base, first).overlay.pairings
    assert not viewed(base, first, over).overlay.pairings
    events = approved(first, over)
    back = CurationEvent("p:2", "reverted", "U2", "Carol", NOW, "wrong", "", len(events) + 1)
    assert base.with_overlay(overlay(base, replay((*events, back)))).overlay.pairings


def test_what_a_form_gives_back_of_the_pairing_goes_when_the_statement_ties_nothing(base: FactBase) -> None:
    (own,) = viewed(base, proposed(base, PARK)).overlay.pairings
    again = proposed(base, PARK).model_copy(
        update={
            "statement": "Hefei and Shanghai talk.",
            "subjects": (own.slug, "hefei", "shanghai"),
            "ties": (),
        }
    )
    (fact,) = viewed(base, again).overlay.facts
    assert fact.subjects == ("hefei", "shanghai")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (STATEMENT, ["Counts as a pairing of: Hefei and Ningbo (twinning)"]),
        ("Hefei and Ningbo run a joint park.", ["Counts as a pairing of: Hefei and Ningbo (joint park)"]),
        ("Hefei and Ningbo plan to be twinned.", []),
        ("Hefei and Ningbo are twinned from 2030.", []),
        ("Hefei and Ningbo were twinned until 2020.", []),
    ],
)
def test_whoever_decides_sees_which_pairing_a_statement_would_make(
    base: FactBase, statement: str, told: list[str]
) -> None:
    draft = TWINNED.model_copy(update={"statement": statement})
    (kept,) = replay(approved(draft)).contributions.values()
    lines = describe.as_read(Services(base), kept)
    assert [line for line in lines if line.startswith("Counts as a pairing")] == told


PARTNERS = TWINNED.model_copy(
    update={"statement": "Hefei and Ningbo are partners.", "kind": Kind.EVENT, "ties": ()}
)


@pytest.mark.parametrize("arrangement", sorted(Arrangement))
def test_a_fact_counts_as_the_pairing_that_was_said_whatever_its_words_are(
    base: FactBase, arrangement: Arrangement
) -> None:
    tie = Tie(arrangement=arrangement, members=("ningbo", "hefei"))
    view = viewed(base, PARTNERS.model_copy(update={"ties": (tie,)}))
    (own,) = view.overlay.pairings
    assert (own.arrangement, own.members) == (arrangement, ("hefei", "ningbo"))
    (fact,) = view.overlay.facts
    assert own.slug in fact.subjects


def test_a_fact_that_was_said_to_be_no_pairing_is_none_whatever_its_words_are(base: FactBase) -> None:
    assert viewed(base, TWINNED).overlay.pairings
    assert not viewed(base, TWINNED.model_copy(update={"ties": ()})).overlay.pairings


def test_what_it_counts_as_is_kept_in_the_ledger_and_told_in_the_history(base: FactBase) -> None:
    tie = Tie(arrangement=Arrangement.ALLIANCE, members=("hefei", "ningbo"))
    draft = PARTNERS.model_copy(update={"ties": (tie,)})
    assert Draft.model_validate_json(draft.encode()) == draft
    assert Draft.model_validate_json(PARTNERS.encode()).ties == ()
    assert describe.changes(Services(base), PARTNERS, draft) == [
        "Counts as a pairing of: – → Hefei and Ningbo (alliance)"
    ]


def test_a_pairing_with_a_place_that_the_base_holds_no_longer_is_left_out(base: FactBase) -> None:
    tie = Tie(arrangement=Arrangement.PARK, members=("hefei", "nowhere-at-all"))
    assert not viewed(base, PARTNERS.model_copy(update={"ties": (tie,)})).overlay.pairings
