"""A click whose trigger is too old: the person tries again, and nobody else hears of it."""

from __future__ import annotations

import pytest

from bot.slack.api.error_kinds import KINDS
from bot.slack.context import NOT_OPENED
from bot.slack.sending.admin_alerts import IN_A_ROW
from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import DigestStage, digests

__all__ = ["digests", "team"]


@pytest.mark.parametrize("word", [*sorted(KINDS["expired"]), "ratelimited"])
def test_forms_that_slack_no_longer_opens_alarm_nobody(word: str, team: CurationStage) -> None:
    for _ in range(IN_A_ROW + 1):
        team.slack.faults.error("views.open", word)
        assert team.typed("add", "bob").text == NOT_OPENED
    team.settle()
    assert [post for post in team.slack.team.posts(team.slack.team.im("alice")) if post.by_bot] == []


@pytest.mark.parametrize("word", ["expired_trigger_id", "trigger_expired"])
def test_the_form_of_a_digest_is_no_exception(word: str, digests: DigestStage) -> None:
    digests.slack.faults.error("views.open", word)
    digests.slack.driver.command("bob", "general", "/yrd-digest", "")
    assert digests.whispers("general", "bob")[-1].text == NOT_OPENED
