"""What is said above a list to whoever asked for it in Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from knowledge.vocabulary import WordUse


@dataclass(frozen=True, slots=True)
class ChineseLine:
    """The Chinese for a list: its title, and the sentence above it, which names {count} or the numbers of its parts."""

    title: str
    sentence: str

    def said(self, numbers: Sequence[int]) -> str:
        """Return the sentence for a list with so many in each of its parts."""
        return self.sentence.format(*numbers, count=sum(numbers))


LINES: Final[Mapping[WordUse, ChineseLine]] = MappingProxyType(
    {
        WordUse.PLACES: ChineseLine("地方", "知识库收录了 {count} 个地方的事实，括号内为条数。"),
        WordUse.ALL_CITIES: ChineseLine("城市", "知识库收录了 {count} 个城市和区县的事实，括号内为条数。"),
        WordUse.PAIRINGS: ChineseLine(
            "结对关系", "知识库收录了长三角的 {0} 个结对关系和全国其他地方的 {1} 个，括号内为事实条数。"
        ),
        WordUse.MECHANISMS: ChineseLine("机制", "知识库收录了 {count} 种合作机制，括号内为事实条数。"),
        WordUse.TOPICS: ChineseLine("主题", "知识库分 {count} 个主题，括号内为事实条数。"),
        WordUse.SOURCES: ChineseLine("文献", "知识库依据 {count} 份文献，括号内为事实条数。"),
        WordUse.PLANS: ChineseLine("规划", "知识库收录了 {count} 份规划的事实，括号内为条数。"),
        WordUse.PROJECTS: ChineseLine("项目", "知识库收录了 {count} 个项目的事实，括号内为条数。"),
        WordUse.ORGANISATIONS: ChineseLine("机构", "知识库收录了 {count} 个机构的事实，括号内为条数。"),
        WordUse.PEOPLE: ChineseLine("人物", "知识库收录了 {count} 位人物的事实，括号内为条数。"),
    }
)


def of_kinds(kinds: str) -> ChineseLine:
    """Return the same for ties of these kinds alone."""
    return ChineseLine(
        kinds, f"知识库收录了长三角的 {{0}} 个{kinds}和全国其他地方的 {{1}} 个，括号内为事实条数。"
    )


ONE_OF_THEM: Final = "输入其中一个名称即可查看；事实用英文陈述。"
ALL_LISTS: Final = "我可以列出以下各类内容。"
ONE_OF_THE_LISTS: Final = "输入其中一个词，例如“主题”；再输入列表中的名称。"
