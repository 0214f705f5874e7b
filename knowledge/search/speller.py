"""Slips in what was typed, read by one margin at every door: what is near a name or a word *and* clearly nearer, or clearly
commoner here, than any other is that; what is known is no slip.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Final

from knowledge.lexicon import Lexicon
from knowledge.model import Mechanism, Named, Topic
from knowledge.names import mentions
from knowledge.names.mentions import Mention
from knowledge.names.near import NearSpellings, is_one_edit
from knowledge.names.other_names import is_another_name, is_likely
from knowledge.names.resolver import (
    Ambiguous,
    Found,
    NameResolver,
    Resolution,
    Suggestions,
    Unknown,
    Wanted,
    anything,
)
from knowledge.text.chinese import syllables
from knowledge.text.normalize import normalize, stem, tokenize
from knowledge.tuning import TUNING, Tuning, at_length

# A name, or a word, that another is joined to: what is shorter stands in many others.
_SHORTEST_NAME: Final = 4
_SHORTEST_WORD: Final = 3
_SHORTEST_READING: Final = 4
# What is longer was joined of many.
_LONGEST_OF_TWO: Final = 80
_LONGEST_JOINED: Final = 40
# Words of grammar stand in more texts than there are.
_IN_EVERY_TEXT: Final = 1_000_000


class Speller:
    """Reads slips against the names and the words of one base."""

    def __init__(
        self,
        names: NameResolver,
        words: Iterable[str],
        lexicon: Lexicon,
        english: frozenset[str],
        count: Callable[[str], int],
        is_chinese: Callable[[str], bool],
        tuning: Tuning = TUNING,
    ) -> None:
        """Know `words` as those of the base, and forms that are `english`; `count` says how many facts hold a stem, and
        `is_chinese` whether a word is one in pinyin.
        """
        self._names, self._lexicon, self._english, self._tuning = names, lexicon, english, tuning
        self._words = frozenset(words)
        self._count, self._is_chinese = count, is_chinese

    @cached_property
    def _near(self) -> NearSpellings:
        return NearSpellings(
            word
            for word in self._words
            if word.isascii() and word.isalpha() and len(word) >= _SHORTEST_READING
        )

    def warm(self) -> None:
        """Build now what the first slip would wait for."""
        self._nearest("warm")

    def is_word(self, word: str) -> bool:
        """Say whether a folded word of running text is known as an ordinary word, or has the stem of one."""
        # A short stem proves nothing: "jinning" is not a form of "jin".
        own = stem(word)
        has_stem = len(own) >= _SHORTEST_READING and self._count(own) > 0 and not self._is_of_name(word, own)
        return has_stem or self._is_form(word) or self._is_chinese(word)

    def _is_of_name(self, word: str, own: str) -> bool:
        """Say whether a word is a name with the ending of a word at it: "jiashanlying"."""
        return own != word and word not in self._english and self._names.is_spelling(own)

    def readings(self, word: str) -> tuple[str, ...]:
        """Return the ordinary words that `word` may be a slip of, one form of each, the commonest first: one where that is
        clearly meant, none where it is a word itself or near to none.

        Of words as near the one that the facts speak of far oftener is meant (noisy channel: Kernighan, Church and Gale
        1990, A spelling correction program based on a noisy channel model).
        """
        if word in self._english:
            return ()
        forms: dict[str, str] = {}
        for other in sorted(self._nearest(word), key=self._commonness, reverse=True):
            forms.setdefault(stem(other), other)
        likeliest = tuple(forms.values())[: self._tuning.most_readings]
        return likeliest[:1] if self._is_clear(*likeliest[:2]) else likeliest

    def _is_clear(self, first: str = "", second: str = "") -> bool:
        # Which word of grammar it is makes no difference.
        is_grammar = first in self._lexicon.stop
        return (
            not second
            or is_grammar
            or (self._commonness(first) >= self._tuning.commoner * self._commonness(second))
        )

    def is_sure(self, word: str, reading: str) -> bool:
        """Say whether a slip leaves no doubt although nothing beside it tells: one edit in a long word."""
        return len(word) >= self._tuning.sure_from and is_one_edit(word, reading)

    def is_far(self, word: str) -> bool:
        """Say whether a word is near to nothing, no name and no word."""
        return not self._nearest(word) and isinstance(self._names.fuzzy(word, word), Unknown)

    def resolve(self, text: str, wanted: Wanted = anything, *, slips: bool = True) -> Resolution:
        """Return what `text`, taken whole as a name, stands for among the `wanted` records; see `NameResolver.resolve`."""
        read = self._names.resolve(text, wanted, slips=slips)
        if not slips or not _is_guess(read):
            return read
        words = tokenize(normalize(text))
        if len(words) == 1:
            if words[0].isascii() and self._is_form(words[0]):
                return Unknown(text)
            if (cut := self.apart(words, words if text[:1].isupper() else ())) != words:
                return self._joined(cut, text, wanted)
        # Syllables of pinyin apart ("hang zou") are no words.
        are_known = all(self._is_form(word) and len(syllables(word)) != 1 for word in words)
        if isinstance(read, Found) and (are_known or self._has_rival(read, words)):
            return Suggestions((read.record,), text)
        return read

    def mentions(self, words: Sequence[str], proper: Collection[str]) -> tuple[Mention, ...]:
        """Return the names among the words of a question, of which those in `proper` are written as names."""
        return mentions.in_words(
            self._names,
            list(words),
            self.is_word,
            self._lexicon.stop,
            lambda mention: self._is_meant(mention, words, proper),
        )

    def apart(self, words: Sequence[str], proper: Collection[str] = ()) -> list[str]:
        """Return `words` with each cut that is a name, or a word of grammar, joined to others: "minhangprovide", "thisyear",
        "hangzhouandsuzhou". Those in `proper` are written as names, and may be none that is known here.
        """
        return [part for word in words for part in self._cut(word, is_proper=word in proper)]

    def grammar(self, words: Iterable[str], proper: Collection[str]) -> list[str]:
        """Return `words` with each slip of a word of grammar read as that, but for those in `proper`: "wich" is "which"."""
        return [word if word in proper else self._as_grammar(word) for word in words]

    def _as_grammar(self, word: str) -> str:
        if not (word.isascii() and word.isalpha()) or self.is_word(word) or self._names.exact(word, word):
            return word
        reading = next(iter(self.readings(word)), word)
        # A name that nobody here has heard of has another letter than the word that it is near to: Bern, Quito.
        is_slip = sorted(word) == sorted(reading) or (len(word) < len(reading) and set(word) <= set(reading))
        return reading if is_slip and reading in self._lexicon.stop else word

    def _off_grammar(self, word: str) -> tuple[str, ...]:
        """Return a word of grammar and the ordinary one that it is joined to; nothing if there are none."""
        stop, english = self._lexicon.stop, self._english
        cuts = ((word[:at], word[at:]) for at in range(2, len(word) - _SHORTEST_NAME + 1))
        return next(
            (cut for cut in cuts if cut[0] in stop and cut[1] in english and self._count(stem(cut[1]))), ()
        )

    def _cut(self, word: str, *, is_proper: bool) -> tuple[str, ...]:
        is_of_two = _SHORTEST_NAME + _SHORTEST_WORD - 1 <= len(word) <= _LONGEST_OF_TWO
        if not (is_of_two and word.isascii()) or word.isdigit() or self.is_word(word):
            return (word,)
        if self._names.exact(word, word) or self._names.in_pinyin((word,), word):
            return (word,)
        # To leave out a space is one edit: what is no further from one word is that.
        if self._near.within(word, 1) or self._names.is_one_off(word):
            return (word,)
        if not is_proper and (cut := self._off_grammar(word)):
            return cut
        ways = [
            (len(name), (left, right))
            for at in range(_SHORTEST_WORD, len(word) - _SHORTEST_WORD + 1)
            for left, right in ((word[:at], word[at:]),)
            for name, other in ((left, right), (right, left))
            if self._is_joined(name, other, is_proper=is_proper)
        ]
        if ways:
            return max(ways)[1]
        return (word,) if is_proper else self._in_three(word) or (word,)

    def _in_three(self, word: str) -> tuple[str, ...]:
        """Return what is joined by a word of grammar, a name among it: "hangzhouandsuzhou", "whereisjiashan"; or two words of
        grammar: "howmany". Nothing where it is none of these.
        """
        if len(word) > _LONGEST_JOINED:
            return ()
        stop = self._lexicon.stop
        for at in range(_SHORTEST_WORD, len(word) - _SHORTEST_WORD + 1):
            if {word[:at], word[at:]} <= stop:
                return word[:at], word[at:]
            for to in range(at + 2, len(word) - _SHORTEST_NAME + 1):
                three = word[:at], word[at:to], word[to:]
                if three[1] in stop and self._are_of_a_question(three[0], three[2]):
                    return three
        return ()

    def _are_of_a_question(self, first: str, last: str) -> bool:
        """Say whether what begins and what ends a joined word are words or names, and one at least is a place's or a body's."""
        are_words = (
            word in self._lexicon.stop or (len(word) >= _SHORTEST_NAME and self.is_word(word))
            for word in (first, last)
        )
        names = [
            self._names.exact(word, word) if len(word) > _SHORTEST_NAME else None for word in (first, last)
        ]
        are_known = all(name or is_word for name, is_word in zip(names, are_words, strict=True))
        return are_known and any(name and not _is_of_words(name) for name in names)

    def _is_joined(self, name: str, other: str, *, is_proper: bool) -> bool:
        # What is one syllable of pinyin belongs to another name: Taizhouwan is a bay.
        if len(name) < _SHORTEST_NAME or not self.is_word(other) or len(syllables(other)) == 1:
            return False
        found = self._names.exact(name, name)
        # Nobody joins a topic, a word by itself, to what begins with a capital: Portland.
        return found is not None and not (is_proper and _is_of_words(found))

    def _joined(self, words: Sequence[str], text: str, wanted: Wanted) -> Resolution:
        """Return the wanted name that a word is joined to; of two that of what is no ordinary word, or the longer. Two places
        are no name.
        """
        longest = sorted(words, key=len, reverse=True)
        found = [one for word in longest if (one := self._names.exact(word, text))]
        if not found or sum(not _is_of_words(one) for one in found) > 1:
            return Unknown(text)
        one = min(found, key=_is_of_words)
        if isinstance(one, Found):
            return Found(one.record, "fuzzy", text) if wanted(one.record) else Unknown(text)
        return one

    def _is_meant(self, mention: Mention, words: Sequence[str], proper: Collection[str]) -> bool:
        """Say whether a name is more than a word near a topic: written as another name, or alone, it is not, nor where it
        may as well be another word.
        """
        if self._has_rival(mention.resolution, words[mention.start : mention.end]):
            return False
        if not self._names.is_chance(mention.resolution):
            return True
        slight = self._lexicon.slight
        others = (word for i, word in enumerate(words) if not mention.start <= i < mention.end)
        return mention.typed not in proper and any(word not in slight for word in others)

    def _has_rival(self, read: Resolution, words: Sequence[str]) -> bool:
        """Say whether what is read as a name may as well be a word that is not in it; where other words of the name stand
        beside that, whether it is likelier another.
        """
        # A place that is called by one word is called by none of the language.
        is_one = len(words) == 1
        if not (isinstance(read, Found) and read.match == "fuzzy") or (is_one and not _is_of_words(read)):
            return False
        own = {stem(word) for spelling in read.record.spellings() for word in tokenize(normalize(spelling))}
        slips = (word for word in words if not (stem(word) in own or self.is_word(word)))
        readings = [set(map(stem, self.readings(word))) for word in slips]
        return any(stems and (stems - own if is_one else stems.isdisjoint(own)) for stems in readings)

    def _is_form(self, word: str) -> bool:
        return word in self._words or word in self._english

    def _nearest(self, word: str) -> tuple[str, ...]:
        """Return the words that a slip of this length may be of, those that are nearest.

        Of several those that ear and finger slip to: by a key, by a letter too many or too few, by a swap.
        """
        furthest = int(at_length(self._tuning.word_slips, len(word)))
        if not furthest:
            return ()
        found = sorted(
            (distance, not is_likely(word, other), other)
            for other, distance in self._near.within(word, furthest)
            # Names stand among the words of the index.
            if not is_another_name(word, other)
        )
        return tuple(other for *rank, other in found if rank == list(found[0][:2]))

    def _commonness(self, word: str) -> int:
        return _IN_EVERY_TEXT if word in self._lexicon.stop else self._count(stem(word))


def _is_guess(read: Resolution) -> bool:
    match read:
        case Found(match=match) | Ambiguous(match=match):
            return match == "fuzzy"
    return isinstance(read, Suggestions | Unknown)


def _is_of_words(read: Resolution) -> bool:
    """Say whether what is named is all of sorts whose names are ordinary words."""
    records: tuple[Named, ...] = ()
    match read:
        case Found(record=record):
            records = (record,)
        case Ambiguous(records=several) | Suggestions(records=several):
            records = several
    return bool(records) and all(isinstance(record, Topic | Mechanism) for record in records)
