"""One of a thing is no several."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.plural import plural
from bot.privacy import span
from handlers.digests.describe import delivery_text
from handlers.subscription import Delivery
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("count", "said"), [(0, "facts"), (0.5, "facts"), (1, "fact"), (1.0, "fact"), (2, "facts")]
)
def test_a_noun_stands_as_it_is_counted(count: float, said: str) -> None:
    assert plural(count, "fact") == said


def test_a_noun_may_bring_its_own_plural() -> None:
    assert (plural(1, "person", "people"), plural(2, "person", "people")) == ("person", "people")


@pytest.mark.parametrize(("facts", "said"), [(("xu-twinning-001",), "1 fact"), (("a", "b"), "2 facts")])
def test_a_delivery_counts_its_facts(facts: tuple[str, ...], said: str) -> None:
    posted = Delivery("1", NOW, "Mon 09:00", "posted", ts="1.0", facts=facts)
    assert delivery_text(posted) == f"Mon 09:00: posted, {said}"


@pytest.mark.parametrize(("days", "said"), [(1, "1 day"), (90, "90 days"), (1 / 24, "1 hour")])
def test_a_time_that_things_are_kept_is_counted(days: float, said: str) -> None:
    assert span(timedelta(days=days)) == said
