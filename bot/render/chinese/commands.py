"""What help, lists and commands say of themselves, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, str]] = {
    "Commands": "命令",
    "More commands": "更多命令",
    "For example": "例如",
    "After an answer": "得到答案之后",
    "In channels and threads": "在频道和讨论串中",
    "What I keep": "我保留什么",
    "What I keep of you": "我保留您的哪些信息",
    "Ask anything, in English or Chinese": "用中文或英文提问",
    "a question, a name, or help": "问题、名称或“帮助”",
    "Facts about a place, with their sources": "一个地点的事实及出处",
    "city, county, district, province or region": "市、县、区、省或地区",
    "What ties two places": "两地之间的关系",
    "two places, in either order: Minhang / Huainan": "两个地点，先后不限：闵行 / 淮南",
    "How a cooperation mechanism works and where it is used": "合作机制如何运作、用在哪里",
    "a way of cooperating, by name or in your words": "合作方式，名称或您自己的说法",
    "Facts on a subject area": "一个主题的事实",
    "a subject such as ports, talent, low-carbon cities": "主题，如港口、人才、低碳城市",
    "Scheduled posts of topics, places and mechanisms to a channel": "把主题、地点和机制定期发到频道",
    "What can be asked, with examples": "能问什么，附例子",
    "Everything of one sort that the base holds": "知识库里某一类的全部内容",
    "topics, mechanisms, pairings, cities, places, documents, plans, projects, organisations or people": (
        "主题、机制、结对、城市、地点、文献、规划、项目、机构或人物"
    ),
    "A document in full, with a citation to paste": "一份文献的全部信息，附可粘贴的引文",
    "name of a document": "文献名称",
    "A fact in full, with a citation to paste": "一条事实的全部信息，附可粘贴的引文",
    "id of a fact": "事实编号",
    "id of a fact, and history, correct, wrong, verify, revert or prefer": "事实编号，可加 history、correct、wrong、verify、revert 或 prefer",
    "What the document prints there, if the documents are at hand": "文献原文（如有文献）",
    "Two places or mechanisms side by side": "两个地点或机制的对照",
    "Propose a fact with its source; a curator reviews it": "提议一条有出处的事实，由审核人审核",
    "What waits for curators: proposals and unanswered questions": "等待审核的提议和未回答的问题",
    "Who reviews what the team proposes; for admins": "由谁审核团队的提议；供管理员使用",
    "What I answer in a channel’s threads": "我在频道讨论串中回答什么",
    "questions or mention, or nothing": "questions 或 mention，或不填",
    "A friendly line": "一句问候",
    "Answers to slash commands are seen by you alone until you press Share to channel.": "斜杠命令的答案只有您能看到，按“分享到频道”后大家可见。",
    "I answer questions on cooperation in the Yangtze River Delta from {facts} of {documents}, each with its source.": (
        "我依据{documents}中的{facts}回答有关长三角合作的问题，每条都有出处。"
    ),
    "Mention me and I answer in the thread. Mention me again in a thread; I remember the city and the question.": (
        "提及我，我会在讨论串中回答。在讨论串中再次提及我即可追问；我记得城市和问题。"
    ),
    "Nothing is kept of you here. In Slack “help {privacy}” says what is kept there.": "这里不保留您的任何信息。在 Slack 中输入“help {privacy}”可看那里保留什么。",
    "Slash commands do not work in threads; “Look up in YRD Desk” in a message's menu does.": "讨论串中不能用斜杠命令；可用消息菜单中的“Look up in YRD Desk”。",
    "This is what I keep of you, and for how long.": "以下是我保留的您的信息及期限。",
    "{command} does not take “{typed}”.": "{command} 不接受“{typed}”。",
    "“help {privacy}” says what I keep of you.": "输入“help {privacy}”可看我保留您的哪些信息。",
    "“more” shows the next page, “map” a map, “details” all that is kept of its first fact.": (
        "“更多”显示下一页，“地图”显示地图，“详情”显示首条事实的全部信息。"
    ),
    "“what about Chuzhou?” asks the same of another place.": "“滁州呢？”就另一地问同样的问题。",
    "“who says so” shows where its facts stand; “Copy with citation” under it gives text to paste.": (
        "“谁说的”显示事实的出处；答案下的“复制并附引文”给出可粘贴的文本。"
    ),
    "In the threads of this channel I answer mentions only.": "在本频道的讨论串中，我只回答提及我的消息。",
    "In threads I answer mentions only, unless a channel has it otherwise.": "在讨论串中我只回答提及我的消息，除非频道另有设置。",
    "In threads of this channel where I have answered, I take questions without a mention.": "在本频道我回答过的讨论串中，不必提及我即可提问。",
    "/yrd threads mention has me wait for a mention again.": "输入 /yrd threads mention，我就只回答提及我的消息。",
    "/yrd threads questions has me take questions there without a mention.": "输入 /yrd threads questions，不必提及我即可提问。",
    "Slack sends me replies without a mention only where the app was made with “yrd manifest --threads”.": (
        "只有用“yrd manifest --threads”建立应用，Slack 才会把未提及我的回复发给我。"
    ),
    "That is set for a channel: type it there.": "这是频道的设置：请在频道中输入。",
    "I can list what the base holds.": "我可以列出知识库的内容。",
    "Type one of these words, such as topics; then a name from the list.": "输入其中一个词，如“主题”，再输入列表中的名称。",
    # What is done in Slack alone.
    "Digests are set up in Slack; from here they can only be previewed.": "摘要在 Slack 中设置；这里只能预览。",
    "/yrd-digest preview ports shows what one would post.": "输入 /yrd-digest preview ports 可看会发什么。",
    "Facts are added and reviewed in Slack.": "事实在 Slack 中添加和审核。",
    "Facts are proposed in Slack: /yrd add, or “Propose a fact” on a message.": "事实在 Slack 中提议：/yrd add，或消息菜单中的“Propose a fact”。",
    "How replies in threads are read is set in a channel of Slack.": "讨论串的读取方式在 Slack 的频道中设置。",
    "Propose a fact": "提议事实",
    "Report": "报告",
}
