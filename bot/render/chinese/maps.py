"""What is said of maps, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MAPS: Final[Mapping[str, str]] = {
    "A map of the delta with its pairings, sent as a picture": "长三角结对地图，以图片发送",
    "After a map you can say “without Shanghai”, “only ports”, “in Zhejiang”, “also Ningbo”, “only twinnings”, “with the doubtful ones” or “bigger”, several at once too.": (
        "看过地图后可以说“不要上海”“只看港口”“只看浙江”“加上宁波”“只看结对”“加上存疑的”或“放大”，也可以一次说几项。"
    ),
    "I cannot tell what of the map that is to change, so it stays as it is.": "看不出要改地图的什么，地图保持不变。",
    "Nothing of the map is left then, so it stays as it is.": "这样地图上就什么也没有了，地图保持不变。",
    "That is on the map already.": "地图上已经有了。",
    "Left out: {count} ties of {names}.": "已去掉{names}的 {count} 条关系。",
    "No tie here is one of {names}, so nothing is left out.": "这里没有{names}的关系，无需去掉。",
    "Map of all facts on {name}": "{name}全部事实的地图",
    "No map is drawn of {name}, which is {sort}. A map shows places, pairings, mechanisms and topics.": (
        "{name}是{sort}，不能画地图。地图可显示地点、结对、机制和主题。"
    ),
    "No pairing of {places} is recorded on {others}: what is drawn is all that ties {places}.": (
        "没有{places}关于{others}的结对记录：画出的是{places}的全部关系。"
    ),
    "Not drawn: {name} is {sort}. A map shows places, pairings, mechanisms and topics.": "未画出：{name}是{sort}。地图可显示地点、结对、机制和主题。",
    "Read as “{words}”.": "理解为“{words}”。",
    "about nothing that has a place": "与任何地点无关的事实",
    "map and a name draws its map: /yrd map Huainan. map alone draws the whole delta.": "“地图”加名称可画它的地图：/yrd 地图 淮南。只输入“地图”可画整个长三角。",
    "place, mechanism or topic, or nothing": "地点、机制或主题，或不填",
    "{command} shows it.": "输入 {command} 可查看。",
    "{name} is no single place on the map": "{name}不是地图上的一个点",
    "{name} lies beyond the map": "{name}在地图范围之外",
    "{name} names no place on the map": "{name}没有地图上的地点",
    "Doubtful ties": "存疑的关系",
    "without {names}": "不含{names}",
    "Yangtze River Delta": "长三角",
    "Map of the Yangtze River Delta: {what} drawn.": "长三角地图：已画出{what}。",
    "Map of what ties {title} to the Yangtze River Delta: {what} drawn.": "{title}与长三角关系的地图：已画出{what}。",
    "Map of {title}: no pairing of them is recorded.": "{title}的地图：没有它们之间的结对记录。",
    "Map of {title}: {what} drawn.": "{title}的地图：已画出{what}。",
    "Not drawn: {reasons}.": "未画出：{reasons}。",
    "Nothing about {what} lies on the map, which shows the Yangtze River Delta.": "地图显示长三角，其中没有关于{what}的内容。",
    "{entry}, added by your team": "{entry}，由您的团队添加",
    "{entry}: drawn without {place}, for which {other} is probably meant": "{entry}：未画{place}，可能指{other}",
    "{entry}: {other} is probably meant, not {place}": "{entry}：可能指{other}，而不是{place}",
    "{name}, {kind} ({source})": "{name}，{kind} ({source})",
    "{what} is not drawn: its {count} pairings are each printed with a place that is probably not meant.": (
        "未画出{what}：它的 {count} 个结对所写地点都可能有误。"
    ),
}
