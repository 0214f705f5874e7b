"""What somebody did something to: "an agreement on ..." of whoever is asked what they signed."""

from __future__ import annotations

import re
from typing import Final

from handlers.questions.values import printed
from handlers.questions.values.names import SAYS
from handlers.questions.values.wanted import Wanted
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Topic
from knowledge.text.normalize import stem

_DONE: Final = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )\b(\w+(?:ed|s)) (?=(?:an?|the|its|their) \w)"
)
_END: Final = re.compile(
    r"(?: together| jointly)?(?:[.;,:]|$| (?:in|on|at) (?:\(?\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"| (?:according|as|so that|which|that|when|while|where)\b)"
)


def done_to(base: FactBase, asked: Wanted, fact: Fact) -> str:
    """Return what a statement says that those asked about did it to; "" where it says so of others, of nothing, or of several."""
    statement = SAYS.sub("", fact.statement)
    found = [one for one in _DONE.finditer(statement) if stem(one[1].lower()) == asked.deed]
    if len(found) != 1 or not _is_by_those(base, asked, fact, found[0].start()):
        return ""
    begin = found[0].end()
    end = _END.search(statement, begin)
    # Behind a comma more may follow that it was done to.
    return "" if end is None or "," in end[0] else statement[begin : end.start()]


def _is_by_those(base: FactBase, asked: Wanted, fact: Fact, at: int) -> bool:
    """Say whether those who are named in the question, if any is, stand before what was done."""
    records = [record for slug in asked.named if (record := base.entity(slug))]
    doers = {
        record.slug for record in records if not isinstance(record, Topic | Mechanism)
    } - base.going_without_saying
    before = {one.record.slug for one in printed.names(base.names, fact) if one.end <= at}
    return bool(before) and (not doers or not doers.isdisjoint(before))
