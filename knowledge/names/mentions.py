"""Names in running text. Finds them; `names` says what each stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.model import Named, Place
from knowledge.names.keys import SUFFIXES
from knowledge.names.resolver import Ambiguous, Found, NameResolver, Outside, Suggestions
from knowledge.text import chinese
from knowledge.text.normalize import CHINESE, normalize, tokenize

_MOST_WORDS = 12
_MOST_WORDS_WITH_A_SLIP = 4
# Runs of words of one text that are tried as slips of names; a question needs a dozen. Where more words than
# _A_LIST are no ordinary ones, each is tried by itself: what is as long as a question may be and slips throughout
# would take a tenth of a second.
_MOST_TRIED = 64
_A_LIST = 12

# Parts of speech as jieba names them: idioms and set phrases, names of people.
_PHRASES = frozenset("il")
_PERSON = "nr"

_InChinese = Found | Ambiguous | Outside | None
Piece = tuple[str, _InChinese]
Records = tuple[Named, ...]
IsWord = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in running text: tokens `start` to `end` (exclusive) of its folded form."""

    start: int
    end: int
    resolution: Found | Ambiguous | Suggestions | Outside

    @property
    def typed(self) -> str:
        """Return the name as it was typed."""
        return self.resolution.typed

    @property
    def shown(self) -> str:
        """Return what it stands for, or where it is open what was typed, for readers."""
        read = self.resolution
        return read.record.name if isinstance(read, Found) else read.typed

    @property
    def place(self) -> Place | None:
        """Return the place that it stands for; None where it stands for something else, or for several."""
        read = self.resolution
        return read.record if isinstance(read, Found) and isinstance(read.record, Place) else None


def in_words(
    names: NameResolver,
    words: list[str],
    is_word: IsWord,
    stop: frozenset[str],
    is_meant: Callable[[Mention], bool] = lambda _: True,
) -> tuple[Mention, ...]:
    """Return the names among the tokens `words` of folded text, longest first, none overlapping.

    `is_word` says of a word that it is ordinary, so that it is not taken for a slip of a name; no slip begins or ends
    on a word of `stop`, and of each it is asked whether it `is_meant`.
    """
    found: list[Mention] = []
    odd = tuple(len(word) >= 4 and not is_word(word) for word in words)
    widest = _MOST_WORDS_WITH_A_SLIP if sum(odd) <= _A_LIST else 1
    position, tried = 0, 0
    while position < len(words):
        mention = _exact_at(names, words, position)
        if mention is None and tried < _MOST_TRIED:
            ends = tuple(_ends_of_slips(words, position, odd, widest, stop))
            tried += len(ends)
            mention = next(filter(is_meant, _slips_at(names, words, position, ends)), None)
        if mention:
            found.append(mention)
            position = mention.end
        else:
            position += 1
    return tuple(found)


def exact_in_words(names: NameResolver, words: list[str]) -> Iterator[tuple[int, int, Records]]:
    """Yield where the tokens `words` of a text of the base spell a name of a record, and which records: slips are none."""
    position = 0
    while position < len(words):
        mention = _exact_at(names, words, position)
        if mention and (records := _records(mention.resolution)):
            yield mention.start, mention.end, records
        position = mention.end if mention else position + 1


def exact_in_chinese(names: NameResolver, run: str) -> Iterator[tuple[str, Records]]:
    """Yield the pieces of a run of Chinese in order, each with the records that it spells, none for what is no name."""
    for piece, resolution in in_chinese(names, run, lambda _run, _at: 0):
        yield piece, _records(resolution) if resolution else ()


def _records(resolution: Found | Ambiguous | Suggestions | Outside) -> Records:
    match resolution:
        case Found(record=record):
            return (record,)
        case Ambiguous(records=records):
            return records
    return ()


def in_chinese(
    names: NameResolver,
    run: str,
    longest_word: Callable[[str, int], int],
    is_grammar: IsWord | None = None,
) -> tuple[Piece, ...]:
    """Return a run of Chinese characters cut into names and what stands between them.

    `longest_word` gives the length of the longest ordinary word at a position: a name within it is none. A slip in a
    name begins and ends where words do, and what is wrong in it `is_grammar` does not know; without that there is none.
    """
    pieces: list[Piece] = []
    words = chinese.words(run)
    ends = frozenset((0, *(word.end for word in words)))
    rest, position = "", 0
    while position < len(run):
        length, resolution = _chinese_at(names, run, position)
        if resolution and any(_is_another(word, resolution, position, position + length) for word in words):
            resolution = None
        word = longest_word(run, position)
        if resolution is None and is_grammar and position in ends:
            length, resolution = _heard_at(names, run, position, ends, is_grammar)
        if resolution is None or word > length:
            step = max(word, 1)
            rest += run[position : position + step]
            position += step
            continue
        if rest:
            pieces.append((rest, None))
            rest = ""
        pieces.append((run[position : position + length], resolution))
        position += length
    return (*pieces, *(((rest, None),) if rest else ()))


