"""How the facts of an answer are told, the same in blocks and in plain words: which lead, which stand below, under what.

What is asked in Chinese has the bot's own words in Chinese where the table has them; facts stay as they are curated.
The answer comes first: a fact without a heading above it that is the first, or of which the asked-for part is known, leads;
the others stand below it. What warns of them stands last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.render import phrases
from bot.render.fact_renderer import FactRenderer, RenderedFact
from bot.render.footnotes import footnotes
from bot.render.truncate import clip, one_line
from handlers.answer import FACTS_PER_PAGE, Answer, FigureTable
from handlers.say import ENGLISH, Catalogue


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact where it stands in an answer. What leads is bold: its `value`, or else all of the statement.

    `source` is the citation in brackets, with the numbers of its footnotes.
    """

    statement: str
    source: str
    value: str = ""
    leads: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of an answer in order, those near to it, and what is noted: `above` where no fact answers, since it then
    says why, else `below`. `read` says as what the question was read, before a headline that leads to what is nearest. `left`
    counts the facts that are left out. `table` has the figures of those that it tells by itself.
    """

    facts: tuple[ToldFact, ...]
    near: tuple[ToldFact, ...]
    read: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    left: int
    table: FigureTable | None = None


def told(answer: Answer, render_fact: FactRenderer) -> Told:
    """Return how the facts of `answer` are told, in the language of the renderer: at most five."""
    tell = render_fact.catalogue.told
    answer = tell(answer)
    tabled = _tabled(answer)
    lines = [line for line in answer.lines if line.fact.id not in tabled][:FACTS_PER_PAGE]
    near = answer.near[: FACTS_PER_PAGE - len(lines)]
    rendered = [tell(render_fact(line.fact)) for line in lines]
    rendered_near = [tell(render_fact(fact)) for fact in near]
    in_table = [tell(render_fact(line.fact)) for line in answer.lines if line.fact.id in tabled]
    notes = footnotes([*rendered, *rendered_near, *in_table])
    leads_by_place = not answer.headline.strip()
    facts = tuple(
        _set(
            fact,
            notes.marks,
            value=_begun(clip(one_line(line.value), phrases.VALUE)),
            leads=bool(line.value) or (leads_by_place and place == 0),
            group=clip(one_line(line.group), phrases.HEADING),
        )
        for place, (line, fact) in enumerate(zip(lines, rendered, strict=True))
    )
    said, read = _clipped(answer.notes), _clipped(answer.read)
    first = tuple(read) if answer.may_answer and not lines else ()
    related = tuple(_set(fact, notes.marks) for fact in rendered_near)
    if answer.may_answer:
        facts, related = (*facts, *related[:1]), related[1:]
    return Told(
        facts,
        related,
        read=first,
        above=() if answer.lines else (*said, *(() if first else read)),
        below=(*said, *notes.texts, *read) if answer.lines else notes.texts,
        left=len(answer.lines) - len(lines) - len(in_table),
        table=_marked(answer.table, notes.marks),
    )


def _begun(value: str) -> str:
    """Return what leads a message as its beginning is written: with a capital, unless it is a name with one inside ("eHealth")."""
    return f"{value[0].upper()}{value[1:]}" if value.partition(" ")[0].islower() else value


def _tabled(answer: Answer) -> frozenset[str]:
    """Return the ids of the facts that the table of a page tells: they stand nowhere else. What answers a question leads."""
    if answer.table is None or not answer.headline.strip():
        return frozenset()
    return frozenset(row.fact for row in answer.table.rows if row.is_told)


def _marked(table: FigureTable | None, marks: Mapping[str, str]) -> FigureTable | None:
    """Return a table with the numbers of what warns of its facts."""
    if table is None:
        return None
    rows = (replace(row, marks=marks.get(row.fact, "")) for row in table.rows)
    return FigureTable(tuple(rows))


def _set(
    fact: RenderedFact, marks: dict[str, str], *, value: str = "", leads: bool = False, group: str = ""
) -> ToldFact:
    source = f"({fact.cited}){marks[fact.fact.id]}"
    return ToldFact(fact.statement, source, value, leads, group)


def _clipped(notes: Iterable[str]) -> list[str]:
    shown = [clip(one_line(note), phrases.NOTE) for note in notes if note.strip()]
    return shown[: phrases.NOTES]


# A sentence is told whole in one language: none is here that others are put into, or that takes in what is not here.
_TOLD: Final[Mapping[str, str]] = {
    # The buttons.
    "Sources": "出处",
    "Details": "详情",
    "Copy with citation": "复制并附引文",
    "Show passage": "原文段落",
    "Map": "地图",
    "Hide sources": "收起出处",
    "Hide details": "收起详情",
    "Hide citation": "收起引文",
    "Hide passage": "收起原文",
    "Hide map": "收起地图",
    "Helpful": "有用",
    "Not helpful": "没用",
    "Helpful ✓": "有用 ✓",
    "Not helpful ✓": "没用 ✓",
    "First fact helpful": "首条有用",
    "First fact not helpful": "首条没用",
    "First fact helpful ✓": "首条有用 ✓",
    "First fact not helpful ✓": "首条没用 ✓",
    "Share to channel": "分享到频道",
    "Back": "返回",
    "More": "更多",
    # What stands above choices, and what is left out.
    "Which one is meant?": "您指的是哪一个？",
    "Did you mean:": "您是不是想问：",
    "What next?": "接下来：",
    "You can ask:": "您可以问：",
    "… and {count} more": "……还有 {count} 个",
    "… and {count} more facts": "……还有 {count} 条事实",
    "… and {count} more passages": "……还有 {count} 段",
    "… and {count} more lines": "……还有 {count} 行",
    "Page {page} of {pages}": "第 {page} 页，共 {pages} 页",
    "Page {page} of {pages} · {count} in all": "第 {page} 页，共 {pages} 页 · 共 {count} 项",
    "Page {page} of {pages} · {count} facts in all": "第 {page} 页，共 {pages} 页 · 共 {count} 条事实",
    # Headings.
    "Related": "相关事实",
    "Ties and agreements": "结对与协议",
    "What is done": "做法",
    "Effects and cases": "成效与案例",
    "Opinions": "观点",
    "About the documents": "关于文献",
    "Who this is": "人物与机构",
    "In print": "原文",
    "From the document, not yet curated": "出自文献，尚未整理",
    "Figures side by side": "数据对照",
    "Place": "地点",
    "Figure": "指标",
    "Value": "数值",
    "Year": "年份",
    "Source": "出处",
    "not stated": "未说明",
    # Maps.
    "Pairings drawn": "已画出的结对",
    "Metropolitan areas drawn": "已画出的都市圈",
    "Drawn in grey: one of the places is probably not meant": "灰色：其中一地可能有误",
    "Not drawn: one of the places is probably not meant": "未画出：其中一地可能有误",
    "What is printed, and what is probably meant": "原文所写与可能所指",
    "Not drawn: ties of whole provinces": "未画出：省际关系",
    "Not drawn: fewer than two of the places are on the map": "未画出：地图范围内不足两地",
    "Draw the {count} doubtful ones too": "把 {count} 条存疑的也画出",
    "Draw the {count} doubtful ones": "画出 {count} 条存疑的",
    "Map of the whole delta": "整个长三角的地图",
    "Open the picture to see it in full size.": "点开图片可看大图。",
    "None of the ties here is doubtful.": "这里没有存疑的关系。",
    # What is said where nothing answers.
    "I found no fact that answers that.": "没有找到能回答的事实。",
    "I found no fact that says when.": "没有找到说明时间的事实。",
    "I found no fact that says where.": "没有找到说明地点的事实。",
    "I found no fact that says who.": "没有找到说明是谁的事实。",
    "I found no fact that says why.": "没有找到说明原因的事实。",
    "The base holds a pairing of {places}, but no date of it.": "知识库记录了{places}的结对，但没有记录日期。",
    "The base tells what is so, and not what is not.": "知识库只记载事实如何，不记载不是什么、没有什么。",
    "The base has no list of that without {names}.": "知识库没有除去{names}的名单。",
    "Apart from {names}, no such pairing is recorded.": "除{names}外，没有记录这样的结对。",
    "Apart from {names}, no twinning of {place} is recorded.": "除{names}外，没有记录{place}的其他结对。",
    "Apart from {names}, no pairing of {place} is recorded.": "除{names}外，没有记录{place}的其他配对关系。",
    "{name} lies in {around}, not in {province}.": "{name}在{around}，不在{province}。",
    "The fact speaks of {names} as well:": "这条事实也提到{names}：",
    "Without {names}:": "除{names}外：",
    "Not sure this answers it; the nearest is:": "不确定这是否回答了您的问题，最接近的是：",
    "That holds no word to look for. Type a city, two places, a mechanism, a topic or a question.": (
        "没有可查的词。请输入城市、两个地点、机制、主题或问题。"
    ),
    # What follows on an answer.
    "Asked: {question}": "问题：{question}",
    "That was all of the answer to “{question}”.": "“{question}”的答案到此为止。",
    "That was the first page of the answer to “{question}”.": "这已是“{question}”的答案的第一页。",
    "The answer to “{question}” states no facts, so it has no sources.": "“{question}”的答案没有事实，因此没有出处。",
    "Sources of the answer to “{question}”.": "“{question}”的答案的出处。",
    "I tell the facts in English, with the Chinese names of what they are about.": "事实用英文陈述，并附中文名称。",
}


class _Table:
    """The table read as gettext reads a catalogue; Chinese has one form for all numbers."""

    def gettext(self, message: str) -> str:
        return _TOLD.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _TOLD.get(msgid2, msgid1 if n == 1 else msgid2)


_CHINESE: Final = Catalogue(_Table())


def for_reader_of(answer: Answer, render_fact: FactRenderer) -> FactRenderer:
    """Return the renderer that tells the bot's own words as whoever asked does: in Chinese where that was, if it speaks English else."""
    in_english = render_fact.catalogue is ENGLISH
    return render_fact.telling(_CHINESE) if answer.in_chinese and in_english else render_fact
