"""What the engine answers: values only. `bot.render` turns them into Block Kit and plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from handlers.paging import Earlier
from handlers.say import say
from handlers.stored_digest import StoredDigest
from handlers.target import Target
from handlers.verdict.denied import Denied
from knowledge.documents.passage import Passage
from knowledge.model import Document, Fact, Named, Pairing, Place

Outcome = Literal["answer", "ambiguous", "suggestion", "unknown", "done", "refused"]
"""What became of a request: "done", something was changed; "refused", it may not be; the others answer."""
Effect = Literal["reads", "changes", "opens a form"]
"""What a text, or a button that asks it, does: what only proposes a change reads. Where no form can be opened, what
opens one shows a button for it.
"""
Match = Literal["exact", "alias", "fuzzy", "search", "none"]
Field = Literal[
    "digest", "names", "channel", "when", "zone",
    "statement", "source", "why", "subjects", "topics", "figures", "speaker", "date", "words", "url",
    "paragraph", "published", "review_by", "asks", "ties",
]  # fmt: skip
"""What of a digest, or of a draft of a fact, a refusal is about; "digest" is the whole of it."""

FACTS_PER_PAGE = 5
"""Facts of a page on a record, and of a question that asks for several things."""
FACTS_OF_ANSWER = 3
"""Facts of the first message of any other question: the one that answers, and at most two beside it."""
NEAR_FACTS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One fact to show. `group` is a heading it stands under; `value` is what of it was asked for, "" where that is all
    of it.
    """

    fact: Fact
    group: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What tells a choice from the others: its name in full, what it is, and what is held of it."""

    title: str
    subtitle: str
    body: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: `id` names what it means (a slug), `command` and `text` are what it asks, with that effect.

    Without a `verb` the text is read as if it had been typed. With one it asks for that verb of the command, "" for what
    the command is for, and nothing is read of `text`, which is no more than what is said to it; the command may then
    be a word of /yrd. `digest` or `target` is what the verb is done to. The choice that the answer leads to is "primary".
    A `card` stands around the button where every other choice has one too.
    """

    id: str
    label: str
    command: str
    text: str
    verb: str | None = None
    digest: StoredDigest | None = None
    target: Target | None = None
    effect: Effect = "reads"
    style: Literal["default", "primary"] = "default"
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list in the bot's own words: help, what the base holds, the particulars of one record.

    Where it `is_copied`, its entries are texts to paste, line breaks included, and are shown letter by letter. `at` is when
    each of them happened, for readers in their own time zone; () where that is not told.
    """

    title: str
    entries: tuple[str, ...]
    is_copied: bool = False
    at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of one place, as it is read: every row has its citation, and behind it the `marks` of what warns of its fact. The
    `fact` of that id `is_told` by its rows: it has no figure beside them.
    """

    place: str
    of: str
    value: str
    year: str
    citation: str
    fact: str = ""
    is_told: bool = False
    marks: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures of two or more places. States nothing that a line of the same answer does not state."""

    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class CardOf:
    """The proposal, and its version, whose card an answer is."""

    proposal: int
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A headline in the bot's own words (it states no fact) and what stands under it. Without one, the first line leads: it
    is what was asked for.

    `lines` are the facts of this page, at most FACTS_PER_PAGE; `total` counts those of all pages.
    `near` are facts that do not answer, shown under a heading that says so; only with outcome "unknown". The first of them
    `may_answer`: it stands right under the headline.
    `passages` are what documents print: beside the facts they were curated into, or, with outcome "unknown", as
    words that nobody has curated.
    `map` is what the *Map* button draws, None for no button; `picture` is the map itself, for an adapter that
    can show one. `table` sets figures of the shown facts side by side.
    `notes` are what must be known beside the facts; `read` says which slips were read as what, for whoever asked alone.
    `context` are the slugs a follow-up may refer to. `asked` is the question as it was read, without the slips of whoever
    asked: what those are told to whom it is shown. `follows` is what the next question follows on, where that is
    not what was typed. `denied` is what the headline says that the base does not hold. `in_chinese` says whether
    the bot's own words in it are Chinese. `card_of` is the proposal whose card it is, if it is one.
    """

    headline: str
    outcome: Outcome
    match: Match = "none"
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    near: tuple[Fact, ...] = ()
    may_answer: bool = False
    notes: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0
    context: tuple[str, ...] = field(default=())
    asked: str = ""
    follows: Earlier | None = None
    passages: tuple[Passage, ...] = ()
    map: Target | None = None
    picture: Picture | None = None
    table: FigureTable | None = None
    denied: Denied | None = None
    in_chinese: bool = False
    card_of: CardOf | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the slugs of the documents that the shown facts cite, each once."""
        return tuple(dict.fromkeys(slug for line in self.lines for slug in line.fact.documents))


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what somebody chose is not done, and which field of it is to blame; `notes` say what they can do."""

    field: Field
    why: str
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what is said where there is room for a sentence or two."""
        return say("{why} {note}", why=self.why, note=self.notes[0]) if self.notes else self.why

    @property
    def answer(self) -> Answer:
        """Return what is said to somebody who typed it."""
        return Answer(headline=self.why, outcome="refused", notes=self.notes)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map. `asked` is what the map is of; `facts` counts those on the topic, 0 where none is asked."""

    place: Place
    asked: bool = False
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A pairing on the map: the members that have a point, and the fact whose citation stands for it. `doubted` are those
    of its `places` that its caveat says are probably not meant; it `is_own` where the team has added it.
    """

    pairing: Pairing
    places: tuple[Place, ...]
    fact: Fact
    doubted: tuple[Place, ...] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A map of `title` (what it is of; "" for the whole delta). `spots` lie on it or at the end of a tie that leads
    beyond it; `undrawn` are pairings without two points or, on the map of all, of whole provinces; `doubtful` are those
    left out, or drawn without a place, because a caveat says that the place is probably not meant; `absent` is what the map
    is of, how many `records`, without being on it. It `is_small` where it stands beside much else, with little room.
    """

    key: str
    title: str
    chinese: str
    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    undrawn: tuple[Tie, ...]
    doubtful: tuple[Tie, ...]
    absent: tuple[Named, ...]
    documents: tuple[Document, ...]
    version: str
    records: int = 0
    left_out: int = 0
    is_small: bool = False
