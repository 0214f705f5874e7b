"""The curation part of the Home tab: what waits for a curator, and what became of one's own proposals."""

from __future__ import annotations

from typing import Final

from bot.render import elements
from bot.render.asked import ask
from bot.render.cut import clip, one_line
from bot.render.elements import Block, Element
from bot.slack.front import Asker, Front
from handlers import curate, proposal_text, unanswered
from handlers.curation import Contribution
from handlers.request import QUESTION

_WAITING: Final = 8
_MINE: Final = 6
NONE_YET: Final = (
    "You have proposed nothing yet. “Save as fact” on a message, or /yrd add, proposes a fact with its source;"
    " a curator reviews it before it answers anybody."
)


def blocks(front: Front, user: str) -> list[Block]:
    """Return what `user` has to review, if they are a curator, and what they proposed."""
    if front.desk.views is None:
        return []
    team = front.who().team
    curation = front.desk.views.curation(team)
    shown: list[Block] = []
    if not curate.bar(front.desk, front.request(QUESTION, "", Asker(team, user))):
        shown += _queue(front, team, user, curation.waiting())
    mine = [kept for kept in curation.contributions.values() if kept.proposer == user]
    shown.append(elements.header("Your proposals"))
    if mine:
        shown.append(elements.bullets([_line(kept) for kept in reversed(mine[-_MINE:])]))
    else:
        shown.append(elements.rich(elements.words(NONE_YET)))
    shown.append(elements.actions([_button("Propose a fact", "add", 0)]))
    return shown


def _queue(front: Front, team: str, user: str, waiting: tuple[Contribution, ...]) -> list[Block]:
    request = front.request(QUESTION, "", Asker(team, user))
    questions = unanswered.clusters(front.desk, request)
    shown: list[Block] = [elements.header("For curators")]
    counts = f"Waiting for review: {proposal_text.counted(len(waiting), len(questions))}."
    shown.append(elements.rich(elements.words(counts)))
    buttons: list[Element] = []
    lines: list[str] = []
    for at, kept in enumerate(waiting[:_WAITING], 1):
        lines.append(
            f"{kept.number}: {proposal_text.sort_of(kept.draft)} by {kept.proposer_name}: {_said(kept)}"
        )
        buttons.append(_button(f"Review {kept.number}", f"review {kept.number}", at))
    lines += [cluster.line for cluster in questions[:_WAITING]]
    if lines:
        shown.append(elements.bullets(lines))
    buttons.append(_button("Open the queue", "review", 99))
    return [*shown, elements.actions(buttons)]


def _line(kept: Contribution) -> str:
    why = f" ({kept.why})" if kept.why else ""
    answers = f" as {kept.id}" if kept.state == "approved" else ""
    return f"{kept.number}: {_said(kept)} It {proposal_text.STATES[kept.state]}{answers}{why}."


def _said(kept: Contribution) -> str:
    return clip(one_line(kept.draft.statement or f"{kept.draft.supersedes} is wrong or outdated."), 160)


def _button(label: str, text: str, at: int) -> Element:
    asked = ask(QUESTION, text, "")
    return elements.button(label, f"choice:{at}", asked.encode() if asked else "{}")
