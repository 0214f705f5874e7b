"""The records of the fact base. Frozen, strict and closed: what they choose from stands in `vocabulary`.

Nothing in this module reads a file or knows where a record came from.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from knowledge.text.length import word_count
from knowledge.vocabulary import (
    Arrangement,
    FactId,
    Kind,
    Level,
    PartialDate,
    Reason,
    Region,
    Slug,
    Stance,
    Standing,
    Text,
    WordUse,
)

SHA256 = re.compile(r"^[0-9a-f]{64}$")


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Record):
    """A source. `label` is how readers see it, date or "undated" included ("Cao, undated").

    Where the source prints no date, and `published` was worked out from something else, it is `inferred`.
    """

    slug: Slug
    file: Text
    title: Text
    label: Text
    authors: tuple[Text, ...] = ()
    kind: Literal["paper", "news item", "newspaper article", "report", "web page", "message"]
    venue: str = ""
    published: PartialDate = ""
    inferred: bool = False
    dating: str = ""
    caveat: str = ""
    aliases: tuple[Text, ...] = ()
    blocks: Literal["blank lines", "lines"] = "blank lines"
    headings: tuple[int, ...] = ()

    @property
    def date(self) -> str:
        """Return the date of the source as readers see it."""
        return self.published or "undated"

    @property
    def is_news(self) -> bool:
        """Say whether it was printed as news."""
        return self.kind in ("news item", "newspaper article")


class Paragraph(Record):
    """Where paragraph `number` of `document` stands and what its text hashes to."""

    document: Slug
    number: Annotated[int, Field(ge=1)]
    section: str
    sha256: str

    @field_validator("sha256")
    @classmethod
    def _is_a_digest(cls, value: str) -> str:
        if not SHA256.match(value):
            raise ValueError("is not 64 hexadecimal digits")
        return value


class Citation(Record):
    """Document, section, paragraph (counted from 1) and three to eight words found there once.

    `section`, `sha256`, `source` (how readers see the document) and `label` (how they see the citation) are filled in by
    the build from the document's paragraphs. What is cited `whole`, as a page is, has no paragraphs to point at, and may
    have no words quoted.
    """

    document: Slug
    paragraph: Annotated[int, Field(ge=1)]
    anchor: str
    section: str = ""
    sha256: str = ""
    label: str = ""
    source: str = ""
    whole: bool = False

    @field_validator("anchor")
    @classmethod
    def _three_to_eight_words(cls, value: str) -> str:
        value = value.strip()
        if value and not 3 <= (count := word_count(value)) <= 8:
            raise ValueError(f"has {count} words; an anchor has 3 to 8")
        return value

    @model_validator(mode="after")
    def _quoted_where_it_points(self) -> Self:
        if not self.anchor and not self.whole:
            raise ValueError("anchor is missing: three to eight words")
        return self


class Figure(Record):
    """A number a fact states: `value` in `unit`, for `year` (None where none is stated), measuring `of`."""

    value: float
    unit: str = ""
    year: int | None = None
    of: Text
    upper: float | None = None


class Named(Record):
    """Something with names: what a reader may ask for by name.

    `doubts` are places in its name that the caveat says are probably not meant; `meant` are those that are, in the same order.
    """

    slug: Slug
    name: Text
    chinese: str = ""
    aliases: tuple[Text, ...] = ()
    caveat: str = ""
    doubts: tuple[Slug, ...] = ()
    meant: tuple[Slug, ...] = ()

    @property
    def is_person(self) -> bool:
        """Say whether it is a person."""
        return False

    def __hash__(self) -> int:
        return hash(self.slug)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Named) and self.slug == other.slug and super().__eq__(other)

    def spellings(self) -> tuple[str, ...]:
        """Return every way of writing the name that resolves to this record, the standard one first."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.chinese, *self.aliases))))


