"""The records of the fact base. Frozen, strict, and closed: a new kind is one line here.

Nothing in this module reads a file or knows where a record came from.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator


class Kind(StrEnum):
    """What sort of thing a fact states."""

    FIGURE = "figure"
    EVENT = "event"
    PAIRING = "pairing"
    MECHANISM = "mechanism"
    PLAN = "plan"
    PROJECT = "project"
    ORGANISATION = "organisation"
    CLUSTER = "cluster"
    CLAIM = "claim"
    RECOMMENDATION = "recommendation"
    DEFINITION = "definition"
    CASE = "case"


class Stance(StrEnum):
    """How the document holds the statement."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    PLANNED = "planned"
    RECOMMENDED = "recommended"
    HISTORICAL = "historical"


class Region(StrEnum):
    """Which region a fact is about. ELSEWHERE is never offered as practice of the delta."""

    DELTA = "delta"
    ELSEWHERE = "elsewhere"
    GENERAL = "general"


class Level(StrEnum):
    """Administrative level or sort of a place."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    SPECIAL_ADMINISTRATIVE_REGION = "special administrative region"
    PREFECTURE_LEVEL_CITY = "prefecture-level city"
    COUNTY_LEVEL_CITY = "county-level city"
    DISTRICT = "district"
    COUNTY = "county"
    TOWN = "town"
    REGION = "region"
    ZONE = "zone"
    BELT = "belt"
    CORRIDOR = "corridor"
    PARK = "park"
    PORT = "port"
    ISLAND = "island"
    COUNTRY = "country"
    CITY = "city"


class Arrangement(StrEnum):
    """The named arrangement that ties the members of a pairing."""

    TWINNING = "twinning"
    COUNTERPART_COOPERATION = "counterpart cooperation"
    PARK = "park"
    ALLIANCE = "alliance"
    PORT_EQUITY = "port equity"
    METROPOLITAN_AREA = "metropolitan area"
    CORRIDOR = "corridor"
    INTEGRATION = "integration"
    FRIENDSHIP = "friendship"
    INDUSTRY = "industry"
    REGION = "region"


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
FACT_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{3}$")
FactId = Annotated[str, StringConstraints(pattern=FACT_ID.pattern)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# A date as exact as the source allows: year, month or day. "" means that none is stated.
PartialDate = Annotated[str, StringConstraints(pattern=r"^(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?$")]

SHA256 = re.compile(r"^[0-9a-f]{64}$")


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Record):
    """A source. `label` is how readers see it, date or "undated" included ("Cao, undated")."""

    slug: Slug
    file: Text
    title: Text
    label: Text
    authors: tuple[Text, ...] = ()
    kind: Literal["paper", "news item", "newspaper article", "report", "web page", "message"]
    venue: str = ""
    published: PartialDate = ""
    dating: str = ""
    caveat: str = ""
    aliases: tuple[Text, ...] = ()
    blocks: Literal["blank lines", "lines"] = "blank lines"
    headings: tuple[int, ...] = ()

    @property
    def date(self) -> str:
        """Return the date of the source as readers see it."""
        return self.published or "undated"


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

    `section`, `sha256` and `label` are filled in by the build from the document's paragraphs.
    """

    document: Slug
    paragraph: Annotated[int, Field(ge=1)]
    anchor: Text
    section: str = ""
    sha256: str = ""
    label: str = ""

    @field_validator("anchor")
    @classmethod
    def _three_to_eight_words(cls, value: str) -> str:
        if not 3 <= len(value.split()) <= 8:
            raise ValueError(f"has {len(value.split())} words; an anchor has 3 to 8")
        return value


class Figure(Record):
    """A number a fact states: `value` in `unit`, for `year` (None where none is stated), measuring `of`."""

    value: float
    unit: str = ""
    year: int | None = None
    of: Text
    upper: float | None = None


