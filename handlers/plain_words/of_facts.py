"""Sentences that propose a fact, ask how one is proposed or corrected, or want the queue."""

from __future__ import annotations

from typing import Final

from handlers.curation import add, review
from handlers.plain_words.around import ASKING, Table

_AS: Final = r"(?:(?:a|an|the|this|following|another|new|my|own|as)\s+)*"
_SOME: Final = r"(?:(?:a|an|the|this|my|our|own|new|one|some|another|few|more)\s+)*"
_PROPOSE: Final = (
    r"(?:propose|suggest|submit|contribute|add|enter|save|record|store|file|create|make|put\s+in)"
)
_THAT: Final = r"(?:propose|suggest|submit|contribute|add|save|record|store|note|state)"
_NEW: Final = r"(?:facts?|proposals?|suggestions?|submissions?|contributions?)"
_ON: Final = r"(?:\s+(?:about|on|to|for|with|in|of|into|here|please|myself|that|you|add|propose|submit|share|contribute|the|this|base|fact|bot|team|review))*"
_HOW: Final = (
    r"(?:how|where|when|can|could|may|might|should|am|is|are|what|who|which|explain|tell|show)\s+(?:(?:how|do|does|can|could|may|might|should|must|to|i|we|one|you"
    r"|people|someone|somebody|anyone|anybody|everyone|members?|is|it|possible|allowed|able|for|me|us|am|are|the|a|best|way|of|steps?|please|ever|also)\s+)*"
)
_BY_COLON: Final = r"\s*[:：]\s*(?P<statement>\S.*)"
# Three words and more that no question, and no thing alone, begins with.
_STATEMENT: Final = (
    r"(?P<statement>(?!(?:(?:a|an|the|new|another|my|own)\s+)*(?:facts?|proposals?|suggestions?|corrections?)\b|(?:some|any|what|how|why|which|who|where|when|whether|if|to|this|it|something|anything|more|about|on|of|for|with|from|in|please"
    r"|and|or|me|us|that)\b)[^\s?？]+(?:\s+[^\s?？]+){2,})"
)
_WISHING_IN_CHINESE: Final = "(?:我想要|我想|我要|我需要|我希望|请|帮我|想|要)*"
_PROPOSE_IN_CHINESE: Final = "(?:提议|添加|提交|新增|增加|提出|保存|补充|贡献|录入|上传)"
_ONE_IN_CHINESE: Final = "(?:一条|一个|这条|这个|几条|一些|某条|那条|条|个)?"
_HOW_IN_CHINESE: Final = "(?:请问)?(?:谁可以|谁能|谁有权|怎么样|怎样|怎么|如何|在哪里|在哪儿|哪里|可以在哪|我可以|我能|可以|能不能|能)(?:才能|可以|能|去)?"

TABLE: Final[Table] = (
    (
        (
            rf"{ASKING}(?:(?:propose|suggest|submit|contribute|add|save|record|have|got|know|here\s+is|here['’]?s)\s+{_AS}|{_AS}new\s+)"
            rf"(?:fact|proposal)(?:\s+(?:for\s+(?:you|the\s+base)|to\s+(?:add|propose|share|submit)))?{_BY_COLON}",
            rf"{ASKING}(?:propose|suggest|submit|contribute){_BY_COLON}",
            rf"{ASKING}{_THAT}\s+{_AS}(?:(?:fact|proposal|statement)\s+)?that\s+(?P<statement>[^?？]+)",
            rf"{ASKING}{_PROPOSE}\s+{_AS}fact\s+{_STATEMENT}",
            rf"{ASKING}propose\s+{_STATEMENT}",
            rf"(?:我这里|这里)?{_WISHING_IN_CHINESE}(?:(?:{_PROPOSE_IN_CHINESE}|我?有){_ONE_IN_CHINESE}新?|新)(?:的)?(?:事实|提议|提案)\s*[:：，,]\s*(?P<statement>\S.*)",
            rf"{_WISHING_IN_CHINESE}提议{_BY_COLON}",
            r"(?:我想要|我想|我要|我需要|请|帮我|我)(?:提议|添加一条|提交一条|新增一条)(?P<statement>(?!.*(?:谁|什么|哪|吗|多少|怎么|如何|几|是否|[?？]))[^:：]{5,})",
        ),
        add.COMMAND,
        "{statement}",
    ),
    (
        (
            rf"(?:{ASKING}|{_HOW})(?:{_PROPOSE}|report|send|give)\s+{_SOME}(?:corrections?|errors?|mistakes?){_ON}",
            rf"(?:{ASKING}|{_HOW})(?:correct|fix|change|update|edit)\s+{_SOME}(?:wrong\s+|incorrect\s+|outdated\s+)?facts?{_ON}",
            rf"(?:{_WISHING_IN_CHINESE}|{_HOW_IN_CHINESE}){_PROPOSE_IN_CHINESE}?{_ONE_IN_CHINESE}(?:更正|纠正|修改|改正|改){_ONE_IN_CHINESE}(?:错误的?)?(?:事实)?吗?",
        ),
        add.COMMAND,
        add.CORRECTING,
    ),
    (
        (
            rf"{_HOW}{_PROPOSE}\s+{_SOME}{_NEW}{_ON}",
            rf"{_HOW_IN_CHINESE}{_PROPOSE_IN_CHINESE}{_ONE_IN_CHINESE}新?的?(?:事实|提议|提案)吗?",
        ),
        add.COMMAND,
        add.HOW,
    ),
    (
        (
            rf"{ASKING}(?:{_PROPOSE}|have|got)\s+{_SOME}{_NEW}{_ON}",
            rf"{ASKING}{_PROPOSE}\s+{_SOME}{_NEW}\s+(?:about|on|for|of)\s+[^:：?？]+",
            rf"{_WISHING_IN_CHINESE}(?:{_PROPOSE_IN_CHINESE}|我?有){_ONE_IN_CHINESE}新?的?(?:事实|提议|提案)(?:要{_PROPOSE_IN_CHINESE})?",
            r"(?:我想要|我想|我要|我需要|我希望|帮我|请帮我)(?:补充|添加|提交|新增|增加)(?:一条|几条)",
        ),
        add.COMMAND,
        "",
    ),
    (
        (
            rf"{ASKING}(?:open|show|see|view|go\s+to|list)\s+(?:me\s+)?(?:(?:the|my|your|our|review|curation)\s+)*(?:queue|review\s+list)",
            r"(?:请|我要|我想|帮我)*(?:打开|查看|显示|进入|看看|看|列出)?(?:待审|审核|审批|待审核)?的?(?:队列|待审列表|审核列表)",
        ),
        review.COMMAND,
        "",
    ),
)
"""Sentences, each with the command that does what they ask for, and what that is told."""
