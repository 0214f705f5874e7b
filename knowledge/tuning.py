"""The numbers that decide how questions are read, what is found, and when a fact answers: one value, handed in.

They were chosen on the development questions; docs/matching.md says what they do together, and `make ablate` what
each of those that answers to questions go by is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What holds from so many letters on, in rising order; below the first nothing does.
Steps = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """Shares and strengths run from 0 to 1. A bonus is added to 1 and multiplies the coverage that ranks a fact."""

    # -- Names: distances are edits, lengths letters without spaces --
    # How far a slip may be from the name it is read as, and from one that is offered instead.
    read_as: Steps = ((1, 0.5), (5, 1.0), (11, 2.0))
    offered: Steps = ((3, 1.0), (6, 2.0), (11, 3.0))
    read_as_in_chinese: Steps = ((2, 0.5), (4, 1.0))
    offered_in_chinese: Steps = ((3, 1.0),)
    # How much further than the nearest name every other has to be.
    margin: float = 1.0
    # The distance of a name that sounds the same, and from how many letters on that is looked for.
    phonetic: float = 0.5
    heard_from: int = 5
    # The distance of a Chinese name with one character wrong that rhymes with the right one.
    rhymes: float = 1.0
    # From how many letters on a slip is read as a topic, whose names are ordinary words: Porto is no port.
    topic_from: int = 6
    # A spelling up to so long is never read into a slip; so many names are offered at most.
    too_short: int = 3
    most_offered: int = 4

    # -- Words: what a concept of a question weighs is its rarity (inverse document frequency) times one of these --
    # A word that no fact holds, at the rarity of such words; a pair of Chinese characters that none does.
    out_of_vocabulary: float = 0.6
    out_of_vocabulary_pair: float = 0.3
    # Strength of a match by a synonym, by the words of a name that is no place's.
    synonym: float = 0.85
    name_as_words: float = 0.9
    # Edits in which a word may differ from one of the index that it is a slip of, and how many times as many facts have to
    # speak of that as of any other as near; else it may be each of so many.
    word_slips: Steps = ((4, 1.0), (8, 2.0))
    commoner: float = 5.0
    most_readings: int = 3
    # From so many letters on a word with one wrong is read as another although it is all that is asked about.
    sure_from: int = 8
    # Words in the longest phrase that is looked up among the synonyms.
    longest_phrase: int = 4

    # -- Ranking --
    # A concept matched less strongly than this counts as missed.
    matched: float = 0.25
    # So many entries, nearest by BM25, are put in order; what a word that the question does not say counts there, which
    # says the same.
    most_hits: int = 50
    other_words: float = 0.4
    # So many more of those that a team has added, of which few questions are known.
    most_own: int = 10
    # So many more by their statements, and by their asks, nearest in meaning.
    most_by_meaning: int = 20
    # BM25: how soon a repeated match saturates, and how much length counts.
    bm25_k1: float = 1.2
    bm25_b: float = 0.75

    # -- Verdict --
    # How likely it has to be that a fact answers: with an encoder, and by words alone.
    likely: float = 0.7
    likely_by_words: float = 0.74
    # How near to a question texts lie about it: the width of the kernel by which they are summed up, a difference of cosines.
    about_in_meaning: float = 0.08
    about_in_words: float = 0.25
    # As many asks stand with most facts; and how densely those lie about a question of a fact that has none yet.
    asks_of_a_fact: float = 30.0
    without_asks: float = -1.5
    # With an encoder: by how much sparser at most than what nothing answers asks lie about a question, those of a fact by
    # words, and those of all facts together in meaning. Logarithms.
    least_in_words: float = -2.0
    least_in_meaning: float = -0.15
    # Words that weigh less than this together (as rarities do) tell nothing.
    tells: float = 2.0

    # -- Answers --
    # What is nearest and answers less likely than this has nothing to do with the question.
    related: float = 0.2
    # The share of the weight of a question that names nothing which it has to state, unless it is more likely to answer.
    related_words: float = 0.5
    # The share of the weight of a question's words, names left out, that a gap has to cover whose sentence is given.
    about_a_gap: float = 0.7
    # How much lower than the best a gap may score that is said where no fact answers.
    beside_a_gap: float = 2.25
    # A fact is shown beside the first when its score is at most this much lower, as a logarithm of odds; so many facts
    # at most.
    beside_the_best: float = 4.0
    most_facts: int = 15
    # ... and at most this much where it is about nothing that the first is about, where each is about something else too, and
    # where it lacks the word of the question that tells most.
    beside_on_another: float = 1.5
    beside_on_others_too: float = 3.0
    beside_without_word: float = 2.5
    # How much lower than the best a fact may score that is put before it for the name that is asked about; and for the side
    # of a tie that is, where the words tell nothing.
    near_the_best: float = 2.0
    beside_a_side: float = 0.7
    # How likely it has to be that a fact answers a part of a question, where another part is answered.
    likely_beside: float = 0.5
    # What was asked for of a fact is shown where it speaks of such a share of a question, by weight, and of its words, names
    # left out.
    value_of_all: float = 0.6
    value_of_words: float = 0.5
    # Concepts of the longest question that is answered in parts. The longest of some four thousand that people would
    # ask speaks of fifteen things, and each part is ranked by all the words that the parts share.
    most_concepts_of_parts: int = 20

    # -- Excerpts of documents: share of a question's weight that is matched, if it is off topic, and in how many things --
    excerpt: float = 0.85
    excerpt_off_topic: float = 0.999
    excerpt_concepts: int = 2
    # Paragraphs that are looked at; excerpts that are shown.
    excerpt_candidates: int = 30
    most_excerpts: int = 2

    # -- Curation: shares of words in common --
    # Facts that read like a draft (below what `yrd check` calls one statement said twice: here a person looks at it),
    # how many of them are shown; questions without an answer, names included, that ask for one thing.
    alike: float = 0.5
    most_alike: int = 3
    same_question: float = 0.5
    # Whether what nobody could answer is for curators: a term of the field counts one for it and an everyday word one against it, a
    # name so much for it, a pair of Chinese characters that is none so much against it; what asks nothing needs so much.
    name_of_field: float = 2.0
    pair_of_none: float = 0.5
    telling: float = 3.0
    # What a text that names something of the field asks of it, nought or more in all for a question: where it begins, each word
    # that says something, each term of the field, each of people's own affairs; several names, an amount, a year, keywords alone;
    # whoever asks, a moment told from today, one particular thing, yes or no, whether something is done by now.
    asked_least: float = -0.5
    asked_thing: float = 0.5
    asked_term: float = 1.25
    asked_affair: float = -2.2
    asked_of_several: float = 2.5
    asked_amount: float = 0.9
    asked_of_year: float = 1.1
    asked_in_keywords: float = 1.4
    asked_of_own: float = -1.9
    asked_at_a_moment: float = -2.0
    asked_of_one: float = -0.3
    asked_yes_or_no: float = -1.0
    asked_if_done: float = -0.75
    # The share of the facts with a word of a topic that has to be on it, for the word to tell a statement's topic.
    word_of_topic: float = 0.3
    # ... and where it is no topic's own word.
    topic_of_word: float = 0.75
    # The least that a topic weighs among the ten facts nearest to a statement, of all that they weigh, for it to be guessed.
    topic_near: float = 0.2
    # How many times as often as English does facts say a term of the field.
    term_as_often: float = 4.0

    # -- Digests: how alike, as difflib counts, a word has to be to what it may be a slip of --
    # A verb of the command, an option after the names, an option among the names, a time zone.
    near_verb: float = 0.7
    near_keyword: float = 0.75
    near_keyword_in_names: float = 0.7
    near_zone: float = 0.85


TUNING: Final = Tuning()
"""What the bot uses."""


def at_length(steps: Steps, length: int) -> float:
    """Return what holds for so many letters; 0 below the first step."""
    value = 0.0
    for least, held in steps:
        if length < least:
            break
        value = held
    return value
