"""The closed lists that records choose from, and the forms of their ids, texts and dates: a new kind is one line here."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import StringConstraints

WEB_PAGE: Final = "web page"
MESSAGE: Final = "message"
"""The kinds of document that a team cites beside those of the base."""


class Kind(StrEnum):
    """What sort of thing a fact states."""

    FIGURE = "figure"
    EVENT = "event"
    PAIRING = "pairing"
    MECHANISM = "mechanism"
    PLAN = "plan"
    PROJECT = "project"
    ORGANISATION = "organisation"
    CLUSTER = "cluster"
    CLAIM = "claim"
    RECOMMENDATION = "recommendation"
    DEFINITION = "definition"
    CASE = "case"


class Stance(StrEnum):
    """How the document holds the statement."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    PLANNED = "planned"
    RECOMMENDED = "recommended"
    HISTORICAL = "historical"


class Region(StrEnum):
    """Which region a fact is about. ELSEWHERE is never offered as practice of the delta."""

    DELTA = "delta"
    ELSEWHERE = "elsewhere"
    GENERAL = "general"


class Level(StrEnum):
    """Administrative level or sort of a place."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    SPECIAL_ADMINISTRATIVE_REGION = "special administrative region"
    PREFECTURE_LEVEL_CITY = "prefecture-level city"
    COUNTY_LEVEL_CITY = "county-level city"
    DISTRICT = "district"
    COUNTY = "county"
    TOWN = "town"
    REGION = "region"
    ZONE = "zone"
    BELT = "belt"
    CORRIDOR = "corridor"
    PARK = "park"
    PORT = "port"
    ISLAND = "island"
    COUNTRY = "country"
    CITY = "city"


class Standing(StrEnum):
    """What a place is called where its level alone says too little of it."""

    SUB_PROVINCIAL_CITY = "sub-provincial city"
    AUTONOMOUS_REGION = "autonomous region"


class Arrangement(StrEnum):
    """The named arrangement that ties the members of a pairing."""

    TWINNING = "twinning"
    COUNTERPART_COOPERATION = "counterpart cooperation"
    PARK = "park"
    ALLIANCE = "alliance"
    PORT_EQUITY = "port equity"
    METROPOLITAN_AREA = "metropolitan area"
    CORRIDOR = "corridor"
    INTEGRATION = "integration"
    FRIENDSHIP = "friendship"
    INDUSTRY = "industry"
    REGION = "region"


AS_TWINS: Final = frozenset(
    {Arrangement.TWINNING, Arrangement.COUNTERPART_COOPERATION, Arrangement.FRIENDSHIP}
)
"""The arrangements by which two are tied as twins are: each is the other's partner, by its own act or as assigned."""


class Heading(StrEnum):
    """What a page tells of a record, in the order of somebody who tells it. The last three stand behind all others."""

    DEFINITION = "definition"
    TIE = "tie"
    PRACTICE = "practice"
    EFFECT = "effect"
    FIGURE = "figure"
    PLAN = "plan"
    OPINION = "opinion"
    PROPOSAL = "proposal"
    RELATED = "related"  # merely touches the record
    DOCUMENTS = "documents"  # is about the documents themselves
    DOUBTED = "doubted"  # its caveat says that something else is meant


_HEADINGS = {
    Kind.DEFINITION: Heading.DEFINITION, Kind.ORGANISATION: Heading.DEFINITION, Kind.PAIRING: Heading.TIE,
    Kind.MECHANISM: Heading.PRACTICE, Kind.PROJECT: Heading.PRACTICE, Kind.EVENT: Heading.PRACTICE,
    Kind.CLUSTER: Heading.PRACTICE, Kind.CASE: Heading.EFFECT, Kind.FIGURE: Heading.FIGURE, Kind.PLAN: Heading.PLAN,
    Kind.CLAIM: Heading.OPINION, Kind.RECOMMENDATION: Heading.PROPOSAL,
}  # fmt: skip
# A wish is told as a wish, whatever of.
_WISHES = {Stance.RECOMMENDED: Heading.PROPOSAL, Stance.PLANNED: Heading.PLAN}
_TOLD_AS_THEY_ARE = frozenset({Kind.FIGURE, Kind.PAIRING, Kind.CASE})


def heading(kind: Kind, stance: Stance) -> Heading:
    """Return the heading under which a page tells a fact of this kind that is held so."""
    if stance in _WISHES and kind not in _TOLD_AS_THEY_ARE:
        return _WISHES[stance]
    # What a document reports, or tells of the past, is no opinion of it.
    if kind is Kind.CLAIM and stance is not Stance.CLAIMED:
        return Heading.PRACTICE
    return _HEADINGS[kind]


