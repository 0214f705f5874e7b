"""The words in which people speak to the bot of proposals, by what each does in a sentence. What a text of these has to be made
of is read by `proposals_said`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a word does, each told by a letter, so that a sentence is a text of them."""

    AROUND = "F"  # politeness, and what says nothing
    WISH = "W"
    ASKED_TO = "Y"  # "could you"
    SELF = "I"
    DEED = "D"
    DONE = "P"  # a deed that is told of
    HELPING = "A"
    ASKING = "H"
    NOT = "X"
    SOMEBODY = "U"
    OWN = "O"
    ARTICLE = "T"
    POINT = "Z"
    ALL = "L"
    PROPOSAL = "N"
    FACT = "K"
    BEFORE_NUMBER = "R"
    NUMBER = "1"
    AND = "&"
    ORDINAL = "2"
    STATE = "S"
    WAITING = "V"
    BETWEEN = "E"
    OBJECT_FIRST = "B"
    PAST = "Q"


DEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "approve": (
        "approve|accept|批准|通过|审核通过|审批通过|同意|采纳|接受",
        "approved|approves|approving|approval|accepted|accepts|accepting|acceptance",
    ),
    "reject": (
        "reject|decline|refuse|turn down|veto|驳回|拒绝|否决|退回|回绝",
        "rejected|rejects|rejecting|rejection|declined|refused|turned down|vetoed",
    ),
    "withdraw": (
        "withdraw|retract|take back|撤回|撤销|收回|撤掉",
        "withdrawn|withdrew|withdrawing|retracted|took back|taken back|taking back",
    ),
    "drop": (
        "cancel|delete|remove|undo|drop|discard|revoke|scrap|取消|删除|删掉|去掉",
        "cancelled|canceled|deleted|removed|undone|dropped|revoked",
    ),
    "edit": (
        "edit|change|amend|revise|correct|reword|rewrite|update|modify|编辑|修改|更改|改",
        "edited|changed|amended|revised|reworded|rewritten|updated|modified",
    ),
    "show": (
        "show|see|view|open|display|look at|look up|review|check|read|list|give|tell|inspect|查看|看看|看|打开|显示|列出|审核|审批|审阅",
        "reviewed|reviewing|reviews|checked|looked at|seen",
    ),
}
"""The words for each deed, as it is asked for and as it is told of."""
SURE: Final = frozenset({"approve", "reject", "withdraw"})
"""Deeds that are done to nothing else: a number behind them is that of a proposal."""