class Place(Named):
    """A city, county, district, province, region, zone, belt or corridor.

    `latitude` and `longitude` are WGS 84 degrees of a representative point. `spellings_in_documents` are
    the odd forms that documents print; matching one of them is said to the reader. A question may name what
    `goes_without_saying` and be answered by a fact that does not; what `fills_the_map` is no point on it.
    `standing` is what it is called where its level alone says too little; a `capital` is that of its province.
    """

    pinyin: str = ""
    level: Level
    standing: Standing | None = None
    capital: bool = False
    province: Slug | None = None
    part_of: tuple[Slug, ...] = ()
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    abbreviations: tuple[Text, ...] = ()
    spellings_in_documents: tuple[Text, ...] = ()
    not_to_be_confused_with: tuple[Slug, ...] = ()
    delta: bool = False
    goes_without_saying: bool = False
    fills_the_map: bool = False

    def spellings(self) -> tuple[str, ...]:
        """Return every way of writing the name, with pinyin, abbreviations and what documents print."""
        extra = (self.pinyin, *self.abbreviations, *self.spellings_in_documents)
        return tuple(dict.fromkeys(filter(None, (*super().spellings(), *extra))))


class Pairing(Named):
    """Two or more places tied by a named arrangement. Its `doubts` are members."""

    arrangement: Arrangement
    members: Annotated[tuple[Slug, ...], Field(min_length=2)]
    delta: bool = True


class Mechanism(Named):
    """A way of cooperating, with wider ones in `broader`; `scope` says what the term covers here."""

    scope: str = ""
    broader: tuple[Slug, ...] = ()


class Topic(Named):
    """What digests and /yrd-topic are about; `scope` says what the term covers here.

    `about_documents` is what the sources themselves are about, and `about_elsewhere` what is no practice of the
    delta: neither is what readers look for first.
    """

    scope: str = ""
    broader: tuple[Slug, ...] = ()
    about_documents: bool = False
    about_elsewhere: bool = False


class Organisation(Named):
    """A body or a person that acts or speaks in the documents."""

    sort: Literal["organisation", "person"] = "organisation"

    @property
    def is_person(self) -> bool:
        """Say whether it is a person."""
        return self.sort == "person"


class Plan(Named):
    """A named plan, programme or agreement."""


class Project(Named):
    """A named undertaking: a building site, a platform, a data centre, a port development."""


class Outside(Record):
    """A well-known place that the base holds nothing about, so that it is never taken for another."""

    name: Text
    chinese: str = ""
    within: Text
    aliases: tuple[Text, ...] = ()


class Synonyms(Record):
    """Words that mean the same to a reader who has not seen the documents; each may be a phrase."""

    words: Annotated[tuple[Text, ...], Field(min_length=2)]


class WordList(Record):
    """Words, or phrases, of one use, folded as questions are read."""

    use: WordUse
    words: tuple[Text, ...]


class Supplied(Record):
    """A token of a statement that no cited paragraph prints, and where the curator had it from."""

    token: Text
    source: Text


class Tie(Record):
    """What ties two or more places, as a fact of a team's own was said to state it."""

    arrangement: Arrangement
    members: Annotated[tuple[Slug, ...], Field(min_length=2)]

    @field_validator("members")
    @classmethod
    def _in_one_order(cls, members: tuple[Slug, ...]) -> tuple[Slug, ...]:
        return tuple(sorted(set(members)))


class Contributed(Record):
    """Who of a team stands behind a fact of its own: names as they were then, and days as YYYY-MM-DD.

    `ties` are the pairings that it counts as; None where nobody was asked, as it once was.
    """

    proposer: str
    approver: str
    approved: PartialDate
    owner: str
    verified: PartialDate
    review_by: PartialDate
    ties: tuple[Tie, ...] | None = None


