"""Every fixed word around the answer to what is asked in Chinese is of the Chinese tables, whatever is asked and opened below it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.render import told as in_chinese
from bot.render.blocks import blocks
from bot.render.button_value import ButtonValue
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from bot.render.sources import sources
from handlers.answer import Answer
from handlers.lookups.copying import copied
from handlers.lookups.passage import beside
from handlers.paging import Earlier
from handlers.records.details import details
from handlers.reply import reply
from handlers.request import Request
from handlers.say import Catalogue
from handlers.services import Services
from knowledge.base import FactBase

_NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_WORD = re.compile(r"[A-Za-z]{2}")
_NAMED = re.compile(r"{\w+}")
# Each is a talk, of one text or of several after each other.
TALKS = (
    "杭州",
    "苏州",
    "淮南",
    "安徽",
    "港口",
    "飞地经济",
    "结对合作",
    "闵行淮南结对",
    "徐州的GDP是多少？",
    "淮南和哪个区结对？",
    "杭州和哪些城市结对？",
    "南京和滁州什么时候签的协议？",
    "谁提出了产业转移？",
    "为什么要结对？",
    "上海和宁波在港口上怎么合作？",
    "比较徐州和济宁",
    "徐州 vs 济宁",
    "有哪些城市？",
    "有哪些结对？",
    "有哪些机制？",
    "有哪些主题？",
    "有哪些文献？",
    "有哪些规划？",
    "有哪些项目？",
    "有哪些机构？",
    "有多少结对城市？",
    "安徽有几个城市？",
    "浙江有哪些结对？",
    "地图",
    "地图 杭州",
    "地图 杭州 存疑",
    "地图 苏州",
    "地图 成都",
    "地图 辽宁",
    "地图 不含上海",
    "地图 飞地经济",
    "成都",
    "东京有多少人？",
    "今天天气怎么样？",
    "合肥的人口是多少？",
    "杭州的市长是谁？",
    "2019年发生了什么？",
    "帮助",
    "帮助 地图",
    "你是谁？",
    "你能做什么？",
    "你好",
    "谢谢",
    "出处",
    "文献有哪些分歧？",
    "什么是飞地经济？",
    "一体化是什么？",
    "长三角有哪些省？",
    "G60科创走廊",
    "洪涵是谁？",
    "沪苏大丰产业联动集聚区",
    "文献 xu",
    "最近有什么新内容？",
    "今日事实",
    "隐私",
    "怎么引用？",
    "我的摘要",
    "我的提案",
    "杭洲",
    "蚌阜",
    "闵行和淮南",
    "黄山 绍兴",
    "阿坝",
    "东方",
    "苏州的GDP",
    "原文 xu-twinning-001",
    "城市",
    "江苏的合作机制有什么成效？",
    "长三角一体化规划什么时候发布？",
    "宁波舟山港",
    "医疗合作",
    "旅游合作有哪些案例？",
    "谁主张建设走廊？",
    "杭州|更多",
    "杭州|来源",
    "杭州|详情",
    "杭州|返回",
    "杭州|总结一下",
    "杭州|翻译成英文",
    "杭州|谁说的",
    "杭州|地图",
    "杭州|地图|不要上海",
    "地图|只看东京",
    "地图|不要苏州",
    "地图|不要杭州",
    "地图|加上上海",
    "地图 杭州|加上宁波",
    "港口|地图",
    "徐州的GDP是多少？|济宁呢？",
    "徐州的GDP是多少？|来源",
    "徐州的GDP是多少？|为什么？",
    "有哪些结对？|更多",
    "更多",
    "返回",
    "来源",
    "详情",
    "总结一下",
    "翻译",
    "原文",
    "事实",
    "事实 xu-twinning-001",
    "事实 xu-twinning-999",
    "文献 xu-2024",
    "文献 不存在",
    "比较 徐州",
    "比较 徐州 东京",
    "机制",
    "主题",
    "结对",
    "对照 杭州 宁波",
    "上海和江苏有什么关系？",
    "合肥和上海有什么关系？",
    "在长三角有多少个共建园区？",
    "2035年的规划是什么？",
    "什么时候？",
    "谁？",
    "哪里？",
    "abc def 港口吗",
    "审核",
    "提案",
    "讨论串",
    "今天的事实",
    "有什么新的？",
    "你会说中文吗",
    "你是机器人吗？",
    "错了",
    "不对",
    "对",
    "再见",
    "怎么报告错误？",
    "浙江省委书记是谁？",
    "杭州有多少人口？",
    "上海的GDP",
    "长三角的面积是多少？",
    "宿州",
    "泰州",
    "江苏 苏州",
    "苏州 宿州",
    "哪些城市和杭州结对？",
    "哪些园区在浙江？",
    "浙江和安徽之间有哪些产业联盟？",
    "有哪些都市圈？",
    "长三角有多少个联盟？",
    "最大的港口是哪个？",
    "合作机制有什么问题？",
    "人才",
    "医疗",
    "旅游",
    "数据共享",
    "政务服务",
    "区域合作有哪些模式？",
    "硅谷",
    "汉江",
    "珠三角",
    "张江",
    "嘉善",
    "谁是徐启民？",
    "安徽财经大学",
)


class Watched(in_chinese._Table):
    """The table, with the English of what is not in it."""

    def __init__(self) -> None:
        self.missing: set[str] = set()

    def gettext(self, message: str) -> str:
        self._look_for(message)
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self._look_for(msgid2)
        return super().ngettext(msgid1, msgid2, n)

    def _look_for(self, message: str) -> None:
        if message not in in_chinese._TOLD and _WORD.search(_NAMED.sub("", message)):
            self.missing.add(message)


def last_of(services: Services, talk: str) -> Answer:
    earlier: Earlier | None = None
    context: tuple[str, ...] = ()
    for text in talk.split("|"):
        answer = reply(services, Request(text, _NOW, earlier=earlier, context=context))
        earlier = answer.follows or Earlier(text, answer.page)
        context = answer.context or context
    return answer


@pytest.mark.parametrize("talk", TALKS)
def test_no_fixed_word_around_an_answer_is_english(
    talk: str, services: Services, base: FactBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Watched()
    catalogue = Catalogue(table, chinese=True)
    monkeypatch.setattr(in_chinese, "_CHINESE", catalogue)
    answer = last_of(services, talk)
    assert answer.in_chinese
    facts = tuple(line.fact for line in answer.lines)
    opened = (details(services, facts), copied(services, answer), beside(services, facts))
    for shown in (answer, *(replace(one, in_chinese=True) for one in opened)):
        asked = ButtonValue(command="/yrd", text=talk)
        blocks(shown, asked, render_fact=fact_renderer(base), rated=True, sharable=True, printed=True)
        plain(shown, fact_renderer(base))
    sources(answer, base.document, catalogue.told)
    assert not table.missing
