"""The form in which an admin says who reviews proposals. View only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import blockkit
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.forms import field, people_menu
from handlers.records.enumerated import all_of
from handlers.say import say, say_many

FORM: Final = "propose_curators"
CURATORS: Final = "p_curators"
MOST: Final = 50
"""Curators that one form holds."""


def form(
    names: Sequence[str], kept: ProposalMetadata, *, gone: Sequence[str] = (), more: int = 0
) -> dict[str, Any]:
    """Return the form with those who are curators by now chosen, `names` as Slack showed them.

    It says who is `gone`, no member any more, and how many `more` curators there are than it shows.
    """
    now = say("Curators now: {names}.", names=", ".join(names)) if names else say("Nobody is a curator yet.")
    told = say(
        "Curators review what the team proposes, and are told of each proposal. Only members can be one."
    )
    notes: list[str] = [now]
    if gone:
        # Without rights they review nothing, and a menu of Slack's may not show them.
        left = say("No members of this workspace any more, so without rights: {names}.", names=all_of(gone))
        notes.append(left)
    if more:
        beyond = say_many(
            "{count} more curator is not shown here and stays one: /yrd admin curators list shows all.",
            "{count} more curators are not shown here and stay so: /yrd admin curators list shows all.",
            more,
        )
        notes.append(beyond)
    menu = field(CURATORS, say("Curators"), people_menu(kept.curators, MOST), optional=True)
    return blockkit.modal(
        FORM,
        say("Curators"),
        say("Save"),
        [blockkit.context(told), menu, *map(blockkit.context, notes)],
        kept.encode(),
    )
