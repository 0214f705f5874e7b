"""Free text -> facts, best first, each with how much of the text it covers.

A question is cut into concepts: names, words with their synonyms, years. A fact matches a concept by its
statement, its expansion terms, the names of its subjects and topics. The score is coverage: the share of the
question's concepts, weighted by how rare they are (inverse document frequency, Robertson and Sparck Jones
1976), that the fact matches. What a fact leaves uncovered is known, so that the policy above can decline.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge.asking import Asks, asks, measured, of_what, of_whom, wants_a_list
from knowledge.model import Fact, Level, Mechanism, Named, Pairing, Place, Synonyms, Topic
from knowledge.names import Found, Mention, Names, Near, Outside, Vocabulary
from knowledge.stopwords import CHINESE_LIGHT_WORDS, CHINESE_STOPWORDS, LIGHT_WORDS, STOPWORDS
from knowledge.wording import CHINESE, bigrams, fold, stem, tokens

# How much a match in each field of a fact counts, 1 being the statement itself.
STATEMENT, TERM, SPEAKER, FIGURE, SUBJECT, TOPIC, CAVEAT = 1.0, 0.9, 0.9, 0.9, 0.75, 0.5, 0.3
SYNONYM, RESPELT = 0.85, 0.9
# How much a word weighs that no fact holds, or that says little, against its rarity.
UNHEARD, LIGHT = 0.6, 0.2
# How much a fact is about a subject that is not its first.
NOT_FIRST = 0.9
# A fact on a document (its authors, its references) is no fact on what the document is about.
ABOUT_DOCUMENTS, ABOUT_A_DOCUMENT = "about-the-documents", 0.4
_MOST_HITS = 50
# "According to the Huaihai paper" says where to look, not what for.
_ATTRIBUTION = re.compile(
    r"\b(?:according to|as per|says) (?:the )?(?:[\w'’-]+ ){0,4}?(?:paper|article|news item|study|documents?|reports?|authors?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question speaks of. `ways` are alternative sets of index terms with their weights.

    A way matches as its weakest term does. `owners` are the slugs a name stands for. `weight` is the
    concept's share in coverage; `shown` is the text it came from; `respelt` what a slip was read as.
    """

    shown: str
    weight: float
    ways: tuple[tuple[tuple[str, ...], float], ...] = ()
    owners: tuple[str, ...] = ()
    respelt: str = ""

    @property
    def is_name(self) -> bool:
        return bool(self.owners)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart. `mentions` are the names in it; `years` the years it asks for.

    `sorts` are the words for the sort of thing or person asked for, `measured` those for what a quantity is wanted
    of; `lists` says whether members are to be named.
    """

    text: str
    concepts: tuple[Concept, ...]
    mentions: tuple[Mention, ...]
    years: tuple[int, ...]
    asks: Asks
    sorts: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    lists: bool = False

    @property
    def weight(self) -> float:
        return sum(concept.weight for concept in self.concepts)


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A fact, the share of the question's weight it covers, and the concepts it does not match."""

    fact: Fact
    coverage: float
    score: float
    missed: tuple[Concept, ...]