WORDS: Final[Mapping[Role, str]] = {
    Role.AROUND: (
        "please|pls|plz|kindly|ok|okay|yes|yeah|yep|sure|fine|great|good|perfect|agreed|lgtm|looks|look|thanks|thx|thank you|cheers|just"
        "|go ahead and|go ahead|now|then|so|already|yet|still|today|again|here|there|hi|hello|hey|well|right|right away|actually|finally|for me|for us"
        "|for now|as is|as it is|as proposed|right now|immediately|asap|at once|hereby|too|also|bot|me|us|mate|everyone"
        "|请|帮我|帮忙|麻烦|一下|下|吧|好|好的|可以|谢谢|您好|你好|现在|马上|立即|立刻|来|给我|啊|了吧|的|目前|现|直接"
    ),
    Role.WISH: (
        "i want to|i would like to|id like to|i wish to|i would love to|let me|we want to|we would like to|wed like to|i need to|we need to|i d like to"
        "|我想|我要|我想要|我们要|我们想|我需要|我希望|想|要"
    ),
    Role.ASKED_TO: "can you|could you|would you|will you|you can|you may|you could|can you please|请你|请您|你|您|能不能帮我|能帮我|可以帮我",
    Role.SELF: "i|we|我|我们",
    Role.HELPING: (
        "is|are|was|were|has|have|had|be|been|being|did|do|does|will|would|should|shall|may|might|can|could|must|get|got|gets|getting|go|going|gone|went"
        "|isnt|arent|wasnt|werent|hasnt|havent|didnt|doesnt|need|needs|allowed|able|likely|supposed|ever|有|是|会|能|能够|应该|应当|该|需要"
    ),
    Role.ASKING: (
        "who|whos|whom|whose|what|whats|which|why|how|hows|when|where|wheres|whether|how many|how much|any|anything|how come|by whom"
        "|吗|呢|么|没有|没|谁|什么|为什么|为何|为啥|怎么样|怎样|怎么|怎么办|如何|是否|是不是|有没有|何时|什么时候|哪些|哪条|哪个|哪几条|多少|几条|要不要|该不该"
        "|原因是什么|理由是什么|能不能|可不可以|可否|能否|多久|有无"
    ),
    Role.NOT: "not|dont|do not|never|cannot|cant|wont|nor|不|不要|别|先别|未|不能|不想|不用|不会|请勿|勿|不应该|不该",
    Role.SOMEBODY: (
        "you|they|anyone|anybody|someone|somebody|nobody|everybody|he|she|curator|curators|the curators|reviewer|reviewers|admin|admins|team"
        "|审核人|审核员|审核者|管理员|你们|有人|别人|谁来|他|她|他们"
    ),
    Role.OWN: "my|our|mine|ours|我的|我们的|我提的|我提交的|我提议的|我写的|我们提的|我们提交的|我添加的|我提出的|我提交|我提出|我提议",
    Role.ARTICLE: "the|a|an|one|own|submitted|条|个|项|份|号|该条",
    Role.POINT: "this|that|it|this one|that one|这|这个|这条|它|此|此条|该|本条",
    Role.ALL: "all|every|everything|both|all of|all of them|each|them|these|those|ones|others|the others|rest|half|所有|全部|都|全都|每条|其他|其余|它们",
    Role.PROPOSAL: (
        "proposal|proposals|suggestion|suggestions|submission|submissions|contribution|contributions|proposed fact|proposed facts|提议|提案|提案的|提交|投稿"
    ),
    Role.FACT: "fact|facts|correction|corrections|addition|additions|事实|更正|建议",
    Role.BEFORE_NUMBER: "number|num|nr|nos|numbers|编号|第|序号",
    Role.AND: "and|as well as|plus|through|和|与|跟|至|到|以及|及",
    Role.ORDINAL: "first|second|third|fourth|fifth|last|latest|newest|oldest|previous|most recent|next|other|another|new|最新|最后|最近|最早|上一|下一|另|另一|别的|那|那条|那个|新|前",
    Role.STATE: (
        "status|state|fate|news|progress|outcome|result|results|decision|decided|decide|decides|happened|happening|happens|happen|happen to|become|became|stand|stands"
        "|doing|published|live|say|says|said|wrote|written|writes|submit|submits|source|sources|date|dated|title|statement|text|link|page|address|caveat|topic|in|through|up|out|done|reason|reasons|about|propose|proposed|proposes|proposing|author|used|base|put|made it|make it|history"
        "|状态|结果|进展|情况|原因|理由|进度|下落|消息|提出|提交人|提议人|意见|提|写|来源|出处|日期|内容|说|链接|标题"
    ),
    Role.WAITING: (
        "waiting|wait|waits|pending|unreviewed|undecided|open ones|in the queue|queue|queued|to be reviewed|to review|left|待审|待审核|等待|等待审核|待批准|排队|未审核|待处理"
    ),
    Role.BETWEEN: "of|on|to|for|with|by|at|from|over|关于|对|由|给",
    Role.OBJECT_FIRST: "把|将",
    Role.PAST: "了|过|被|已|已经|得到|刚|刚刚|刚才|遭",
}
"""The words of each role; of Chinese a word is the longest that stands there."""
NUMERALS: Final = ("zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Numbers in words, by what they are; “one” is no number: "approve this one"."""
