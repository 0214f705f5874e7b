"""Whether a sentence holds what it says for true, now: a wish, a plan, talks, a rumour, a denial and an end do not."""

from __future__ import annotations

import re
from typing import Final

_UNREAL: Final = re.compile(
    r"\b(?:not|no|nobody|nowhere|never|neither|nor|none|without|hardly|barely|scarcely|isnt|arent|wasnt|werent|hasnt|havent|didnt|dont|doesnt|wont|cannot|cant"
    r"|will|shall|would|could|can|may(?!,? [0-9])|might|must|should|ought|if|whether|unless|until then|once they|before they"
    r"|plans?(?: (?:to|for|on|a)\b)|plans$|planned|planning|propos\w*|consider\w*|discuss\w*|debat\w*|talk\w*|negotiat\w*|hop(?:e|es|ed|ing)|wants?|wanted|wish\w*|seeks?"
    r"|seeking|sought|aims?|aimed|aiming|inten[dt]\w*|expect\w*|envisag\w*|suggest\w*|calls? (?:for|on)|called (?:for|on)|urg(?:e|es|ed|ing)|recommend\w*"
    r"|appl(?:y|ies|ied|ying)|application|bid|bids|ask\w*|explor\w*|stud(?:y|ies|ied|ying)|feasib\w*|to be|is to|are to|was to|were to|due to|about to|set to|ready to"
    r"|prepar\w*|agreed to|agree to|promis\w*|pledg\w*|vow\w*|offer\w*|invit\w*|memorandum|letter of|idea|ideas|possib\w*|potential\w*|prospect\w*|candidate\w*|future|upcoming"
    r"|forthcoming|rumou?r\w*|alleg\w*|reportedly|supposed\w*|so-called|den(?:y|ies|ied)|doubt\w*|reject\w*|refus\w*|fail\w*|cancel\w*|suspend\w*|postpon\w*|abandon\w*"
    r"|ended|ends|end of|ending|ceas\w*|dissol\w*|terminat\w*|expir\w*|stopp?\w*|broke\w*|former|formerly|once|used to|no longer|ex-|previously|opposed?|oppos\w*|against|instead"
    r"|rather|unlike|compar\w*|conference|forum|seminar|symposium|workshop|lecture|exhibition|paper on|book on|report on|article on|learn\w*|model\w*|modelled|example\w*|imagin\w*|tv|television|drama|nominal\w*|in the past|until recently|on paper|in name"
    r"|hypothe\w*|draft\w*|simulat\w*|novel|film|game|lack\w*|need\w*|require\w*|try|tries|tried|trying|attempt\w*|favou?r\w*|support(?:s|ed)? the idea|push\w*|lobb\w*|campaign\w*|towards?"
    r"|think|thinks|thought|believ\w*|false\w*|wrong\w*|mistak\w*|misprint\w*|nearly|almost|yet|next (?:year|month|week|spring|summer|autumn|winter)|soon|tomorrow|announc\w*|sold|left|as if|claims?|claimed|argu\w*"
    r"|lapsed|shelved|scrapped|paus\w*|halted|closed|shut|wound up|end|fell through|fallen through|untrue|proposal)\b"
    r"|[?？]"
)
_UNREAL_ZH: Final = re.compile(
    r"[到至]20[0-9]{2}年(?!止|底|为止)|不(?!断|锈)|没|未(?!来)|无(?!人|线|锡|为)|并非|非(?!遗)|否|将|拟|计划|打算|考虑|讨论|商讨|探讨|商谈|洽谈|磋商|谈判|会谈|研讨|研究(?!院|所|中心|园|基地)|提议|提出|建议|倡议|可能|或许|也许"
    r"|或(?!者)|希望|期待|期望|争取|有望|力争|曾|终止|解除|取消|结束|中止|暂停|破裂|如果|假如|若|能否|准备|筹备|筹建|筹划|谋划|即将|意向|意愿|申请|呼吁|应当|应该|需要|要(?!素|道|塞|求|点|闻)"
    r"|想|欲|明年|后年|下月|名义|纸面|电视剧|小说|抽签|搁置|推动|推进|传闻|据传|谣|比较|待|寻求|寻找|宣传|学习|论坛|座谈|参观|考察|目标|愿景|会(?=结|与|和|共|成为)|吗|尚|名存实亡|作废|失败|停止|关闭|前(?=结)|原(?=结)|过去|以前|备忘录|愿"
)
_UNDER_A_PLAN: Final = re.compile(
    r"\b(?:under|according to|as part of|in|with|by|following)\s+(?:the|a|an|its|their|this)\s+[^,.;\ue000-\uefff]{0,60}?\b(?:plan|proposal|model|programme)\b"
    r"|(?:根据|按照|依据|依照|依)[^,，。\ue000-\uefff]{0,30}?(?:计划|规划|方案|要求|意见)(?:下|中|内|框架下)?[,，]?"
)
_BEGINS: Final = re.compile(
    r"\b(?:in|from|by|on|starting|as of|beginning|for)\s+(?:[a-z]+\s+)?(?:[a-z]+\s+)?(?:[0-9]{1,2},?\s+)?(?:[a-z]+\s+)?(20[0-9]{2})\b|(?<!至)(?<!到)(?<![0-9])(20[0-9]{2})年(?!止|底止|为止)"
)
_ENDED: Final = re.compile(
    r"\b(?:until|till|through|up to|ending in|[0-9]{4}\s*(?:to|-|–))\s*(?:[a-z]+\s+)?((?:19|20)[0-9]{2})\b|[至到](20[0-9]{2})年"
)


def is_surely_said(sentence: str, year: str) -> bool:
    """Say whether a sentence, in `year`, has no word by which what it says may not be so."""
    if sentence.rstrip().endswith(("?", "？")) or _is_of_another_time(sentence, year):
        return False
    said = _UNDER_A_PLAN.sub(" ", sentence)
    return not (_UNREAL.search(said) or _UNREAL_ZH.search(said))


def _is_of_another_time(sentence: str, year: str) -> bool:
    """Say whether a sentence tells of what begins behind `year`, or ended before it."""
    if not year:
        return False
    begins = [found[1] or found[2] for found in _BEGINS.finditer(_UNDER_A_PLAN.sub(" ", sentence))]
    ended = [found[1] or found[2] for found in _ENDED.finditer(sentence)]
    return any(said > year for said in begins) or any(said < year for said in ended)
