"""What a statement says of itself is filled in, and what somebody said stays."""

from __future__ import annotations

import pytest

from handlers.curation import guess
from handlers.curation.statements import unknown_names
from handlers.draft import Draft
from knowledge.base import FactBase
from knowledge.model import Fact, Tie
from knowledge.overlay import Overlay
from knowledge.vocabulary import Arrangement, Kind, Region, Stance

OFFICE = "Ningbo and Hefei opened a joint harbour office for river containers in May 2026."


def test_places_topic_date_and_a_question_are_guessed_from_the_statement(base: FactBase) -> None:
    found = guess.filled_in(base, Draft(statement=OFFICE))
    assert set(found.subjects) == {"ningbo", "hefei"}
    assert found.topics == ("ports",)
    assert (found.kind, found.stance, found.date) == (Kind.EVENT, Stance.REPORTED, "2026-05")
    assert found.asks is not None
    assert "Ningbo" in found.asks[0]


@pytest.mark.parametrize(
    ("statement", "kind", "stance", "speaker"),
    [
        ("Hefei will build a second port with Wuhu.", Kind.PLAN, Stance.PLANNED, ""),
        ("The Port Group says Hefei has outgrown its port.", Kind.CLAIM, Stance.CLAIMED, "The Port Group"),
        ("The paper recommends Hefei should share its port.", Kind.RECOMMENDATION, Stance.RECOMMENDED, "The paper"),
        ("Hefei shipped 5.6 million containers by river.", Kind.FIGURE, Stance.REPORTED, ""),
        ("The output of Hefei reached 1.2 trillion yuan.", Kind.FIGURE, Stance.REPORTED, ""),
        ("Hefei paid $5 for each container.", Kind.FIGURE, Stance.REPORTED, ""),
        ("The port zone of Hefei has 27 cities.", Kind.FIGURE, Stance.REPORTED, ""),
        ("合肥2024年生产总值达到1.2万亿元。", Kind.FIGURE, Stance.REPORTED, ""),
        ("In 2024 people of Hefei moved the port.", Kind.EVENT, Stance.REPORTED, ""),
        ("In May 2026 Hefei signed 3 papers on its port.", Kind.EVENT, Stance.REPORTED, ""),
        ("Twinning is an arrangement between two cities.", Kind.DEFINITION, Stance.REPORTED, ""),
        ("合肥与宁波结对帮扶。", Kind.PAIRING, Stance.REPORTED, ""),
        ("Hefei and Ningbo are twinned.", Kind.PAIRING, Stance.REPORTED, ""),
    ],
)  # fmt: skip
def test_kind_stance_and_speaker_are_guessed(
    base: FactBase, statement: str, kind: Kind, stance: Stance, speaker: str
) -> None:
    found = guess.filled_in(base, Draft(statement=statement))
    assert (found.kind, found.stance, found.speaker) == (kind, stance, speaker)


@pytest.mark.parametrize(
    ("statement", "topics"),
    [
        ("Hefei and Ningbo are twinned.", ("less-developed-regions",)),
        ("The GDP of Hefei reached 1.2 trillion yuan.", ("economic-indicators",)),
        ("A hospital in Hefei treats patients of Wuhu.", ("health-care",)),
        ("The railway from Nanjing to Chuzhou opened.", ("infrastructure",)),
        ("Hefei and Wuhu share chips and a harbour.", ("integrated-circuits", "ports")),
        # No word of a topic's: the topic of the facts that are nearest.
        ("Bengbu sends its pensioners to Jiaxing for holidays.", ("tourism",)),
        ("Ma'anshan smelts steel.", ("industry",)),
        # What shares the names alone, or a single word here and there, tells none.
        ("The mayor of Lishui visited Jinshan on 3 May 2026.", ()),
        ("Wuhu makes buses.", ()),
        ("Hefei brews beer.", ()),
        ("Cats like milk a lot.", ()),
    ],
)
def test_a_topic_is_guessed_from_the_words_of_the_statement_else_from_the_facts_nearest_to_it(
    base: FactBase, statement: str, topics: tuple[str, ...]
) -> None:
    assert guess.filled_in(base, Draft(statement=statement)).topics == topics


@pytest.mark.parametrize(
    ("statement", "guessed"),
    [
        ("Ma'anshan smelts steel.", ("topics",)),
        ("Hefei and Wuhu share a harbour.", ()),
        ("Hefei brews beer.", ()),
    ],
)
def test_a_topic_that_no_word_of_the_statement_names_is_told_to_be_guessed(
    base: FactBase, statement: str, guessed: tuple[str, ...]
) -> None:
    assert guess.filled_in(base, Draft(statement=statement)).guessed == guessed
    chosen = guess.filled_in(base, Draft(statement=statement, topics=("tourism",)))
    assert chosen.guessed == ()


