"""What was filled in follows the statement and the source that it was filled in from, and nothing old is sent unseen."""

from __future__ import annotations

import pytest

from bot.local_slack.state.records import View
from handlers.draft import Draft
from tests.slack.curation_stage import STATEMENT, CurationStage, team, told

__all__ = ["team"]
PAGE = "Harbour news, 4 May 2026, https://example.org/a"
TWINNED = "cao-layout-009"
# It has words by which paragraphs 31 and 32 of Xu et al. are found.
TWINS = "Huainan and Minhang opened a joint harbour office in May 2026."


def _held(view: View) -> dict[str, object]:
    held: dict[str, object] = {}
    for block in view.body["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            chosen = [option["value"] for option in element.get("initial_options", [])]
            one = element.get("initial_option", {}).get("value", "")
            held[block["block_id"]] = chosen or one or element.get("initial_value", "")
    return held


def _opened(team: CurationStage, text: str = "add", user: str = "bob") -> dict[str, object]:
    team.slack.driver.command(user, "general", "/yrd", text)
    return _held(team.modal(user))


def _drafts(team: CurationStage) -> list[Draft]:
    team.settle()
    return [kept.draft for kept in team.services.team_bases.curation(team.team_id).contributions.values()]


def test_words_filled_in_from_one_document_are_not_cited_under_another(team: CurationStage) -> None:
    _opened(team)
    shown = _held(team.detailed("bob", {"p_statement": TWINS, "p_source": "Xu et al. 2024 para 32"}))
    assert shown["p_words"]
    sent = team.slack.driver.submit_view("bob", {"p_source": "Cao para 5"})
    assert "These words are of the source before" in told(sent)
    team.slack.driver.submit_view("bob", {"p_source": "Cao para 5", "p_words": "the words of that paragraph"})
    (draft,) = _drafts(team)
    assert draft.document == "cao-layout"
    assert draft.words != shown["p_words"]


def test_title_date_and_words_follow_a_new_address_and_what_was_typed_stays(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    team.slack.driver.submit_view(
        "bob",
        {
            "p_source": "People’s Daily, 3 June 2025, https://example.org/b",
            "p_words": "a joint harbour office",
        },
    )
    (draft,) = _drafts(team)
    assert (draft.title, draft.published) == ("People’s Daily", "2025-06-03")
    assert draft.words == "a joint harbour office"


def test_a_title_that_was_typed_stays_with_a_new_address(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    team.slack.driver.submit_view("bob", {"p_source": "https://example.org/b", "p_title": "My own title"})
    (draft,) = _drafts(team)
    assert (draft.title, draft.published) == ("My own title", "")


@pytest.mark.parametrize("source", ["Cao para 5", "https://example.org/a"])
def test_words_that_the_base_knows_from_another_paragraph_are_refused(
    team: CurationStage, source: str
) -> None:
    anchor = team.base.facts[-1].citations[0].anchor
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": source})
    sent = team.slack.driver.submit_view("bob", {"p_words": anchor})
    assert "These words stand elsewhere" in told(sent)
    assert _drafts(team) == []


def test_a_correction_carries_every_citation_of_what_it_corrects(team: CurationStage) -> None:
    team.appointed("carol")
    old = team.base.fact(TWINNED)
    assert old is not None
    held = _opened(team, f"fact {TWINNED} correct")
    assert "para 7; Cao, undated, 3, para 17" in str(team.modal("bob").body)
    changed = f"{str(held['p_statement']).rstrip('.')}, as is known."
    team.slack.driver.submit_view("bob", {"p_statement": changed, "p_why": "It is known."})
    team.pressed(team.card("carol"), "Approve", "carol")
    new = team.services.with_base_of(team.team_id).base.fact("team-001")
    assert new is not None
    assert [(c.document, c.paragraph, c.anchor) for c in new.citations] == [
        (c.document, c.paragraph, c.anchor) for c in old.citations
    ]


def test_citations_that_go_with_a_new_source_are_told_before_and_on_the_card(team: CurationStage) -> None:
    team.appointed("carol")
    _opened(team, f"fact {TWINNED} correct")
    sent = team.slack.driver.submit_view("bob", {"p_source": PAGE, "p_why": "It moved."})
    assert "With another source, these citations go" in told(sent)
    team.slack.driver.submit_view("bob")
    card = team.card("carol").text
    assert "para 7; " in card
    assert "→ Harbour news" in card


def test_an_edit_to_other_names_and_another_date_opens_the_details_filled_in_anew(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    _opened(team)
    team.slack.driver.submit_view("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    team.pressed(team.card("carol"), "Edit", "carol")
    other = "Wuxi and Nantong opened a joint school in June 2025."
    sent = team.slack.driver.submit_view("carol", {"p_statement": other})
    # That it follows the statement is said once, above all that does.
    assert told(sent).count("Filled in again because the statement changed.") == 1
    assert "About: Ningbo, Hefei → Wuxi, Nantong" in told(sent)
    shown = _held(team.modal("carol"))
    assert set(shown["p_subjects"]) == {"wuxi", "nantong"}  # type: ignore[call-overload]
    assert shown["p_date"] == "2025-06"
    assert "Ningbo" not in str(shown["p_asks"])
    assert _drafts(team)[0].statement == STATEMENT
    team.slack.driver.submit_view("carol")
    (draft,) = _drafts(team)
    assert (set(draft.subjects), draft.date) == ({"wuxi", "nantong"}, "2025-06")


def test_a_correction_to_other_names_opens_the_details_filled_in_anew(team: CurationStage) -> None:
    held = _opened(team, "fact xu-twinning-045 correct")
    changed = str(held["p_statement"]).replace("Nanjing", "Wuxi").replace("Chuzhou", "Huainan")
    sent = team.slack.driver.submit_view("bob", {"p_statement": changed, "p_why": "Other cities."})
    assert "Filled in again" in told(sent)
    shown = _held(team.modal("bob"))
    assert {"wuxi", "huainan"} <= set(shown["p_subjects"])  # type: ignore[call-overload]
    assert not {"nanjing", "chuzhou"} & set(shown["p_subjects"])  # type: ignore[call-overload]


def test_what_is_in_sight_and_was_not_touched_follows_the_statement(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    sent = team.slack.driver.submit_view("bob", {"p_statement": STATEMENT.replace("Ningbo", "Wuxi")})
    assert told(sent).count("Filled in again because the statement changed.") == 1
    assert "About: Hefei, Ningbo → Hefei, Wuxi" in told(sent)
    # Nothing similar is shown that it might repeat.
    assert "says something else or more" not in told(sent)
    team.slack.driver.submit_view("bob")
    (draft,) = _drafts(team)
    assert set(draft.subjects) == {"hefei", "wuxi"}
    assert "Ningbo" not in str(draft.asks)


def test_what_somebody_set_stays_whatever_the_statement_says_by_now(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    sent = team.slack.driver.submit_view(
        "bob",
        {
            "p_statement": STATEMENT.replace("Ningbo", "Wuxi"),
            "p_subjects": ["nantong"],
            "p_date": "2020",
            "p_asks": "Where is the office?",
        },
    )
    for sentence in (
        "About has Nantong, which the statement does not name.",
        "About lacks Wuxi and Hefei, which the statement names.",
        "The date is 2020, and the statement says 2026-05.",
    ):
        assert sentence in told(sent)
    assert "Filled in again" not in told(sent)
    team.slack.driver.submit_view("bob")
    (draft,) = _drafts(team)
    assert (draft.subjects, draft.date, draft.asks) == (("nantong",), "2020", ("Where is the office?",))


def test_a_topic_and_a_question_that_somebody_set_are_looked_at_too(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    changed = {"p_statement": STATEMENT.replace("Ningbo", "Wuxi"), "p_asks": "Where is the office of Ningbo?"}
    sent = team.slack.driver.submit_view("bob", changed)
    assert "“Where is the office of Ningbo?” names what the statement does not." in told(sent)


def test_details_of_an_empty_form_are_not_said_to_be_understood(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob")
    assert "I filled this in from what you wrote" not in str(team.modal("bob").body)
    team.slack.driver.close_view("bob")
    _opened(team)
    team.detailed("bob", {"p_statement": STATEMENT})
    assert "I filled this in from what you wrote" in str(team.modal("bob").body)


def test_a_change_of_wording_alone_asks_nothing(team: CurationStage) -> None:
    team.appointed("carol")
    _opened(team)
    team.slack.driver.submit_view("bob", {"p_statement": STATEMENT, "p_source": PAGE})
    team.pressed(team.card("carol"), "Edit", "carol")
    sent = team.slack.driver.submit_view("carol", {"p_statement": STATEMENT.replace("joint", "common")})
    assert "clear" in told(sent)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Suzhou and Hefei opened a port in May 2026.", "“Suzhou” may be Suzhou (Jiangsu) or Suzhou (Anhui)"),
        (
            "Shangai and Hefei opened a port in May 2026.",
            "The base does not know “Shangai”. Did you mean Shanghai?",
        ),
        ("Hefei opened a port with Taizhou in May 2026.", "“Taizhou” may be "),
    ],
)
def test_a_name_that_is_not_read_is_told_with_what_it_may_be(
    team: CurationStage, statement: str, said: str
) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view("bob", {"p_statement": statement, "p_source": PAGE})
    assert said in told(sent)
    assert "p_subjects" in _held(team.modal("bob"))
    sent = team.slack.driver.submit_view("bob")
    assert "Please look at this first" in told(sent)
    assert said in told(sent)
    assert _drafts(team) == []


def test_a_name_that_is_chosen_is_doubted_no_longer(team: CurationStage) -> None:
    _opened(team)
    statement = "Suzhou and Hefei opened a port in May 2026."
    team.slack.driver.submit_view("bob", {"p_statement": statement, "p_source": PAGE})
    sent = team.slack.driver.submit_view("bob", {"p_subjects": ["suzhou-anhui", "hefei"]})
    assert "clear" in told(sent)


def test_what_is_cleared_in_an_edit_is_cleared(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob", p_caveat="Not certain.")
    team.pressed(team.card("carol"), "Edit", "carol")
    team.detailed("carol")
    team.slack.driver.submit_view("carol", {"p_title": "", "p_published": "", "p_words": "", "p_caveat": ""})
    (draft,) = _drafts(team)
    assert (draft.title, draft.published, draft.words, draft.caveat) == ("", "", "", "")


def test_each_paragraph_that_is_named_is_cited(team: CurationStage) -> None:
    team.appointed("carol")
    _opened(team)
    team.slack.driver.submit_view(
        "bob",
        {
            "p_statement": TWINS,
            "p_source": "Xu et al. 2024, 4.1.1, paras 31-32",
        },
    )
    team.pressed(team.card("carol"), "Approve", "carol")
    new = team.services.with_base_of(team.team_id).base.fact("team-001")
    assert new is not None
    assert [citation.paragraph for citation in new.citations] == [31, 32]
