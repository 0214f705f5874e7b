"""A fact as a draft that would correct it, and whether one draft says anything that another does not."""

from __future__ import annotations

import re
from typing import Final

from handlers.draft import (
    ASK_MAX,
    ASKS_MAX,
    CAVEAT_MAX,
    FIGURES_MAX,
    NAMES_MAX,
    SPEAKER_MAX,
    STATEMENT_MAX,
    WORDS_MAX,
    Draft,
)
from handlers.say import say
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.text.normalize import plain

NOTHING_CHANGED: Final = say(
    "Nothing is changed but, at most, spaces, capitals and marks between words: say what should read otherwise."
)
OTHER_PROPOSAL: Final = say("That form is of another proposal: open it again with /yrd review.")
OWN_PAGE: Final = "web-"
"""What the slugs of pages begin with that a team cited."""
# Marks that say nothing by themselves; between digits they do.
_MARKS: Final = re.compile(r"(?<![0-9])[.,:]|[.,:](?![0-9])|[;!?'\"“”‘’«»()\[\]…、。，；：！？（）「」《》]")
_TEXTS: Final = frozenset({"statement", "speaker", "caveat", "title", "words"})
_SETS: Final = frozenset({"subjects", "topics", "figures"})


def draft_of(base: FactBase, fact: Fact) -> Draft:
    """Return a draft with everything that a fact says, as the form of its correction is filled in.

    What was learned to be asked of it is none of its own words, and goes with it by itself.
    """
    citation = fact.citations[0]
    document = base.document(citation.document)
    is_page = document.slug.startswith(OWN_PAGE)
    source = (
        {"url": document.venue, "title": document.title, "published": document.published}
        if is_page
        else {"document": document.slug, "paragraph": citation.paragraph}
    )
    return Draft.model_validate(
        {
            "statement": fact.statement[:STATEMENT_MAX], "kind": fact.kind, "subjects": fact.subjects[:NAMES_MAX],
            "topics": fact.topics[:NAMES_MAX], "figures": fact.figures[:FIGURES_MAX], "date": fact.date,
            "stance": fact.stance, "speaker": fact.speaker[:SPEAKER_MAX], "caveat": fact.caveat[:CAVEAT_MAX],
            "asks": _asks(base, fact),
            "region": fact.region, "words": citation.anchor[:WORDS_MAX], "supersedes": fact.id, **source,
        }
    )  # fmt: skip


def with_asks(base: FactBase, draft: Draft) -> Draft:
    """Return a correction of before asks were asked for with those of the fact it corrects, any other draft as it is."""
    old = base.fact(draft.supersedes)
    return (
        draft
        if draft.asks is not None or old is None
        else draft.model_copy(update={"asks": _asks(base, old)})
    )


def says_the_same(one: Draft, other: Draft) -> bool:
    """Say whether two drafts differ in nothing but spaces, capitals, marks between words, and order of names."""
    return _said(one) == _said(other)


def why_no_edit(kept: Draft, draft: Draft) -> str:
    """Return why a draft is no edit of what is kept, "" where it is: it says the same, or is for something else."""
    if (draft.supersedes, draft.question) != (kept.supersedes, kept.question):
        return OTHER_PROPOSAL
    return NOTHING_CHANGED if says_the_same(draft, kept) else ""


def _asks(base: FactBase, fact: Fact) -> tuple[str, ...]:
    return tuple(ask[:ASK_MAX] for ask in base.overlay.own_asks(fact)[:ASKS_MAX])


def _said(draft: Draft) -> dict[str, object]:
    fields = {name: getattr(draft, name) for name in type(draft).model_fields}
    said = {
        name: bare(value) if name in _TEXTS else frozenset(value) if name in _SETS else value
        for name, value in fields.items()
    }
    return said | {"asks": frozenset(map(bare, draft.asks or ()))}


def bare(text: str) -> str:
    """Return a text as what it says: without capitals, marks and what stands between words."""
    return " ".join(_MARKS.sub(" ", plain(text).casefold()).split())
