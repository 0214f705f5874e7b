"""`yrd ask`: questions on the command line, one, or one JSON a line."""

from __future__ import annotations

import json
import logging
import secrets
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Final, TextIO

import click
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.cli.command import (
    DONE,
    PROBLEMS,
    WRONG,
    Command,
    complain,
    opened,
    usable,
    with_services,
    with_settings,
)
from bot.logs import trace
from bot.plural import plural
from bot.render.button_value import LAST_PAGE
from bot.render.clean import LONGEST_QUESTION
from bot.render.fact_renderer import FactRenderer, fact_renderer
from bot.render.plain import plain
from bot.render.slack_text import typed
from bot.settings import Settings
from handlers.answer import FACTS_PER_PAGE, Answer
from handlers.lookups.copying import STYLES, copied
from handlers.paging import LONGEST_EARLIER, Earlier
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.route import is_read_whole
from handlers.services import Services
from knowledge.model import Fact

_log = logging.getLogger(__name__)

# A request longer than this is no question; reading it would only cost time.
_LONGEST_LINE = 1_000_000


_MOST_NAMED: Final = 3
_REQUEST: Final = 'A request is an object such as {"id": 1, "text": "Hangzhou"}.'
# What is said of a field that is none.
_WANTED: Final = {
    "id": "The id is text, a number, or left out.",
    "command": "The command is the name of a command, such as city or /yrd-city, or left out.",
    "text": "The text is a string.",
    "context": "The context is a list of strings.",
    "earlier": "The earlier question is a string.",
    "page": f"The page is a whole number from 1 to {LAST_PAGE}, or left out.",
}


class Line(BaseModel):
    """One request of `yrd ask --jsonl`."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int | None = None
    command: Annotated[str, StringConstraints(max_length=100)] | None = None
    text: str = ""
    context: tuple[str, ...] | list[str] = ()
    earlier: Annotated[str, StringConstraints(max_length=LONGEST_EARLIER)] | None = None
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the command line: the text behind `command`, a question without one, and which page of its answer."""

    text: str
    command: str | None = None
    page: int = 1


@click.command("ask", cls=Command)
@click.argument("text", nargs=-1, help="the question, or what would follow the command")
@click.option("--command", "slash", help="a command, such as city, yrd-city or /yrd-city")
@click.option(
    "--page", type=click.IntRange(1, LAST_PAGE), help="which page of the answer; the first if left out"
)
@click.option("--json", "as_json", is_flag=True, help="print the answer as JSON")
@click.option(
    "--cite",
    type=click.Choice(tuple(STYLES)),
    help="print the facts with footnotes in that style, ready to paste",
)
@click.option("--jsonl", is_flag=True, help="answer requests from standard input, one JSON a line")
@with_settings
def command(
    settings: Settings,
    text: tuple[str, ...],
    slash: str | None,
    page: int | None,
    as_json: bool,
    cite: str | None,
    jsonl: bool,
) -> int:
    """Answer from the fact base."""
    if cite and (as_json or jsonl):
        return complain("--cite prints text to paste; leave out --json and --jsonl.", WRONG)
    if not jsonl:
        asked = Asked(" ".join(text), slash, page or 1)
        if cite:
            return with_services(settings, lambda services: cite_one(services, settings, asked, cite))
        return with_services(settings, lambda services: answer_one(services, settings, asked, as_json))
    if text or as_json or slash is not None or page is not None:
        return complain(
            "--jsonl reads requests from standard input; leave out the text, --json, --page and --command.",
            WRONG,
        )
    # Bytes that are no UTF-8 spoil their own line and no other.
    source = lines_of(opened(sys.stdin, "input", "surrogateescape"))
    target = opened(sys.stdout, "output")
    return with_services(settings, lambda services: answer_lines(services, settings, source, target))


def answer_one(services: Services, settings: Settings, asked: Asked, as_json: bool) -> int:
    """Print the answer to one question; return 0, or 1 when the base does not hold it or it was refused."""
    answer = respond(services, settings, asked.command, asked.text, page=asked.page)
    if asked.page > answer.pages:
        return _no_such_page(asked.page, answer)
    render_fact = fact_renderer(services.base)
    if as_json:
        print(as_text(fields(answer, None, render_fact), indent=2))
    else:
        print(plain(answer, render_fact))
    return PROBLEMS if answer.outcome in ("unknown", "refused") else DONE


