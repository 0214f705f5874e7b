"""What the engine answers, and what it says when the base does not hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answer import FACTS_PER_PAGE, Answer
from handlers.registry import SLASH
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.overlay import Overlay
from tests.conftest import Asker
from tests.knowledge.small import DOCUMENT, seeds


def ids(answer: Answer) -> list[str]:
    return [line.fact.id for line in answer.lines]


def statements(answer: Answer) -> str:
    return "\n".join(line.fact.statement for line in answer.lines)


SEPARATED = ("Minhang and Huainan", "minhang/huainan", "Huainan, Minhang", "Minhang - Huainan", "huainan minhang",
             "Minhang–Huainan", "Minhang & Huainan", "between Minhang and Huainan", "Minhang with Huainan",
             "闵行和淮南", "闵行区、淮南市", "Minhang District vs. Huainan City", "minhang → huainan", "minhagn huainan")  # fmt: skip


@pytest.mark.parametrize("text", SEPARATED)
def test_a_pair_is_found_in_either_order_with_any_separator(ask: Asker, text: str) -> None:
    answer = ask(text, "/yrd-pair")
    assert answer.outcome == "answer", answer.headline
    assert "Minhang" in statements(answer)


def test_two_known_places_without_a_tie_differ_from_an_unknown_name(ask: Asker) -> None:
    known = ask("Wenzhou and Lianyungang", "/yrd-pair")
    unknown = ask("Wenzhou and Qwrtpsdfg", "/yrd-pair")
    assert known.outcome == unknown.outcome == "unknown"
    assert "no pairing recorded" in known.headline
    assert "Qwrtpsdfg" in unknown.headline


def test_one_place_lists_its_pairings(ask: Asker) -> None:
    answer = ask("Hangzhou", "/yrd-pair")
    assert answer.outcome == "answer"
    assert answer.choices


def test_a_pair_with_a_shared_spelling_is_asked(ask: Asker) -> None:
    answer = ask("Hangzhou and Suzhou", "/yrd-pair")
    assert answer.outcome == "ambiguous"
    assert {choice.id for choice in answer.choices} == {"hangzhou+suzhou-jiangsu", "hangzhou+suzhou-anhui"}


def test_a_choice_asks_a_question_that_is_answered_as_it_says(ask: Asker) -> None:
    for command, text in (
        ("/yrd-pair", "Hangzhou and Suzhou"),
        ("/yrd-city", "Taizhou"),
        ("/yrd-city", "Chzhou"),
    ):
        for choice in ask(text, command).choices:
            follow_up = ask(choice.text, choice.command)
            assert follow_up.outcome in ("answer", "unknown")
            assert not follow_up.choices or follow_up.outcome == "answer"


@pytest.mark.parametrize("command", [command.name for command in SLASH if command.name != "/yrd-digest"])
def test_a_command_without_text_shows_something_to_go_on_with(ask: Asker, command: str) -> None:
    answer = ask("", command)
    assert answer.outcome == "answer"
    assert answer.sections


def test_a_long_listing_has_pages_that_differ_and_end(ask: Asker) -> None:
    first, second = ask("", "/yrd-city"), ask("", "/yrd-city", page=2)
    assert first.pages > 1
    assert first.sections != second.sections
    assert ask("", "/yrd-city", page=999).page == first.pages


def test_pages_of_facts_hold_every_fact_once(ask: Asker) -> None:
    first = ask("Hangzhou", "/yrd-city")
    seen = [
        fact for page in range(1, first.pages + 1) for fact in ids(ask("Hangzhou", "/yrd-city", page=page))
    ]
    assert len(seen) == len(set(seen)) == first.total
    assert len(first.lines) == FACTS_PER_PAGE


def test_nothing_is_generated_a_headline_states_no_fact(ask: Asker) -> None:
    for text in ("Huainan", "Which district is twinned with Huainan?", "GDP of Xuzhou in 2018"):
        answer = ask(text)
        assert not any(line.fact.statement in answer.headline for line in answer.lines)
        assert all(line.fact.citations for line in answer.lines)


@pytest.mark.parametrize(("text", "missing"), [
    ("GDP of Xuzhou in 2015", "2015"),
    ("Is Minhang twinned with Bengbu?", ""),
    ("Who is the mayor of Hangzhou?", "mayor"),
    ("What is the population of Huainan?", ""),
])  # fmt: skip
def test_a_near_miss_is_declined_and_says_what_is_missing(ask: Asker, text: str, missing: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown", statements(answer)
    assert not answer.lines
    assert len(answer.near) <= 3
    assert missing in answer.headline


@pytest.mark.parametrize(
    "text", ["What is pi?", "a recipe for carbonara", "tell me a joke", "今天天气怎么样"]
)
def test_off_topic_gets_a_friendly_no_without_facts(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.lines, answer.near) == ("unknown", (), ())


def test_an_outside_place_is_named_as_such(ask: Asker) -> None:
    answer = ask("What ties Zhangzhou and Shanghai?")
    assert answer.outcome == "unknown"
    assert "Zhangzhou is in Fujian" in answer.headline


def test_facts_of_another_region_are_marked_when_offered(ask: Asker) -> None:
    answer = ask("how are tax revenues divided between regions")
    assert answer.outcome == "answer"
    assert any("another region" in note for note in answer.notes)


def test_a_follow_up_uses_the_last_subjects(ask: Asker) -> None:
    first = ask("Which district is twinned with Huainan?")
    follow_up = ask("what does it concentrate on?", context=("minhang-huainan",))
    assert first.context
    assert "talent training" in statements(follow_up)


def test_contradicting_positions_are_shown_together(ask: Asker, services: object) -> None:
    answer = ask("Does the Yangtze River Delta include Anhui?")
    shown = {line.fact.id: line.fact for line in answer.lines}
    assert any(set(fact.contradicts) & shown.keys() for fact in shown.values())


def test_a_word_of_yrd_counts_only_if_the_rest_parses_for_it(ask: Asker) -> None:
    assert "in full" in ask("fact xu-twinning-001").headline
    assert "in full" not in ask("fact checking in Hangzhou").headline
    assert ask("source xu-twinning").sections
    assert (
        ask("source of the Suzhou figure").outcome != "answer"
        or not ask("source of the Suzhou figure").sections
    )


def test_a_fact_in_full_has_a_citation_to_paste(ask: Asker) -> None:
    answer = ask("fact xu-twinning-001")
    pasted = next(section for section in answer.sections if "paste" in section.title)
    assert "paragraph" in pasted.entries[0]
    assert "xu-twinning-001" in pasted.entries[0]


def test_an_unknown_fact_says_where_ids_are(ask: Asker) -> None:
    answer = ask("fact xu-twinning-998")
    assert answer.outcome == "unknown"
    assert "citation line" in answer.headline


def test_an_unknown_command_says_so(ask: Asker) -> None:
    assert "/yrd help" in ask("x", "/nosuch").headline


@pytest.mark.parametrize(("documents", "said"), [(1, "1 document"), (7, "7 documents")])
def test_the_documents_are_counted_as_the_base_has_them(documents: int, said: str) -> None:
    several = tuple(DOCUMENT.model_copy(update={"slug": f"ports-{number}"}) for number in range(documents))
    ask = Asker(Services(FactBase(seeds(documents=several), "v1")))
    assert f"statements from {said}, each" in ask("help").notes[0]
    assert ask("What is the best recipe for apple pie?").headline.endswith(f"topics from {said}.")


def test_a_document_of_the_teams_own_is_counted(base: FactBase) -> None:
    own = DOCUMENT.model_copy(update={"slug": "of-the-team"})
    view = base.with_overlay(Overlay(revision=1, documents=(own,)))
    count = len(base.seeds.documents) + 1
    assert f"statements from {count} documents, each" in Asker(Services(view))("help").notes[0]


@given(
    st.text(max_size=60)
    | st.sampled_from(["foo", "Hangzhou", "Hangzhou, Ningbo, Hefei", "ports and Hangzhou"])
)
def test_a_button_that_compares_takes_any_text(ask: Asker, text: str) -> None:
    answer = ask(text, verb="compare")
    assert answer.headline
    assert answer.lines or answer.outcome in ("unknown", "refused")