class WordUse(StrEnum):
    """What the words of a list tell: of the question that says them, `GIVING`, `GAINING` and `BESIDE` of what a text states too, from `NUMBERS` to `CAUSES` of the text that prints them, from
    `HELLO` on of the message that they are all of.

    Closed: each has its reader in the code.
    """

    STOP = "stop"  # nothing: they carry its grammar
    LIGHT = "light"  # little
    QUANTITY = "quantity"  # it wants a number
    TIME = "time"  # it wants a time
    PLACE = "place"  # it wants a place
    PERSON = "person"  # it wants somebody, or a body
    REASON = "reason"  # it wants a reason
    MEMBERS = "members"  # it wants the members of a list
    ATTRIBUTES = "attributes"  # it wants the number of this
    MONEY = "money"  # the number it wants is a sum
    EXTENTS = "extents"  # it wants the number of the attribute behind it
    DOCUMENTS = "documents"  # it is about a document itself
    PARTNERS = "partners"  # it wants what something is paired with
    TWINS = "twins"  # ... by a twinning or the like, and no other tie
    COMPARING = "comparing"  # it wants things set side by side
    ATTRIBUTIONS = "attributions"  # it says where to look
    ENDS = "ends"  # the sort of thing that it asks for has been named
    POINTERS = "pointers"  # it may mean what was named before it
    LEADS = (
        "leads"  # it follows on the one before it, and what comes next stands in the place of something there
    )
    COMPARED = "compared"  # what is named behind it, or in Chinese before or behind it, is set beside what was asked about
    DEGREES = "degrees"  # says which of two has more of something
    CITIES = "cities"  # behind "which": it wants a city by name
    DISTRICTS = "districts"  # ... a district
    COUNTIES = "counties"  # ... a county
    PROVINCES = "provinces"  # ... a province
    BODIES = "bodies"  # ... an organisation
    PERSONS = "persons"  # ... a person
    TITLES = "titles"  # it wants something of who has this
    POSTS = "posts"  # of a person: it wants who that is
    ASKING = "asking"  # says what is to be done with what is asked for, or how often, and nothing of it
    TIES = "ties"  # it wants whom a place is tied to
    SAYING = "saying"  # behind "who": it wants who holds that
    PUBLISHING = "publishing"  # behind "who": it wants the body or paper that brought something out
    NAMING = "naming"  # it wants what something is called
    # In a question and in what a text states alike.
    GIVING = "giving"  # whoever stands before it gives
    GAINING = "gaining"  # whoever stands before it gets
    BESIDE = "beside"  # whoever stands behind it is not who does what follows
    OFFICES = "offices"  # it wants whoever holds it, of a place
    NUMBERS = "numbers"  # it states a number
    CURRENCIES = "currencies"  # it states a sum
    SHARES = "shares"  # it states a share
    TIMES = "times"  # it states a time
    CAUSES = "causes"  # it states a reason
    AFFAIRS = (
        "affairs"  # what people at work see to among themselves: an office, a journey, a meal, the weather
    )
    MOMENTS = "moments"  # when, told from the day on which it is said
    READINGS = "readings"  # how Chinese is read that the library reads otherwise
    # Phrases, of which a whole message is made that is no question.
    HELLO = "hello"
    WELLBEING = "wellbeing"  # how the bot is
    THANKS = "thanks"
    GOODBYE = "goodbye"
    CONSENT = "consent"
    DENIAL = "denial"
    SELF = "self"  # who or what the bot is
    ABILITY = "ability"  # what the bot can do
    LANGUAGES = "languages"  # which languages it reads
    NEWS = "news"  # what is new
    PRIVACY = "privacy"  # what is kept of whoever asks, and who sees it
    KEEPING = "keeping"  # stands around that
    MACHINE = "machine"  # whether the bot is a person, or a model that writes
    MAKER = "maker"  # who made the bot
    TRUST = "trust"  # how far the bot can be trusted
    REPORTING = "reporting"  # how an error is reported
    CITING = "citing"  # how an answer is cited
    SHARING = "sharing"  # how an answer is shown to others
    CURATING = "curating"  # to be made a curator
    PROPOSING = "proposing"  # that something be kept as a fact
    REVIEWING = "reviewing"  # that something be approved or rejected
    RECENT = "recent"  # what came into the base lately, or was corrected there
    LATELY = "lately"  # stands around that
    OWN_PROPOSALS = "own proposals"  # what became of what whoever says it proposed
    DRAFTING = "drafting"  # the form in which a fact is proposed
    QUEUE = "queue"  # what waits for curators
    CURATORS = "curators"  # who is a curator, or to say who is
    FACT_OF_THE_DAY = "fact of the day"  # a fact, whichever
    PRAISE = "praise"
    COMPLAINT = "complaint"
    REGRET = "regret"
    PUZZLEMENT = "puzzlement"  # that something is not understood
    TRIAL = "trial"  # whether anybody is there
    PLEASE = "please"  # asks for what stands beside it
    POLITENESS = "politeness"  # stands around the others
    USAGE = "usage"  # how a command is used
    LISTING = "listing"  # stands around what is to be listed
    LISTS = "lists"  # asks by itself for what is held
    DISAGREEMENTS = "disagreements"  # asks for what the documents differ on
    DISAGREEING = "disagreeing"  # ... if it is said of the documents
    BETWEEN = "between"  # stands around these
    PLACES = "places"  # these and the next ask for all records of a sort
    ALL_CITIES = "all cities"
    PAIRINGS = "pairings"
    MECHANISMS = "mechanisms"
    TOPICS = "topics"
    SOURCES = "sources"
    PLANS = "plans"
    PROJECTS = "projects"
    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    SUBSCRIBING = "subscribing"  # what follows is to be a digest
    SENDING = "sending"  # what follows is to be a digest, if it says when
    KEEPING_UP = "keeping up"  # what follows is to be a digest, if it is a name
    UNSUBSCRIBING = "unsubscribing"
    TELLING = "telling"  # what follows is a name that all is asked of
    TELLING_AROUND = "telling around"  # stands around these, and says nothing by itself
    TOLD = "told"  # what stands before is one
    LOCATING = "locating"  # what follows is a place of which it asks where it lies
    LOCATED = "located"  # what stands before is one
    MORE = "more"  # these and the next ask for something of the answer before: its next page
    BACK = "back"  # ... the page before
    PROVENANCE = "provenance"  # ... where its facts stand
    MAP = "map"  # ... a map of what it is on
    DETAILS = "details"  # ... what is kept of the fact that leads it
    SUMMARY = "summary"  # ... it in short
    TRANSLATION = "translation"  # ... it in another language
    FOLLOWING = "following"  # stands around these, and between their words
    DOUBT = "doubt"  # people say it to each other, too

    @property
    def is_of_message(self) -> bool:
        """Say whether its phrases are looked for in whole messages: read by `phrases`, and by nothing that takes a question apart."""
        return self in _OF_MESSAGE

    @property
    def is_of_curators(self) -> bool:
        """Say whether its words weigh what curators are shown of unanswered questions, and take part in no answer."""
        return self in (WordUse.AFFAIRS, WordUse.MOMENTS)

    @property
    def is_of_print(self) -> bool:
        """Say whether its words are looked for in texts as they are printed, and not in questions as they are read."""
        return self in (
            WordUse.NUMBERS,
            WordUse.CURRENCIES,
            WordUse.SHARES,
            WordUse.TIMES,
            WordUse.CAUSES,
        )


