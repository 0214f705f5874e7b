"""Slips are read by one margin at every door: drawn over all names and words of the base, through `reply`."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from benchmarks.slips import slips_of
from handlers.answer import Answer
from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.names.keys import SUFFIXES, bare, squash
from knowledge.names.resolver import Ambiguous, Found, Outside
from knowledge.text.chinese import is_pinyin
from knowledge.text.normalize import stem
from tests.conftest import Asker
from tests.handlers.shown import noted

OF_ANY_SORT = [
    ("/yrd", "{}"),
    ("/yrd", "What about {}?"),
    ("/yrd", "what does {} do"),
    ("/yrd", "compare {} and Hefei"),
    ("/yrd-topic", "{}"),
    ("/yrd-mechanism", "{}"),
]
OF_PLACES = [
    ("/yrd-city", "{}"),
    ("/yrd-pair", "{} and Huainan"),
    ("/yrd", "map {}"),
    ("/yrd-digest", "preview {}"),
]
KINDS = ("dropped letter", "doubled letter", "swapped letters", "neighbouring key")


def ordinary(base: FactBase) -> list[str]:
    """Return English words of the base that are in no name and no pinyin."""
    named = {squash(word) for record in base.seeds.named() for s in record.spellings() for word in s.split()}
    return sorted(
        word
        for word in base.corpus.words & base.english
        if len(word) > 4 and word.isalpha() and word not in named and not is_pinyin(word)
        if not base.names.exact(word, word)
    )


def joined(base: FactBase, seed: str) -> Iterator[tuple[Named, str]]:
    """Yield every name with a drawn word before it or behind it, without a space."""
    drawn, words = random.Random(seed), ordinary(base)
    for record in base.seeds.named():
        name = squash(bare(record.name))
        # Digits stand apart from letters; a syllable behind a name says what sort of place it is.
        if name.isascii() and not name[0].isdigit() and len(name) >= 4 and name not in SUFFIXES:
            word = drawn.choice(words)
            yield record, word + name if drawn.random() < 1 / 2 else name + word


def read_as(base: FactBase, text: str) -> tuple[set[str], set[str]]:
    """Return the slugs of names and the stems of words that a question is read as, where it is not as it was typed."""
    concepts = [concept for concept in base.parse(text).concepts if concept.corrected]
    names = {owner for concept in concepts for owner in concept.owners}
    words = {stem(word) for c in concepts if not c.is_name for word in c.corrected.split(" or ")}
    return names, words


def is_told(base: FactBase, answer: Answer, record: Named) -> bool:
    """Say whether an answer is on a record, offers it, or says that it is known."""
    lines = (line.fact for line in answer.lines)
    said = squash(" ".join((answer.headline, *noted(answer))))
    return (
        record.slug in answer.context
        or any(choice.id == record.slug for choice in answer.choices)
        or any(record.slug in (*fact.subjects, *fact.topics) for fact in lines)
        or squash(bare(record.name)) in said
    )


@pytest.mark.parametrize(("command", "text"), [*OF_ANY_SORT, *OF_PLACES])
def test_a_name_joined_to_an_ordinary_word_is_read_at_every_door(
    ask: Asker, base: FactBase, command: str, text: str
) -> None:
    only_places = (command, text) in OF_PLACES
    drawn = [
        pair for pair in joined(base, f"{command} {text}") if isinstance(pair[0], Place) or not only_places
    ]
    assert len(drawn) > 150
    missed = [
        (typed, answer.outcome, answer.headline)
        for record, typed in drawn
        if not is_told(base, answer := ask(text.format(typed), command), record)
        or f"“{typed}” is not in" in answer.headline
    ]
    assert not missed


def test_a_known_word_is_never_put_right(ask: Asker, base: FactBase) -> None:
    words = random.Random(13).sample(ordinary(base), 600)
    bent = [word for word in words if any(read_as(base, f"Tell me about {word} in Hangzhou"))]
    assert not bent
    for command, text in (("/yrd-topic", "{}"), ("/yrd-city", "{}"), ("/yrd-digest", "preview {}")):
        bent += [
            word
            for word in words
            if (answer := ask(text.format(word), command)).outcome == "suggestion"
            and f"“{word}” is no name" in answer.headline
        ]
    assert not bent


def test_a_slip_in_a_word_is_hardly_ever_read_as_another_word_and_never_as_another_subject(
    base: FactBase,
) -> None:
    drawn = random.Random(13)
    right, wrong, subjects = 0, [], []
    for word in drawn.sample(ordinary(base), 600):
        own = {owner for c in base.parse(f"the {word} in Hangzhou").concepts for owner in c.owners}
        for kind in KINDS:
            slip = drawn.choice(slips_of(word, kind))
            if base.parser.is_word(slip) or base.names.exact(slip, slip):
                continue
            names, words = read_as(base, f"the {slip} in Hangzhou")
            known_by = {stem(w) for slug in names - own for w in _words_of(base, slug)}
            if names - own and stem(word) not in known_by:
                subjects.append((word, slip, names))
            elif words and stem(word) not in words:
                wrong.append((word, slip, words))
            else:
                right += 1
    assert len(subjects) <= 0.002 * right, subjects
    assert len(wrong) <= 0.03 * right, wrong


def _words_of(base: FactBase, slug: str) -> Iterator[str]:
    record = base.entity(slug)
    assert record is not None
    for spelling in record.spellings():
        yield from spelling.lower().split()


def test_a_slip_in_the_name_of_a_place_is_read_as_that_or_asked_about_at_every_door(
    ask: Asker, base: FactBase
) -> None:
    drawn = random.Random(13)
    places = [place for place in base.seeds.places if place.delta and base.facts_of(place)]
    wrong = []
    seen = 0
    for place in places:
        for kind in KINDS:
            slip = drawn.choice(slips_of(place.name, kind))
            if isinstance(base.resolve(slip, slips=False), Found | Ambiguous | Outside):
                continue
            for command, text in (*OF_PLACES, ("/yrd", "{}"), ("/yrd", "What about {}?")):
                seen += 1
                answer = ask(text.format(slip), command)
                # A preview has its names in the line above it.
                is_read = place.slug in answer.context or place.name in answer.headline
                if answer.outcome == "answer" and not is_read:
                    wrong.append((command, text, slip, answer.headline))
    assert seen > 1000
    assert len(wrong) <= 0.003 * seen, wrong


@pytest.mark.parametrize(
    "text", ["{}", "What about {}?", "tell me about {}", "compare {} and Hangzhou", "map {}"]
)
@pytest.mark.parametrize("slip", ["yngzhou", "qnzhou", "jiafing"])
def test_what_is_near_to_several_names_is_asked_about_in_free_text(ask: Asker, slip: str, text: str) -> None:
    answer = ask(text.format(slip))
    assert answer.outcome == "suggestion"
    assert len(answer.choices) > 1
    assert not answer.lines


@pytest.mark.parametrize("command", ["/yrd-city", "/yrd-pair"])
@pytest.mark.parametrize("slip", ["yngzhou", "qnzhou", "jiafing"])
def test_what_is_near_to_several_names_is_asked_about_under_a_command(
    ask: Asker, slip: str, command: str
) -> None:
    assert ask(slip, command).outcome == "suggestion"
    assert ask(f"preview {slip}", "/yrd-digest").outcome == "suggestion"


def test_what_else_is_asked_decides_between_names_that_are_near(ask: Asker) -> None:
    answer = ask("what does Minhang district provide to huinan")
    assert answer.outcome == "answer"
    assert "xu-twinning-042" in {line.fact.id for line in answer.lines}
    assert any("“huinan” read as Huainan" in note for note in noted(answer))


def test_the_name_that_is_chosen_is_read_in_the_same_question(ask: Asker) -> None:
    asked = ask("What about yngzhou?")
    (choice,) = (choice for choice in asked.choices if choice.id == "yangzhou")
    answer = ask(choice.text, choice.command, verb=choice.verb, target=choice.target)
    assert answer.outcome in ("answer", "unknown")
    assert answer.context == ("yangzhou",)


@pytest.mark.parametrize(
    ("command", "typed", "read"),
    [
        ("/yrd-mechanism", "coridor", "Innovation corridor"), ("/yrd", "coridor", "Innovation corridor"),
        ("/yrd-topic", "toursim", "Tourism"), ("/yrd", "toursim", "Tourism"),
        ("/yrd-topic", "fasion", "Textiles and fashion"), ("/yrd", "fasion", "Textiles and fashion"),
        ("/yrd-city", "minhangprovide", "Minhang"), ("/yrd", "minhangprovide", "Minhang"),
    ],
)  # fmt: skip
def test_a_clear_slip_is_read_and_told(ask: Asker, command: str, typed: str, read: str) -> None:
    answer = ask(typed, command)
    assert answer.outcome == "answer"
    assert f"“{typed}” read as {read}." in noted(answer)


@pytest.mark.parametrize("command", ["/yrd", "/yrd-topic", "/yrd-mechanism", "/yrd-city"])
@pytest.mark.parametrize("typed", ["sport", "sporst", "sollution"])
def test_a_word_that_is_near_to_a_topic_is_never_answered_as_that(
    ask: Asker, base: FactBase, command: str, typed: str
) -> None:
    topics = [topic for topic in base.seeds.topics if topic.slug in ("ports", "environment")]
    assert len(topics) == 2
    answer = ask(typed, command)
    assert not {topic.name for topic in topics} & set(answer.headline.split())
    assert not {topic.slug for topic in topics} & set(answer.context)
