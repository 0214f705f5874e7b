"""What is said where a name is unclear, or nothing answers, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REFUSALS: Final[Mapping[str, str]] = {
    "All mechanisms": "全部机制",
    "All pairings": "全部结对",
    "All places": "全部地点",
    "All topics": "全部主题",
    "All disagreements": "全部分歧",
    "All on {name}": "关于{name}的全部内容",
    "Pairings of {place}": "{place}的结对",
    "No {noun} is called “{typed}”.": "没有叫“{typed}”的{noun}。",
    "place, pairing, mechanism or topic": "地点、结对、机制或主题",
    "place, mechanism or organisation": "地点、机制或机构",
    "Type the command without text to see what the base holds, or help.": "不带文字输入该命令可查看知识库内容，或输入“帮助”。",
    "No topic is called “{typed}”.": "没有叫“{typed}”的主题。",
    "{name} ({kind})": "{name}（{kind}）",
    "“{typed}” is no {noun} in the fact base. Did you mean one of these?": "知识库里没有名为“{typed}”的{noun}。您是指下列之一吗？",
    "“{typed}” is no name in the fact base. Did you mean one of these?": "知识库里没有“{typed}”这个名称。您是指下列之一吗？",
    "“{typed}” is the name of {count} things in the base.": "知识库里有 {count} 项叫“{typed}”。",
    "“{typed}” is the name of {count} places.": "有 {count} 个地点叫“{typed}”。",
    "“{typed}” is the name of several places.": "有几个地点叫“{typed}”。",
    "“{typed}” may be {names}.": "“{typed}”可能是{names}。",
    "“{typed}” read as {name}.": "“{typed}”理解为{name}。",
    "“{typed}” read as {read}.": "“{typed}”理解为{read}。",
    "Did you mean {places} by “{typed}”?": "“{typed}”是指{places}吗？",
    "Several go by the name of “{name}”.": "有几项都叫“{name}”。",
    "{name} is in {within}, outside this fact base, which holds nothing about it.": "{name}在{within}，不在本知识库范围内，没有相关内容。",
    "{name} is in {within}, outside this fact base, which only mentions it.": "{name}在{within}，不在本知识库范围内，只是被提到。",
    "{name} is in {within}. The base has nothing on it by itself; on {within} it has {count} facts.": (
        "{name}在{within}。知识库没有单独关于它的内容；关于{within}有 {count} 条事实。"
    ),
    "{name} is in {within}. The base only mentions it; on {within} it has {count} facts.": (
        "{name}在{within}。知识库只提到它；关于{within}有 {count} 条事实。"
    ),
    "{said} On {name} the base has {count} facts.": "{said}关于{name}，知识库有 {count} 条事实。",
    "No fact from {documents} speaks of {words}.": "{documents}中没有事实提到{words}。",
    "Nothing in the base answers that: it covers cooperation in the Yangtze River Delta, its cities, pairings, mechanisms and topics, from {count} documents.": (
        "知识库没有能回答的内容：它依据 {count} 份文献，收录长三角合作的城市、结对、机制和主题。"
    ),
    "The base holds nothing that {speakers} said.": "知识库没有{speakers}说过的内容。",
    "The documents do not say.": "文献没有说明。",
    "{denied} It covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from {count} documents.": (
        "{denied}它依据 {count} 份文献，收录长三角合作的城市、结对、机制和主题。"
    ),
    "{denied} The base covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from {count} documents.": (
        "{denied}知识库依据 {count} 份文献，收录长三角合作的城市、结对、机制和主题。"
    ),
    "{said} {statement} ({citation})": "{said}{statement} ({citation})",
    "Nothing on {names}.": "没有关于{names}的内容。",
    "Nothing on {topic} of {place}.": "没有关于{place}的{topic}的内容。",
    "No city is recorded as paired with {places}. It is part of {areas}.": "没有与{places}结对的城市的记录。它属于{areas}。",
    "No pairing of {places} is recorded.": "没有{places}结对的记录。",
    "No twinning of {places} is recorded. They are tied otherwise: {ties}.": "没有{places}结对的记录，但有其他关系：{ties}。",
    "No twinning of {place} is recorded. It is tied otherwise: {ties}.": "没有{place}结对的记录，但有其他关系：{ties}。",
    "The base has facts on {one} and on {other}, but none on both together.": "知识库有关于{one}和{other}的事实，但没有同时涉及两者的。",
    "The base has facts on {things}, but none on all of them together.": "知识库有关于{things}的事实，但没有同时涉及它们的。",
    "The base has no number of {things} for {names}.": "知识库没有{names}的{things}数量。",
    "The base has no number of {things}.": "知识库没有{things}的数量。",
    "The base has no {attribute} for {name}.": "知识库没有{name}的{attribute}。",
    "The base has no {attribute} of {name} for {year}.": "知识库没有{name} {year} 年的{attribute}。",
    "The base has no {attribute} of {name} for {year}; it has one for {years}.": "知识库没有{name} {year} 年的{attribute}，有 {years} 年的。",
    "The base has no {attribute} of {name}.": "知识库没有{name}的{attribute}。",
    "The base has nothing for {year}.": "知识库没有 {year} 年的内容。",
    "The base has nothing on {names} for {year}.": "知识库没有{names} {year} 年的内容。",
    "The base has nothing on {words} of {places}.": "知识库没有{places}的{words}。",
    "The base says nothing of {words}.": "知识库没有提到{words}。",
    "The documents name no {office} of {place}.": "文献没有写明{place}的{office}是谁。",
    "The fact base holds nothing on {asked}.": "知识库没有关于{asked}的内容。",
    "help shows what can be asked.": "输入“帮助”可看能问什么。",
    "{asked}: {facts}.": "{asked}：{facts}。",
    "{count} facts on {names} speak of {time}.": "关于{names}，有 {count} 条事实提到{time}。",
    "No, {place} does not lie in {other}. {page}": "不，{place}不在{other}。{page}",
    "Yes, {place} lies in {other}. {page}": "是的，{place}在{other}。{page}",
    "I found no fact that surely answers that for any of the {count} places called “{typed}”.": (
        "有 {count} 个地点叫“{typed}”，没有找到能确切回答的事实。"
    ),
    "“{typed}” is the name of {count} places. I found an answer only for {places}:": (
        "有 {count} 个地点叫“{typed}”，只找到关于{places}的答案："
    ),
    "Of {names} I found no fact that answers that.": "关于{names}，没有找到能回答的事实。",
    "I found no fact that answers that of “{part}”.": "关于“{part}”，没有找到能回答的事实。",
    "I found no fact that answers “{part}”.": "没有找到能回答“{part}”的事实。",
    "{count} partners of {place} are printed, and the curator of the base doubts each:": (
        "文献写有 {place}的 {count} 个伙伴，整理者对每一个都存疑："
    ),
    "more than {figure}": "超过 {figure}",
    "{value} ({year}, inferred)": "{value}（{year} 年，推断）",
    "{name}: {value}": "{name}：{value}",
    "Compare needs two names; these are {count}.": "比较需要两个名称，这里有 {count} 个。",
    "Compare needs two names; {name} is one.": "比较需要两个名称，{name}只是一个。",
    "Compare needs two names; “{typed}” is none that the base knows.": "比较需要两个名称，“{typed}”不是知识库里的名称。",
    "No fact is about {one} or {other}.": "没有关于{one}或{other}的事实。",
    "compare and two names sets them side by side: /yrd compare Xuzhou and Jining.": "“比较”加两个名称可并列查看：/yrd 比较 徐州 济宁。",
    "two names": "两个名称",
    "{one} beside {other}: {number} and {facts}, {both} of them on both.": "{one}与{other}对照：{number} 条与 {facts}，其中 {both} 条涉及两者。",
    "{one} beside {other}: {number} and {facts}.": "{one}与{other}对照：{number} 条与 {facts}。",
    "{one}: {facts}. No fact is about {other}.": "{one}：{facts}。没有关于{other}的事实。",
    "{part} is a form of {whole}.": "{part}是{whole}的一种。",
    "{part} lies in {whole}.": "{part}在{whole}。",
    "First of them: {pairings}.": "其中：{pairings}。",
    "Read as {names}: no other places of these names are recorded as tied.": "理解为{names}：没有其他同名地点之间的关系。",
    "That names {count} places. Name up to {most} of them, and I look for what ties them.": "这里有 {count} 个地点。最多给出 {most} 个，我来查它们之间的关系。",
    "{names} (no pairing recorded)": "{names}（没有结对记录）",
    "{names}: {facts}.": "{names}：{facts}。",
    "{names}: {pairings} recorded.": "{names}：收录{pairings}。",
    "“{typed}” read as {name}: nothing is recorded between {others}.": "“{typed}”理解为{name}：{others}之间没有记录。",
    "{count} more pairings, with {facts}, print a place where another is probably meant.": "另有 {count} 个结对（{facts}）所写地点可能有误。",
    "{count} more pairings, with {facts}, print {place} where {other} is probably meant.": "另有 {count} 个结对（{facts}）写作{place}，可能指{other}。",
    "{pairings} recorded; {facts}.": "收录{pairings}；{facts}。",
    "That message names no place, pairing or mechanism that the fact base has facts about.": "这条消息没有提到知识库收录的地点、结对或机制。",
    "Named in that message: {names}.": "这条消息提到：{names}。",
    "That no longer does anything. Please ask again.": "这个按钮已失效，请重新提问。",
    "What your workspace keeps here cannot be read just now, so nothing was done. Please try again in a minute.": (
        "工作区保存的内容暂时无法读取，因此什么也没有做。请稍后再试。"
    ),
    "The base holds which places are paired, not which are not.": "知识库只记载哪些地方结对，不记载哪些没有结对。",
    "The base holds no list of what is not so, only what its documents state.": "知识库只记载文献所写的内容，没有“不是什么”的名单。",
    "I found no fact that says what is not so here.": "没有找到说明“不是如此”的事实。",
    "No end of the pairing of {place} and {other} is recorded.": "没有记录{place}与{other}的结对已经结束。",
    "No end of a pairing of {place} is recorded.": "没有记录{place}的结对已经结束。",
    "No pairing of {place} and {other} is recorded, and so no reason why there is none.": (
        "没有记录{place}与{other}结对，因此也没有记录为何没有。"
    ),
    "The base does record a pairing of {place} and {other}:": "知识库确有{place}与{other}结对的记录：",
    "The base does record a pairing of {place}:": "知识库确有{place}结对的记录：",
    "That is the rest of a question. Please ask it whole, like “Who is Nanjing twinned with besides Chuzhou?”.": (
        "这只是问题的一部分，请完整提问，例如“除了滁州，南京还和谁结对？”"
    ),
    "Without {names} the base records {pairings}:": "除{names}外，知识库收录 {pairings}：",
    "Without {names} the base records {pairings} of {place}:": "除{names}外，知识库收录{place}的 {pairings}：",
    "{name} lies in {around}, not in {province}.": "{name}在{around}，不在{province}。",
    "The base has no list of that without {names}.": "知识库没有除去{names}的名单。",
    "Apart from {names}, no such pairing is recorded.": "除{names}外，没有记录这样的结对。",
    "Apart from {names}, no twinning of {place} is recorded.": "除{names}外，没有记录{place}的其他结对。",
    "Apart from {names}, no pairing of {place} is recorded.": "除{names}外，没有记录{place}的其他配对关系。",
    "The fact speaks of {names} as well:": "这条事实也提到{names}：",
    "Without {names}:": "除{names}外：",
}
