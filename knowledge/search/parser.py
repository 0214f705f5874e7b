"""Text -> Query: names, words with their synonyms, years, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from knowledge.lexicon import Lexicon
from knowledge.model import Place
from knowledge.names import mentions
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Found, NameResolver, Outside, Suggestions
from knowledge.search import intent, terms
from knowledge.search.pinyin import Spellings, Spelt
from knowledge.search.query import Concept, Query
from knowledge.search.speller import Speller
from knowledge.search.strangers import Strangers
from knowledge.search.terms import SOUND, Alternative, Synonymy, name_term
from knowledge.text.chinese_dates import dates_in_digits
from knowledge.text.normalize import CHINESE, bigrams, normalize, simplified, stem, tokenize
from knowledge.tuning import TUNING, Tuning
from knowledge.vocabulary import Level

# Texts read last; a command reads its own several times over. Some 5 kB an entry.
_REMEMBERED = 256

Expansions = tuple[tuple[Alternative, float], ...]


class TermStatistics(Protocol):
    """What the parser needs of the index: how many facts hold a term or are about a subject."""

    words: frozenset[str]

    def count(self, term: str) -> int:
        """Return the number of facts that hold `term`."""
        ...

    def count_about(self, slug: str) -> int:
        """Return the number of facts about the subject `slug`."""
        ...

    def idf(self, count: int) -> float:
        """Return the weight of what `count` facts hold: the fewer, the heavier."""
        ...


class Parser:
    """Reads questions against one base. Immutable once built; any thread may parse."""

    def __init__(
        self,
        names: NameResolver,
        index: TermStatistics,
        synonymy: Synonymy,
        lexicon: Lexicon,
        english: frozenset[str],
        tuning: Tuning = TUNING,
        pinyin: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Read by what is known here; `english` are the forms of words of which none is a slip, `pinyin` Chinese spelt so."""
        self._names = names
        self._index = index
        self._lexicon, self._tuning = lexicon, tuning
        self._slight = lexicon.slight
        # What compares is said by no fact.
        self._unsaid = lexicon.stop | lexicon.comparing
        self._synonyms = synonymy
        known = index.words | synonymy.words | self._slight
        self._longest_chinese = max((len(k) for k in synonymy.places if CHINESE.match(k)), default=1)
        self._strangers = Strangers(self._chinese_word_at, lexicon.light.__contains__, self._is_held)
        self._spellings = Spellings(
            ((word, spelt) for word, spelt in pinyin.items() if word in known),
            lambda term: index.count(term) > 0,
            lambda word: word in self._slight or index.count(stem(word)) > 0,
            english,
        )
        self.speller = Speller(names, known, lexicon, english, index.count, self._spellings.is_word, tuning)
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def warm(self) -> None:
        """Build now what the first slip would wait for."""
        self.speller.warm()
        self._names.warm()

    def is_word(self, word: str) -> bool:
        """Say whether a folded word is known as an ordinary word."""
        return self.speller.is_word(word)

    def rarity(self, slug: str) -> float:
        """Return the weight of a name as a concept: the fewer facts are about it, the more it tells."""
        return self._index.idf(self._index.count_about(slug))

    def parse(self, text: str) -> Query:
        """Return `text` taken apart into names, words and years. Read once, however often a command asks."""
        return self._remembered(text)

    def _read(self, text: str) -> Query:
        lexicon = self._lexicon
        text = intent.without_attribution(lexicon, text)
        proper = intent.proper_names(text)
        folded = dates_in_digits(normalize(text))
        words = self.speller.apart(self.speller.grammar(tokenize(folded), proper), proper)
        essential = intent.of_whom(lexicon, words)
        named = self.speller.mentions(words, proper)
        named = tuple(m for m in named if not self._spellings.is_counted(words, m.start, m.end))
        covered = {i for mention in named for i in range(mention.start, mention.end)}
        concepts = [self._name(mention, locates=intent.locates(words, mention)) for mention in named]
        # What is no pinyin, and what of the question is Chinese that was not written so.
        beyond = covered.union(i for i, word in enumerate(words) if word in proper)
        written, is_pinyin = "", True
        years: list[int] = []
        strangers: list[str] = []
        position = 0
        while position < len(words):
            word = words[position]
            if position in covered:
                position += 1
            elif CHINESE.match(word):
                more, found, unheard = self._chinese(word, position, is_first=not concepts)
                concepts.extend(more)
                strangers.extend(unheard)
                named = (*named, *found)
                position += 1
            elif word.isdigit() and len(word) == 4 and 1900 <= int(word) <= 2100:
                years.append(int(word))
                position += 1
            elif word in self._unsaid or (len(word) == 1 and word.isalpha()):
                position += 1
            elif (spelt := self._spellings.at(words, position, beyond))[1]:
                position, said = spelt
                concepts.extend(concept for one in said for concept in self._in_pinyin(one))
                written += "".join(one.chinese for one in said)
            else:
                length, concept = self._phrase(words, position, covered, proper)
                concepts.append(concept)
                is_pinyin = False
                position += length
                if word in proper and not concept.alternatives and self.speller.is_far(word):
                    strangers.append(word)
        # What a question wants is told by words in simplified characters.
        asked = f"{simplified(text)} {written}".rstrip()
        return Query(
            text,
            # A word that is repeated asks for nothing more.
            tuple(dict.fromkeys(self._without_a_lone_guess(concepts))),
            named,
            tuple(dict.fromkeys(years)),
            intent.answer_type(lexicon, words, asked),
            sorts=intent.of_what(lexicon, words) | essential,
            measured=intent.measured(lexicon, words, asked),
            members=intent.wants_members(lexicon, words, asked),
            compares=intent.compares(lexicon, words, asked)
            or (_names_two(named) and intent.compares_by_degree(lexicon, words, asked)),
            partners=intent.speaks_of_partners(lexicon, words, asked),
            twins=intent.speaks_of_twins(lexicon, words, asked),
            money=intent.is_about_money(lexicon, words),
            on_documents=intent.is_about_documents(lexicon, words, asked),
            strangers=tuple(strangers),
            in_chinese=_in_chinese(named, written) if written and is_pinyin else "",
        )

    def _name(self, mention: Mention, *, locates: bool = False) -> Concept:
        resolution = mention.resolution
        if isinstance(resolution, Outside):
            return Concept(
                resolution.typed,
                self._index.idf(0),
                alternatives=(((normalize(resolution.place.name),), 1.0),),
                terms=terms.index_terms(resolution.typed, self._lexicon.stop),
            )
        records = (resolution.record,) if isinstance(resolution, Found) else resolution.records
        owners = tuple(record.slug for record in records)
        known = max(map(self._index.count_about, owners), default=0)
        own = tuple(map(name_term, owners))
        is_place = any(isinstance(record, Place) and record.level is not Level.COUNTRY for record in records)
        # What is no place may be spoken of without being named, like a country: its words count too. Of a place only what
        # it stands for: Beijing, for the government.
        alternatives = (
            self._others(resolution.typed)
            if is_place
            else self._ways_of_words(resolution.typed, *(record.name for record in records))
        )
        if not any(isinstance(record, Place) for record in records):
            is_read = isinstance(resolution, Found) and resolution.match != "fuzzy"
            own += terms.index_terms(resolution.typed if is_read else records[0].name, self._lexicon.stop)
        corrected = ""
        if isinstance(resolution, Suggestions) or (
            isinstance(resolution, Found) and resolution.match == "fuzzy"
        ):
            corrected = records[0].name
        return Concept(
            resolution.typed,
            self._index.idf(known),
            alternatives=alternatives,
            owners=owners,
            corrected=corrected,
            terms=own,
            binds=is_place and not locates,
        )

    def _ways_of_words(self, *names: str) -> Expansions:
        own = terms.index_terms(names[0], self._lexicon.stop)
        as_typed = ((own, self._tuning.name_as_words),) if own else ()
        return (*as_typed, *self._others(*names))

    def _others(self, *names: str) -> Expansions:
        others = (other for name in names for other in self._synonyms.others(terms.synonym_key(name)))
        return tuple((other, self._tuning.synonym) for other in others)

    def _phrase(
        self,
        words: list[str],
        start: int,
        covered: set[int],
        proper: frozenset[str],
    ) -> tuple[int, Concept]:
        """Return the longest synonym phrase, or the single word, that starts at `start`; no word of `proper` is a slip."""
        for length in range(min(self._tuning.longest_phrase, len(words) - start), 1, -1):
            window = words[start : start + length]
            if any(i in covered for i in range(start, start + length)):
                continue
            key = " ".join(map(stem, window))
            if key in self._synonyms:
                own = tuple(stem(word) for word in window if word not in self._lexicon.stop)
                return length, self._concept(" ".join(window), own, key)
        is_proper = words[start] in proper
        concept = self._word(words[start], may_be_slip=not is_proper)
        return 1, replace(concept, written_as_name=is_proper)

    def _word(self, word: str, *, may_be_slip: bool) -> Concept:
        own = stem(word)
        if self._index.count(own) or own in self._synonyms:
            return self._concept(word, (own,), own)
        readings = self.speller.readings(word)
        if not may_be_slip:
            # "Xiashan" may be meant for a word of a name, Perth for no berth.
            readings = tuple(reading for reading in readings if reading in self._names.words)
        if not readings:
            return self._unheard_of(word)
        read = " or ".join(readings)
        if not self._lexicon.stop.isdisjoint(readings):
            return Concept(word, 0.0, corrected=read)
        alternatives: dict[Alternative, float] = {}
        for reading in readings:
            for alternative, weight in self._concept(reading, (stem(reading),), stem(reading)).alternatives:
                alternatives[alternative] = max(weight, alternatives.get(alternative, 0))
        ways = tuple(alternatives.items())
        return Concept(word, self._weigh(ways), ways, corrected=read, terms=(stem(readings[0]),))

    def _unheard_of(self, word: str) -> Concept:
        return Concept(word, self._index.idf(0) * self._tuning.out_of_vocabulary, terms=(stem(word),))

    def _without_a_lone_guess(self, concepts: list[Concept]) -> list[Concept]:
        """Return `concepts` with the only one that tells as it was typed, if it is a guess at a short word, or at the sound
        of one: nothing else says that Perth is a berth."""
        telling = [c for c in concepts if c.is_name or c.surface not in self._lexicon.light]
        if len(telling) != 1 or not self._is_guess(telling[0]):
            return concepts
        guess = telling[0]
        return [self._unheard_of(guess.surface) if c is guess else c for c in concepts]

    def _is_guess(self, concept: Concept) -> bool:
        if concept.is_name:
            return False
        # One word that is said like two characters which stand together somewhere: Huawei.
        is_sound = (
            concept.surface.isalpha() and concept.terms[:1] != () and concept.terms[0].startswith(SOUND)
        )
        return is_sound or (
            bool(concept.corrected) and not self.speller.is_sure(concept.surface, concept.corrected)
        )

    def _concept(self, shown: str, own: Alternative, key: str) -> Concept:
        alternatives = {own: 1.0}
        for other in self._synonyms.others(key):
            alternatives.setdefault(other, self._tuning.synonym)
        return Concept(
            shown, self._weigh(tuple(alternatives.items())), tuple(alternatives.items()), terms=own
        )

    def _weigh(self, alternatives: Expansions) -> float:
        """Return the weight of a concept: the rarity of its own words, else the mean of its other ways."""
        counts = (min(map(self._index.count, alternative)) for alternative, _ in alternatives if alternative)
        own = next(counts, 0)
        known = [own] if own else [count for count in counts if count]
        if not known:
            return self._index.idf(0) * self._tuning.out_of_vocabulary
        return sum(map(self._index.idf, known)) / len(known)

    def _in_pinyin(self, spelt: Spelt) -> Iterable[Concept]:
        if spelt.chinese:
            return self._chinese_words(spelt.chinese)
        alternatives = (((spelt.term,), 1.0),)
        weight = self._index.idf(self._index.count(spelt.term))
        return (Concept(spelt.typed, weight, alternatives, terms=(spelt.term,)),)

    def _chinese(
        self, run: str, position: int, *, is_first: bool
    ) -> tuple[list[Concept], list[Mention], tuple[str, ...]]:
        concepts: list[Concept] = []
        named: list[Mention] = []
        pieces = mentions.in_chinese(self._names, run, self._known_length, self._slight.__contains__)
        for piece, resolution in pieces:
            if resolution is None:
                concepts.extend(self._chinese_words(piece))
            else:
                mention = Mention(position, position + 1, resolution)
                named.append(mention)
                concepts.append(self._name(mention))
        return concepts, named, tuple(self._strangers.among(pieces, is_first=is_first))

    def _chinese_words(self, piece: str) -> Iterable[Concept]:
        """Yield concepts of a run of Chinese without names: known words first, pairs of characters else."""
        rest, position = "", 0
        while position < len(piece):
            length, stop = self._chinese_word_at(piece, position)
            if length:
                yield from self._unknown_chinese(rest)
                rest = ""
                if not stop:
                    word = piece[position : position + length]
                    yield self._concept(word, tuple(bigrams(word)), word)
                position += length
            else:
                rest += piece[position]
                position += 1
        yield from self._unknown_chinese(rest)

    def _chinese_word_at(self, piece: str, position: int) -> tuple[int, bool]:
        for length in range(min(self._longest_chinese, len(piece) - position), 0, -1):
            word = piece[position : position + length]
            if word in self._lexicon.stop:
                return length, True
            if word in self._synonyms or word in self._lexicon.light:
                return length, False
        return 0, False

    def _is_held(self, word: str) -> bool:
        counts = [*map(self._index.count, bigrams(word))]
        # Of a name that nobody has heard of some characters may be a word.
        return 2 * sum(map(bool, counts)) > len(counts)

    def _known_length(self, run: str, position: int) -> int:
        return self._chinese_word_at(run, position)[0]

    def _unknown_chinese(self, rest: str) -> Iterable[Concept]:
        if len(rest) < 2:
            return
        for pair in bigrams(rest):
            count = self._index.count(pair)
            weight = (
                self._index.idf(count)
                * (1 if count else self._tuning.out_of_vocabulary_pair)
                / len(bigrams(rest))
            )
            yield Concept(pair, weight, (((pair,), 1.0),), terms=(pair,))


def _names_two(named: Iterable[Mention]) -> bool:
    return len({mention.place.slug for mention in named if mention.place}) > 1


def _in_chinese(named: Iterable[Mention], written: str) -> str:
    """Return what a question in pinyin says in characters: its names, then its words."""
    names = (m.resolution.record.chinese for m in named if isinstance(m.resolution, Found))
    return f"{''.join(names)}{written}"
