"""What is said of a text behind /yrd-digest that says nothing it does, with what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.answer import Answer, Choice
from handlers.command import first_word, without_marks
from handlers.digests import describe
from handlers.digests.access import LISTING, digest_title, listed_for, refusal
from handlers.digests.changing.wished import new_subscription
from handlers.digests.misread import TOPICS, helped, of_names, parse_error_answer, unread
from handlers.digests.offers import ending, in_form, to_show
from handlers.digests.reading import known, wishes
from handlers.digests.reading.deeds import asking, stopping
from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.which import on_each
from handlers.digests.related import near_to
from handlers.digests.verbs import OF_BUTTONS, ONLY_OF_BUTTONS, VERB_OF, near_verbs
from handlers.request import DIGEST, QUESTION, Request
from handlers.say import say
from handlers.services import Services
from handlers.subscription import Subscription


def no_verb(services: Services, request: Request) -> Answer:
    """Return the answer to words that begin with no deed: which deed is near, else what can be done."""
    base, text = services.base, request.text
    typed = without_marks(first_word(text)[0])
    if (verb := VERB_OF.get(typed)) and verb not in OF_BUTTONS:
        said = say(
            "Behind “{word}” stands the number of a digest or what it is on: /yrd-digest {verb} 3.",
            word=typed,
            verb=verb,
        )
        return parse_error_answer(base, ParseError("", said), None, text)
    if asking.asks(text):
        said = say("That reads as a question, and this command is for digests. Shall I look it up?")
        return refusal(said, choices=(Choice("ask", say("Look it up"), QUESTION, text),))
    said = say("“{word}” is nothing I can do with digests.", word=typed)
    if near := near_verbs(base, text):
        rest = first_word(text)[1]
        meant = tuple(f"{word} {rest}".strip() for word in near)
        return parse_error_answer(base, ParseError(typed, said, near, meant), None, text)
    names = known.names_in(base, text)
    is_of_kept = names and not wishes.wish(base, text)
    followed = on_each(listed_for(services, request), [name.slugs for name in names]) if is_of_kept else ()
    if followed and typed not in ONLY_OF_BUTTONS:
        return _of_followed(services, followed, text)
    if stopping.denies(text):
        return helped(
            refusal(say("I cannot read what shall end. Say its number or what it is on.")), *_HELPING[1:]
        )
    if names:
        wanted = known.wanted_in(base, text)
        offered = of_names(base, wanted, text, new_subscription(services, request, request.tz))
        listed = ", ".join(name.typed for name in wanted)
        looked_at = Choice("preview", say("Preview"), DIGEST, listed, "preview")
        if wanted and typed not in ONLY_OF_BUTTONS:
            said = unread(text, wanted)
        return (
            refusal(said, choices=(*offered, looked_at))
            if wanted
            else helped(refusal(said, _USAGE), *_HELPING)
        )
    if topics := near_to(base, text):
        draft = new_subscription(services, request, request.tz)
        offered = tuple(
            choice
            for record in topics
            for choice in of_names(
                base, (known.Known(record.slug, (record,)),), known.apart(base, text)[1], draft
            )
        )
        unnamed = say("“{words}” is no name in the fact base. Did you mean one of these?", words=text)
        return refusal(unnamed, choices=(*offered, TOPICS))
    return helped(refusal(said, _USAGE), *_HELPING)


def _of_followed(services: Services, followed: Sequence[Subscription], text: str) -> Answer:
    """Return what can be done with the digests that are on what a text names, which says it in no words that are known."""
    said = say(
        "I cannot read “{words}”. Digest {title}.", words=text, title=digest_title(services, followed[0])
    )
    if len(followed) == 1:
        kept = followed[0]
        return helped(
            refusal(said), to_show(kept, say("Show it")), in_form(kept), ending(services.base, kept)
        )
    shown = tuple(
        to_show(kept, say("Show digest {digest}", digest=describe.numbered_text(services.base, kept)))
        for kept in followed[:5]
    )
    asked = say("I cannot read “{words}”. Which digest do you mean?", words=text)
    return helped(refusal(asked), *shown)


_USAGE: Final = say(
    "For example: /yrd-digest subscribe ports weekly mon 09:00, /yrd-digest preview ports or /yrd-digest list. /yrd-digest help has the rest."
)


_HELPING: Final = (
    Choice("form", say("Open the form"), DIGEST, "", "form", effect="opens a form"),
    LISTING,
    Choice("help", say("Help"), DIGEST, "", "help"),
)
