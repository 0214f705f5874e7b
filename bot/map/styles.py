"""How each kind of pairing is drawn: colours of Okabe and Ito (2008), told apart by dashes as well.

Only those of the palette that stand out on light ground are used (contrast of 3:1 or near it, WCAG 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from handlers.say import say
from knowledge.vocabulary import Arrangement

_BLUE, _VERMILLION, _GREEN, _PURPLE, _BLACK = "#0072B2", "#D55E00", "#009E73", "#B8578F", "#222222"
_LONG, _DOTS, _DASH_DOT = "9 4", "0.1 5", "9 4 0.1 4"
_GREY: Final = "#6B7280"


@dataclass(frozen=True, slots=True)
class Style:
    """A colour and a pattern of dashes ("" is a whole line)."""

    colour: str
    dashes: str = ""
    ring: bool = False


STYLES: Final[Mapping[Arrangement, Style]] = MappingProxyType(
    {
        Arrangement.TWINNING: Style(_BLUE),
        Arrangement.FRIENDSHIP: Style(_BLUE, _DOTS),
        Arrangement.COUNTERPART_COOPERATION: Style(_VERMILLION),
        Arrangement.CORRIDOR: Style(_VERMILLION, _LONG),
        Arrangement.PARK: Style(_GREEN),
        Arrangement.INDUSTRY: Style(_GREEN, _LONG),
        Arrangement.PORT_EQUITY: Style(_BLACK),
        Arrangement.METROPOLITAN_AREA: Style(_BLACK, "5 3", ring=True),
        Arrangement.ALLIANCE: Style(_PURPLE),
        Arrangement.INTEGRATION: Style(_PURPLE, _LONG),
        Arrangement.REGION: Style(_PURPLE, _DASH_DOT),
    }
)
DOUBTFUL: Final = Style(_GREY, "3 5")
"""What a caveat doubts, of whatever kind."""
DOUBTFUL_SIGN: Final = "?"
DOUBTFUL_NAME: Final = say("Doubtful: another place is probably meant")
DOUBTFUL_SHORT: Final = say("Doubtful")
DOUBTFUL_CHINESE: Final = "存疑"
NAMES: Final[Mapping[Arrangement, str]] = MappingProxyType(
    {
        Arrangement.TWINNING: say("Twinning"),
        Arrangement.FRIENDSHIP: say("Friendship"),
        Arrangement.COUNTERPART_COOPERATION: say("Counterpart cooperation"),
        Arrangement.CORRIDOR: say("Corridor"),
        Arrangement.PARK: say("Park"),
        Arrangement.INDUSTRY: say("Industry"),
        Arrangement.PORT_EQUITY: say("Port equity"),
        Arrangement.METROPOLITAN_AREA: say("Metropolitan area"),
        Arrangement.ALLIANCE: say("Alliance"),
        Arrangement.INTEGRATION: say("Integration"),
        Arrangement.REGION: say("Region"),
    }
)
CHINESE: Final[Mapping[Arrangement, str]] = MappingProxyType(
    {
        Arrangement.TWINNING: "结对合作",
        Arrangement.FRIENDSHIP: "友好合作",
        Arrangement.COUNTERPART_COOPERATION: "对口合作",
        Arrangement.CORRIDOR: "走廊",
        Arrangement.PARK: "合作园区",
        Arrangement.INDUSTRY: "产业协作",
        Arrangement.PORT_EQUITY: "港口股权",
        Arrangement.METROPOLITAN_AREA: "都市圈",
        Arrangement.ALLIANCE: "联盟",
        Arrangement.INTEGRATION: "一体化",
        Arrangement.REGION: "区域合作",
    }
)