def cite_one(services: Services, settings: Settings, asked: Asked, style: str) -> int:
    """Print the facts that answer one question with footnotes in `style`; return 1 where there is none to cite."""
    answer = respond(services, settings, asked.command, asked.text, page=asked.page)
    if asked.page > answer.pages:
        return _no_such_page(asked.page, answer)
    if not answer.lines:
        print(plain(answer, fact_renderer(services.base)))
        return complain("There is no fact in this answer to cite.", PROBLEMS)
    for section in copied(services, answer, (style,)).sections:
        print("\n".join(section.entries))
    return PROBLEMS if answer.outcome in ("unknown", "refused") else DONE


def _no_such_page(page: int, answer: Answer) -> int:
    held = f"{answer.pages} {plural(answer.pages, 'page')}"
    return complain(f"There is no page {page}: the answer has {held}.", PROBLEMS)


def lines_of(stream: TextIO) -> Iterator[str]:
    """Yield the lines of `stream` as they come; ConfigurationError where it cannot be read."""
    while True:
        with usable("Standard input", "read"):
            line = stream.readline()
        if not line:
            return
        yield line


def answer_lines(services: Services, settings: Settings, source: Iterable[str], target: TextIO) -> int:
    """Answer each line of `source` in order, as it comes; a line that cannot be read gets an error. Return 0."""
    render_fact = fact_renderer(services.base)
    for line in source:
        if not line.strip():
            continue
        target.write(_answer_line(services, settings, line, render_fact) + "\n")
        target.flush()
    return DONE


def as_text(answered: dict[str, Any], indent: int | None = None) -> str:
    r"""Return `answered` as JSON that UTF-8 can hold: half of a pair of surrogates is written as \udXXX."""
    written = json.dumps(answered, ensure_ascii=False, indent=indent)
    return written.encode("utf-8", "backslashreplace").decode("utf-8")


def _answer_line(services: Services, settings: Settings, line: str, render_fact: FactRenderer) -> str:
    if len(line) > _LONGEST_LINE:
        return as_text({"id": None, "error": "the line is longer than a million characters"})
    try:
        # A file that begins with a byte order mark is UTF-8 all the same.
        read = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        return as_text({"id": None, "error": f"not valid JSON: {error}"})
    given = _id(read)
    try:
        if (unknown := _unknown_fields(read)) and "text" not in read:
            return as_text({"id": given, "error": unknown})
        # What was no UTF-8 came in as halves of surrogates, which valid UTF-8 cannot hold.
        line.encode("utf-8")
        asked = Line.model_validate(read)
        before = Earlier(asked.earlier) if asked.earlier else None
        answer = respond(
            services,
            settings,
            asked.command,
            asked.text,
            tuple(asked.context),
            earlier=before,
            page=asked.page or 1,
        )
        follows = {"earlier": answer.follows.text} if answer.follows else {}
        # Told to whoever asks for one; others read the fields that they always had.
        paged = {"page": answer.page, "pages": answer.pages} if asked.page else {}
        return as_text(fields(answer, given, render_fact) | follows | paged)
    except ValidationError as error:
        where = error.errors(include_url=False, include_input=False)[0]["loc"]
        return as_text({"id": given, "error": _WANTED.get(str(where[0]) if where else "", _REQUEST)})
    except UnicodeEncodeError:
        spoilt = isinstance(given, str) and not given.isprintable()
        return as_text({"id": None if spoilt else given, "error": "the line is not valid UTF-8"})
    except Exception as error:  # noqa: BLE001 - the boundary: one bad line must not take the others' answers away
        incident = secrets.token_hex(4)
        _log.error("no answer to line, incident %s: %s", incident, "; ".join(trace(error)))
        return as_text({"id": given, "error": f"something went wrong here; the log has it as {incident}"})