def test_a_guessed_question_follows_what_it_is_made_of_and_one_that_was_written_stays(base: FactBase) -> None:
    before = guess.filled_in(base, Draft(statement=OFFICE))
    other = before.model_copy(update={"topics": ("tourism",)})
    assert guess.asks_anew(base, before, before) is None
    assert guess.asks_anew(base, before, other) == ("How do Ningbo and Hefei work together on tourism?",)
    mine = other.model_copy(update={"asks": ("What floats?",)})
    assert guess.asks_anew(base, before, mine) is None
    assert guess.asks_anew(base, mine, mine.model_copy(update={"topics": ("ports",)})) is None


def test_the_facts_of_the_base_would_all_have_a_topic_most_of_them_a_right_one(base: FactBase) -> None:
    sample = [fact for fact in base.facts if not _BESIDE.intersection(fact.topics)][::12]
    guessed = [
        (fact, guess.filled_in(_without(base, fact), Draft(statement=fact.statement))) for fact in sample
    ]
    assert [fact.id for fact, found in guessed if not found.topics] == []
    right = sum(not set(found.topics).isdisjoint(fact.topics) for fact, found in guessed)
    assert right >= 0.7 * len(guessed)


_BESIDE = frozenset({"other-regions", "about-the-documents"})


def _without(base: FactBase, fact: Fact) -> FactBase:
    return base.with_overlay(Overlay(superseded={fact.id: ""}))


def test_what_was_said_stays(base: FactBase) -> None:
    said = Draft(
        statement=OFFICE, subjects=("wuhu",), topics=("tourism",), kind=Kind.PLAN, date="2027",
        words="a joint harbour office", asks=(), ties=(),
    )  # fmt: skip
    assert guess.filled_in(base, said) == said


def test_words_of_a_paragraph_are_those_by_which_another_fact_finds_it(base: FactBase) -> None:
    fact = base.facts[0]
    cited = fact.citations[0]
    stated = f"Hefei knows of {cited.anchor}."
    draft = Draft(statement=stated, document=cited.document, paragraph=cited.paragraph)
    assert guess.words_of(base, draft) == cited.anchor
    assert guess.words_of(base, draft.model_copy(update={"statement": "Wuxi sold umbrellas."})) == ""
    assert (
        guess.words_of(base, Draft(statement="He called it “a bridge over water” then."))
        == "a bridge over water"
    )


def test_a_statement_on_places_elsewhere_is_no_fact_of_the_delta(base: FactBase) -> None:
    assert (
        guess.filled_in(base, Draft(statement="Beijing and Tianjin share a port.")).region is Region.ELSEWHERE
    )


def test_kind_stance_and_speaker_follow_the_statement_where_they_were_guessed(base: FactBase) -> None:
    before = guess.filled_in(base, Draft(statement="Hefei opened a second port with Wuhu in 2024."))
    claim = "The Port Group says Hefei opened a second port with Wuhu in 2024."
    assert guess.renewed(base, before, before.model_copy(update={"statement": claim})) == {
        "kind": Kind.CLAIM, "stance": Stance.CLAIMED, "speaker": "The Port Group",
    }  # fmt: skip


def test_kind_stance_and_speaker_that_somebody_chose_stay_with_a_changed_statement(base: FactBase) -> None:
    chosen = Draft(
        statement="Hefei opened a second port with Wuhu in 2024.", kind=Kind.CASE, stance=Stance.HISTORICAL
    )
    before = guess.filled_in(base, chosen)
    plan = before.model_copy(update={"statement": "Hefei will open a second port with Wuhu in 2024."})
    assert guess.renewed(base, before, plan) == {}
    # Changed in the form, before the statement was.
    guessed = guess.filled_in(base, Draft(statement=chosen.statement))
    typed = plan.model_copy(update={"kind": Kind.PROJECT, "stance": Stance.HISTORICAL})
    assert guess.renewed(base, guessed, typed) == {}


