"""Sentences on curators: who is one, and who is to be one or is to be none any more.

Only a plain order appoints or dismisses; whatever else is said of who reviews shows who does.
"""

from __future__ import annotations

from typing import Final

from handlers.curation import admin
from handlers.plain_words.around import A_FACT, ASKING, FACT_IN_CHINESE, Table

_CURATORS: Final = r"(?:(?:a|an|the|one\s+of\s+the|our|another|new)\s+)*curators?"
_CURATOR_IN_CHINESE: Final = "(?:审核人|审核员|审核者)"
_POLITELY: Final = r"(?:(?:please|pls|(?:can|could)\s+you(?:\s+please)?)[\s,]+)?"
_POLITELY_IN_CHINESE: Final = "(?:请你|请您|请|麻烦)?"
# Who is no single person, or is left out of what is said.
_NO_NAME: Final = (
    r"(?!(?:me|myself|us|i|it|this|that|them|as|to|be|from|off|for|an?|the|one|our|new|another|not|no|nobody|none|never|any\w*|every\w*|all|each|both"
    r"|everyone|except|but|and|or|sure|maybe|perhaps|if|who\w*|some\w*)\b)"
)
_ONE_NAME: Final = rf"(?P<name>{_NO_NAME}@?[^\s,?.!，。？！@]+(?:\s+{_NO_NAME}[^\s,?.!，。？！@]+){{0,2}})"
_NAME_IN_CHINESE: Final = (
    r"\s*(?P<name>@?[^\s，。？！,?@我不除非外都设任当作担成]+(?:\s[^\s，。？！,?@]+)?)\s*"
)

_REVIEW: Final = rf"(?:approv|review|accept|curat|check|decid)(?:e|es|ed|ing)?\s+(?:on\s+)?{A_FACT}"
_REVIEW_IN_CHINESE: Final = f"(?:审核|批准|审批|通过){FACT_IN_CHINESE}"
_ME: Final = r"(?:me|myself)\s+"
_BE_IN_CHINESE: Final = "(?:继续|再)?(?:当|为|成为|做|担任|设为|作为)+"
_MENTION: Final = r"@(?=[^\s@])"

_MORE: Final = r"(?:\s+(?!of\b|for\b|in\b)\S+(?:\s+\S+){0,6})?"

