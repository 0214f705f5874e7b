"""What a refusal denies, no fact holds: read from the values it is made of, and looked for by plainer means than its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from handlers.answer import Answer
from handlers.questions.refusing.missing import missing
from handlers.questions.refusing.refusal import UNSURE
from handlers.records.lists import LISTS
from handlers.verdict.denied import Denied
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Pairing, Topic
from knowledge.text.normalize import normalize, stem, tokenize
from knowledge.vocabulary import Arrangement
from tests.conftest import Asker

JIASHAN_PARK = "the Sino-Singapore Jiashan Modern Industrial Park"
G40 = "Hangzhou, Nantong, Taizhou and Yangzhou along the G40"
NO_PARTNER = "No city is recorded as paired with Hefei. It is part of the Hefei metropolitan area."
# So many attributes of a fact are asked for, of its first subject.
_PAIRS_OF_A_FACT = 2
# Whom these tie are each other's partners; a park or a corridor ties otherwise.
TWINS = (Arrangement.TWINNING, Arrangement.COUNTERPART_COOPERATION, Arrangement.FRIENDSHIP)
ATTRIBUTES = ("population", "GDP", "housing", "ports", "twinning", "talent", "airport", "blockchain")


def said_in(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(map(stem, tokenize(normalize(text))))


class Held:
    """What each fact holds, by its plain words: those of its statement, figures, topics and subjects."""

    def __init__(self, base: FactBase) -> None:
        self.base = base
        self.words = {fact: said_in(" ".join(self._texts(fact))) for fact in base.facts}
        self.subjects = {fact: self._subjects(fact) for fact in base.facts}

    def _texts(self, fact: Fact) -> Iterator[str]:
        yield fact.statement
        yield from (figure.of for figure in fact.figures)
        for slug in (*fact.topics, *fact.subjects):
            if record := self.base.entity(slug):
                yield record.name

    def _subjects(self, fact: Fact) -> frozenset[str]:
        records = [record for slug in fact.subjects if (record := self.base.entity(slug))]
        members = (record.members for record in records if isinstance(record, Pairing))
        return frozenset(fact.subjects).union(*members)

    def those_denied(self, denied: Denied) -> list[str]:
        """Return the ids of the facts that hold what is denied."""
        words = said_in(" ".join(denied.words))
        return [
            fact.id
            for fact in self.base.facts
            if self._is_on(fact, denied)
            and self.words[fact].issuperset(words)
            and self.words[fact].issuperset(self._strange_names(denied))
            and self._is_of(fact, denied)
        ]

    def _is_on(self, fact: Fact, denied: Denied) -> bool:
        """Say whether a fact is on all that is denied, or on one of those of which each is denied it."""
        on = self.subjects[fact].intersection(denied.slugs)
        return bool(on) if denied.lacking == "either" else len(on) == len(denied.slugs)

    def _strange_names(self, denied: Denied) -> frozenset[str]:
        return frozenset() if denied.slugs else said_in(" ".join(denied.names))

    def _is_of(self, fact: Fact, denied: Denied) -> bool:
        """Say whether a fact is of the sort denied: a pairing of them, a number, of the year."""
        if denied.lacking in ("pairing", "twinning"):
            tied = (r for slug in fact.subjects if isinstance(r := self.base.entity(slug), Pairing))
            tied = (r for r in tied if denied.lacking == "pairing" or r.arrangement in TWINS)
            others = self.base.going_without_saying
            return any(len({*r.members} - others) > 1 and {*denied.slugs} <= {*r.members} for r in tied)
        if denied.lacking in ("figure", "count"):
            # Of a region the figure of all is none of a member; other numbers of a fact are of other things.
            words = said_in(" ".join(denied.words))
            is_stated = any(words <= said_in(f"{figure.of} {figure.unit}") for figure in fact.figures)
            if not (is_stated and {*denied.slugs} <= {*fact.subjects}):
                return False
        years = {str(denied.year)} if denied.year else set()
        in_figures = {str(figure.year) for figure in fact.figures}
        return years <= {*re.findall(r"\d{4}", fact.statement), fact.date[:4], *in_figures}


@pytest.fixture(scope="module")
def held(base: FactBase) -> Held:
    return Held(base)


def pairs(base: FactBase, fact: Fact) -> Iterator[str]:
    """Yield questions for an attribute of a subject, both of which the fact has; then its own first ask."""
    subjects = [r for slug in fact.subjects if (r := base.entity(slug)) and not isinstance(r, Mechanism)]
    topics = [r.name for slug in fact.topics if isinstance(r := base.entity(slug), Topic)]
    attributes = [*(figure.of for figure in fact.figures), *topics]
    for subject in subjects[:1]:
        for attribute in attributes[:_PAIRS_OF_A_FACT]:
            yield f"{attribute} of {subject.name}"
    yield from fact.asks[:1]


def denials(answers: Iterable[tuple[str, Answer]]) -> Iterator[tuple[str, Denied]]:
    return ((text, answer.denied) for text, answer in answers if answer.denied is not None)


def test_no_refusal_denies_what_any_fact_holds(ask: Asker, base: FactBase, held: Held) -> None:
    own = dict.fromkeys(text for fact in base.facts for text in pairs(base, fact))
    places = [place for place in base.seeds.places if base.about(place.slug)]
    others = [f"{attribute} of {place.name}" for place in places for attribute in ATTRIBUTES]
    said = list(denials((text, ask(text)) for text in (*own, *others)))
    assert len({denied.lacking for _, denied in said}) > 2
    assert len(said) > 200
    wrong = {text: (denied, found) for text, denied in said if (found := held.those_denied(denied))}
    assert not wrong


def test_nothing_would_be_denied_that_a_fact_holds_were_every_question_refused(
    base: FactBase, held: Held
) -> None:
    texts = dict.fromkeys(text for fact in base.facts for text in (*pairs(base, fact), *fact.asks[1:2]))
    would = ((text, missing(base, base.parse(text))) for text in texts)
    wrong = {
        text: (denied, found) for text, denied in would if denied and (found := held.those_denied(denied))
    }
    assert not wrong


def test_of_its_own_subject_and_attribute_no_fact_is_denied(base: FactBase) -> None:
    wrong = {
        (fact.id, text): denied
        for fact in base.facts
        for text in pairs(base, fact)
        if (denied := missing(base, base.parse(text)))
        and {*fact.subjects} >= {*denied.slugs}
        and denied.slugs
    }
    assert not wrong


def test_no_pairing_that_is_recorded_is_denied(ask: Asker, base: FactBase) -> None:
    tied: defaultdict[str, set[str]] = defaultdict(set)
    for pairing in base.seeds.pairings:
        for member in {*pairing.members} - base.going_without_saying if base.about(pairing.slug) else ():
            tied[member] |= {*pairing.members} - {member} - base.going_without_saying
    places = [place for place in base.seeds.places if tied[place.slug]]
    asked = [(text, ask(text)) for place in places for text in (f"What is {place.name} paired with?",)]
    assert not [text for text, denied in denials(asked) if denied.lacking == "pairing"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is hefei paired with", NO_PARTNER),
        ("合肥和哪个城市结对", NO_PARTNER),
        ("which cities help Hefei?", NO_PARTNER),
        ("population of Shanghai", "The base has no population of Shanghai."),
        ("how many people live in Wuhu?", "The base has no population of Wuhu."),
        ("What is the area of Wuhu?", "The base has no area of Wuhu."),
        ("芜湖面积", "The base has no area of Wuhu."),
        ("how big is Wuhu", "The base has no size of Wuhu."),
        ("What is the unemployment rate in Xuzhou?", "The base has no unemployment rate of Xuzhou."),
        ("GDP growth rate of Xuzhou", "The base has no GDP growth rate of Xuzhou."),
        ("population density of Xuzhou", "The base has no population density of Xuzhou."),
        ("per capita GDP of Xuzhou", "The base has no per capita GDP of Xuzhou."),
        ("What is the area code of Hefei?", "The base has no area code of Hefei."),
        ("What share of GDP does Xuzhou hold?", "The base has no share of GDP for Xuzhou."),
        ("How many students are there in Nanjing?", "The base has no number of students for Nanjing."),
        ("How many jobs were created by twinning?", "The base has no number of jobs for twinning."),
        ("number of jobs in Chuzhou", "The base has no number of jobs for Chuzhou."),
        ("length of the Hefei metropolitan area", "The base has no length of the Hefei metropolitan area."),
        ("上海人口多少", "The base has no population of Shanghai."),
        ("GDP of Bengbu and Ningbo", "The base has no GDP of Bengbu or Ningbo."),
        ("gdp of hangzhou", "The base has no GDP of Hangzhou."),
        ("GDP of Xuzhou in 2030", "The base has no GDP of Xuzhou for 2030; it has one for 2018."),
        ("housing in Huainan", "The base has facts on “housing” and on Huainan, but none on both together."),
        ("Wuhu and Maanshan", "Nothing on Ma'anshan. On Wuhu the base has 4 facts."),
    ],
)
def test_what_is_missing_is_named(ask: Asker, text: str, said: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert answer.headline == said
    assert answer.choices


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        ("/yrd-pair", "Hefei and Shanghai", "No pairing of Hefei and Shanghai is recorded."),
        ("/yrd-pair", "Hangzhou, Perth", "Nothing on Perth. On Hangzhou the base has 30 facts."),
        ("/yrd-city", "Perth", "Nothing on Perth."),
        ("/yrd", "compare Perth and Hangzhou", "Nothing on Perth. On Hangzhou the base has 30 facts."),
        ("/yrd", "map Hangzhou and Perth", "Nothing on Perth. On Hangzhou the base has 30 facts."),
    ],
)
def test_a_lookup_keeps_the_name_that_is_known(ask: Asker, command: str, text: str, said: str) -> None:
    answer = ask(text, command)
    assert (answer.outcome, answer.headline) == ("unknown", said)
    assert len(answer.near) <= 3
    assert answer.choices


@pytest.mark.parametrize(
    "text", ["How big is the Sino-Singapore Jiashan park?", "What is the area of the Jiashan park?"]
)
def test_an_area_that_is_held_is_told(ask: Asker, text: str) -> None:
    assert ask(text).lines[0].value == "16.5 square kilometers"


def test_a_sum_is_no_share_and_stands_beside_the_refusal(ask: Asker) -> None:
    answer = ask("What share of GDP does Xuzhou hold?")
    assert answer.outcome == "unknown"
    assert answer.near[0].id == "han-huaihai-078"
    share = ask("What share of China's population lives in the Yangtze River Delta?")
    assert share.lines[0].value == "1/6 of the country's population"


def test_what_is_held_is_not_said_to_be_missing(ask: Asker) -> None:
    for text in ("what does Xu Qimin say about homogenization?", "the ways in which ports cooperate"):
        assert ask(text).denied is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Which companies develop Xiaoyangshan?", "zhejiang-integration-093"),
        ("When did Xi Jinping speak?", "cao-layout-008"),
        ("What does Xu Qimin say about homogenization?", "xu-homogenization-001"),
    ],
)
def test_where_what_is_nearest_speaks_of_all_that_is_asked_nothing_is_denied(
    ask: Asker, text: str, fact: str
) -> None:
    answer = ask(text)
    is_answered = answer.outcome == "answer"
    assert is_answered or answer.headline == UNSURE
    assert (answer.lines[0].fact if is_answered else answer.near[0]).id == fact


def test_a_known_gap_that_does_not_speak_of_what_is_counted_is_not_told(ask: Asker) -> None:
    assert ask("how many cities are in the delta").headline == UNSURE


@pytest.mark.parametrize(("text", "pair"), [
    ("Is Hangzhou twinned with Huainan?", "Hangzhou and Huainan"),
    ("Is Nanjing paired with Huainan?", "Nanjing and Huainan"),
    ("南京和淮南结对吗", "Nanjing and Huainan"),
    ("Are Nanjing and Hangzhou twinned?", "Nanjing and Hangzhou"),
])  # fmt: skip
def test_two_of_which_each_has_another_partner_are_no_pair(ask: Asker, text: str, pair: str) -> None:
    answer = ask(text)
    assert (answer.headline, answer.lines) == (f"No pairing of {pair} is recorded.", ())


@pytest.mark.parametrize(
    "text", ["Is Minhang twinned with Huainan?", "南京和滁州结对吗", "Nanjing and Chuzhou pairing?"]
)
def test_two_that_are_a_pair_are_told_to_be(ask: Asker, text: str) -> None:
    assert ask(text).outcome == "answer"


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("which city helps Suzhou Anhui", "Hangzhou"),
        ("How big is Zhangzhou and what is Hangzhou paired with?", "Suzhou"),
    ],
)
def test_who_asks_for_a_partner_gets_the_one_that_is_held(ask: Asker, text: str, partner: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert partner in answer.lines[0].value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("苏州和谁结对", f"No twinning of Suzhou (Jiangsu) is recorded. It is tied otherwise: {JIASHAN_PARK}."),
        ("What is Suzhou (Jiangsu) twinned with?", f"No twinning of Suzhou (Jiangsu) is recorded. It is tied otherwise: {JIASHAN_PARK}."),
        ("泰州和谁结对", f"No twinning of Taizhou (Jiangsu) is recorded. It is tied otherwise: {G40}."),
        ("Does Taizhou (Jiangsu) have a sister city?", f"No twinning of Taizhou (Jiangsu) is recorded. It is tied otherwise: {G40}."),
        ("绍兴的姊妹城市", "No twinning of Shaoxing is recorded. It is tied otherwise: SMIC bases in Ningbo and Shaoxing."),
        ("Is Suzhou (Jiangsu) twinned with Jiashan?", f"No twinning of Suzhou (Jiangsu) and Jiashan is recorded. They are tied otherwise: {JIASHAN_PARK}."),
        ("Is Shanghai twinned with Wuhu?", "No twinning of Shanghai and Wuhu is recorded. They are tied otherwise: Chery in Wuhu with research in Shanghai."),
    ],
)  # fmt: skip
def test_who_asks_for_twins_is_told_of_no_other_tie_but_as_one(
    ask: Asker, base: FactBase, text: str, said: str
) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline, answer.lines) == ("unknown", said, ())
    (tie,) = {p.slug for p in base.seeds.pairings if said.endswith(f" {p.name}.")}
    assert tie in answer.near[0].subjects


@pytest.mark.parametrize(
    "text",
    [
        "Who does Suzhou (Jiangsu) cooperate with?",
        "What is Suzhou (Jiangsu) paired with?",
        "Who are the partners of Pinghu?",
        "What is Shaoxing paired with?",
    ],
)
def test_who_asks_for_a_partner_is_told_of_any_tie(ask: Asker, text: str) -> None:
    assert ask(text).outcome == "answer"


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("闵行和谁结对", "minhang-huainan"),
        ("Who is Huainan's twin?", "minhang-huainan"),
        ("南京结对帮扶哪个城市", "nanjing-chuzhou"),
        ("Does Chuzhou have a sister city?", "nanjing-chuzhou"),
        ("杭州的姐妹城市", "hangzhou-suzhou-anhui"),
        ("宿州和谁结对", "hangzhou-suzhou-anhui"),
        ("大连和谁结对", "dalian-hangzhou"),
        ("Who is Harbin's counterpart?", "harbin-ningbo"),
        ("景宁的友好城市", "jingning-jingan-friendly-cooperation"),
        ("What is Jing'an twinned with?", "jingning-jingan-friendly-cooperation"),
        ("宁波的姊妹城市是哪里", "harbin-ningbo"),
    ],
)
def test_who_asks_for_twins_gets_twinnings_counterparts_and_friends(ask: Asker, text: str, tie: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert tie in answer.lines[0].fact.subjects


@pytest.mark.parametrize(
    "text", ["Does Ningbo have a twin?", "宁波和谁结对", "哈尔滨和谁结对", "Who is Dalian twinned with?"]
)
def test_where_the_only_partner_printed_is_doubted_that_is_said_first(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.headline.startswith("Only one partner of ")
    assert answer.headline.endswith(" is printed, and the curator of the base doubts it:")
    assert (answer.lines[0].value, bool(answer.lines[0].fact.caveat)) == ("", True)


def test_what_is_doubted_of_another_pair_takes_nothing_from_the_one_asked_for(ask: Asker) -> None:
    answer = ask("沈阳与哪座城市建立对口合作？")
    assert (answer.headline, answer.lines[0].value) == ("", "Beijing")


def test_where_a_place_has_a_partner_beside_one_that_is_doubted_that_one_leads(ask: Asker) -> None:
    answer = ask("Who is Hangzhou twinned with?")
    assert (answer.headline, answer.lines[0].value) == ("", "Suzhou (Anhui)")


def test_a_partner_whom_the_curator_doubts_is_told_with_the_doubt_and_not_in_bold(ask: Asker) -> None:
    lead = ask("What is Ningbo paired with?").lines[0]
    assert lead.fact.id == "cao-layout-033"
    assert (lead.value, bool(lead.fact.caveat)) == ("", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Who is the mayor of Huainan?", "The documents name no mayor of Huainan."),
        ("谁是徐州市市长", "The documents name no mayor of Xuzhou."),
        ("上海市长是谁", "The documents name no mayor of Shanghai."),
        ("合肥市委书记", "The documents name no party secretary of Hefei."),
    ],
)
def test_of_an_office_it_is_said_that_nobody_is_named(ask: Asker, text: str, said: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("unknown", said)
    assert answer.denied is not None


def test_a_curator_s_sentence_on_an_office_says_it_alone(ask: Asker) -> None:
    headline = ask("Who is the party secretary of Shanghai?").headline
    assert headline.startswith("The documents name no party secretary, governor, mayor")


@pytest.mark.parametrize("text", ["recipe for apple pie", "What is the best recipe for apple pie?"])
def test_what_is_off_topic_gets_one_line_and_nothing_related(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.headline.startswith("Nothing in the base answers that: it covers")
    assert answer.near == ()
    assert answer.choices == LISTS


@pytest.mark.parametrize(
    "text", ["What is Hefei paired with?", "合肥与谁结对", "nanjing's GDP", "population of Ningbo"]
)
def test_what_is_related_is_on_the_place_itself(ask: Asker, base: FactBase, text: str) -> None:
    (place,) = {mention.place for mention in base.parse(text).mentions if mention.place}
    near = ask(text).near
    assert near
    for fact in near:
        assert base.is_about(fact, place.slug) or place.name in fact.statement


@pytest.mark.parametrize(
    ("command", "text"), [("/yrd-city", "Pudong"), ("/yrd", "浦东人口"), ("/yrd", "Pudong")]
)
def test_of_a_place_within_one_that_is_held_that_one_is_offered(ask: Asker, command: str, text: str) -> None:
    answer = ask(text, command)
    assert answer.headline.startswith(
        "Pudong (浦东) is in Shanghai. The base has nothing on it by itself; on Shanghai"
    )
    assert answer.choices[0].id == "shanghai"


def test_a_half_that_the_answer_to_the_whole_leaves_out_is_answered_or_named(ask: Asker) -> None:
    answer = ask("淮海经济区何时成立，上海人口多少？")
    assert answer.outcome == "answer"
    assert "The base has no population of Shanghai." in answer.notes


def test_a_word_in_the_names_of_several_topics_asks_which(ask: Asker) -> None:
    asked = ask("health", "/yrd-topic")
    assert asked.outcome == "ambiguous"
    assert {choice.label for choice in asked.choices} == {"Health care", "Health industry"}


def test_every_button_of_a_refusal_leads_somewhere(ask: Asker) -> None:
    for text in ("what is hefei paired with", "blockchain", "Wuhu and Maanshan", "Hefei and Shanghai"):
        for choice in ask(text).choices:
            assert (
                ask(choice.text, choice.command, verb=choice.verb, target=choice.target).outcome == "answer"
            )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How many electric cars does Hefei make?", "The base has no number of electric cars for Hefei."),
        ("How many students study in Nanjing?", "The base has no number of students for Nanjing."),
        ("wat is the populaton of huainan", "The base has no population of Huainan."),
        ("What is the annual budget of Hefei?", "The base has no annual budget of Hefei."),
    ],
)
def test_what_is_counted_or_measured_is_told_in_whole_words(ask: Asker, text: str, said: str) -> None:
    assert ask(text).headline.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "How many square km does Huainan cover?",
        "How many percent did Huainan grow?",
        "jining gdp shi duoshao",
    ],
)
def test_a_unit_or_what_is_held_in_other_words_is_no_thing_that_lacks(ask: Asker, text: str) -> None:
    assert "number of" not in ask(text).headline
    assert "nian" not in ask(text).headline
