"""The headings of a page, in words."""

from __future__ import annotations

from typing import Final

from knowledge.vocabulary import Heading

_WORDS: Final = {
    Heading.DEFINITION: "What it is",
    Heading.TIE: "Ties and agreements",
    Heading.PRACTICE: "What is done",
    Heading.EFFECT: "Effects and cases",
    Heading.FIGURE: "Figures",
    Heading.PLAN: "Plans",
    Heading.OPINION: "Opinions",
    Heading.PROPOSAL: "Proposals",
    Heading.RELATED: "Related",
    Heading.DOCUMENTS: "About the documents",
    Heading.DOUBTED: "Printed of {name}, probably meant of another place",
}


def words(heading: Heading, name: str) -> str:
    """Return the heading as it stands on the page of what has this name."""
    return _WORDS[heading].format(name=name)


def words_beside(heading: Heading, name: str) -> str:
    """Return the heading as it stands over what one of two has, beside the other."""
    said = words(heading, name)
    return said if heading is Heading.DOUBTED else f"{said}: {name}"