_OF_MESSAGE = frozenset(tuple(WordUse)[tuple(WordUse).index(WordUse.HELLO) :])


class Reason(StrEnum):
    """Why a number, date or name of a document stands in no fact that cites its paragraph. Closed."""

    HEADING = "heading"  # says what follows; the facts below say it
    PAGE_FURNITURE = "page furniture"  # labels, links and buttons of the page it was printed on
    BYLINE = "byline"  # who wrote it and where, told by a fact that cites another paragraph
    CONTACT = "contact data"  # addresses of persons; no reader is given them
    REPEATED = "repeated"  # said again; a fact that cites another paragraph of the document says it
    GRAMMAR = "grammar"  # a pronoun, an enumerator, a word that has its capital from its place
    NOTE_MARK = "note mark"  # points to a reference or numbers it
    REFERENCE = "reference"  # bibliographic detail that no reader asks the base for
    IN_OTHER_WORDS = "in other words"  # the fact says it without this word: "twice" as "double"
    SLIP = "slip"  # misprinted or mistranslated; the fact gives the standard name


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
FACT_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{3}$")
FactId = Annotated[str, StringConstraints(pattern=FACT_ID.pattern)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# A date as exact as the source allows: year, month or day. "" means that none is stated.
PartialDate = Annotated[str, StringConstraints(pattern=r"^(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?$")]