class Named(Record):
    """Something with names: what a reader may ask for by name."""

    slug: Slug
    name: Text
    chinese: str = ""
    aliases: tuple[Text, ...] = ()
    caveat: str = ""

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
    """

    pinyin: str = ""
    level: Level
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
    """Two or more places tied by a named arrangement."""

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


class WordUse(StrEnum):
    """What the words of a list tell: of the question that says them, the last three of the text that prints them.

    Closed: each has its reader in the code.
    """

    STOP = "stop"  # nothing: they carry its grammar
    LIGHT = "light"  # little
    QUANTITY = "quantity"  # it wants a number
    TIME = "time"  # it wants a time
    PLACE = "place"  # it wants a place
    ATTRIBUTES = "attributes"  # it wants the number of this
    MONEY = "money"  # the number it wants is a sum
    DOCUMENTS = "documents"  # it is about a document itself
    COMPARING = "comparing"  # it wants things set side by side
    ATTRIBUTIONS = "attributions"  # it says where to look
    ENDS = "ends"  # the sort of thing that it asks for has been named
    POINTERS = "pointers"  # it may mean what was named before it
    NUMBERS = "numbers"  # it states a number
    CURRENCIES = "currencies"  # it states a sum
    TIMES = "times"  # it states a time

    @property
    def is_of_print(self) -> bool:
        """Say whether its words are looked for in texts as they are printed, and not in questions as they are read."""
        return self in (WordUse.NUMBERS, WordUse.CURRENCIES, WordUse.TIMES)


class WordList(Record):
    """Words, or phrases, of one use, folded as questions are read."""

    use: WordUse
    words: tuple[Text, ...]


class Supplied(Record):
    """A token of a statement that no cited paragraph prints, and where the curator had it from."""

    token: Text
    source: Text


class Contributed(Record):
    """Who of a team stands behind a fact of its own: names as they were then, and days as YYYY-MM-DD."""

    proposer: str
    approver: str
    approved: PartialDate
    owner: str
    verified: PartialDate
    review_by: PartialDate


class Fact(Record):
    """One statement in our own words, complete in itself, with at least one citation.

    `subjects` are slugs of places, pairings, mechanisms, organisations, plans and projects. `terms` are
    words a reader may use for this fact that the statement lacks, in English or Chinese: they are indexed
    (document expansion: Nogueira et al. 2019, doc2query) and never shown.
    """

    id: FactId
    statement: Text
    kind: Kind
    subjects: Annotated[tuple[Slug, ...], Field(min_length=1)]
    topics: Annotated[tuple[Slug, ...], Field(min_length=1)]
    stance: Stance
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    region: Region = Region.DELTA
    date: PartialDate = ""
    speaker: str = ""
    caveat: str = ""
    figures: tuple[Figure, ...] = ()
    terms: tuple[Text, ...] = ()
    same_as: tuple[FactId, ...] = ()
    contradicts: tuple[FactId, ...] = ()
    more_precise_than: tuple[FactId, ...] = ()
    supplied: tuple[Supplied, ...] = ()
    # None of what stands in the seeds.
    contributed: Contributed | None = None

    @model_validator(mode="after")
    def _does_not_point_at_itself(self) -> Fact:
        if self.id in (*self.same_as, *self.contradicts, *self.more_precise_than):
            raise ValueError(f"{self.id} is related to itself")
        return self

    def __hash__(self) -> int:
        # Facts are keys all over the engine; hashing every field of one would cost more than finding it.
        return hash(self.id)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Fact) and self.id == other.id and super().__eq__(other)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the slugs of the documents cited, in order, each once."""
        return tuple(dict.fromkeys(citation.document for citation in self.citations))


class Reason(StrEnum):
    """Why a number, date or name of a document stands in no fact that cites its paragraph. Closed."""

    HEADING = "heading"  # says what follows; the facts below say it
    PAGE_FURNITURE = "page furniture"  # labels, links and buttons of the page it was printed on
    BYLINE = "byline"  # who wrote it and where, told by a fact that cites another paragraph
    CONTACT = "contact data"  # addresses of persons; no reader is given them
    REPEATED = "repeated"  # said again; a fact that cites another paragraph of the document says it
    GRAMMAR = "grammar"  # a pronoun, an enumerator, a word that has its capital from its place
    NOTE_MARK = "note mark"  # points to a reference or numbers it
    REFERENCE = "reference"  # bibliographic detail that no reader asks the base for
    IN_OTHER_WORDS = "in other words"  # the fact says it without this word: "twice" as "double"
    SLIP = "slip"  # misprinted or mistranslated; the fact gives the standard name


class Leftover(Record):
    """One number, date or name of a paragraph that no fact citing it holds, and why that is right."""

    document: Slug
    paragraph: Annotated[int, Field(ge=1)]
    token: Text
    reason: Reason
