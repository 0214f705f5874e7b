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
    zenme shenme duoshao nali youxie de shi he zai you
    ones yr yrs besides etc eg ie plus re via wich
    """.split()  # noqa: SIM905
)

# Words that say something, but little: a fact that lacks them may still answer.
LIGHT_WORDS = frozenset(
    """
    accord add allow already apply area areas around arrange ask aspect aspects available away back become
    becomes becoming begin besides best better big bring brings build building builds built call called came
    case cases cause change changed choose cities city come comes coming concept consider contain contains
    country couple create created currently deal district districts due enjoy especially even example
    examples existing expect explain extent fall feature features field fields find focus follow following
    form formed found full fully gain general give go goes going good got group happen happened happening
    happens help helped helps hold idea important include included includes including instead intend
    involve involved involves issue issues join joined keep key kind known large last lead leave left level
    local long look main major mean meaning means measure measures meet member members million model
    moment municipality name near need needed needs new next note number numbers offer offers old operate
    order original outside overall own paper part participate parties parts party people perhaps place
    places plan plans play plays point points possible present previous problem problems provide provided
    provides province provinces put puts question reach reached read reason reasons recent region regional
    regions related relation relationship relative remain report require respect respective rest result
    results role row run runs rural second see seek seem send serve set sets several shared show shown side
    sides simple single situation small special specific stand start started state status step steps still
    stop suggest support system take takes taking talk task team term terms think thinks third today
    together top total toward towards town towns toward travel true try turn two type types typical unit
    units usual various view want wanted wants way ways whole wide without word words work works world year
    years zone zones
    compare compared comparison versus vs differ difference differences contrast relate relates
    face faces faced arise arises arising host hosts hosted suppose supposed belong belongs emerge emerged
    serves served drive drives driven spread rise rises show choose chose chosen pick picked bring hope
    hoped aim aims aimed seek seeks sought expected allowed enable enables intend intended refer applies
    able act actual among answer apart appear behind belong bit carry cover covers cite cited come concern
    count date declare define defined described describe detail details develop developed discuss discussed
    establish established est exactly exist far first five follows four fourth fifth six seven eight nine ten
    founded gets getting giving hear heard keeps launched launch learn listed lists long mention mentioned
    names notice obtain occur part per put forward receive refer refers referred remain respective saw seen
    set sort special start state stated states stood tell thing thought three two one used uses using
    various went word would write wrote approach happening do doing came arrive introduced introduce
    """.split()  # noqa: SIM905
)

# The same in Chinese.
CHINESE_LIGHT_WORDS = frozenset(
    """
    特色 城市 市 地区 区域 建立 提供 设立 成立 开展 获得 得到 主要 重要 方面 内容 新 座 家 个 名 项 种 类 一共 共有 共 哪座 建设 推动 推进 促进 实现
    加强 通过 带来 产生 出现 发生 情况 作用 目的 目标 特点 具体 相关 不同 各 各地 当地 之间 需要 应该 应当 可以 可能 希望 计划 打算 使用 采用 支持
    """.split()  # noqa: SIM905
)

CHINESE_STOPWORDS = frozenset(
    """
    内容 方面 具体 五个 四个 三个 两个 哪座 哪个 哪省 哪市 哪几座
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
