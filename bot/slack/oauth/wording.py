"""What the pages before and after an installation say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.say import Said, say

EVERY_PAGE: Final[Mapping[str, Said]] = {
    "name": say("YRD Desk"),
    "no_product": say("YRD Desk is no product of Slack, and is not endorsed by it."),
}
INSTALL: Final[Mapping[str, Said]] = {
    "title": say("The Yangtze River Delta, answered with sources"),
    "what": say(
        "YRD Desk answers questions in Slack from a curated fact base, in which every fact cites its source. No text is"
        " generated; digests of facts come to your channels at the times you set."
    ),
    "add": say("Add to Slack"),
    "agree": say("Slack shows you the permissions below and asks whether you agree."),
    "sample": say("What an answer looks like"),
    "languages": say("Ask in English or in Chinese. Facts are told in English, as they were curated."),
    "may": say("What it may do, and why"),
    "no_more": say("It asks Slack for this and nothing more."),
    "does_not": say("What it does not do"),
    "kept": say("What is kept, and for how long"),
}
SAMPLE: Final[Mapping[str, Said]] = {
    "question": say("What is the population of the Yangtze River Delta?"),
    "value": say("1/6 of the country's population"),
    "citation": say("Xu Qimin 2018-06-23, para 5"),
    "statement": say(
        "The population of the Yangtze River Delta's three provinces and one city is 1/6 of the country's, according to the article."
    ),
    "caveat": say("The article of June 2018 gives no year."),
}
NOTS: Final = (
    say("It writes no text of its own: what it states was written by people, and is shown with its source."),
    say("It makes nothing up: what the fact base does not hold, it says it does not hold."),
    say(
        "It never calls a whole channel together: each message is searched for such mentions before it is sent."
    ),
    say("It reads no channel that it was not invited to."),
)
INSTALLED: Final[Mapping[str, Said]] = {
    "open": say("Open YRD Desk in Slack"),
    "first": say("Three things to type first"),
    "then": say("What to set up"),
}
NEW: Final[Mapping[str, Said]] = {
    "title": say("YRD Desk is installed"),
    "done": say("The people of the workspace can ask it from now on, by a command or in a direct message."),
}
RENEWED: Final[Mapping[str, Said]] = {
    "title": say("The permissions of YRD Desk are renewed"),
    "done": say("The workspace had YRD Desk already. It has the permissions that it asks for now."),
}
# Slack adds an app that an organisation installs to none of its workspaces: api.slack.com/enterprise/apps/reference
NEW_IN_ORGANISATION: Final[Mapping[str, Said]] = {
    "title": say("YRD Desk is installed for the organisation"),
    "done": say(
        "It is in none of the organisation's workspaces yet: nobody can ask it until an admin of the organisation adds it to"
        " theirs."
    ),
    "open": say("Choose its workspaces"),
}
RENEWED_IN_ORGANISATION: Final[Mapping[str, Said]] = {
    "title": RENEWED["title"],
    "done": say(
        "The organisation had YRD Desk already. It has the permissions that it asks for now, and is in those workspaces that"
        " an admin of the organisation adds it to."
    ),
    "open": NEW_IN_ORGANISATION["open"],
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What can be typed, and what it gives."""

    text: Said
    gives: Said


@dataclass(frozen=True, slots=True)
class Step:
    """Something to set up, with what is typed for it."""

    title: Said
    said: Said
    text: str = ""


FIRST_TYPED: Final = (
    Typed(say("/yrd help"), say("What can be asked, with an example of each command.")),
    Typed(
        say("/yrd Which district is twinned with Huainan?"),
        say("An answer with its source. You alone see it until you press Share to channel."),
    ),
    Typed(
        say("/yrd-digest subscribe ports weekly mon 09:00"),
        say("Facts on ports, every Monday. You see the plan before anything is saved."),
    ),
)
STEPS: Final = (
    Step(
        say("Channels"),
        say(
            "Commands work everywhere. To mention it in a channel, or to have a digest posted there, invite it."
        ),
        say("/invite @yrd-desk"),
    ),
    Step(
        say("Curators"),
        say(
            "People may propose facts of your own, and curators review them. An admin of the workspace appoints these: two at"
            " least, since nobody approves their own words."
        ),
        say("/yrd admin curators add @name"),
    ),
    Step(
        say("Time zone"),
        say(
            "A digest comes by the time zone that Slack has for whoever sets it up. Type another behind the time, such as"
            " Asia/Shanghai or London."
        ),
    ),
)
