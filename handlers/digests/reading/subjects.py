"""The names in a digest: topics, places and mechanisms, or the one that is wrong and what it may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self

from handlers.digests.reading.when import dates
from handlers.records.enumerated import all_of, one_of
from handlers.say import Said, say
from handlers.subscription import Subscription
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Organisation, Pairing, Place, Plan, Project, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Suggestions
from knowledge.text.normalize import CHINESE

_SORTS: Final = (Topic, Place, Mechanism)
_OTHER_SORTS: Final[Mapping[type[Named], Said]] = {
    Organisation: say("an organisation"),
    Plan: say("a plan"),
    Project: say("a project"),
}
_COMMA: Final = re.compile(r"\s*[,;，、；]\s*")
_LEAD: Final = re.compile(r"^(?:to|about|on|for|digest of|topics?|places?|mechanisms?)[:\s]+", re.IGNORECASE)
_DENIAL: Final = re.compile(
    r"\b(?:no|not|never|without|except|excepting|excluding|exclude|minus|neither|nor|other than|apart from|aside from|leave out|leaving out"
    r"|rather than|instead of)\b|n't\b|不|除|没有|别|勿",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Slugs of topics, places and mechanisms, in the order they were said, and whether what they have on other regions is meant
    too.
    """

    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    is_wide: bool = field(default=False, kw_only=True)

    @classmethod
    def of(cls, subscription: Subscription) -> Subjects:
        """Return what `subscription` is about."""
        return cls(
            subscription.topics, subscription.places, subscription.mechanisms, is_wide=subscription.is_wide
        )

    @classmethod
    def sorted(cls, records: Iterable[Named]) -> Subjects:
        """Return `records` by their sort, each once; a record of any other sort is left out."""
        found = tuple(dict.fromkeys(records))
        return cls(*(tuple(r.slug for r in found if isinstance(r, sort)) for sort in _SORTS))

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def count(self) -> int:
        """Return how many names there are."""
        return len(self.slugs)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return all slugs: topics, then places, then mechanisms."""
        return (*self.topics, *self.places, *self.mechanisms)

    def plus(self, other: Subjects) -> Subjects:
        """Return these names and those of `other`, each once."""
        names = (tuple(dict.fromkeys((*mine, *its))) for mine, its in self._pairs(other))
        return Subjects(*names, is_wide=self.is_wide)

    def less(self, other: Subjects) -> Subjects:
        """Return these names without those of `other`."""
        names = (tuple(slug for slug in mine if slug not in its) for mine, its in self._pairs(other))
        return Subjects(*names, is_wide=self.is_wide)

    def _pairs(self, other: Subjects) -> Sequence[tuple[tuple[str, ...], tuple[str, ...]]]:
        return (
            (self.topics, other.topics),
            (self.places, other.places),
            (self.mechanisms, other.mechanisms),
        )


NO_SUBJECTS: Final = Subjects()


@dataclass(frozen=True, slots=True)
class ParseError:
    """The word that is wrong ("" for the whole), a sentence that says why, and what would be right in its place."""

    word: str
    sentence: str
    instead: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @classmethod
    def at(cls, word: str, why: str, instead: tuple[str, ...] = ()) -> Self:
        """Return that `word` is wrong because of `why`, a sentence that does not name it."""
        return cls(word, say("“{word}”: {why}", word=word, why=why), instead)

    def put_right(self, text: str, word: str) -> str:
        """Return `text` with `word` in the place of the one that is wrong: of that itself, not of its letters in a longer one."""
        said = r"[\s,;]+".join(map(re.escape, self.word.split()))
        # Chinese has no space between words.
        bounded = said if CHINESE.search(self.word) else rf"(?<![\w-]){said}(?![\w-])"
        return re.sub(bounded, lambda _: word, text, count=1, flags=re.IGNORECASE)


def parse_subjects(base: FactBase, text: str, keywords: Sequence[str]) -> Subjects | ParseError:
    """Return the names that `text` lists, or the first that is wrong.

    `keywords` are words that belong elsewhere in the command: a slip in one is not taken for a name.
    """
    found: list[Named] = []
    for piece in _joined(base, [part for part in _COMMA.split(_LEAD.sub("", text.strip())) if part]):
        one = _piece(base, piece, keywords)
        if isinstance(one, ParseError):
            return one
        found += one
    return Subjects.sorted(found)


def _joined(base: FactBase, parts: list[str]) -> Iterable[str]:
    """Yield the parts, those put together again that are one name with a comma in it, and not names each:
    "Suzhou, Anhui" and "Government-led, market-operated", but not "Hefei, Anhui"."""
    at = 0
    while at < len(parts):
        ends = range(min(at + 3, len(parts)), at + 1, -1)
        whole = (end for end in ends if _is_one(base, parts[at:end]))
        end = next(whole, at + 1)
        yield ", ".join(parts[at:end])
        at = end


def _is_one(base: FactBase, parts: list[str]) -> bool:
    return is_name(base, ", ".join(parts)) and not all(is_name(base, part) for part in parts)


def before_denial(text: str) -> str:
    """Return what stands before the first word of a text that leaves out what follows; all of it where none does."""
    found = _DENIAL.search(text.replace("’", "'"))
    return text[: found.start()] if found else text


def is_name(base: FactBase, text: str) -> bool:
    """Say whether `text` as it stands is a name that a digest can follow."""
    found = base.resolve(text, is_postable)
    return isinstance(found, Found) and found.match != "fuzzy"


def is_postable(record: Named) -> bool:
    """Say whether a digest can be about records of this sort."""
    return isinstance(record, _SORTS)


def _piece(base: FactBase, piece: str, keywords: Sequence[str]) -> list[Named] | ParseError:
    one = _record(base, piece)
    if isinstance(one, Named):
        return [one]
    parts = re.split(r"\s+(?:and|&|\+)\s+", piece, flags=re.IGNORECASE)
    each = [_record(base, part) for part in parts]
    if (
        len(parts) > 1
        and (records := [r for r in each if isinstance(r, Named)])
        and len(records) == len(parts)
    ):
        return records
    for word in dict.fromkeys(piece.split()):
        if (
            len(word) > 3
            # The word itself is spelt right, and only stands in the wrong place.
            and word.lower() not in keywords
            and (near := dates.near_words(word, keywords, base.tuning.near_keyword_in_names))
            and _record(base, word) is not None
        ):
            return ParseError(
                word,
                say("“{word}” is no word I know. Did you mean {near}?", word=word, near=one_of(near)),
                near,
            )
    if len(parts) > 1 and any(isinstance(r, Named) for r in each):
        return next(r for r in each if isinstance(r, ParseError))
    return one


def _record(base: FactBase, typed: str) -> Named | ParseError:
    """Return the record that `typed` names and that has facts."""
    exact = base.entity(typed.strip().lower())
    if exact is not None and is_postable(exact):
        return _with_facts(base, exact)
    match base.resolve(typed, is_postable):
        case Found(record=record, match="exact" | "alias"):
            return _with_facts(base, record)
        case Found() | Ambiguous() | Suggestions() if before_denial(typed) != typed:
            # What is left out is not offered as what is wished.
            said = say("“{word}”: a digest follows the names it has and nothing else.", word=typed.strip())
            return ParseError(typed.strip(), said)
        case Found(record=record):
            said = say("“{word}” is no name in the fact base. Did you mean this one?", word=typed.strip())
            return _which(typed, said, (record,))
        case Ambiguous(records=records):
            return _which(
                typed, say("“{word}” is the name of several. Which one?", word=typed.strip()), records
            )
        case Suggestions(records=records):
            said = say("“{word}” is no name in the fact base. Did you mean one of these?", word=typed.strip())
            return _which(typed, said, records)
        case Outside(place=place):
            said = say(
                "“{word}” is in {place}: outside this fact base, which holds nothing about it.",
                word=typed,
                place=place.within,
            )
            return ParseError(typed, said)
    return _of_another_sort(base, typed)


def _of_another_sort(base: FactBase, typed: str) -> ParseError:
    other = base.resolve(typed)
    if isinstance(other, Found) and isinstance(other.record, Pairing):
        members = tuple(r for slug in other.record.members if (r := base.entity(slug)) and is_postable(r))
        said = say(
            "“{word}” is a pairing; a digest follows topics, places and mechanisms. Its members?",
            word=typed.strip(),
        )
        each = _which(typed, said, members)
        both = ", ".join(each.instead)
        return replace(each, instead=(both, *each.instead), labels=(all_of(members), *each.labels))
    if isinstance(other, Found) and other.match != "fuzzy":
        said = say(
            "“{word}” is known as {sort}; a digest follows topics, places and mechanisms.",
            word=typed,
            sort=_sort_of(other.record),
        )
        return ParseError(typed, said)
    said = say(
        "“{word}” is no topic, place or mechanism in the fact base. /yrd-topic without text lists the topics.",
        word=typed,
    )
    return ParseError(typed, said)


def _sort_of(record: Named) -> Said:
    is_person = isinstance(record, Organisation) and record.is_person
    return say("a person") if is_person else _OTHER_SORTS[type(record)]


def _with_facts(base: FactBase, record: Named) -> Named | ParseError:
    if base.facts_of(record):
        return record
    said = say("“{word}” is known here, but the fact base holds no fact about it to post.", word=record)
    return ParseError(record.name, said)


def _which(typed: str, sentence: Said, records: Sequence[Named]) -> ParseError:
    slugs = tuple(record.slug for record in records)
    return ParseError(typed.strip(), sentence, slugs, tuple(map(_with_sort, records)))


def _with_sort(record: Named) -> Said:
    """Return "Ports (topic)"."""
    match record:
        case Topic():
            return say("{name} (topic)", name=record)
        case Place():
            return say("{name} (place)", name=record)
        case _:
            return say("{name} (mechanism)", name=record)
