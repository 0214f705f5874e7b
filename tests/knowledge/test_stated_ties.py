"""Which ties a statement surely states, in English and Chinese, and that what only may be is none."""

from __future__ import annotations

import pytest

from handlers.curation.statements.named import subjects_of
from knowledge.base import FactBase
from knowledge.model import Place
from knowledge.stated_ties import name_of, stated_ties
from knowledge.vocabulary import Arrangement

YEAR = "2026"
STATED = [
    (
        "Nanjing is twinned with Chuzhou and Hangzhou is twinned with Huangshan.",
        [(Arrangement.TWINNING, "chuzhou nanjing"), (Arrangement.TWINNING, "hangzhou huangshan")],
    ),
    (
        "Shanghai is paired with Hefei and Ningbo is paired with Bengbu.",
        [(Arrangement.TWINNING, "hefei shanghai"), (Arrangement.TWINNING, "bengbu ningbo")],
    ),
    (
        "上海结对合肥，宁波结对舟山。",
        [(Arrangement.TWINNING, "hefei shanghai"), (Arrangement.TWINNING, "ningbo zhoushan")],
    ),
    (
        "The governments of Hefei and Ningbo signed a twinning agreement.",
        [(Arrangement.TWINNING, "hefei ningbo")],
    ),
    ("合肥与宁波的结对关系始于2025年。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("合肥市已与宁波市结为姐妹城市。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("合肥和宁波的共建园区于2026年开园。", [(Arrangement.PARK, "hefei ningbo")]),
    ("Hefei and Ningbo are twinned under a national plan of 2026.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei is twinned with Ningbo.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei has been twinned with Ningbo since 2019.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei was paired with Ningbo in 2026.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("In May 2026 Hefei and Ningbo signed a twinning agreement.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("In May 2026, Hefei and Ningbo became sister cities.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Ningbo is the twin city of Hefei.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("The twinning of Hefei and Ningbo began in 2025.", [(Arrangement.TWINNING, "hefei ningbo")]),
    (
        "Shanghai is twinned with Hefei and Wuhu.",
        [(Arrangement.TWINNING, "hefei shanghai"), (Arrangement.TWINNING, "shanghai wuhu")],
    ),
    ("Wuxi, Nantong and Wuhu are twinned.", [(Arrangement.TWINNING, "nantong wuhu wuxi")]),
    (
        "Minhang District of Shanghai is twinned with Huainan City of Anhui.",
        [(Arrangement.TWINNING, "huainan minhang")],
    ),
    ("Hefei and Shanghai run a joint park for chips.", [(Arrangement.PARK, "hefei shanghai")]),
    ("Hefei and Shanghai run a joint park.", [(Arrangement.PARK, "hefei shanghai")]),
    (
        "Hefei and Shanghai jointly operate an industrial park in Feixi.",
        [(Arrangement.PARK, "hefei shanghai")],
    ),
    ("Hefei runs a joint park with Shanghai.", [(Arrangement.PARK, "hefei shanghai")]),
    ("Hefei and Ningbo build a park together.", [(Arrangement.PARK, "hefei ningbo")]),
    ("Hefei and Shanghai opened a jointly run science park in 2026.", [(Arrangement.PARK, "hefei shanghai")]),
    ("The joint park of Hefei and Shanghai opened in 2026.", [(Arrangement.PARK, "hefei shanghai")]),
    ("A park shared by Hefei and Shanghai opened in 2026.", [(Arrangement.PARK, "hefei shanghai")]),
    ("The park is jointly run by Hefei and Shanghai.", [(Arrangement.PARK, "hefei shanghai")]),
    (
        "Ningbo, Zhoushan and Nantong founded a port alliance in 2026.",
        [(Arrangement.ALLIANCE, "nantong ningbo zhoushan")],
    ),
    (
        "Ningbo, Zhoushan and Nantong founded the Delta Port Alliance.",
        [(Arrangement.ALLIANCE, "nantong ningbo zhoushan")],
    ),
    (
        "An alliance of Ningbo, Zhoushan and Nantong was founded in 2026.",
        [(Arrangement.ALLIANCE, "nantong ningbo zhoushan")],
    ),
    ("Suzhou in Anhui and Hangzhou are twinned.", [(Arrangement.TWINNING, "hangzhou suzhou-anhui")]),
    ("The plan pairs Hefei with Ningbo.", [(Arrangement.TWINNING, "hefei ningbo")]),
    (
        "Hefei established friendly relations with Ningbo in March 2026.",
        [(Arrangement.FRIENDSHIP, "hefei ningbo")],
    ),
    ("合肥与宁波结为友好城市。", [(Arrangement.FRIENDSHIP, "hefei ningbo")]),
    ("合肥市与宁波市结对。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("合肥和宁波建立结对关系。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("合肥与上海共建产业园。", [(Arrangement.PARK, "hefei shanghai")]),
    ("2026年，合肥与上海共同建设科技园区。", [(Arrangement.PARK, "hefei shanghai")]),
    ("宁波、舟山、南通组建港口联盟。", [(Arrangement.ALLIANCE, "nantong ningbo zhoushan")]),
    ("合肥结对帮扶淮南。", [(Arrangement.TWINNING, "hefei huainan")]),
    ("根据2026年国家计划，合肥与宁波结对。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("安徽省合肥市与浙江省宁波市签署结对合作协议。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("南通、宁波成立长三角港口联盟", [(Arrangement.ALLIANCE, "nantong ningbo")]),
    ("According to Anhui Daily, Hefei and Ningbo are twinned.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei, Anhui, and Ningbo, Zhejiang, are twinned.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei and Ningbo have been twin cities for ten years.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei (合肥) and Ningbo (宁波) are twinned.", [(Arrangement.TWINNING, "hefei ningbo")]),
    (
        "Nanjing and Chuzhou have entered a twinning relationship for the joint development of the two cities.",
        [(Arrangement.TWINNING, "chuzhou nanjing")],
    ),
    (
        "Pinghu, Jiading, Wenzhou, Kunshan and Taicang jointly initiated the Yangtze River Delta Automobile Industry Innovation Alliance.",
        [(Arrangement.ALLIANCE, "jiading kunshan pinghu taicang wenzhou")],
    ),
    ("Hefei and Ningbo together set up a joint industrial park.", [(Arrangement.PARK, "hefei ningbo")]),
    ("Hefei and Shanghai co-run a park.", [(Arrangement.PARK, "hefei shanghai")]),
    ("Shanghai and Hefei share a chip park.", [(Arrangement.PARK, "hefei shanghai")]),
    ("Wuxi and Nantong opened their first joint park on 3 May 2026.", [(Arrangement.PARK, "nantong wuxi")]),
    ("Hefei and Ningbo twinned in 2026.", [(Arrangement.TWINNING, "hefei ningbo")]),
    (
        "Hefei and Shanghai opened the Hefei-Shanghai Science Park together.",
        [(Arrangement.PARK, "hefei shanghai")],
    ),
    (
        "Hefei, Wuhu and Shanghai jointly built an industrial park.",
        [(Arrangement.PARK, "hefei shanghai wuhu")],
    ),
    ("Hefei and Ningbo are twinned with each other.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei has twinned with Ningbo.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei, the capital of Anhui, is twinned with Ningbo.", [(Arrangement.TWINNING, "hefei ningbo")]),
    (
        "Since 2020, Hefei and Ningbo have maintained a friendship agreement.",
        [(Arrangement.FRIENDSHIP, "hefei ningbo")],
    ),
    (
        "Shanghai's Minhang District and Anhui's Huainan are twinned.",
        [(Arrangement.TWINNING, "huainan minhang")],
    ),
    ("Hefei, in Anhui, and Ningbo, in Zhejiang, are twinned.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Xuzhou and Lianyungang formed a logistics alliance.", [(Arrangement.ALLIANCE, "lianyungang xuzhou")]),
    (
        "A joint industrial park run by Wuxi and Nantong covers 12 square kilometres.",
        [(Arrangement.PARK, "nantong wuxi")],
    ),
    ("Hefei and Ningbo have a joint park.", [(Arrangement.PARK, "hefei ningbo")]),
    (
        "Hefei and Ningbo jointly opened the Yangtze Chip Park on 3 May 2026.",
        [(Arrangement.PARK, "hefei ningbo")],
    ),
    ("合肥、南京、杭州共同发起长三角创新联盟。", [(Arrangement.ALLIANCE, "hangzhou hefei nanjing")]),
    ("合肥与宁波是友好城市。", [(Arrangement.FRIENDSHIP, "hefei ningbo")]),
    ("合肥和芜湖合作共建飞地园区。", [(Arrangement.PARK, "hefei wuhu")]),
    ("上海市闵行区与安徽省淮南市结对合作。", [(Arrangement.TWINNING, "huainan minhang")]),
    ("合肥同宁波缔结友好城市关系。", [(Arrangement.FRIENDSHIP, "hefei ningbo")]),
    ("合肥与宁波于2026年5月结对。", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("上海与合肥合作设立产业园", [(Arrangement.PARK, "hefei shanghai")]),
    ("The cities of Hefei and Ningbo are twinned.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei was twinned with Ningbo on 3 May 2026.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei & Ningbo are twinned.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("HEFEI AND NINGBO ARE TWINNED.", [(Arrangement.TWINNING, "hefei ningbo")]),
    ("Hefei and Ningbo are sister cities.", [(Arrangement.TWINNING, "hefei ningbo")]),
]
NOT_STATED = [
    "Hefei's sister city Oita sent trains.",
    "Hefei and Ningbo left the alliance founded by Wuxi and Oita.",
    "Hefei joined an alliance led by Ningbo.",
    "Hefei and Ningbo are partners.",
    "合肥加入宁波港口联盟。",
    "合肥不与宁波结对。",
    "Hefei talks about a twinning with Ningbo.",
    "Hefei and Ningbo will be twinned in 2027.",
    "Hefei and Ningbo are twinned from 2028.",
    "Hefei and Ningbo are not twinned.",
    "Hefei is no longer twinned with Ningbo.",
    "Hefei and Ningbo plan to be twinned.",
    "Hefei and Ningbo plan a joint park.",
    "Hefei and Ningbo are to run a joint park.",
    "Hefei and Ningbo were twinned until 2020.",
    "Hefei and Ningbo discuss an alliance.",
    "Hefei hosted a conference on twinning with Ningbo.",
    "Hefei and Ningbo each opened a park.",
    "Hefei and Ningbo opened twin towers.",
    "The twinning of Hefei and Ningbo ended in 2020.",
    "The twinning of Hefei and Ningbo was rejected.",
    "Hefei and Ningbo signed a memorandum on a twinning.",
    "Hefei and Ningbo hope to become sister cities.",
    "Hefei learns from the twinning of Minhang.",
    "Are Hefei and Ningbo twinned?",
    "Whether Hefei and Ningbo are twinned is unknown.",
    "Hefei and Ningbo could form an alliance.",
    "Hefei and Ningbo are twinned, a rumour says.",
    "Hefei and Kurume are twinned.",
    "Kurume, Hefei and Ningbo are twinned with Oita.",
    "Hefei and Ningbo lie 400 km apart.",
    "Hefei opened a park with Shanghai money.",
    "Hefei and Ningbo opened parks.",
    "Hefei and Ningbo compete.",
    "Neither Hefei nor Ningbo is twinned.",
    "Hefei proposed that Ningbo and Wuhu be twinned.",
    "Hefei and Ningbo were formerly twinned.",
    "Hefei and Ningbo dissolved their alliance.",
    "Hefei and Ningbo left the Delta Port Alliance.",
    "The alliance of Hefei and Ningbo failed.",
    "Hefei and Ningbo considered a joint park.",
    "Hefei refuses to be twinned with Ningbo.",
    "Hefei and Ningbo are twinned in name only if both sign.",
    "合肥与宁波将结对。",
    "合肥与宁波拟共建产业园。",
    "合肥与宁波尚未结对。",
    "合肥与宁波不再结对。",
    "合肥与宁波讨论结对合作。",
    "合肥与宁波计划组建联盟。",
    "合肥与宁波是否结对？",
    "合肥与宁波解除结对关系。",
    "合肥与宁波签署结对备忘录。",
    "合肥与宁波有望结为友好城市。",
    "2028年合肥与宁波结对。",
    "合肥希望与宁波结对。",
    "合肥和宁波各自建设产业园。",
    "合肥与宁波商谈共建园区。",
    "专家建议合肥与宁波结对。",
    "合肥没有与宁波结对。",
    "合肥、宁波参加结对合作论坛。",
    "Unlike Hefei and Ningbo, Wuxi has no twin.",
    "Hefei and Ningbo build a bridge together.",
    "Hefei and Ningbo signed a trade agreement.",
    "Hefei and Ningbo run a marathon.",
    "Hefei and Ningbo hosted the Delta Port Alliance.",
    "A book on the twinning of Hefei and Ningbo appeared.",
    "Hefei or Ningbo is twinned with Wuhu.",
    "Hefei and Ningbo want a joint park.",
    "A twinning of Hefei and Ningbo was agreed for 2027.",
    "Hefei was nearly twinned with Ningbo.",
    "Hefei and Ningbo are twinned, critics deny.",
    "Hefei is twinned with Ningbo? Nobody knows.",
    "Hefei rejects an alliance with Ningbo.",
    "Hefei asked Ningbo for a twinning.",
    "Hefei and Ningbo are twins in a novel.",
    "Hefei and Ningbo run a park run.",
    "Hefei and Ningbo run parks of their own.",
    "Hefei and Ningbo share a border.",
    "Hefei and Ningbo share a love of parks.",
    "Hefei runs a park, and Ningbo runs a joint venture.",
    "If funds allow, Hefei and Ningbo run a joint park.",
    "From 2030 Hefei and Ningbo run a joint park.",
    "Hefei and Ningbo visited a joint park.",
    "Hefei envies Ningbo, which is twinned with Oita.",
    "Hefei and Ningbo were to be twinned.",
    "A twinning between Hefei and Ningbo would help both.",
    "There is no alliance between Hefei and Ningbo.",
    "The two are rivals.",
    "Hefei and Ningbo withdrew from the Delta Port Alliance.",
    "Hefei and Ningbo signed a letter of intent for a joint park.",
    "Hefei is the model for a park that Ningbo runs with Oita.",
    "Hefei and Ningbo aim at a joint park by 2027.",
    "The Hefei-Ningbo twinning plan was shelved.",
    "The Hefei-Ningbo twinning was shelved.",
    "Hefei and Ningbo sold their joint park.",
    "Hefei and Ningbo closed their joint park.",
    "Hefei has fewer parks than Ningbo and Shanghai share.",
    "Hefei and Ningbo jointly criticised the park.",
    "Hefei and Ningbo oppose the alliance.",
    "Hefei and Ningbo postponed the joint park.",
    "Hefei and Ningbo have yet to open a joint park.",
    "Hefei and Ningbo have not yet formed an alliance.",
    "Hefei and Ningbo have no joint park.",
    "Hefei and Ningbo stopped running a joint park.",
    "合肥和宁波都有产业园。",
    "合肥与宁波之间没有联盟。",
    "合肥与宁波退出港口联盟。",
    "合肥与宁波争建联盟。",
    "合肥与宁波取消共建园区。",
    "合肥与宁波共建园区的计划被搁置。",
    "合肥与宁波曾经结对。",
    "合肥与宁波可能共建园区。",
    "合肥与宁波的结对关系已终止。",
    "合肥、宁波分别建设产业园。",
    "到2030年合肥与宁波共建园区。",
    "合肥学习闵行淮南结对经验，宁波也是。",
    "Next year Hefei and Ningbo form an alliance.",
    "Hefei and Ningbo are twinned in 2027.",
    "Soon Hefei and Ningbo run a joint park.",
    "Hefei and Ningbo won a twinning prize of 2019.",
    "Hefei and Ningbo host a twinning conference.",
    "Hefei and Ningbo signed a twinning conference invitation.",
    "Hefei and Ningbo began talks on a joint park.",
    "Hefei and Ningbo have announced a joint park.",
    "Hefei and Ningbo are competing for an alliance.",
    "Hefei sold Ningbo and Wuhu a joint park.",
    "In 2026 Wuxi joined hands with Nantong and opened a joint park.",
    "无锡与南通签署共建产业园协议。",
    "Wuxi and Nantong signed an agreement to build a joint park.",
    "Hefei and Ningbo were twinned for ten years.",
    "Hefei and Ningbo were twinned in the past.",
    "Hefei and Ningbo were twinned until recently.",
    "In the 1990s Hefei and Ningbo were twinned.",
    "Hefei and Ningbo are twinned only on paper.",
    "Hefei and Ningbo are twinned in name only.",
    "Hefei and Ningbo have a joint park on paper.",
    "Nobody says Hefei and Ningbo are twinned.",
    "合肥与宁波名义上结对。",
    "合肥与宁波结对名存实亡。",
    "Hefei and Ningbo are twinned in a TV series.",
    "Schools in Hefei and Ningbo are twinned.",
    "Firms of Hefei and Ningbo formed an alliance.",
    "Universities in Hefei and Ningbo founded an alliance.",
    "A district of Hefei is twinned with Ningbo.",
    "Hefei and Ningbo share a car park.",
    "Hefei and Ningbo share a park-and-ride.",
    "Hefei and Ningbo built a park bench factory.",
    "Hefei and Ningbo share an industrial park database.",
    "Hefei and Ningbo have a wildlife corridor.",
    "Hefei and Ningbo were paired in the football draw.",
    "Hefei and Ningbo joined the alliance of Nanjing.",
    "Hefei and Ningbo are twinned with Wuhu and Wenzhou.",
    "Hefei, which is twinned with Ningbo, opened a park with Shanghai.",
    "Residents of Hefei and Ningbo share a joint park.",
    "合肥、宁波的学校结对。",
    "合肥企业与宁波企业结对。",
]


# What may be meant so, and leaves a place over, has a second half that is none, or is said in a way that few use.
LEFT_TO_PEOPLE = [
    "Hefei formed an alliance with Wuhu and Bengbu opened a museum.",
    "Shanghai runs a joint park with Hefei and Ningbo has a port.",
    "Hefei's sister city Ningbo sent trains.",
    "Hefei and its twin Ningbo exchange teachers.",
    "Hefei's twin city is Ningbo.",
    "The twin city of Hefei is Ningbo.",
    "Hefei is twinned with Ningbo and Wuhu with Nantong.",
    "The Delta Port Alliance joins Ningbo, Zhoushan and Nantong.",
    "Ningbo and Nantong joined the Delta Port Alliance.",
    "Hefei and Ningbo are twinned, and plan to open a park.",
    "Hefei and Ningbo are twinned and will exchange teachers.",
    "Ningbo and Zhoushan became members of the Delta Port Alliance.",
    "The Hefei-Ningbo twinning marks its tenth year.",
    "Hefei and Ningbo are twinned with Wuhu and Nantong respectively.",
    "Hefei's partner city is Ningbo.",
    "Wuxi and Nantong's joint park covers 12 square kilometres.",
    "Hefei counterpart cooperation with Ningbo began in 2025.",
    "联盟由宁波、舟山、南通共同组成。",
    "Hefei and Ningbo are twinned. Hefei runs a joint park with Ningbo.",
    "Hefei is twinned with Ningbo and Wuhu has a port.",
    "Hefei is twinned with Ningbo. The twinning of Wuhu and Nantong ended.",
    "Hefei and Ningbo opened a joint park in Wuxi.",
]


def stated(base: FactBase, statement: str, year: str = YEAR) -> list[tuple[Arrangement, str]]:
    records = [base.entity(slug) for slug in subjects_of(base, statement)]
    places = [record for record in records if isinstance(record, Place)]
    ties = stated_ties(statement, places, base.province_of, year)
    return [(tie.arrangement, " ".join(tie.members)) for tie in ties]


@pytest.mark.parametrize(("statement", "ties"), STATED)
def test_what_is_said_to_be_tied_is_a_tie(
    base: FactBase, statement: str, ties: list[tuple[Arrangement, str]]
) -> None:
    assert stated(base, statement) == ties


@pytest.mark.parametrize("statement", NOT_STATED)
def test_a_wish_a_plan_a_talk_a_denial_an_end_and_a_name_nobody_knows_are_no_tie(
    base: FactBase, statement: str
) -> None:
    assert stated(base, statement) == []


@pytest.mark.parametrize("statement", LEFT_TO_PEOPLE)
def test_of_what_is_not_read_to_its_end_nothing_is_guessed(base: FactBase, statement: str) -> None:
    assert stated(base, statement) == []


@pytest.mark.parametrize(
    ("statement", "kind", "members", "name"),
    [
        (
            "Ningbo, Zhoushan and Nantong founded the Delta Port Alliance.",
            Arrangement.ALLIANCE,
            ("ningbo", "zhoushan", "nantong"),
            "Delta Port Alliance",
        ),
        (
            "Hefei and Shanghai opened the Hefei-Shanghai Science Park together.",
            Arrangement.PARK,
            ("hefei", "shanghai"),
            "Hefei-Shanghai Science Park",
        ),
        ("Hefei and Shanghai run a joint park.", Arrangement.PARK, ("hefei", "shanghai"), ""),
        (
            "Suzhou Industrial Park and Chuzhou run a park together.",
            Arrangement.PARK,
            ("suzhou-industrial-park", "chuzhou"),
            "",
        ),
    ],
)
def test_a_tie_has_the_name_that_the_statement_gives_it(
    base: FactBase, statement: str, kind: Arrangement, members: tuple[str, ...], name: str
) -> None:
    places = [place for place in base.seeds.places if place.slug in members]
    assert len(places) == len(members)
    assert name_of(statement, kind, places) == name


@pytest.mark.parametrize(
    ("statement", "year", "count"),
    [
        ("Hefei and Ningbo are twinned from 2028.", "2026", 0),
        ("Hefei and Ningbo are twinned from 2028.", "2028", 1),
        ("Hefei and Ningbo are twinned until 2030.", "2026", 1),
        ("Hefei and Ningbo were twinned until 2020.", "2026", 0),
    ],
)
def test_a_tie_that_begins_later_or_is_over_is_none(
    base: FactBase, statement: str, year: str, count: int
) -> None:
    assert len(stated(base, statement, year)) == count