def test_a_name_that_is_an_english_word_is_told_where_it_opens_a_sentence_and_does_something(
    base: FactBase,
) -> None:
    assert unknown_names.names(base, "Gotham signed with Hefei.") == ("Gotham",)
    for ordinary in (
        "Negotiations ended.",
        "Steel was sold by Hefei.",
        "Trade rose.",
        "Officials of Hefei met.",
        "New Energy vehicles grew.",
        "Talent Exchange and Shanghai opened.",
        "Semiconductor Park opened in Wuxi.",
        "Recently Shanghai signed.",
        "Anhui-Jiangsu trains left.",
        "Trans-Anhui trains left.",
        "Shanghai-based firms moved.",
    ):
        assert unknown_names.names(base, ordinary) == (), ordinary


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("Atlantis Bay and Shanghai signed a pact in 2024.", "Atlantis Bay"),
        ("Gotham City and Hefei opened a school.", "Gotham City"),
        ("Wayne Enterprises invests in Hefei.", "Wayne Enterprises"),
        ("Atlantis signed with Hefei.", "Atlantis"),
        ("Gotham-Hefei railway opened in 2024.", "Gotham"),
        ("The Hefei-Gotham railway opened in 2024.", "Gotham"),
    ],
)
def test_unknown_names_that_open_a_sentence_or_stand_beside_a_known_one_are_told(
    base: FactBase, statement: str, name: str
) -> None:
    assert unknown_names.names(base, statement) == (name,)


TWINNED = "Hefei and Ningbo are twinned."


def test_the_pairing_that_a_statement_states_is_guessed_and_follows_it(base: FactBase) -> None:
    before = guess.filled_in(base, Draft(statement=TWINNED), "2026")
    assert before.ties == (Tie(arrangement=Arrangement.TWINNING, members=("hefei", "ningbo")),)
    other = before.model_copy(update={"statement": "Hefei and Wuhu run a joint park."})
    assert guess.renewed(base, before, other)["ties"] == (
        Tie(arrangement=Arrangement.PARK, members=("hefei", "wuhu")),
    )
    plan = before.model_copy(update={"statement": "Hefei and Ningbo will be twinned."})
    assert guess.renewed(base, before, plan)["ties"] == ()


def test_a_pairing_that_somebody_set_stays_and_is_held_against_a_changed_statement(base: FactBase) -> None:
    before = guess.filled_in(base, Draft(statement="Hefei and Ningbo are partners."), "2026")
    assert before.ties == ()
    set_by_hand = (Tie(arrangement=Arrangement.ALLIANCE, members=("hefei", "ningbo")),)
    draft = before.model_copy(update={"statement": TWINNED, "ties": set_by_hand})
    assert "ties" not in guess.renewed(base, before, draft)
    assert "It counts as a pairing otherwise than the statement says: Hefei and Ningbo (twinning)." in [
        str(said) for said in guess.left_behind(base, before, draft)
    ]


@pytest.mark.parametrize(
    ("statement", "chosen", "told"),
    [
        (
            "Hefei will open a port in 2030.",
            {"stance": Stance.HISTORICAL},
            "It is told as history, and the statement reads as a plan.",
        ),
        (
            "The port of Hefei handled 12 million tonnes in 2025.",
            {"kind": Kind.CASE},
            "Its kind is case, and the statement reads as one of the kind figure.",
        ),
        (
            "The Port Group says Hefei opened a port.",
            {"stance": Stance.CLAIMED, "speaker": "Wuhu Daily"},
            "Wuhu Daily is said to claim or recommend it, and the statement names The Port Group.",
        ),
    ],
)
def test_how_it_is_told_that_somebody_set_is_held_against_a_changed_statement(
    base: FactBase, statement: str, chosen: dict[str, object], told: str
) -> None:
    before = guess.filled_in(base, Draft(statement="Hefei opened a port in 2025."), "2026")
    draft = before.model_copy(update={"statement": statement, **chosen})
    assert told in [str(said) for said in guess.left_behind(base, before, draft)]
    as_before = draft.model_copy(update={"statement": before.statement})
    assert list(guess.left_behind(base, before, as_before)) == []


def test_a_speaker_whom_the_changed_statement_names_no_longer_is_told(base: FactBase) -> None:
    before = guess.filled_in(
        base, Draft(statement="The Port Group says Hefei has outgrown its port."), "2026"
    )
    kept = before.model_copy(update={"statement": "Wuhu Daily argues Hefei has outgrown its port."})
    assert "The Port Group is said to claim or recommend it, and the statement names Wuhu Daily." in [
        str(said) for said in guess.left_behind(base, before, kept)
    ]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("Hefei and Gotham Metropolis share a port.", ("Gotham Metropolis",)),
        ("Hefei works with Gotham City in 2026.", ("Gotham City",)),
        ("Hefei works with Gotham Hefei and Kurume Oita.", ("Gotham", "Kurume Oita")),
    ],
)
def test_a_name_of_several_words_is_told_whole_wherever_it_stands(
    base: FactBase, statement: str, told: tuple[str, ...]
) -> None:
    assert unknown_names.names(base, statement) == told
