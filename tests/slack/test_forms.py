"""Forms whose metadata is not ours, or of another version of the bot: they say so, stay open, and do nothing."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from bot.local_slack.state.delivery import Delivery
from bot.render import limits
from bot.slack.api.identity import COULD_NOT_READ
from bot.slack.curation import modal as curation_modal
from bot.slack.curation import pages
from bot.slack.curation.submission import NO_LONGER, TOO_LONG
from bot.slack.forms import UNREADABLE
from handlers.answer import Refused
from handlers.curation import validation
from handlers.curation.validation import Checked
from handlers.draft import CAVEAT_MAX, STATEMENT_MAX, URL_MAX
from tests.slack.curation_stage import FILLED, CurationStage, team

__all__ = ["team"]

STRANGE: Final = ("", "{", "[]", "null", '{"number": -1, "version": "x", "id": "1; drop"}', '"' + "x" * 2990)


def sentence_in(sent: Delivery) -> str:
    """The sentence with which a form stayed open."""
    assert isinstance(sent.reply, dict)
    assert sent.reply["response_action"] in ("errors", "push")
    return json.dumps(sent.reply, ensure_ascii=False)


def proposal(team: CurationStage) -> str:
    team.slack.driver.command("carol", "general", "/yrd", "add")
    return str(team.modal("carol").body["callback_id"])


def second_page(team: CurationStage) -> str:
    proposal(team)
    team.filled("carol", FILLED | {"p_statement": f"{team.base.facts[200].statement} So it is."})
    return str(team.modal("carol").body["callback_id"])


def reason(team: CurationStage) -> str:
    team.pressed(team.card("carol"), "Reject", "carol")
    return str(team.modal("carol").body["callback_id"])


def which(team: CurationStage) -> str:
    team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    key = next(
        element["value"]
        for block in card.blocks
        for element in block.get("elements", ())
        if "question" in str(element.get("value"))
    )
    key = json.loads(key)["target"]["id"]
    team.slack.driver.command("carol", "general", "/yrd", f"review question {key} fact")
    return str(team.modal("carol").body["callback_id"])


FORMS: Final = {
    curation_modal.FORM: proposal, pages.CONFIRM: second_page, pages.REASON: reason,
    pages.WHICH: which,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_curation_that_cannot_be_read_says_so_and_keeps_the_words(
    team: CurationStage, name: str
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.settle()
    assert FORMS[name](team) == name
    before = team.services.contributions.events(team.team_id)
    view = team.modal("carol")
    # A form without what it is about is as strange, but for the first page, which may be about nothing yet.
    for metadata in (*STRANGE, *(["{}"] if name != curation_modal.FORM else [])):
        view.body["private_metadata"] = metadata
        sent = team.slack.driver.submit_view("carol", FILLED | {"p_why": "June", "p_fact": "xu-twinning-039"})
        assert UNREADABLE in sentence_in(sent), metadata
        team.settle()
        assert view.is_open, metadata
        if team.modal("carol") is not view:
            team.slack.driver.close_view("carol")
    assert team.services.contributions.events(team.team_id) == before


@pytest.mark.parametrize(
    ("odd", "action"),
    [
        ({"user": {"id": "nobody"}}, "errors"),
        ({"view": {"private_metadata": "x" * 3001}}, "errors"),
        ({"view": {"state": "none"}}, "errors"),
        ({"view": {"private_metadata": "x" * 3001, "blocks": "none"}}, "push"),
    ],
)
def test_a_form_whose_payload_cannot_be_read_stays_open(
    team: CurationStage, odd: dict[str, dict[str, Any]], action: str
) -> None:
    proposal(team)
    known = team.slack.driver.submit_view("carol", {}).payload
    sent = team.slack.driver.transport.send(
        "interactive", known | {name: known[name] | changed for name, changed in odd.items()}
    )
    assert COULD_NOT_READ in sentence_in(sent)
    assert isinstance(sent.reply, dict)
    assert sent.reply["response_action"] == action


def test_a_draft_too_long_for_a_form_to_carry_is_said_under_the_statement(team: CurationStage) -> None:
    proposal(team)
    # Slack counts characters, and JSON writes a quotation mark as two.
    long: dict[str, Any] = FILLED | {
        "p_statement": "Ningbo and Hefei opened " + '"' * (STATEMENT_MAX - 30) + " an office.",
        "p_caveat": '"' * (CAVEAT_MAX - 1),
        "p_source": "https://example.org/" + "\\" * (URL_MAX - 30),
        "p_title": '"' * 120,
        "p_words": " ".join(['"' * 18] * 7),
        "p_speaker": '"' * 80,
    }
    sent = team.filled("carol", long)
    assert isinstance(sent.reply, dict)
    assert sent.reply["errors"] == {"p_statement": TOO_LONG}
    assert limits.VIEW_METADATA == 3000


@pytest.mark.parametrize("how", ["command", "shortcut"])
def test_a_form_that_holds_less_than_was_written_says_so(team: CurationStage, how: str) -> None:
    for length in (STATEMENT_MAX, STATEMENT_MAX + 1):
        written = "Ningbo ".ljust(length, "x")
        if how == "command":
            team.slack.driver.command("carol", "general", "/yrd", f"add {written}")
        else:
            message = team.slack.driver.say("bob", "general", written).message
            team.slack.driver.shortcut("carol", message, "save_as_fact")
        team.settle()
        view = team.modal("carol").body
        assert written[:STATEMENT_MAX] in str(view)
        assert (curation_modal.CUT in str(view)) == (length > STATEMENT_MAX)
        team.slack.driver.close_view("carol")


def test_a_reason_for_a_rejection_may_begin_like_a_version(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    reason(team)
    team.slack.driver.submit_view("carol", {"p_why": "v2 of the page says June."})
    team.settle()
    assert "Carol Wu rejected your proposal 1: v2 of the page says June." in team.card("bob").text


def test_a_form_that_fails_stays_open_with_an_apology(
    team: CurationStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("broken")

    proposal(team)
    monkeypatch.setattr(validation, "check", fail)
    sent = team.filled("carol", FILLED)
    assert isinstance(sent.reply, dict)
    assert "Something went wrong on my side" in sent.reply["errors"]["p_statement"]


def test_what_can_no_longer_be_sent_is_said_over_the_page_and_kept(
    team: CurationStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second_page(team) == pages.CONFIRM
    form = next(v for v in team.slack.team.modals.values() if v.body["callback_id"] == curation_modal.FORM)
    monkeypatch.setattr(
        validation, "check", lambda services, draft: Checked((Refused("topics", "Not in the base."),))
    )
    assert NO_LONGER in sentence_in(team.slack.driver.submit_view("carol"))
    team.settle()
    assert form.is_open
    assert "proposed" not in [event.kind for event in team.services.contributions.events(team.team_id)]
