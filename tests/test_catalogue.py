"""The bot's own words stand in one catalogue, each sentence whole, so that another language is a file and not a hunt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from handlers.registry import SLASH, WORDS
from scripts.catalogue import ROOT, TEMPLATE, gathered, written

# What whoever runs or develops the bot reads stays in English: command line, log, settings; and the local Slack is no bot.
_NOT_THE_BOTS: Final = (
    "bot/cli/", "bot/digests/round_watch.py", "bot/encoder.py", "bot/http/", "bot/listening.py", "bot/local_slack/",
    "bot/logs.py", "bot/metrics/", "bot/proxies.py",
    "bot/serve.py", "bot/setting_values.py", "bot/settings.py", "bot/site.py", "bot/slack/api/deadline.py",
    "bot/slack/api/exchange.py", "bot/slack/api/token.py", "bot/slack/receiving/", "bot/state/", "bot/wiring/",
)  # fmt: skip
# Constants that say nothing: names of fonts and waters, what people call the clocks of the world, Slack's own words, reasons for whoever installs the bot.
_DATA: Final = frozenset(
    {
        ("handlers/questions/turned/leaving_out.py", "_TIES"), ("handlers/questions/turned/leaving_out.py", "_AUTHORS"),
        ("bot/map/fonts.py", "FAMILY"), ("bot/map/fonts.py", "FALLBACKS"), ("bot/map/ground_names.py", "WATERS"),
        ("bot/slack/api/error_kinds.py", "_WORDS"), ("bot/slack/api/message_words.py", "_NO_PREVIEW"),
        ("bot/slack/listeners/manifest.py", "SCOPES"), ("bot/slack/listeners/manifest.py", "AGENT_SCOPES"),
        ("bot/slack/listeners/manifest.py", "EVENTS"), ("bot/slack/listeners/manifest.py", "THREAD_EVENTS"),
        ("handlers/digests/reading/when/zones.py", "_CITIES"), ("handlers/lookups/kinds_of_ties.py", "_CALLED"),
        ("handlers/digests/reading/deeds/some_days.py", "ENDED_LATER"),
        # What is read, and not said.
        ("handlers/lookups/maps/kinds.py", "_SOLELY"), *((f"bot/render/chinese/{name.lower()}.py", name) for name in ("ANSWERS", "COMMANDS", "MAPS", "OPENED", "RECORDS", "REFUSALS")),
        *(("handlers/lookups/maps/clauses.py", name) for name in ("_NOT", "_LEFT_OUT", "_ALL", "_LEADS", "_AROUND", "_EXCHANGED")),
        *(("handlers/plain_words/around.py", name) for name in ("ASKING", "A_FACT")),
        *(("handlers/plain_words/of_facts.py", name) for name in (
            "_AS", "_SOME", "_PROPOSE", "_THAT", "_NEW", "_ON", "_HOW", "_STATEMENT", "TABLE",
        )),
        *(("handlers/plain_words/orders.py", name) for name in ("_VERBS", "_POLITELY", "_ONE", "_THIS", "_WHY", "_THANKS")),
        *(("handlers/plain_words/words_of_review.py", name) for name in ("DEEDS", "WORDS")),
        *(("handlers/plain_words/of_curators.py", name) for name in ("_CURATORS", "_NO_NAME", "_ONE_NAME", "_REVIEW", "_ME", "LIST", "TABLE")),
        ("handlers/digests/reading/when/unheard.py", "_NEAREST"), ("handlers/digests/reading/when/unheard.py", "_WEEKLY"),
        ("handlers/digests/reading/when/unheard.py", "_DAYS_OF_TIMES"), ("handlers/digests/reading/when/unheard.py", "_HEARD_OF"),
        ("handlers/digests/reading/regions.py", "TAKEN_IN"), ("handlers/digests/reading/regions.py", "LEFT_OUT"),
        *(("handlers/digests/reading/changing.py", name) for name in ("_WEAK_VERBS", "_MUST", "_COMES")),
        ("handlers/digests/reading/deeds/places.py", "_NOT_TOLD"), ("handlers/digests/reading/names_changed.py", "_OUT_WORDS"), ("handlers/digests/reading/names_changed.py", "_IN_WORDS"),
        *(("handlers/digests/reading/deeds/standing.py", name) for name in ("_WORDS", "_STATE", "_COMES", "_END", "_ABOUT", "_OF_SOME", "_OF_STATE")),
        *(("handlers/digests/reading/deeds/stopping.py", name) for name in (
            "_POLITE", "_TO_SEND", "_NOT", "_ENDING", "_REFUSING", "_HOLDING", "_AROUND", "_BEHIND", "_ANYMORE", "_IN_ENGLISH",
        )),
        ("handlers/questions/values/figures.py", "_NUMERALS"), ("handlers/questions/values/figures.py", "_BEFORE"), ("handlers/questions/values/figures.py", "_UNITS"), ("handlers/questions/values/owner.py", "_BEFORE_WHEN"),
        ("handlers/questions/values/printed.py", "_INFERRED"), ("handlers/threads/rewriting.py", "_BESIDE"),
    }
)  # fmt: skip
# References by the rules of a style, which has its words whatever language the bot speaks.
_BY_A_STYLE: Final = tuple(
    f"handlers/records/styles/{style}.py" for style in ("bibtex", "chicago", "gbt7714")
)
# What a button asks of a command, two words at times.
_VERBS: Final = frozenset(verb.name for command in (*SLASH, *WORDS) for verb in command.verbs)
_SAYS: Final = frozenset({"say", "say_many"})
# Two words beside each other are somebody's to read.
_WORDS: Final = re.compile(r"[A-Za-z’']{2,}[,:;]? [A-Za-z’']{2,}|[a-z]{3,}[.!?]$")
# What stands in a tag of SVG is drawn; what stands between two is read.
_TAG: Final = re.compile(r"</?[a-z][^<>]*>")


def _sources() -> list[Path]:
    found = (path for folder in ("handlers", "bot") for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if not _name(path).startswith((*_NOT_THE_BOTS, *_BY_A_STYLE))]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _texts(node: ast.AST, *, inside: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the texts below a node that are written out where nobody translates them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
        return
    if isinstance(node, ast.JoinedStr):
        words = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        yield node.lineno, words
        for part in node.values:
            yield from _texts(part) if isinstance(part, ast.FormattedValue) else ()
        return
    for child in ast.iter_child_nodes(node):
        if not _is_none_of_the_readers(child):
            yield from _texts(child)


def _is_none_of_the_readers(node: ast.AST) -> bool:
    """Say whether what a node holds is for nobody who talks to the bot: documentation, logs, errors, patterns, types."""
    if isinstance(node, ast.Raise | ast.Subscript | ast.Import | ast.ImportFrom | ast.Assert):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    # What can be typed to a command is read as it stands; an error may be handed on before somebody raises it; what a rule
    # demands and what a feature is called is for whoever tunes.
    return (
        called in {*_SAYS, "Example", "Rule"}
        or called.startswith(("_log.", "log.", "re.", "logging.", "errors.log_error", "errors.log_unasked"))
        or called.endswith(("Error", ".feature"))
    )


def _outside(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = (node for node in tree.body if not _is_data(path, node) and not _is_none_of_the_readers(node))
    texts = (found for node in read for found in _texts(node) if found[1] not in _VERBS)
    return [
        f"{_name(path)}:{line}: {text!r}"
        for line, text in texts
        if _WORDS.search(_TAG.sub("", text)) and not _is_in_chinese(text)
    ]


def _is_in_chinese(text: str) -> bool:
    """Say whether a text is the answer to whoever wrote Chinese, which stands beside the English one."""
    return len(re.findall("[\u4e00-\u9fff]", text)) > len(re.findall("[A-Za-z]", text))


def _is_data(path: Path, node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and (_name(path), ast.unparse(node.target)) in _DATA


@pytest.mark.parametrize("path", _sources(), ids=_name)
def test_every_sentence_of_the_bots_is_in_the_catalogue(path: Path) -> None:
    assert _outside(path) == []


def test_the_catalogue_holds_what_the_code_says() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == written(gathered()), "make catalogue"


@pytest.mark.parametrize("path", _sources(), ids=_name)
def test_no_sentence_is_put_together_from_halves(path: Path) -> None:
    """What is said is written out whole where it is said, so that it can be gathered."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _SAYS:
            sentences = node.args[: 1 if ast.unparse(node.func) == "say" else 2]
            assert all(isinstance(one, ast.Constant) for one in sentences), f"{_name(path)}:{node.lineno}"
