"""A draft: a fact as somebody of the team proposes it, before and after review."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from knowledge.model import Figure, Tie
from knowledge.vocabulary import Kind, PartialDate, Region, Slug, Stance

STATEMENT_MAX: Final = 600
CAVEAT_MAX: Final = 300
WORDS_MAX: Final = 150
WORDS_QUOTED: Final = (3, 8)
"""How many words of a source are quoted, at the least and at the most."""
SPEAKER_MAX: Final = 80
URL_MAX: Final = 400
TITLE_MAX: Final = 120
ASK_MAX: Final = 140
ASKS_MAX: Final = 8
NAMES_MAX: Final = 10
FIGURES_MAX: Final = 6
TIES_MAX: Final = 10
DATES: Final[tuple[Literal["date", "published", "review_by"], ...]] = ("date", "published", "review_by")
"""The fields of a draft that are dates."""


def _text(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, max_length=longest)


class Draft(BaseModel):
    """What is proposed. `supersedes` is the id of the fact it corrects; with `withdraws` it puts nothing in
    its place. The source is a paragraph of a document of the base, or a page (`url`); `words` stand there.
    `also` are more paragraphs of the document.

    `asks` are what people would ask to get it, `ties` the pairings that it counts as; None where nobody was asked for them, as it
    once was. `guessed` are the fields that were filled in from the statement, where whoever proposed it did not have them in sight.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    statement: Annotated[str, _text(STATEMENT_MAX)] = ""
    kind: Kind = Kind.EVENT
    subjects: Annotated[tuple[Slug, ...], Field(max_length=NAMES_MAX)] = ()
    topics: Annotated[tuple[Slug, ...], Field(max_length=NAMES_MAX)] = ()
    figures: Annotated[tuple[Figure, ...], Field(max_length=FIGURES_MAX)] = ()
    date: PartialDate = ""
    stance: Stance = Stance.REPORTED
    speaker: Annotated[str, _text(SPEAKER_MAX)] = ""
    caveat: Annotated[str, _text(CAVEAT_MAX)] = ""
    region: Region = Region.DELTA
    asks: Annotated[tuple[Annotated[str, _text(ASK_MAX)], ...], Field(max_length=ASKS_MAX)] | None = None
    ties: Annotated[tuple[Tie, ...], Field(max_length=TIES_MAX)] | None = None
    document: Slug | str = ""
    paragraph: Annotated[int, Field(ge=0)] = 0
    also: Annotated[tuple[int, ...], Field(max_length=NAMES_MAX)] = ()
    url: Annotated[str, _text(URL_MAX)] = ""
    title: Annotated[str, _text(TITLE_MAX)] = ""
    published: PartialDate = ""
    words: Annotated[str, _text(WORDS_MAX)] = ""
    review_by: PartialDate = ""
    supersedes: str = ""
    withdraws: bool = False
    question: Annotated[str, _text(40)] = ""
    guessed: tuple[Literal["topics"], ...] = ()

    def encode(self) -> str:
        """Return it as JSON without what is not said."""
        return self.model_dump_json(exclude_defaults=True)


def host(url: str) -> str:
    """Return the host of a web address of http or https, "" where it is none."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return ""
    is_page = parts.scheme in ("http", "https") and "." in name and not parts.username and url.isprintable()
    return name if is_page and " " not in url else ""