def _chinese_at(names: NameResolver, run: str, position: int) -> tuple[int, _InChinese]:
    for length in range(min(names.longest_in_chinese, len(run) - position), 0, -1):
        piece = run[position : position + length]
        if not names.is_spelling(piece):
            continue
        if length == 1 and len(run) > 1:
            neighbours = run[max(0, position - 1) : position] + run[position + 1 : position + 2]
            if not any(map(names.is_spelling, neighbours)):
                continue
        if resolution := names.exact(piece, piece):
            return _past_sort(run, position, length), resolution
    return 1, None


def _is_another(word: chinese.Word, resolution: _InChinese, start: int, end: int) -> bool:
    """Say whether a place from `start` to `end` is but part of a word that is no place: 阿里 in 阿里巴巴, 大同 in 大同小异."""
    if not (word.start <= start and end <= word.end and _is_place(resolution)):
        return False
    more = word.end - word.start - (end - start)
    # One character behind the name of a place makes a kind of that place: 温州人 is a person's name to the dictionary.
    return more > 0 and (word.part in _PHRASES or (word.part.startswith(_PERSON) and more > 1))


def _is_place(resolution: _InChinese) -> bool:
    match resolution:
        case Found(record=record):
            return isinstance(record, Place)
        case Ambiguous(records=records):
            return all(isinstance(record, Place) for record in records)
    return isinstance(resolution, Outside)


def _heard_at(
    names: NameResolver, run: str, position: int, ends: frozenset[int], is_grammar: IsWord
) -> tuple[int, Found | Ambiguous | None]:
    for end in range(min(len(run), position + names.longest_in_chinese), position + 1, -1):
        piece = run[position:end]
        if end in ends and (resolution := names.heard(piece, piece, is_grammar)):
            return _past_sort(run, position, end - position), resolution
    return 1, None


def _past_sort(run: str, position: int, length: int) -> int:
    following = run[position + length : position + length + 1]
    return length + 1 if following and following in "市省县区" else length


def _exact_at(names: NameResolver, words: list[str], start: int) -> Mention | None:
    if CHINESE.match(words[start]):
        return None
    for end in reversed(range(start + 1, _end_of_spellings(names, words, start) + 1)):
        key = "".join(words[start:end])
        if len(key) < 3 and not key.isdigit():
            continue
        window = words[start:end]
        if names.is_spelling(key):
            resolution = names.exact(key, " ".join(window))
            if resolution and not _is_of_grammar(names, window, resolution):
                return Mention(start, _past_suffix(words, end), resolution)
        if names.is_in_pinyin(key) and (spelt := names.in_pinyin(window, " ".join(window))):
            return Mention(start, _past_suffix(words, end), spelt)
    return None


def _end_of_spellings(names: NameResolver, words: list[str], start: int) -> int:
    """Return where the longest run of words from `start` ends with which some spelling begins."""
    key, end = "", start
    for word in words[start : start + _MOST_WORDS]:
        key += word
        if not names.begins(key):
            break
        end += 1
    return end


def _is_of_grammar(names: NameResolver, words: list[str], resolution: Found | Ambiguous | Outside) -> bool:
    """Say whether words make up a name by chance only: "to go" is no Togo, but "the delta" is written so."""
    if len(words) == 1 or names.stop.isdisjoint(words):
        return False
    return all(tokenize(normalize(spelling)) != words for spelling in _spellings(resolution))


def _spellings(resolution: Found | Ambiguous | Outside) -> Iterator[str]:
    match resolution:
        case Outside(place=place):
            yield from (place.name, *place.aliases)
        case _:
            yield from (spelling for record in _records(resolution) for spelling in record.spellings())


def _ends_of_slips(
    words: list[str], start: int, odd: Sequence[bool], widest: int, stop: frozenset[str]
) -> Iterator[int]:
    """Yield where runs of words from `start` end that may be a name with a slip in it, the longest first.

    `odd` says of each word whether it is no ordinary one; `widest` is the most words in a run.
    """
    if words[start].isdigit() or not words[start].isascii() or words[start] in stop:
        return
    for end in range(min(len(words), start + widest), start, -1):
        is_long = sum(map(len, words[start:end])) >= 5
        if is_long and any(odd[start:end]) and words[end - 1] not in stop:
            yield end


def _slips_at(names: NameResolver, words: list[str], start: int, ends: tuple[int, ...]) -> Iterator[Mention]:
    for end in ends:
        window = words[start:end]
        key = "".join(window)
        resolution = names.fuzzy(key, " ".join(window))
        if isinstance(resolution, Found | Ambiguous) or (
            isinstance(resolution, Suggestions) and len(window) == 1 and names.is_like(key, resolution)
        ):
            yield Mention(start, _past_suffix(words, end), resolution)


def _past_suffix(words: list[str], end: int) -> int:
    return end + 1 if end < len(words) and words[end] in SUFFIXES else end
