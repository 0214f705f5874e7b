"""Writes the tables and worked examples of docs/matching.md anew (`make eval-figures`).

What stands between `<!-- measured: NAME -->` or `<!-- explained: QUESTION -->` and `<!-- end -->` is written
here: the committed figures, and what `benchmarks.explain` says of the question. All else is left alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import figures
from benchmarks.explain import explained
from benchmarks.figures import Figures
from handlers.answerability import RULES
from handlers.services import Services
from knowledge.base import FactBase

PAGE = Path(__file__).parent.parent / "docs" / "matching.md"
_MARKED = re.compile(
    r"(?P<open><!-- (?P<sort>measured|explained): (?P<what>.+?) -->\n)(?P<text>.*?)(?P<close><!-- end -->)",
    re.DOTALL,
)


def answers(seen: Figures, unseen: Figures) -> str:
    """Return the committed shares of right, declined and wrong answers, to both sets of questions, as a table."""
    heads = "| Questions | Right | Declined | Wrong "
    rows = [f"| Style {heads}{heads.replace('Questions', 'Unseen questions')}|", f"|---{'|---' * 8}|"]
    rows += [f"| {style} {_answers(at)}{_answers(unseen[style])}|" for style, at in seen.items()]
    return "\n".join(rows)


def _answers(at: Mapping[str, float]) -> str:
    return f"| {at['n']:.0f} | {at['right']:.1%} | {at['declined']:.1%} | {at['wrong']:.1%} "


def rules(committed: Figures) -> str:
    """Return the rules of the verdict by name: what each demands, and what is counted without it."""
    heads = (
        "Rule",
        "What it demands",
        "Right",
        "Near-misses answered",
        "Right, unseen",
        "Near-misses, unseen",
    )
    rows = [f"| {' | '.join(heads)} |", f"|---{'|---' * (len(heads) - 1)}|"]
    rows += [
        f"| {rule.name} | {rule.demands} | {' | '.join(f'{change:+.0f}' for change in committed[rule.name].values())} |"
        for rule in RULES
    ]
    return "\n".join(rows)


def slips(committed: Figures) -> str:
    """Return the committed outcomes of slips as a table."""
    rows = ["| Slip | Names misspelt | Right | Asked | Declined | Wrong |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {kind} | {at['n']:.0f} | {at['right']:.1%} | {at['asked']:.1%} "
        f"| {at['declined'] + at['outside']:.2%} | {at['wrong']:.2%} |"
        for kind, at in committed.items()
    ]
    return "\n".join(rows)


def measured(text: str, committed: dict[str, Figures]) -> str:
    """Return `text` with its tables as the committed figures have them."""
    tables = {
        "answers": answers(committed["questions"], committed["unseen"]),
        "rules": rules(committed["rules"]),
        "slips": slips(committed["slips"]),
    }
    return _MARKED.sub(
        lambda m: f"{m['open']}{tables[m['what']]}\n{m['close']}" if m["sort"] == "measured" else m[0], text
    )


def examples(text: str) -> dict[str, str]:
    """Return the questions explained in `text`, each with what is shown of it."""
    return {m["what"]: m["text"] for m in _MARKED.finditer(text) if m["sort"] == "explained"}


def with_examples(text: str, services: Services) -> str:
    """Return `text` with each question explained as the engine reads it now."""
    return _MARKED.sub(
        lambda m: (
            f"{m['open']}```\n{explained(services, m['what'], hits=3)}\n```\n{m['close']}"
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
    fresh = with_examples(measured(text, figures.read_committed()), Services(FactBase.open(options.base)))
    if fresh != text:
        PAGE.write_text(fresh, encoding="utf-8")
        print(f"docs/{PAGE.name}: tables and examples written anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
