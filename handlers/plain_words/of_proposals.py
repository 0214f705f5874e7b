"""Sentences on proposals: what became of one’s own, what waits for review, and a statement to propose."""

from __future__ import annotations

from typing import Final

from handlers.curation import add, review
from handlers.curation.questions import queue
from handlers.plain_words.around import ASKING, Table

_OWN: Final = r"(?:my|our)(?:\s+(?:own|new|last|latest|first|other|two|three))?\s+(?:facts?|proposals?|suggestions?|corrections?|submissions?|contributions?|additions?)"
_DECIDED: Final = (
    r"(?:approved?|accepted|accept|rejected|reject|refused|refuse|reviewed|review|read|seen|checked|check|decided(?:\s+on)?|decide\s+on"
    r"|looked\s+at|look\s+at|published|through|in|live|used|waiting|done)"
)
_WHEN: Final = r"(?:\s+(?:yet|already|now|still|today|so far|in the base|in the fact base|by (?:the |a )?curators?|for review))*"
_SOMEBODY: Final = (
    r"(?:they|you|anyone|anybody|someone|somebody|(?:the|a|any|your|our)\s+(?:curators?|admins?|reviewers?))"
)
_FATE_IN_CHINESE: Final = r"(?:通过|批准|审核|审批|采纳|接受|拒绝|退回|怎么样|如何|在哪|进展|状态|结果)"
_OWN_IN_CHINESE: Final = (
    r"我(?:们)?(?:提议|提交|添加|提出|提|写|加)?(?:过|了)?的?(?:那条|那个)?(?:事实|提议|提案|建议|更正)"
)
_AS: Final = r"(?:(?:a|an|the|this|following|another|new|my|own|as)\s+)*"
_BY_COLON: Final = r"\s*[:：]\s*(?P<statement>\S.*)"

TABLE: Final[Table] = (
    (
        (
            rf"(?:did|have|has|do|does|will)\s+{_SOMEBODY}\s+(?:already\s+)?{_DECIDED}\s+{_OWN}{_WHEN}",
            rf"(?:was|were|is|are|has|have|did|will)\s+{_OWN}\s+(?:(?:been|be|get|got|go|gone|made\s+it|make\s+it|still|already)\s+)*{_DECIDED}{_WHEN}",
            rf"what\s+(?:became|has\s+become|happened|is\s+happening|about)\s+(?:of|to|with)\s+{_OWN}{_WHEN}",
            rf"(?:what\s+is\s+|what['’]?s\s+)?(?:the\s+)?(?:status|state|fate)\s+of\s+{_OWN}",
            rf"(?:where|how)\s+(?:is|are|do|does)\s+{_OWN}(?:\s+(?:stand|doing|going))?{_WHEN}",
            rf"(?:any\s+news|is\s+there\s+any\s+news)\s+(?:on|about|of)\s+{_OWN}{_WHEN}",
            rf"(?:(?:show|list|see|give)\s+(?:me\s+)?)?{_OWN}",
            rf"{_OWN_IN_CHINESE}.{{0,4}}{_FATE_IN_CHINESE}.{{0,4}}",
            rf"(?:有人|审核人)?(?:批准|审核|通过|采纳)了?{_OWN_IN_CHINESE}了?(?:吗|没有|没)?",
        ),
        review.COMMAND,
        queue.MINE,
    ),
    (
        (
            rf"{ASKING}(?:(?:propose|suggest|submit|contribute|add|save|record|have|know|here\s+is|here['’]?s)\s+{_AS}|{_AS}new\s+)"
            rf"(?:fact|proposal)(?:\s+for\s+(?:you|the\s+base))?{_BY_COLON}",
            rf"{ASKING}(?:propose|suggest|submit|contribute){_BY_COLON}",
            rf"(?:我要|我想|请|帮我)*(?:(?:提议|添加|提交|新增|增加|提出|保存|补充)(?:一条|一个|这条)?新?|新)(?:事实|提议|提案){_BY_COLON}",
            rf"(?:我要|我想|请)*提议{_BY_COLON}",
        ),
        add.COMMAND,
        "{statement}",
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
