"""Checks the names in what readers are expected to ask: each is one that the base knows, and the right one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeGuard

from knowledge.checks.literals import literals, plain
from knowledge.lexicon import Lexicon
from knowledge.model import Entry, Fact, Mechanism, Named, Place, Topic
from knowledge.names import mentions
from knowledge.names.resolver import Ambiguous, Found, NameResolver, Suggestions
from knowledge.seeds import Seeds
from knowledge.text import chinese
from knowledge.text.english import forms
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import Level

Problems = Iterator[tuple[str, str]]

# Of places of other sorts one may be called by the other's name: "the delta", "the Beibu Gulf".
_ADMINISTRATIVE: Final = frozenset({
    Level.MUNICIPALITY, Level.PROVINCE, Level.PREFECTURE_LEVEL_CITY, Level.COUNTY_LEVEL_CITY, Level.DISTRICT, Level.COUNTY,
})  # fmt: skip


class KnownNames:
    """All names of the seeds, and the words by which everything in them is told."""

    def __init__(self, seeds: Seeds) -> None:
        self._records = {record.slug: record for record in seeds.named()}
        self._stop = Lexicon.of(seeds.words).stop
        self._names = NameResolver(seeds.named(), seeds.outside, self._stop)
        self._words = frozenset(word for text in _texts(seeds) for word in tokenize(normalize(text)))
        # By the sound that each begins with.
        self._people: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for fact in seeds.facts:
            for name in self._people_of(f"{fact.statement} {fact.speaker} {fact.caveat}"):
                self._people[name[0]].add(name)

    def spellings(self, entry: Entry) -> Iterator[str]:
        """Yield every spelling of what `entry` is about."""
        for slug in entry.subjects:
            yield from self._records[slug].spellings()

    def misspelt(self, entry: Entry) -> Problems:
        """Yield the field and the fault of each question that a slip in a name, or a guess at one, stands in."""
        fields = [("asks", entry.asks)]
        if isinstance(entry, Fact):
            fields.append(("near_misses", entry.near_misses))
        for field, questions in fields:
            for question in questions:
                for word in tokenize(normalize(question)):
                    if CHINESE.match(word):
                        yield from ((field, message) for message in self._in_chinese(word))
                yield from ((field, message) for message in self._slips(question))

    def strange(self, fact: Fact) -> Problems:
        """Yield each word of an ask that is written as a name is, and that neither base nor language knows."""
        for ask in fact.asks:
            # Most have no capital but the first, and are not read any further.
            if ask[1:] == ask[1:].lower():
                continue
            for token in literals(plain(CHINESE.sub(" ", ask))):
                is_name = token.sort == "word" and token.capital and len(token.text) > 1
                if not is_name or (token.opens and not token.text.isupper()):
                    continue
                odd = {word for word in tokenize(normalize(token.text)) if not self._is_word(word)}
                if odd and not odd <= self._in_names(ask):
                    message = (
                        f"“{token.text}” is no name of the base: write one, or curate it where it belongs"
                    )
                    yield "asks", message

    def twins(self, fact: Fact) -> Problems:
        """Yield each ask that names the place for which one that the fact is about is easily taken."""
        own = {record for slug in fact.subjects for record in self._with_members(slug)}
        said = {
            record
            for text in (fact.statement, fact.caveat)
            for names in self._exact(text)
            for record in names
        }
        twins = {s for r in own if _is_administrative(r) for s in r.not_to_be_confused_with}
        for ask in fact.asks if twins else ():
            for records in self._exact(ask):
                is_twin = all(_is_administrative(record) and record.slug in twins for record in records)
                if is_twin and not {*records} & {*own, *said}:
                    yield "asks", f"“{ask}” names {records[0].name}, for which a subject is easily taken"

    def _with_members(self, slug: str) -> Iterator[Named]:
        yield self._records[slug]
        for member in getattr(self._records[slug], "members", ()):
            yield self._records[member]

    def _exact(self, text: str) -> Iterator[tuple[Named, ...]]:
        words = tokenize(normalize(text))
        for _, _, records in mentions.exact_in_words(self._names, words):
            yield records
        for word in words:
            if CHINESE.match(word):
                yield from (records for _, records in mentions.exact_in_chinese(self._names, word) if records)

    def _found(self, words: list[str]) -> tuple[mentions.Mention, ...]:
        return mentions.in_words(self._names, words, self._is_word, self._stop)

    def _in_names(self, question: str) -> set[str]:
        words = tokenize(normalize(question))
        return {word for mention in self._found(words) for word in words[mention.start : mention.end]}

    def _is_word(self, word: str) -> bool:
        return word in self._words or word in forms()

    def _is_odd(self, word: str) -> bool:
        return not (CHINESE.match(word) or self._is_word(word))

    def _slips(self, question: str) -> Iterator[str]:
        words = tokenize(normalize(question))
        # Where every word is one, none is a slip: that is nearly every question.
        for mention in self._found(words) if any(map(self._is_odd, words)) else ():
            match mention.resolution:
                case Found(record=record, match="fuzzy") | Suggestions(records=(record, *_)):
                    yield f"“{mention.typed}” is no name; {record.name} is near"
                case Ambiguous(records=(record, *_), match="fuzzy"):
                    yield f"“{mention.typed}” is no name; {record.name} is near"

    def _in_chinese(self, run: str) -> Iterator[str]:
        for piece, resolution in mentions.in_chinese(self._names, run, _no_word, _is_content):
            match resolution:
                case Found(record=record, match="fuzzy") | Ambiguous(records=(record, *_), match="fuzzy") if (
                    not isinstance(record, Topic | Mechanism)
                ):
                    yield f"“{piece}” is no name; {record.chinese or record.name} sounds like it"
                case None:
                    yield from (f"“{name}” is a guess at a name in pinyin" for name in self._people_in(piece))

    def _people_of(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield the syllables of what are names of people in pinyin: two words with capitals that the base does not know."""
        tokens = [token for token in literals(plain(text)) if token.sort == "word"]
        for one, two in pairwise(tokens):
            is_pair = one.capital and two.capital and two.start - one.end == 1
            if is_pair and not self._names.is_spelling(one.key + two.key):
                first, rest = chinese.syllables(one.key), chinese.syllables(two.key)
                if len(first) == 1 and 1 <= len(rest) <= 2:
                    yield tuple(map(chinese.merged, (*first, *rest)))

    def _people_in(self, run: str) -> Iterator[str]:
        words = [(word.start, word.end) for word in chinese.words(run) if word.end - word.start > 1]
        for start, character in enumerate(run):
            names = {name for sound in chinese.sounds(character) for name in self._people.get(sound, ())}
            heard = {run[start : start + len(name)] for name in names if _is_heard(name, run[start:])}
            for piece in sorted(heard, key=len):
                end = start + len(piece)
                if not chinese.is_word(piece) and not any(a < start < b or a < end < b for a, b in words):
                    yield piece


def _is_heard(name: tuple[str, ...], run: str) -> bool:
    """Say whether a run of characters begins with what sounds like a name."""
    return len(name) <= len(run) and all(map(_sounds, name, run))


def _sounds(syllable: str, character: str) -> bool:
    return syllable in chinese.sounds(character)


def _is_administrative(record: Named) -> TypeGuard[Place]:
    return isinstance(record, Place) and record.level in _ADMINISTRATIVE


def _texts(seeds: Seeds) -> Iterator[str]:
    for fact in seeds.facts:
        yield from (fact.statement, fact.caveat, fact.speaker)
    for record in seeds.named():
        yield from record.spellings()
    for document in seeds.documents:
        yield from (document.title, document.label, document.venue, *document.authors, *document.aliases)
    for synonyms in seeds.synonyms:
        yield from synonyms.words
    for listed in seeds.words:
        yield from listed.words


def _no_word(_run: str, _position: int) -> int:
    return 0


def _is_content(_word: str) -> bool:
    return False
