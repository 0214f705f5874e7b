"""Answers for tests, hand-made ones and a strategy for any that the types allow; and how they are shown."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.render import blocks as in_blocks
from bot.render import plain as in_words
from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue
from bot.render.fact_renderer import FactRenderer
from handlers.answer import Answer, Choice, Line, Section
from knowledge.documents.passage import Passage
from knowledge.model import Citation, Fact
from knowledge.vocabulary import Kind, Region, Stance


def render_fact() -> FactRenderer:
    return FactRenderer(lambda fact: "")


def plain(shown: Answer) -> str:
    return in_words.plain(shown, render_fact())


def blocks(shown: Answer, asked: ButtonValue | None, **options: Any) -> list[Block]:
    return in_blocks.blocks(shown, asked, render_fact=render_fact(), **options)


def fact(number: int = 1, **fields: Any) -> Fact:
    """A fact with one citation; `fields` replace those of the default."""
    default: dict[str, Any] = {
        "id": f"xu-twinning-{number:03}",
        "statement": "Shanghai's Minhang district and Huainan in Anhui are paired under a national plan.",
        "kind": Kind.PAIRING,
        "subjects": ("minhang", "huainan"),
        "topics": ("governance",),
        "stance": Stance.REPORTED,
        "citations": (citation(),),
    }
    return Fact(**(default | fields))


def citation(**fields: Any) -> Citation:
    default: dict[str, Any] = {
        "document": "xu-twinning",
        "paragraph": 32,
        "anchor": "Minhang District and Huainan",
        "section": "4.1.1",
        "label": "Xu et al. 2024, 4.1.1, para 32",
        "source": "Xu et al. 2024",
    }
    return Citation(**(default | fields))


def answer(facts: int = 1, **fields: Any) -> Answer:
    """An answer with that many facts; `fields` replace those of the default."""
    default: dict[str, Any] = {
        "headline": "Minhang and Huainan: twinning",
        "outcome": "answer",
        "match": "exact",
        "lines": tuple(Line(fact(number)) for number in range(1, facts + 1)),
        "total": facts,
        "context": ("minhang", "huainan"),
    }
    return Answer(**(default | fields))


# Text as hostile as it gets: markup of Slack's, templates, marks, controls, right-to-left overrides.
HOSTILE = (
    "<!channel>", "<!here|x>", "<!subteam^S1>", "<@U1>", "<http://evil|bank>", "*b*", "`c`", "&lt;", "&", "{0} %s ${x}",
    "\u202e", "e\u0301" * 9, "\n\n", "\x00", "宁波", "👩‍👩‍👧", "<", ">", "|",
)  # fmt: skip
words = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join))
# Mostly as people write, sometimes far beyond every limit; repeated, so that it is cheap to make.
long_words = st.tuples(words, st.sampled_from((1, 1, 1, 40, 900))).map(lambda pair: f"{pair[0]} x" * pair[1])
_slugs = st.from_regex(r"\A[a-z]{1,12}(-[a-z0-9]{1,12}){0,3}\Z")
_citations = st.builds(
    Citation,
    document=_slugs,
    paragraph=st.integers(1, 999),
    anchor=st.just("three plain words"),
    section=words,
    label=words,
)
facts = st.builds(
    Fact,
    id=_slugs.map(lambda slug: f"{slug}-001"),
    statement=long_words,
    kind=st.sampled_from(Kind),
    subjects=st.just(("ningbo",)),
    topics=st.just(("ports",)),
    stance=st.sampled_from(Stance),
    citations=st.lists(_citations, min_size=1, max_size=3).map(lambda few: tuple(few * 3)),
    region=st.sampled_from(Region),
    speaker=words,
    caveat=long_words,
    date=st.just(""),
    figures=st.just(()),
    asks=st.just(()),
    near_misses=st.just(()),
    same_as=st.just(()),
    contradicts=st.just(()),
    more_precise_than=st.just(()),
    supplied=st.just(()),
)
passages = st.builds(
    Passage,
    document=_slugs,
    label=words,
    section=words,
    number=st.integers(1, 999),
    text=long_words,
    before=long_words,
    after=long_words,
    notes=st.lists(long_words, max_size=2).map(lambda few: tuple(few * 9)),
)
_commands = st.one_of(st.sampled_from(("/yrd", "/yrd-city", "/yrd-pair")), words)
answers = st.builds(
    Answer,
    headline=long_words,
    outcome=st.sampled_from(("answer", "ambiguous", "suggestion", "unknown", "done", "refused")),
    match=st.just("none"),
    lines=st.lists(st.builds(Line, fact=facts, group=words, value=words), max_size=3).map(
        lambda few: tuple(few * 3)
    ),
    choices=st.lists(
        st.builds(Choice, id=words, label=long_words, command=_commands, text=long_words), max_size=2
    ).map(lambda few: tuple(few * 20)),
    near=st.lists(facts, max_size=2).map(tuple),
    notes=st.lists(long_words, max_size=2).map(lambda few: tuple(few * 3)),
    read=st.lists(long_words, max_size=2).map(tuple),
    sections=st.lists(
        st.builds(
            Section, title=words, entries=st.lists(long_words, max_size=3).map(lambda few: tuple(few * 10))
        ),
        max_size=2,
    ).map(lambda few: tuple(few * 35)),
    page=st.integers(1, 5),
    pages=st.integers(1, 5),
    total=st.integers(0, 90),
    context=st.lists(words, max_size=2).map(lambda few: tuple(few * 10)),
    passages=st.lists(passages, max_size=2).map(lambda few: tuple(few * 6)),
)