def _unknown_fields(read: object) -> str:
    """Return what is said of the fields of a request that there are not, "" where all are known."""
    others = [name for name in read if name not in Line.model_fields] if isinstance(read, dict) else []
    if not others:
        return ""
    named = " and ".join(f'"{name}"' for name in others[:_MOST_NAMED])
    return f"There is no field {named}, and no text: the fields are {', '.join(Line.model_fields)}."


def _id(read: object) -> str | int | None:
    """Return the id of what was read, whatever else is wrong with it; None where it has none that is text or number."""
    given = read.get("id") if isinstance(read, dict) else None
    return given if isinstance(given, str | int) and not isinstance(given, bool) else None


def respond(
    services: Services,
    settings: Settings,
    command: str | None,
    text: str,
    context: tuple[str, ...] = (),
    verb: str | None = None,
    earlier: Earlier | None = None,
    page: int = 1,
) -> Answer:
    """Return that page of the answer to `text`, cleaned and cut as every adapter does it; with a `verb` it is said to that.

    Without `command` it is a question, which may follow on the `earlier` one.
    """
    named, text = _named(command, text) if verb is None else (command or QUESTION, text)
    said = typed(text)
    request = Request(
        text=said.text,
        now=datetime.now(UTC),
        command=named,
        tz=settings.timezone,
        context=context,
        earlier=earlier,
        page=page,
        verb=verb,
        references=said.references,
        written=said.written,
    )
    short, short_cut = said.cut(LONGEST_QUESTION)
    asked = replace(request, text=short)
    if said.text != short and is_read_whole(services, request, short):
        asked, short_cut = request, said.was_cut
    answer = reply(services, asked)
    if verb is None:
        answer = _perhaps(command, answer)
    if short_cut:
        note = f"Only the first {len(asked.text)} characters were read."
        return replace(answer, notes=(note, *answer.notes))
    return answer


def _named(command: str | None, text: str) -> tuple[str, str]:
    """Return the slash command that is meant and what follows it: "/yrd-city", "yrd-city" and "city" name one; a word of /yrd
    stands before the text.
    """
    # "/yrd map" and "yrd-city hangzhou" are typed as in Slack: what follows the name stands before the text.
    name, _, rest = (command or QUESTION).strip().removeprefix("/").partition(" ")
    name, text = name.lower(), f"{rest} {text}".strip()
    for meant in (f"/{name}", f"{QUESTION}-{name}"):
        if any(known.name == meant for known in SLASH):
            return meant, text
    if any(name in (known.name, *known.in_chinese) for known in WORDS):
        return QUESTION, f"{name} {text}"
    return command or QUESTION, text


def _perhaps(command: str | None, answer: Answer) -> Answer:
    """Return the answer with the commands that may be meant by one that there is not."""
    name, _ = _named(command, "")
    if any(known.name == name for known in SLASH):
        return answer
    names = [*(known.name.removeprefix(f"{QUESTION}-") for known in SLASH), *(known.name for known in WORDS)]
    typed_name = name.lower().removeprefix("/").removeprefix("yrd-")
    near = get_close_matches(typed_name, names, n=2, cutoff=0.6)
    return (
        replace(answer, notes=(f"Perhaps {' or '.join(near)} is meant.", *answer.notes)) if near else answer
    )


def fields(answer: Answer, request_id: str | int | None, render_fact: FactRenderer) -> dict[str, Any]:
    """Return `answer` as the fields of one line of output."""
    return {
        "id": request_id,
        "outcome": answer.outcome,
        "text": plain(answer, render_fact),
        "documents": list(answer.documents),
        "facts": [_fact(line.fact) for line in answer.lines[:FACTS_PER_PAGE]],
        "choices": [{"id": choice.id, "label": choice.label} for choice in answer.choices],
        "near": [{"id": fact.id, "statement": fact.statement} for fact in answer.near],
        "match": answer.match,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "statement": fact.statement,
        "stance": fact.stance,
        "speaker": fact.speaker,
        "caveat": fact.caveat,
        "date": fact.date,
        "citations": [
            {
                "document": citation.document,
                "section": citation.section,
                "paragraph": citation.paragraph,
                "anchor": citation.anchor,
            }
            for citation in fact.citations
        ],
    }
