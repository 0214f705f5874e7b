"""Words that carry a question's grammar and not its subject, in English and Chinese.

English: the Snowball list, shortened, plus the words people wrap questions in. They are never searched for.
"""

from __future__ import annotations

STOPWORDS = frozenset(
    """
    a about above according across actually after again all also am an and any anybody anyone
    anything anyway are arent article as at base be been before being below between bot both but by
    can cant concerning could currently describe desk did didnt do doc document documents does
    doesnt doing done dont during each either else etc ever every exactly explain fact facts false
    find for from further get give given gives had has have having he hello her here hers hey hi him
    his how i id if im in info inform information into involved is isnt it its itself ive just kind
    kinds know lets like list look lot made main make makes many may me mention mentioned might mine
    more most much must my name named names no nor not now of off ok okay on once one only or other
    our ours out over own paper please question quite really regarding s said say says shall she
    should show so some somebody someone something sort source sources such t take taken tell than
    thank thanks that the their theirs them then there theres these they thing things this those
    through to too took true under until up upon us use very want was we well were what whats when
    where wheres whether which while who whom whos whose why will with within would yes yet you your
    yours yrddesk
    """.split()  # noqa: SIM905
)

CHINESE_STOPWORDS = frozenset(
    """
    一个 一些 上 下 与 个 中 为 为什么 为何 之 之间 也 了 于 些 什么 什么时候
    介绍 从 他们 以 以及 会 何处 何时 你 你们 做 做了 关于 其 内 几 几个 几家
    几座 分别 到 包含 包括 又 及 可 向 吗 吗？ 吧 告诉 呢 和 哪 哪一年 哪个
    哪些 哪位 哪几个 哪家 哪年 哪里 啊 因为 在 外 多大 多少 多长 如何 它 它们 对
    将 就 属于 已 已经 很 得 怎么 怎样 情况 成为 我 我们 或 所 所以 把 提出
    提到 文件 文章 时候 是 是不是 是什么 是否 更 曾 曾经 最 有 有关 有没有 根据
    现在 由 的 目前 着 等 能 被 要 认为 论文 说 说明 说法 请 请问 谁 资料 过
    还 这 进行 那 都 里
    """.split()  # noqa: SIM905
)