class Index:
    """The facts by the words that find them. Immutable once built; any thread may search."""

    def __init__(
        self,
        facts: tuple[Fact, ...],
        synonyms: Iterable[Synonyms],
        entities: Mapping[str, Named],
        names: Names,
    ) -> None:
        self._facts = facts
        self._names = names
        self._entities = entities
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._words: set[str] = set()
        self._terms_of_names: dict[str, tuple[str, ...]] = {}
        self._by_owner: dict[str, dict[int, float]] = defaultdict(dict)
        for number, fact in enumerate(facts):
            self._add(number, fact)
        self._about_documents = frozenset(n for n, f in enumerate(facts) if ABOUT_DOCUMENTS in f.topics)
        self._synonyms = _synonyms(synonyms)
        self._words.update(word for group in synonyms for w in group.words for word in tokens(fold(w)))
        known = self._words | LIGHT_WORDS | STOPWORDS
        self._vocabulary = Vocabulary(w for w in known if w.isascii() and w.isalpha() and len(w) > 3)
        self._longest_chinese = max((len(k) for k in self._synonyms if CHINESE.match(k)), default=1)

    def is_word(self, word: str) -> bool:
        """Say whether a folded word is known as an ordinary word."""
        if word in STOPWORDS or word in LIGHT_WORDS or word in self._words:
            return True
        # A short stem proves nothing: "jinning" is not a form of "jin".
        return len(stem(word)) >= 4 and stem(word) in self._postings

    def rarity(self, slug: str) -> float:
        """Return the weight of a name as a concept: the fewer facts are about it, the more it tells."""
        return self._idf(len(self._by_owner.get(slug, ())))

    # -- questions ------------------------------------------------------------------------------------

    def parse(self, text: str) -> Query:
        """Take `text` apart into names, words and years."""
        text = _ATTRIBUTION.sub(" ", text)
        words = tokens(fold(text))
        essential = of_whom(words)
        mentions = self._names.mentions(text, self.is_word)
        covered = {i for mention in mentions for i in range(mention.start, mention.end)}
        concepts = [self._name(mention) for mention in mentions]
        years: list[int] = []
        position = 0
        while position < len(words):
            word = words[position]
            if position in covered:
                position += 1
            elif CHINESE.match(word):
                more, found = self._chinese(word, position)
                concepts.extend(more)
                mentions = (*mentions, *found)
                position += 1
            elif word.isdigit() and len(word) == 4 and 1900 <= int(word) <= 2100:
                years.append(int(word))
                position += 1
            elif word in STOPWORDS or (len(word) == 1 and word.isalpha()):
                position += 1
            else:
                length, concept = self._phrase(words, position, covered, essential)
                concepts.append(concept)
                position += length
        return Query(
            text,
            tuple(concepts),
            mentions,
            tuple(years),
            asks(words, text),
            of_what(words) | essential,
            measured(words, text),
            wants_a_list(words, text),
        )

    def _name(self, mention: Mention) -> Concept:
        resolution = mention.resolution
        if isinstance(resolution, Outside):
            return Concept(resolution.typed, self._idf(0), ways=(((fold(resolution.place.name),), 1.0),))
        records = (resolution.record,) if isinstance(resolution, Found) else resolution.records
        owners = tuple(record.slug for record in records)
        known = max((len(self._by_owner.get(slug, ())) for slug in owners), default=0)
        ways: tuple[tuple[tuple[str, ...], float], ...] = ()
        if not any(isinstance(record, Place) and record.level is not Level.COUNTRY for record in records):
            # What is no place may be spoken of without being named, like a country: its words count too.
            ways = self._ways_of_words(resolution.typed)
        respelt = ""
        if isinstance(resolution, Near) or (isinstance(resolution, Found) and resolution.match == "fuzzy"):
            respelt = records[0].name
        return Concept(resolution.typed, self._idf(known), ways=ways, owners=owners, respelt=respelt)

    def _ways_of_words(self, typed: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        own = _form(typed)
        others = self._synonyms.get(_key(typed), ())
        return (*(((own, 0.9),) if own else ()), *((other, SYNONYM) for other in others))

    def _phrase(
        self, words: list[str], start: int, covered: set[int], essential: frozenset[str]
    ) -> tuple[int, Concept]:
        """Return the longest synonym phrase, or the single word, that starts at `start`."""
        for length in range(min(4, len(words) - start), 1, -1):
            window = words[start : start + length]
            if any(i in covered for i in range(start, start + length)):
                continue
            key = " ".join(map(stem, window))
            if key in self._synonyms:
                own = tuple(stem(word) for word in window if word not in STOPWORDS)
                concept = self._concept(" ".join(window), own, key)
                light = LIGHT if set(window) <= STOPWORDS | LIGHT_WORDS else 1.0
                return length, replace(concept, weight=concept.weight * light)
        return 1, self._word(words[start], is_essential=words[start] in essential)

    def _word(self, word: str, *, is_essential: bool) -> Concept:
        concept = self._read_word(word)
        if is_essential:
            return concept
        is_light = word in LIGHT_WORDS or concept.respelt in LIGHT_WORDS
        return replace(concept, weight=concept.weight * LIGHT) if is_light else concept

    def _read_word(self, word: str) -> Concept:
        own = stem(word)
        if own in self._postings or own in self._synonyms:
            return self._concept(word, (own,), own)
        readings = self._vocabulary.nearest(word)
        if any(reading in STOPWORDS for reading in readings):
            return Concept(word, 0.0, respelt=readings[0])
        if readings:
            ways: dict[tuple[str, ...], float] = {}
            for reading in readings[:3]:
                for way, weight in self._concept(reading, (stem(reading),), stem(reading)).ways:
                    ways[way] = max(weight * RESPELT, ways.get(way, 0))
            weight = self._weigh(tuple(ways.items()))
            return Concept(word, weight, tuple(ways.items()), respelt=readings[0])
        return Concept(word, self._idf(0) * UNHEARD)

    def _concept(self, shown: str, own: tuple[str, ...], key: str) -> Concept:
        ways = {own: 1.0}
        for other in self._synonyms.get(key, ()):
            ways.setdefault(other, SYNONYM)
        return Concept(shown, self._weigh(tuple(ways.items())), tuple(ways.items()))

    def _weigh(self, ways: tuple[tuple[tuple[str, ...], float], ...]) -> float:
        """Return the weight of a concept: the rarity of its own words, else the mean of its other ways."""
        counts = [min(len(self._postings.get(term, ())) for term in way) for way, _ in ways if way]
        if not any(counts):
            return self._idf(0) * UNHEARD
        known = counts[:1] if counts[0] else [count for count in counts if count]
        return sum(map(self._idf, known)) / len(known)

    def _chinese(self, run: str, position: int) -> tuple[list[Concept], list[Mention]]:
        concepts: list[Concept] = []
        mentions: list[Mention] = []
        for piece, resolution in self._names.in_chinese(run, self._known_length):
            if resolution is None:
                concepts.extend(self._chinese_words(piece))
            else:
                mention = Mention(position, position + 1, resolution)
                mentions.append(mention)
                concepts.append(self._name(mention))
        return concepts, mentions

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
                    concept = self._concept(word, tuple(bigrams(word)), word)
                    light = LIGHT if word in CHINESE_LIGHT_WORDS else 1.0
                    yield replace(concept, weight=concept.weight * light)
                position += length
            else:
                rest += piece[position]
                position += 1
        yield from self._unknown_chinese(rest)

    def _chinese_word_at(self, piece: str, position: int) -> tuple[int, bool]:
        for length in range(min(self._longest_chinese, len(piece) - position), 0, -1):
            word = piece[position : position + length]
            if word in CHINESE_STOPWORDS:
                return length, True
            if word in self._synonyms or word in CHINESE_LIGHT_WORDS:
                return length, False
        return 0, False

    def _known_length(self, run: str, position: int) -> int:
        return self._chinese_word_at(run, position)[0]

    def _unknown_chinese(self, rest: str) -> Iterable[Concept]:
        if len(rest) < 2:
            return
        for pair in bigrams(rest):
            count = len(self._postings.get(pair, ()))
            weight = self._idf(count) * (1 if count else UNHEARD) / len(bigrams(rest))
            yield Concept(pair, weight, (((pair,), 1.0),))

    # -- ranking --------------------------------------------------------------------------------------

    def rank(self, query: Query) -> tuple[Hit, ...]:
        """Return facts that match any concept of `query`, best first."""
        total = query.weight
        if not total:
            return ()
        matches = [self._matches(concept) for concept in query.concepts]
        covered: defaultdict[int, float] = defaultdict(float)
        for concept, found in zip(query.concepts, matches, strict=True):
            for number, strength in found.items():
                covered[number] += concept.weight * strength
        if not asks_about_documents(query):
            for number in self._about_documents & covered.keys():
                covered[number] *= ABOUT_A_DOCUMENT
        # What fits the question better can overtake, but not by more than this many places.
        nearest = heapq.nlargest(_MOST_HITS, covered.items(), key=lambda entry: (entry[1], -entry[0]))
        hits = [self._hit(query, number, weight / total, matches) for number, weight in nearest]
        return tuple(sorted(hits, key=lambda hit: -hit.score))

    def _hit(self, query: Query, number: int, coverage: float, matches: list[Mapping[int, float]]) -> Hit:
        fact = self._facts[number]
        fit = 1 + _fit(query, fact) + self._names_a_place(query, fact)
        missed = tuple(
            concept
            for concept, found in zip(query.concepts, matches, strict=True)
            if found.get(number, 0.0) < 0.25
        )
        return Hit(fact, coverage, coverage * fit - 0.0004 * len(fact.statement.split()), missed)

    def _names_a_place(self, query: Query, fact: Fact) -> float:
        """Return a small bonus for a place that the question wants and does not name itself."""
        if query.asks is not Asks.PLACE:
            return 0.0
        named = {owner for concept in query.concepts for owner in concept.owners}
        others = (slug for slug in fact.subjects if slug not in named)
        return 0.08 if any(isinstance(self._entities.get(slug), Place) for slug in others) else 0.0

    def _matches(self, concept: Concept) -> Mapping[int, float]:
        best: dict[int, float] = {}
        for owner in concept.owners:
            _keep_best(best, self._by_owner.get(owner, {}), 1.0)
        for way, weight in concept.ways:
            _keep_best(best, self._together(way), weight)
        return best

    def _together(self, way: tuple[str, ...]) -> Mapping[int, float]:
        """Return the facts that hold every term of `way`, each as strongly as its weakest term.

        Of three terms and more, one may be missing, at a price.
        """
        if len(way) == 1:
            return self._postings.get(way[0], {})
        if len(way) == 2:
            first, second = (self._postings.get(term, {}) for term in way)
            return {number: min(first[number], second[number]) for number in first.keys() & second.keys()}
        held: defaultdict[int, list[float]] = defaultdict(list)
        for term in way:
            for number, strength in self._postings.get(term, {}).items():
                held[number].append(strength)
        least = len(way) if len(way) < 3 else len(way) - 1
        return {
            number: min(strengths) * (len(strengths) / len(way)) ** 2
            for number, strengths in held.items()
            if len(strengths) >= least
        }

    # -- building -------------------------------------------------------------------------------------

    def _idf(self, count: int) -> float:
        return math.log(1 + (len(self._facts) - count + 0.5) / (count + 0.5))

    def _add(self, number: int, fact: Fact) -> None:
        self._post(number, fact.statement, STATEMENT)
        for term in fact.terms:
            self._post(number, term, TERM)
        self._post(number, fact.speaker, SPEAKER)
        self._post(number, fact.caveat, CAVEAT)
        self._post(number, f"{fact.kind} {fact.stance}", CAVEAT)
        for figure in fact.figures:
            self._post(number, f"{figure.of} {figure.unit}", FIGURE)
        for position, slug in enumerate(fact.subjects):
            self._own(number, slug, 1.0 if position == 0 else NOT_FIRST)
            self._post_names(number, slug)
        for slug in fact.topics:
            self._own(number, slug, 0.9)
            self._post_names(number, slug)

    def _post_names(self, number: int, slug: str) -> None:
        if entity := self._entities.get(slug):
            if slug not in self._terms_of_names:
                terms = (term for spelling in entity.spellings() for term in self._terms(spelling))
                self._terms_of_names[slug] = tuple(dict.fromkeys(terms))
            strength = TOPIC if isinstance(entity, Mechanism | Topic) else SUBJECT
            self._post_terms(number, self._terms_of_names[slug], strength)
            if isinstance(entity, Pairing):
                for member in entity.members:
                    self._own(number, member, 0.9)

    def _post(self, number: int, text: str, strength: float) -> None:
        self._post_terms(number, self._terms(text), strength)

    def _post_terms(self, number: int, terms: Iterable[str], strength: float) -> None:
        for term in terms:
            postings = self._postings[term]
            if postings.get(number, 0.0) < strength:
                postings[number] = strength

    def _terms(self, text: str) -> Iterator[str]:
        """Yield the index terms of `text`, and remember its words for reading slips."""
        for word in tokens(fold(text)):
            if CHINESE.match(word):
                yield from bigrams(word)
            elif word not in STOPWORDS:
                self._words.add(word)
                yield stem(word)

    def _own(self, number: int, slug: str, strength: float) -> None:
        owned = self._by_owner[slug]
        owned[number] = max(strength, owned.get(number, 0.0))


def _keep_best(best: dict[int, float], found: Mapping[int, float], weight: float) -> None:
    for number, strength in found.items():
        if best.get(number, 0.0) < strength * weight:
            best[number] = strength * weight


def _fit(query: Query, fact: Fact) -> float:
    """Return a small bonus for a fact of the sort the question wants."""
    bonus = 0.0
    if query.asks is Asks.QUANTITY and fact.figures:
        bonus += 0.15
    elif query.asks is Asks.TIME and fact.date:
        bonus += 0.1
    elif query.asks is Asks.PERSON and fact.speaker and not _SAYING.isdisjoint(tokens(fold(query.text))):
        bonus += 0.08
    if query.years:
        bonus += 0.15 if all(speaks_of_year(fact, year) for year in query.years) else -0.1
    return bonus


_SAYING = frozenset(
    """
    say says said think thinks thought believe believes suggest suggests suggested propose proposes proposed argue
    argues argued view opinion call calls called describe described point pointed stress stressed quoted
    """.split()  # noqa: SIM905
)

_OF_DOCUMENTS = frozenset(
    """
    author authors wrote written writer writers paper papers study studies article publish published funding
    funded fund reference references cite cites cited affiliation university journal keywords abstract title
    作者 论文 发表 参考文献 单位 资助 关键词
    """.split()  # noqa: SIM905
)


def asks_about_documents(query: Query) -> bool:
    """Say whether the question is about a document itself: who wrote it, when, what it cites."""
    return any(word in _OF_DOCUMENTS for word in tokens(fold(query.text))) or any(
        word in query.text for word in _OF_DOCUMENTS if not word.isascii()
    )


def speaks_of_year(fact: Fact, year: int) -> bool:
    """Say whether a fact is about `year`: in its date, a figure or its words."""
    return (
        fact.date.startswith(str(year))
        or any(figure.year == year for figure in fact.figures)
        or str(year) in fact.statement
    )


def _synonyms(groups: Iterable[Synonyms]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return, for each word or phrase (stemmed, joined), the other ways of saying it as index terms."""
    ways: defaultdict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for group in groups:
        forms = {_form(word): _key(word) for word in group.words}
        for form, key in forms.items():
            for other in forms:
                if other != form and other:
                    ways[key][other] = None
    return {key: tuple(others) for key, others in ways.items() if key}


def _form(phrase: str) -> tuple[str, ...]:
    terms: list[str] = []
    for word in tokens(fold(phrase)):
        if CHINESE.match(word):
            terms.extend(bigrams(word))
        elif word not in STOPWORDS:
            terms.append(stem(word))
    return tuple(terms)


def _key(phrase: str) -> str:
    words = tokens(fold(phrase))
    return "".join(words) if words and CHINESE.match(words[0]) else " ".join(map(stem, words))