class Entry(Record):
    """What a question may be matched with: one sentence of ours, what it is about, what it rests on, who would ask for it.

    `subjects` are slugs of places, pairings, mechanisms, organisations, plans and projects. `asks` are questions and
    phrases of readers that get it, in English or Chinese: it is found by them (document expansion: Nogueira et al. 2019,
    doc2query).
    """

    id: FactId
    statement: Text
    subjects: Annotated[tuple[Slug, ...], Field(min_length=1)]
    topics: Annotated[tuple[Slug, ...], Field(min_length=1)]
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    asks: tuple[Text, ...] = ()

    def __hash__(self) -> int:
        # Facts are keys all over the engine; hashing every field of one would cost more than finding it.
        return hash(self.id)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, type(self)) and self.id == other.id and super().__eq__(other)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the slugs of the documents cited, in order, each once."""
        return tuple(dict.fromkeys(citation.document for citation in self.citations))


class Fact(Entry):
    """One statement in our own words, complete in itself, with at least one citation.

    `doubts` are subjects that the caveat says are probably not meant; `meant` are those that are, in the same order, where
    that is known.
    `near_misses` look like its asks and are answered by no fact: from them it is learned when to decline (hard
    negatives: Karpukhin et al. 2020).
    """

    kind: Kind
    stance: Stance
    region: Region = Region.DELTA
    date: PartialDate = ""
    speaker: str = ""
    caveat: str = ""
    doubts: tuple[Slug, ...] = ()
    meant: tuple[Slug, ...] = ()
    figures: tuple[Figure, ...] = ()
    near_misses: tuple[Text, ...] = ()
    same_as: tuple[FactId, ...] = ()
    contradicts: tuple[FactId, ...] = ()
    more_precise_than: tuple[FactId, ...] = ()
    supplied: tuple[Supplied, ...] = ()
    # None of what stands in the seeds.
    contributed: Contributed | None = None

    @model_validator(mode="after")
    def _does_not_point_at_itself(self) -> Fact:
        if self.id in self.related:
            raise ValueError(f"{self.id} is related to itself")
        return self

    @property
    def ties(self) -> tuple[Tie, ...] | None:
        """Return the pairings that its team said it counts as; None where nobody was asked, as of what the seeds hold."""
        return self.contributed.ties if self.contributed else None

    @property
    def related(self) -> tuple[str, ...]:
        """Return the ids of the facts that it says it repeats, contradicts or makes more precise."""
        return (*self.same_as, *self.contradicts, *self.more_precise_than)


class Gap(Entry):
    """What readers ask and the documents are known not to state: its sentence says so, and where they speak of it."""


class Side(Record):
    """A position in a disagreement: `facts` take it, and `says` tells it in a clause that stands by itself."""

    says: Text
    facts: Annotated[tuple[FactId, ...], Field(min_length=1)]


class Disagreement(Record):
    """What sources differ on: `on` ends the sentence "Sources differ on ...", and each of `sides` holds something else."""

    slug: Slug
    on: Text
    sides: Annotated[tuple[Side, ...], Field(min_length=2)]

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the ids of the facts of all sides, in order."""
        return tuple(fact for side in self.sides for fact in side.facts)


class Weight(Record):
    """What a feature of an entry beside a question counts in the linear model (`make learn`): `rank` for how near the entry
    is beside others, `answers` for whether it answers at all; `dense_rank` and `dense_answers` where there is an encoder.
    """

    feature: Text
    rank: float = 0.0
    answers: float = 0.0
    dense_rank: float = 0.0
    dense_answers: float = 0.0

    def beside_encoder(self) -> Weight:
        """Return the same as it counts where there is an encoder."""
        return self.model_copy(update={"rank": self.dense_rank, "answers": self.dense_answers})


class TalkModel(Record):
    """What tells talk from questions by the vector that `encoder` makes of a text (`make learn`): a logistic regression, of
    `weights` for each of its numbers, one for what the `signs` of a question come to, and what is `given` before.
    """

    encoder: Text
    given: float
    signs: float
    weights: Annotated[tuple[float, ...], Field(min_length=1)]


class Leftover(Record):
    """One number, date or name of a paragraph that no fact citing it holds, and why that is right."""

    document: Slug
    paragraph: Annotated[int, Field(ge=1)]
    token: Text
    reason: Reason