LIST: Final = "curators list"
TABLE: Final[Table] = (
    (
        (
            rf"{ASKING}(?:make|appoint|add|set|name|choose)\s+{_ME}(?:(?:as|to|be|become|for)\s+)*{_CURATORS}",
            rf"{ASKING}(?:let|allow)\s+{_ME}(?:to\s+)?(?:(?:be|become)\s+{_CURATORS}|{_REVIEW})",
            rf"(?:请)?(?:让|设|把|将|任命|指定|添加|增加)我(?:自己)?{_BE_IN_CHINESE}{_CURATOR_IN_CHINESE}",
            rf"(?:请)?让我{_REVIEW_IN_CHINESE}",
            rf"我(?:想要|想|要|可以|能){_BE_IN_CHINESE}{_CURATOR_IN_CHINESE}",
        ),
        admin.COMMAND,
        f"curators {admin.BECOMING}",
    ),
    (
        (
            rf"{_POLITELY}(?:remove|dismiss|drop)\s+{_ME}(?:as|from)\s+{_CURATORS}",
            rf"{_POLITELY_IN_CHINESE}(?:取消|撤销|免去)我(?:自己)?的{_CURATOR_IN_CHINESE}(?:资格|身份|职务)?",
        ),
        admin.COMMAND,
        "curators remove {me}",
    ),
    (
        (
            rf"{_POLITELY}(?:make|appoint|add|set|name)\s+{_ONE_NAME}\s+(?:as\s+|to\s+be\s+)?{_CURATORS}",
            rf"{_POLITELY}add\s+{_ONE_NAME}\s+to\s+(?:the\s+|our\s+)?curators",
            rf"{_ONE_NAME}\s+is\s+{_CURATORS}\s+from\s+now\s+on",
            rf"{_POLITELY_IN_CHINESE}(?:让|设|把|将|任命|指定|添加|增加){_NAME_IN_CHINESE}(?:当|为|成为|做|担任|设为|作为)+{_CURATOR_IN_CHINESE}",
        ),
        admin.COMMAND,
        "curators add {name}",
    ),
    (
        (
            rf"{_POLITELY}(?:remove|dismiss|drop|take)\s+{_ONE_NAME}\s+(?:as\s+{_CURATORS}|(?:from|off)\s+(?:the\s+|our\s+)?curators)",
            rf"{_POLITELY_IN_CHINESE}(?:取消|撤销|撤掉|免去|移除|删除){_NAME_IN_CHINESE}的{_CURATOR_IN_CHINESE}(?:资格|身份|职务)?",
        ),
        admin.COMMAND,
        "curators remove {name}",
    ),
    (
        (
            # Who asks whether or why somebody is one, or says that they are to be one or none, wants no change.
            rf"(?:(?:who|why|when|how|where)\s+)?(?:should|shall|may|must|is|are|was|were)\s+(?:\S+\s+){{0,8}}{_CURATORS}",
            rf"(?:\S+\s+){{0,8}}(?:make|appoint|add|set|name|choose|invite|remove|dismiss|drop|fire|delete|unmake|take)\s+(?:\S+\s+){{1,8}}{_CURATORS}{_MORE}",
            rf"(?:\S+\s+){{1,8}}(?:be|become|is|being|as)\s+(?:\S+\s+){{0,3}}{_CURATORS}{_MORE}",
            rf"i\s+(?:resign|step\s+down|quit|stop)\s+(?:as|being)\s+{_CURATORS}",
            rf"who\s+(?:(?:may|can|could|must|should|will|is|are|gets?|has|have|allowed|able|the|right|to|do|does)\s+)*"
            rf"(?:approves?|reviews?|accepts?|rejects?|decides?\s+on|checks?|curates?)\s+{A_FACT}",
            r"(?:list|show|name|give|tell)\s+(?:me\s+)?(?:(?:all|of|the|your|our|current)\s+)*curators",
            rf"(?:may|can|could|should|does|do|is|are)\s+(?!(?:you|i|we)\b)(?:\S+\s+){{1,4}}(?:(?:allowed|able)\s+to\s+)?{_REVIEW}",
            rf"{ASKING}(?:let|allow|permit|enable|have)\s+(?:\S+\s+){{1,5}}{_REVIEW}{_MORE}",
            rf"(?:please\s+)?(?:do\s+not|don['’]?t|never)\s+(?:\S+\s+){{1,8}}{_REVIEW}",
            rf"[^@]{{0,60}}{_MENTION}.{{1,120}}\b(?:{_CURATORS}|{_REVIEW})\b.{{0,80}}",
            rf"[^@]{{0,60}}{_MENTION}.{{0,60}}(?:{_CURATOR_IN_CHINESE}|{_REVIEW_IN_CHINESE}).{{0,40}}",
            rf"(?:请)?(?:不要|别|先别|不)?让[^，。？！,?]{{1,30}}?(?:{_BE_IN_CHINESE}{_CURATOR_IN_CHINESE}|{_REVIEW_IN_CHINESE})[吗了吧]{{0,2}}",
            rf"[^，。？！,?]{{1,30}}?(?:不想|不要|不|不愿|不是|想|应该|可以)?{_BE_IN_CHINESE}{_CURATOR_IN_CHINESE}[吗了吧]{{0,2}}",
            rf"(?:请)?(?:取消|撤销|撤掉|免去|移除|删除|去掉)[^，。？！,?]{{1,30}}?{_CURATOR_IN_CHINESE}(?:资格|身份|职务)?[吗了吧]{{0,2}}",
            rf"(?:哪些人|什么人|谁)(?:可以|能够|能|来|有权|负责)*(?:审核|批准|审批|通过){FACT_IN_CHINESE}",
            rf"(?:列出|显示|查看|看看|有)?(?:所有|全部|哪些|谁是)?的?{_CURATOR_IN_CHINESE}(?:名单|列表|是谁|有谁|有哪些)?",
        ),
        admin.COMMAND,
        LIST,
    ),
)
"""Sentences, each with the command that does what they ask for, and what that is told."""
