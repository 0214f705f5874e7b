"""The pages of an installation in Chinese: every sentence of theirs by its English, and the manifest's reasons by what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.say import Catalogue, say

# The English stands in `say`, so that a sentence which changes is found here by the catalogue as well. A value called by its own
# name leaves the sentence as it is to be filled in.
SENTENCES: Final[Mapping[str, str]] = {
    say(
        "YRD Desk is no product of Slack, and is not endorsed by it."
    ): "本应用不是 Slack 的产品，也未经 Slack 认可。",
    # Before installing.
    say("Add YRD Desk to Slack"): "将本应用添加到 Slack",
    say("The Yangtze River Delta, answered with sources"): "长三角问答，条条有出处",
    say(
        "YRD Desk answers questions in Slack from a curated fact base, in which every fact cites its source. No text is"
        " generated; digests of facts come to your channels at the times you set."
    ): "YRD Desk 依据人工整理的知识库，在 Slack 中回答问题，每条事实都注明出处。它不生成任何文字，并按您设定的时间把事实摘要发到频道。",
    say("Add to Slack"): "添加到 Slack",
    say(
        "Slack shows you the permissions below and asks whether you agree."
    ): "Slack 会列出下述权限，并征求您的同意。",
    say("What an answer looks like"): "答案是什么样子",
    say("What is the population of the Yangtze River Delta?"): "长三角的人口是多少？",
    say(
        "Ask in English or in Chinese. Facts are told in English, as they were curated."
    ): "可用中文或英文提问。事实以整理时的英文陈述。",
    say("What it may do, and why"): "它可以做什么，为什么",
    say("It asks Slack for this and nothing more."): "它向 Slack 申请以下权限，此外一概不要。",
    say("permission"): "权限",
    say("event"): "事件",
    say("It hears only what is addressed to it"): "只接收发给它的内容",
    say("It hears what is addressed to it"): "接收发给它的内容",
    say("Mentions, direct messages, commands and visits to its Home tab; nothing else that is said."): (
        "包括提及、私信、命令，以及打开它的主页；其他发言一概收不到。"
    ),
    say(
        "Mentions, direct messages, commands and visits to its Home tab."
    ): "包括提及、私信、命令，以及打开它的主页。",
    say("It follows threads where a channel has it so"): "在频道允许时跟进讨论串",
    say(
        "Slack sends it every message of the channels that it is in; what is not asked of it is dropped, and not kept."
    ): "Slack 会把它所在频道的每条消息发给它；不是向它提问的一律丢弃，不予保留。",
    say("It posts answers, maps and digests"): "发送答案、地图和摘要",
    say("In channels that it was invited to, in direct messages, and where somebody types a command."): (
        "只发到邀请它加入的频道、私信，以及有人输入命令之处。"
    ),
    say("It reads back its own digests"): "查回自己的摘要",
    say(
        "So that none is posted twice; of other messages it keeps nothing."
    ): "以免重复发送；其他消息一概不予保留。",
    say("It asks who belongs to the workspace"): "查询谁是工作区成员",
    say("In a channel shared with another workspace, only members of yours have rights."): (
        "在与其他工作区共享的频道中，只有本工作区的成员拥有权限。"
    ),
    say("It stops when you remove it"): "移除后即停止",
    say(
        "Whoever manages the apps of your workspace can remove it at any time."
    ): "工作区的应用管理者可随时将其移除。",
    say("It asks for this besides"): "此外还申请",
    say("Slack has it so."): "Slack 如此要求。",
    say("What it does not do"): "它不做什么",
    say(
        "It writes no text of its own: what it states was written by people, and is shown with its source."
    ): ("不自行撰写文字：每句陈述都由人写成，并附出处。"),
    say("It makes nothing up: what the fact base does not hold, it says it does not hold."): (
        "不编造：知识库没有的内容，它会直说没有。"
    ),
    say(
        "It never calls a whole channel together: each message is searched for such mentions before it is sent."
    ): ("不惊动整个频道：每条消息发出前都会检查，不含对全体成员的提及。"),
    say("It reads no channel that it was not invited to."): "不读取未邀请它加入的频道。",
    say("What is kept, and for how long"): "保留什么，保留多久",
    # After installing.
    say("YRD Desk is installed"): "安装完成",
    say("The people of the workspace can ask it from now on, by a command or in a direct message."): (
        "工作区的成员现在都可以用命令或私信向它提问。"
    ),
    say("The permissions of YRD Desk are renewed"): "权限已更新",
    say("The workspace had YRD Desk already. It has the permissions that it asks for now."): (
        "工作区此前已安装 YRD Desk，现已获得它目前申请的权限。"
    ),
    say("YRD Desk is installed for the organisation"): "已为整个组织安装 YRD Desk",
    say(
        "It is in none of the organisation's workspaces yet: nobody can ask it until an admin of the organisation adds it to"
        " theirs."
    ): "它还不在组织的任何工作区中：要等组织管理员将它添加到工作区，那里的成员才能向它提问。",
    say(
        "The organisation had YRD Desk already. It has the permissions that it asks for now, and is in those workspaces that"
        " an admin of the organisation adds it to."
    ): "组织此前已安装 YRD Desk，现已获得它目前申请的权限；它只在组织管理员将它添加到的工作区中。",
    say("Choose its workspaces"): "选择工作区",
    say("Open YRD Desk in Slack"): "在 Slack 中打开",
    say("Three things to type first"): "先试试这三条",
    say("/yrd help"): "/yrd 帮助",
    say("What can be asked, with an example of each command."): "能问什么，每个命令都附例子。",
    say("/yrd Which district is twinned with Huainan?"): "/yrd 淮南和哪个区结对？",
    say("An answer with its source. You alone see it until you press Share to channel."): (
        "得到附出处的答案；按“分享到频道”之前只有您能看到。"
    ),
    say("/yrd-digest subscribe ports weekly mon 09:00"): "/yrd-digest 订阅 港口 每周一9点",
    say(
        "Facts on ports, every Monday. You see the plan before anything is saved."
    ): "每周一收到关于港口的事实；保存之前会先让您看到计划。",
    say("What to set up"): "接下来的设置",
    say("Channels"): "频道",
    say(
        "Commands work everywhere. To mention it in a channel, or to have a digest posted there, invite it."
    ): ("命令在任何地方都能用。要在频道中提及它，或让它在频道中发送摘要，请先邀请它加入。"),
    say("Curators"): "审核人",
    say(
        "People may propose facts of your own, and curators review them. An admin of the workspace appoints these: two at"
        " least, since nobody approves their own words."
    ): "成员可以提议团队自己的事实，由审核人审核。审核人由工作区管理员指定，至少两位，因为谁都不能批准自己写的内容。",
    say("Time zone"): "时区",
    say(
        "A digest comes by the time zone that Slack has for whoever sets it up. Type another behind the time, such as"
        " Asia/Shanghai or London."
    ): "摘要按设置者在 Slack 中的时区发送。如需其他时区，请写在时间之后，如 Asia/Shanghai 或“北京时间”。",
    # Where it came to nothing.
    say("The installation was not completed"): "安装未完成",
    say("Nothing was installed"): "未安装任何内容",
    say("Begin again"): "重新开始",
    say(
        "Begin again. If it happens twice, tell whoever runs YRD Desk."
    ): "请重新开始。如再次发生，请告知 YRD Desk 的运维人员。",
    say("You did not let YRD Desk into the workspace, so nothing was installed or kept."): (
        "您没有允许 YRD Desk 进入工作区，因此没有安装也没有保留任何内容。"
    ),
    say(
        "If that was a slip, begin again and allow it in Slack."
    ): "如果是误操作，请重新开始，并在 Slack 中允许。",
    say("Whether the installation was written down here is not known: the connection was lost just then."): (
        "连接恰好中断，无法确定安装是否已在此记录。"
    ),
    say(
        "Type /yrd help in Slack. If there is no answer, begin again."
    ): "请在 Slack 中输入 /yrd help；如果没有回答，请重新开始。",
    say(
        "YRD Desk is not set up right: Slack does not take what it shows for itself, or what it asks for. Nothing was kept"
        " here."
    ): "YRD Desk 的设置有误：Slack 不接受它出示的凭据，或不接受它申请的权限。此处没有保留任何内容。",
    say("Slack does not let YRD Desk be installed there, so nothing was kept here."): (
        "Slack 不允许在那里安装 YRD Desk，因此这里没有保留任何内容。"
    ),
    say(
        "Ask an admin of the workspace, or of its organisation, to allow YRD Desk there. Until then, beginning again does not"
        " help."
    ): "请联系该工作区或其所属组织的管理员，请其允许使用 YRD Desk；在此之前，重新开始也无济于事。",
    say(
        "Tell whoever runs YRD Desk; its log says what Slack refused."
    ): "请告知 YRD Desk 的运营者；其日志记有 Slack 拒绝的内容。",
    say("This installation was begun in another browser, or this one takes no cookies from here."): (
        "此次安装是在另一个浏览器中开始的，或者此浏览器不接受本站的 Cookie。"
    ),
    say(
        "Allow cookies for this address, and begin and end in the same browser."
    ): "请允许本站使用 Cookie，并在同一浏览器中从头到尾完成安装。",
    say(
        "This link was used already, or is older than {period}.", period="{period}"
    ): "此链接已被使用过，或已超过 {period}。",
    say("Begin again: a new link is good once."): "请重新开始：新链接可使用一次。",
    say("Slack sent you back without a code to install by."): "Slack 将您送回时没有附上安装所需的代码。",
    say("Slack did not accept the code that you came back with."): "Slack 没有接受您带回的代码。",
    say(
        "The installation could not be written down here, so nothing of it was kept."
    ): "此次安装未能在此保存，因此没有保留任何内容。",
    say("Begin again in a few minutes; until then YRD Desk does not answer in the workspace."): (
        "请几分钟后重新开始；在此之前，YRD Desk 不会在工作区中回答。"
    ),
    say(
        "Slack did not answer in time, so nothing was kept here."
    ): "Slack 没有及时回应，因此这里没有保留任何内容。",
    say("Begin again in a few minutes."): "请几分钟后重新开始。",
    say(
        "Slack answered for another app than this one, so nothing was kept here."
    ): "Slack 的回应属于另一个应用，因此这里没有保留任何内容。",
    say(
        "The installation ended for a reason that this page does not know."
    ): "安装因本页不了解的原因而终止。",
    # What is kept (bot/privacy.py, bot/state/kept.py).
    "{how_long}: {held}": "{how_long}：{held}",
    "{line}; {held}": "{line}；{held}",
    "{line}.": "{line}。",
    "{one}, {other}": "{one}、{other}",
    "{what} ({marks} of {whom})": "{what}（{whom}：{marks}）",
    "{period} in {where}": "{where} {period}",
    "{count} days": "{count} 天",
    "{count} hours": "{count} 小时",
    "{count} minutes": "{count} 分钟",
    "{days} days": "{days} 天",
    say("{how_long}, or until {event}", how_long="{how_long}", event="{event}"): "{how_long}，或直到{event}",
    say("As long as the workspace has the app"): "工作区使用本应用期间",
    say("Slack id"): "Slack 编号",
    say("name"): "姓名",
    say("words"): "所写文字",
    say("threads"): "讨论串",
    say("direct messages"): "私信",
    say("whoever asked"): "提问者",
    say("whoever asked last"): "最后提问者",
    say("whoever voted"): "评价者",
    say("whoever set one up"): "设置者",
    say("whoever changed one"): "更改者",
    say("whoever is told of a failure"): "收到失败通知者",
    say("whoever writes directly or opens the bot's messages"): "发私信或打开机器人消息者",
    say("owners of overdue facts"): "逾期事实的负责人",
    say("whoever installed the app"): "安装者",
    say("proposers, askers, curators, admins"): "提议者、提问者、审核人、管理员",
    say("proposers and curators"): "提议者和审核人",
    say("a curator settles them"): "审核人处理完毕",
    say("they are told"): "告知提问者",
    say(
        "questions that had no answer, how often and when last, for curators"
    ): "没有答案的问题、提问次数和最近时间，供审核人查看",
    say("who asked them, to be told once of an answer"): "这些问题由谁提出，以便有答案时告知一次",
    say("questions that curators call out of scope"): "审核人认为不在范围内的问题",
    say(
        "proposed facts, settled questions: who did what, when, why"
    ): "提议的事实和处理过的问题：谁在何时做了什么、为什么",
    say(
        "where proposals were shown for review, so that the messages say what became of them"
    ): "提议在何处供人审核，以便消息注明结果",
    say("votes on digests and facts, one a person"): "对摘要和事实的评价，每人一票",
    say("digests, ended ones too: of what, when, where"): "摘要（含已结束的）的内容、时间和位置",
    say("who changed a digest, when, and what of it"): "谁在何时更改了摘要的什么",
    say(
        "what became of each digest and notice, and its text until it is sent"
    ): "每份摘要和通知的结果，以及发送之前的文字",
    say("what was told of already; a hash of the signing secret"): "已告知的事项；签名密钥的哈希值",
    say(
        "which workspaces installed the app, by whom, and its tokens, encrypted"
    ): "哪些工作区安装了本应用、由谁安装，以及加密保存的令牌",
    say(
        "the last question of a thread, or of a person writing directly, and what it names"
    ): "讨论串或私信中的最后一个问题及其所涉名称",
    say(
        "ids of Slack's events and messages, so that each is answered once"
    ): "Slack 事件和消息的编号，以确保每条只回答一次",
    say(
        "All of it is deleted {period} after the workspace has removed the app. It goes to nobody but Slack.",
        period="{period}",
    ): "工作区移除本应用 {period}后，以上内容全部删除。除 Slack 外，不提供给任何人。",
    say("Other questions that had an answer are not kept, but stand in Slack's buttons and on Home."): (
        "其他有答案的问题不予保留，只存在于 Slack 的按钮和主页中。"
    ),
}

REASONS: Final[Mapping[str, str]] = {
    "app_mentions:read": "接收频道中提及机器人的问题",
    "channels:history": "发送失败后重发之前，查看摘要是否已在频道中",
    "chat:write": "回答提及和私信，并在机器人所在之处分享答案",
    "commands": "提供斜杠命令和消息快捷方式",
    "files:write": "以图片形式上传地图",
    "groups:history": "同上，用于邀请机器人加入的私有频道",
    "im:history": "接收发给机器人的私信问题，并判断初次打开私信时是否需要问候",
    "im:write": "在 Slack 无法于答案中显示地图时，将地图发给索要者；再次通知前，查看摘要负责人是否已收到失败通知",
    "metadata.message:read": "按摘要所记的时段认出自己的摘要；没有此权限就一份也认不出",
    "users:read": "分辨谁是工作区成员、谁只是共享频道；提供本人的时区；让工作区管理员更改摘要、指定审核人；注明事实由谁批准",
    "assistant:write": "Slack 要求每个显示智能体视图的应用申请此权限",
    "app_home_opened": "显示主页，并在有人初次打开机器人的消息时问候",
    "app_mention": "被提及时在讨论串中回答",
    "app_uninstalled": "工作区移除应用后停止为其工作",
    "message.im": "回答私信",
    "tokens_revoked": "令牌被收回时停止工作",
    "message.channels": "在频道允许时接收讨论串中未提及它的回复；Slack 会因此发来它所在公开频道的每条消息",
    "message.groups": "同上，用于私有频道：它所在私有频道的每条消息",
}
"""Why the bot asks for each scope and event, in Chinese, as the manifest says it in English."""


class _Table:
    """The table read as gettext reads a catalogue; Chinese has one form for all numbers."""

    def gettext(self, message: str) -> str:
        return SENTENCES.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return SENTENCES.get(msgid2, msgid1 if n == 1 else msgid2)


CHINESE: Final = Catalogue(_Table(), chinese=True)
