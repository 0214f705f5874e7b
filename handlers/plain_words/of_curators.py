"""Sentences on curators: who is one, and who is to be one or is to be none any more."""

from __future__ import annotations

from typing import Final

from handlers.curation import admin
from handlers.plain_words.around import A_FACT, ASKING, FACT_IN_CHINESE, Table

_CURATORS: Final = r"(?:(?:a|an|the|one\s+of\s+the|our|another|new)\s+)*curators?"
_NO_NAME: Final = (
    r"(?!(?:me|myself|us|i|it|this|that|them|as|to|be|from|off|for|an?|the|one|our|new|another)\b)"
)
_NAME: Final = rf"(?P<name>(?:{_NO_NAME}@?[^\s,?.!，。？！]+\s+){{0,3}})"
_CURATOR_IN_CHINESE: Final = "(?:审核人|审核员|审核者)"

_REVIEW: Final = rf"(?:approve|review|accept|curate|check|decide\s+on)\s+{A_FACT}(?:\s+(?:from\s+now\s+on|now|too|as\s+well))*"
_REVIEW_IN_CHINESE: Final = f"(?:审核|批准|审批|通过){FACT_IN_CHINESE}"
_ME: Final = r"(?:me|myself)\s+"
_BE_IN_CHINESE: Final = "(?:继续|再)?(?:当|为|成为|做|担任|设为|作为)+"

LIST: Final = "curators list"
TABLE: Final[Table] = (
    (
        (
            # Who asks whether or why somebody is one, or wants that nobody is made one, wants no change.
            rf"(?:(?:who|why|when|how|where)\s+)?(?:should|shall|may|must|is|are|was|were)\s+(?:\S+\s+){{0,8}}{_CURATORS}",
            rf"(?:please\s+)?(?:do\s+not|don['’]?t|never)\s+(?:\S+\s+){{1,8}}{_CURATORS}",
            rf"who\s+(?:(?:may|can|could|must|should|will|is|are|gets?|has|have|allowed|able|the|right|to|do|does)\s+)*"
            rf"(?:approves?|reviews?|accepts?|rejects?|decides?\s+on|checks?|curates?)\s+{A_FACT}",
            r"(?:list|show|name|give|tell)\s+(?:me\s+)?(?:(?:all|of|the|your|our|current)\s+)*curators",
            rf"(?:may|can|could|should|does|do|is|are)\s+(?!(?:you|i|we)\b)(?:\S+\s+){{1,4}}(?:(?:allowed|able)\s+to\s+)?{_REVIEW}",
            rf"(?:please\s+)?(?:do\s+not|don['’]?t|never)\s+(?:\S+\s+){{1,8}}{_REVIEW}",
            rf"(?:请)?(?:不要|别|先别|不)让[^，。？！,?]{{1,30}}?(?:{_BE_IN_CHINESE}{_CURATOR_IN_CHINESE}|{_REVIEW_IN_CHINESE})了?",
            rf"(?:哪些人|什么人|谁)(?:可以|能够|能|来|有权|负责)*(?:审核|批准|审批|通过){FACT_IN_CHINESE}",
            rf"(?:列出|显示|查看|看看|有)?(?:所有|全部|哪些|谁是)?的?{_CURATOR_IN_CHINESE}(?:名单|列表|是谁|有谁|有哪些)?",
        ),
        admin.COMMAND,
        LIST,
    ),
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
            rf"{ASKING}(?:remove|dismiss|drop|fire|delete|unmake|take)\s+{_ME}(?:(?:as|from|off|being)\s+)*{_CURATORS}",
            rf"i\s+(?:no\s+longer|(?:do\s+not|don['’]?t)(?:\s+any\s*more)?)\s+want\s+to\s+be\s+{_CURATORS}(?:\s+any\s*more)?",
            rf"i\s+(?:resign|step\s+down|quit|stop)\s+(?:as|being)\s+{_CURATORS}",
            rf"(?:请)?(?:取消|撤销|撤掉|免去|移除|删除|去掉)我(?:自己)?的?{_CURATOR_IN_CHINESE}(?:资格|身份|职务)?",
            rf"我(?:不想|不要|不|不愿){_BE_IN_CHINESE}{_CURATOR_IN_CHINESE}了?",
        ),
        admin.COMMAND,
        "curators remove {me}",
    ),
    (
        (
            rf"{ASKING}(?:let|allow|permit|enable|have)\s+{_NAME}(?:to\s+)?{_REVIEW}",
            rf"{_NAME}(?:should|shall|must|may|can|is\s+to)\s+(?:approve|review|curate)\s+{A_FACT}\s+(?:from\s+now\s+on|now)",
            rf"(?:请)?(?:让|允许)\s*(?P<name>(?!我)[^，。？！,?]*?)\s*{_REVIEW_IN_CHINESE}",
            rf"{ASKING}(?:make|appoint|add|set|name|choose|invite)\s+{_NAME}(?:(?:as|to|be|become|for)\s+)*{_CURATORS}",
            rf"{_NAME}(?:should|shall|must|is\s+to|can)\s+(?:be|become)\s+(?:now\s+)?{_CURATORS}",
            rf"(?:请)?(?:让|设|把|将|任命|指定|添加|增加)\s*(?P<name>[^，。？！,?]*?)\s*(?:当|加为|列为|为|成为|做|担任|设为|作为)+{_CURATOR_IN_CHINESE}",
        ),
        admin.COMMAND,
        "curators add {name}",
    ),
    (
        (
            rf"{ASKING}(?:remove|dismiss|drop|fire|delete|unmake|take)\s+{_NAME}(?:(?:as|from|off|being)\s+)*{_CURATORS}",
            rf"{_NAME}(?:should|shall|must|is\s+to)\s+(?:no\s+longer|not)\s+(?:be\s+{_CURATORS}|{_REVIEW})(?:\s+any\s*more)?",
            rf"(?:请)?(?:取消|撤销|撤掉|免去|移除|删除|去掉)\s*(?P<name>[^，。？！,?]*?)\s*的?{_CURATOR_IN_CHINESE}(?:资格|身份|职务)?",
        ),
        admin.COMMAND,
        "curators remove {name}",
    ),
)
"""Sentences, each with the command that does what they ask for, and what that is told."""
