"""The pages of curation beside its form: what is asked before something is kept, set aside or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import blockkit
from bot.render.blockkit import Block, modal
from bot.render.fact_renderer import FactRenderer
from bot.slack import forms
from bot.slack.curation import fields
from bot.slack.curation.modal import RENEWED
from bot.slack.forms import field, text_box
from handlers.curation.questions.clusters import Cluster
from handlers.curation.statements import said_already as repeated
from handlers.curation.validation import Checked
from handlers.draft import Draft
from handlers.say import Said, say
from knowledge.model import Fact
from knowledge.text.quoting import first_words

CONFIRM, REASON, WHICH = "propose_confirm", "propose_reason", "propose_which"
SCOPE, SAME, SAID_ALREADY = "propose_scope", "propose_same", "propose_said"
_GROUP: Final = 10
"""Boxes to tick of one input: docs.slack.dev/reference/block-kit/block-elements/checkboxes-element."""
MOST_ASIDE: Final = 10 * _GROUP


def confirmation(
    draft: Draft, checked: Checked, anew: Sequence[str], render_fact: FactRenderer, metadata: str
) -> dict[str, Any]:
    """Return the page with the facts that read alike, the names that look misspelt, and what was filled in `anew`."""
    blocks: list[Block] = [blockkit.rich_text(blockkit.text_element(draft.statement, bold=True))]
    if checked.doubts:
        blocks += [blockkit.header(say("Please look at this first")), blockkit.bullets(checked.doubts[:10])]
    if anew:
        blocks += [blockkit.header(RENEWED), blockkit.bullets(anew[:10])]
    if checked.alike:
        blocks.append(blockkit.header(say("The base already says something like it")))
        for fact in checked.alike:
            blocks += render_fact(fact).blocks()
    if checked.alike:
        last = say("If yours says something else or more, send it. Otherwise go back and change it.")
    else:
        last = say("If all of this is as you mean it, send it. Otherwise go back and change it.")
    blocks.append(blockkit.context(last))
    title, submit = say("Before you send it"), say("Send all the same")
    return modal(CONFIRM, title, submit, blocks, metadata, close=say("Back"))


def said_already(fact: Fact, shown: Sequence[Block]) -> dict[str, Any]:
    """Return the page with the fact that states what is proposed; there is nothing to send."""
    told = say(
        "Nothing was sent. Go back to say something else or more; /yrd fact {fact} correct changes that fact.",
        fact=fact.id,
    )
    blocks = [
        blockkit.rich_text(blockkit.text_element(repeated.sentence(fact.id), bold=True)),
        *shown,
        blockkit.context(told),
    ]
    return modal(SAID_ALREADY, say("Said already"), "", blocks, "", close=say("Back"))


def same(card: Sequence[Block], metadata: str) -> dict[str, Any]:
    """Return the page with the card of a proposal that wants the same, whose submission adds a voice to it."""
    blocks = [
        *card,
        blockkit.context(say("Your voice is told to its reviewers, and you are told how it went.")),
    ]
    return modal(SAME, say("Proposed already"), say("Add my voice"), blocks, metadata, close=say("Back"))


def reason(title: str, submit: str, metadata: str, why: str = "") -> dict[str, Any]:
    """Return the form that asks a reviewer why."""
    asked = field(fields.WHY, say("Why? The proposer is told."), text_box(why, 300, many_lines=True))
    return modal(REASON, title, submit, [asked], metadata)


def which(question: str, metadata: str) -> dict[str, Any]:
    """Return the form that asks which fact answers a question."""
    blocks = [
        blockkit.rich_text(blockkit.text_element(f"“{question}”")),
        field(
            fields.FACT,
            say("The fact that answers it"),
            text_box("", 600),
            hint=say("Paste its statement, or its id, which Details under an answer shows."),
        ),
    ]
    return modal(WHICH, say("Which fact answers?"), say("Tell who asked"), blocks, metadata)


def aside(clusters: Sequence[Cluster], metadata: str) -> dict[str, Any]:
    """Return the form in which several questions are ticked, to be called out of scope at once."""
    shown = clusters[:MOST_ASIDE]
    groups = [shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP)]
    boxes = [
        field(
            f"{fields.ASIDE}_{number}",
            _holding(number * _GROUP + 1, group),
            forms.checkboxes([(cluster.key, cluster.line) for cluster in group], ()),
            # Of several groups none by itself needs a tick.
            optional=len(groups) > 1,
        )
        for number, group in enumerate(groups)
    ]
    told = say(
        "Tick at least one. What you tick is out of scope: it is not listed again, with all that was asked like it."
    )
    if len(clusters) > len(shown):
        told = say(
            "{told} These are {count} of {all} questions, from the page that you were on.",
            told=told, count=len(shown), all=len(clusters),
        )  # fmt: skip
    return modal(
        SCOPE, say("Set questions aside"), say("Out of scope"), [blockkit.context(told), *boxes], metadata
    )


def _holding(first: int, group: Sequence[Cluster]) -> Said:
    """Return what a group of questions is called: where it stands in the queue, and its first and last question."""
    one, other = (_begins(cluster.text) for cluster in (group[0], group[-1]))
    if len(group) == 1:
        return say("Question {first}: “{question}”", first=first, question=one)
    return say(
        "Questions {first} to {last}: “{one}” to “{other}”",
        first=first, last=first + len(group) - 1, one=one, other=other,
    )  # fmt: skip


def _begins(text: str) -> str:
    """Return how a question begins, short enough for a label."""
    begun = first_words(text, 1, 6, 40) or text[:40]
    return begun if begun == text.strip(" ?？.!。！") else say("{begun} …", begun=begun)
