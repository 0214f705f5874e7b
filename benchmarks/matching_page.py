"""Writes the tables and worked examples of docs/matching.md anew (`make eval-figures`).

What stands between `<!-- measured: NAME -->` or `<!-- explained: QUESTION -->` and `<!-- end -->` is written
here: the committed figures, rules and weights, and what `yrd explain` says of the question. All else is left alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import figures
from benchmarks.ablate import changed
from benchmarks.encoding import demanded
from benchmarks.engines import NOW
from benchmarks.figures import Figures
from benchmarks.grading import MEASURES, OF_ANSWERABLE, OF_UNANSWERABLE
from bot.cli.explanation import explanation
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.verdict.answerability import RULES
from handlers.verdict.evidence import BINDING
from knowledge.base import FactBase
from knowledge.model import Weight
from knowledge.search.features import MEANINGS

PAGE = Path(__file__).parent.parent / "docs" / "matching.md"
# Of an example so many candidates are shown.
_CANDIDATES = 2
_MARKED = re.compile(
    r"(?P<open><!-- (?P<sort>measured|explained): (?P<what>.+?) -->\n)(?P<text>.*?)(?P<close><!-- end -->)",
    re.DOTALL,
)


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return (
        "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        .replace("| --- ", "|---")
        .replace("--- |", "---|")
    )


def answers(seen: Figures, unseen: Figures, measures: tuple[str, ...]) -> str:
    """Return the committed `measures` of both sets of questions, by style, as a table."""
    heads = ("questions", *measures)
    return _table(
        ("Style", *(head.capitalize() for head in heads), *(f"Unseen: {head}" for head in heads)),
        (
            (style, *_shares(at, measures), *_shares(unseen.get(style, {}), measures))
            for style, at in seen.items()
            if measures[0] in at
        ),
    )


def _shares(at: Mapping[str, float], measures: tuple[str, ...]) -> tuple[str, ...]:
    if not at:
        return ("0", *("" for _ in measures))
    return (f"{at['n']:.0f}", *(f"{at[name]:.1%}" for name in measures))


def light(committed: Mapping[str, Figures]) -> str:
    """Return what all answers come to with the encoder and without."""
    return _table(
        ("Questions", "Encoder", *(name.capitalize() for name in MEASURES)),
        (
            (
                said,
                with_it,
                *(
                    f"{at['answerable' if name in OF_ANSWERABLE else 'unanswerable'][name]:.1%}"
                    for name in MEASURES
                ),
            )
            for said, with_it, at in (
                ("development", "yes", committed["questions"]),
                ("development", "no", committed["light"]),
                ("unseen", "yes", committed["unseen"]),
                ("unseen", "no", committed["light unseen"]),
            )
        ),
    )


def parts(committed: Figures) -> str:
    """Return by how many points each measure changes without each part, on the development and the unseen questions."""
    return _table(
        ("Taken away", *(name.capitalize() for name in MEASURES)),
        (
            (part, *(_both(at[f"seen {name}"], at[f"unseen {name}"]) for name in MEASURES))
            for part, at in committed.items()
        ),
    )


def _both(seen: float, unseen: float) -> str:
    shown = changed(seen), changed(unseen)
    return " / ".join(change or "0" for change in shown) if any(shown) else ""


def rules() -> str:
    """Return the rules of the verdict: what each demands, and whether it binds facts."""
    return _table(
        ("Rule", "What it demands", "Of a fact"),
        ((rule.name, rule.demands, "binds" if rule.name in BINDING else "is weighed") for rule in RULES),
    )


def features(base: FactBase) -> str:
    """Return what is compared of a question and an entry, and what each counts."""
    learned = {weight.feature: weight for weight in base.seeds.weights}
    return _table(
        ("Feature", "What it is", "Rank", "Answers", "Rank, light", "Answers, light"),
        ((name, meaning, *map(_counted, _counts(learned[name]))) for name, meaning in MEANINGS.items()),
    )


def _counts(weight: Weight) -> tuple[float, float, float, float]:
    return weight.dense_rank, weight.dense_answers, weight.rank, weight.answers


def _counted(weight: float) -> str:
    return f"{weight:+.2f}" if weight else ""


def slips(committed: Figures) -> str:
    """Return the committed outcomes of slips as a table."""
    rows = ["| Slip | Names misspelt | Right | Asked | Declined | Wrong |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {kind} | {at['n']:.0f} | {at['right']:.1%} | {at['asked']:.1%} "
        f"| {at['declined'] + at['outside']:.2%} | {at['wrong']:.2%} |"
        for kind, at in committed.items()
    ]
    return "\n".join(rows)


def measured(text: str, committed: dict[str, Figures], base: FactBase) -> str:
    """Return `text` with its tables as the committed figures and the weights of `base` have them."""
    seen, unseen = committed["questions"], committed["unseen"]
    tables = {
        "answers": answers(seen, unseen, OF_ANSWERABLE),
        "light": light(committed),
        "declines": answers(seen, unseen, OF_UNANSWERABLE),
        "parts": parts(committed["parts"]),
        "rules": rules(),
        "features": features(base),
        "slips": slips(committed["slips"]),
    }
    return _MARKED.sub(
        lambda m: f"{m['open']}{tables[m['what']]}\n{m['close']}" if m["sort"] == "measured" else m[0], text
    )


def examples(text: str) -> dict[str, str]:
    """Return the questions explained in `text`, each with what is shown of it."""
    return {m["what"]: m["text"] for m in _MARKED.finditer(text) if m["sort"] == "explained"}


def explained(services: Services, question: str) -> str:
    """Return what `yrd explain` says of a question, of its first candidates alone."""
    answer = reply(services, Request(text=question, now=NOW))
    return "\n".join(explanation(services, question, answer, _CANDIDATES))


def with_examples(text: str, services: Services) -> str:
    """Return `text` with each question explained as the engine reads it now."""
    return _MARKED.sub(
        lambda m: (
            f"{m['open']}```\n{explained(services, m['what'])}\n```\n{m['close']}"
            if m["sort"] == "explained"
            else m[0]
        ),
        text,
    )


def main(arguments: list[str] | None = None) -> int:
    """Bring docs/matching.md up to date."""
    parser = argparse.ArgumentParser(prog="matching_page", description=__doc__)
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    text = PAGE.read_text(encoding="utf-8")
    base = FactBase.open(options.base, demanded())
    fresh = with_examples(measured(text, figures.read_committed(), base), Services(base))
    if fresh != text:
        PAGE.write_text(fresh, encoding="utf-8")
        print(f"docs/{PAGE.name}: tables and examples written anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
