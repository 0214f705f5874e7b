"""Names are taken out of a digest, put in and exchanged in any words, several at once, and by sentences that say of which one."""

from __future__ import annotations

import pytest

from bot.render.clean import LONGEST_QUESTION
from handlers.answer import Answer
from handlers.digests.reading import names_changed, subjects, which
from tests.handlers.digests.desk import Desk, labels


def told_change(answer: Answer) -> list[str]:
    """What changes, as it is told before anything is saved."""
    (section,) = [one for one in answer.sections if str(one.title) == "What changes"]
    return [str(line) for line in section.entries]


def two(desk: Desk) -> None:
    desk.has("ports")
    desk.has("talent", "hangzhou", "shanghai")


OUT = ["Hangzhou and Shanghai dropped"]
OUT_AND_IN = ["Ningbo added", "Hangzhou dropped"]


@pytest.mark.parametrize(
    "said",
    [
        "edit 2 no Hangzhou and no Shanghai",
        "edit 2 no Hangzhou, no Shanghai",
        "edit 2 neither Hangzhou nor Shanghai",
        "edit 2 not Hangzhou or Shanghai any more",
        "edit 2 drop Hangzhou and remove Shanghai",
        "edit 2 去掉杭州和上海",
        "edit 2 去掉杭州、去掉上海",
        "2去掉杭州和上海",
        "从2去掉杭州和上海",
        "把2里的杭州和上海去掉",
        "把人才摘要里的杭州和上海删掉",
        "no Hangzhou and no Shanghai in digest 2",
        "digest 2: no Hangzhou, no Shanghai",
        "edit talent no Hangzhou and no Shanghai",
    ],
)
def test_several_names_are_left_out_at_once(desk: Desk, said: str) -> None:
    two(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline).startswith("Change digest 2? Talent, weekly")
        assert told_change(asked) == OUT


@pytest.mark.parametrize(
    "said",
    [
        "edit 2 not Hangzhou but Ningbo",
        "edit 2 Ningbo instead of Hangzhou",
        "edit 2 Ningbo rather than Hangzhou",
        "edit 2 Ningbo, not Hangzhou",
        "edit 2 instead of Hangzhou, Ningbo",
        "edit 2 replace Hangzhou with Ningbo",
        "edit 2 swap Hangzhou for Ningbo please",
        "edit 2 no Hangzhou, add Ningbo",
        "edit 2 把杭州换成宁波",
        "edit 2 不要杭州要宁波",
        "edit 2 用宁波代替杭州",
        "把2的杭州换成宁波",
        "把人才摘要里的杭州换成宁波",
        "replace Hangzhou with Ningbo in digest 2",
        "Ningbo instead of Hangzhou in the talent digest",
        "in digest 2, use Ningbo instead of Hangzhou",
        "edit talent not Hangzhou but Ningbo",
        "replace Hangzhou with Ningbo",
        "Ningbo instead of Hangzhou",
        "把杭州换成宁波",
    ],
)
def test_a_name_is_exchanged_for_another(desk: Desk, said: str) -> None:
    two(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline).startswith("Change digest 2? Talent, ")
        assert told_change(asked) == OUT_AND_IN


@pytest.mark.parametrize("said", ["edit 2 加上宁波", "2加上宁波", "edit 2 include Ningbo", "add Ningbo to digest 2"])  # fmt: skip
def test_a_name_is_taken_in(desk: Desk, said: str) -> None:
    two(desk)
    assert told_change(desk.typed(said)) == ["Ningbo added"]


def test_when_it_comes_is_changed_in_the_same_breath(desk: Desk) -> None:
    two(desk)
    changed = told_change(desk.typed("edit 2 Ningbo instead of Hangzhou weekly tue"))
    assert changed[:2] == OUT_AND_IN
    assert changed[2].startswith("weekly on Tuesday")


@pytest.mark.parametrize(
    "said",
    [
        "edit 1 no quiet hours",
        "edit 1 without quiet hours",
        "edit 1 quiet hours off",
        "edit 1 drop the quiet hours",
    ],
)
def test_quiet_hours_are_no_name(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert labels(desk.typed("edit 1 quiet 22:00-07:00"))[0] == "Save"
    assert str(desk.typed(said).headline) == "Digest 1 is so already, so I changed nothing."


def test_a_slip_in_a_name_that_comes_is_put_right(desk: Desk) -> None:
    two(desk)
    assert labels(desk.typed("edit 2 Ningboo instead of Hangzhou")) == ["Ningbo (place)"]


def test_what_no_digest_is_on_is_told(desk: Desk) -> None:
    two(desk)
    asked = desk.typed("edit 1 Ningbo instead of Hangzhou")
    assert str(asked.headline) == "Digest 1 is not on Hangzhou; it is on Ports."
    assert labels(asked) == ["Add Ningbo", "Edit in the form"]


@pytest.mark.parametrize(
    "said", ["What is Hangzhou, not Ningbo, known for?", "Which ports took over from Hangzhou in 2018?"]
)
def test_a_question_with_such_words_is_a_question(desk: Desk, said: str) -> None:
    two(desk)
    assert not str(desk.told(said).headline).startswith("Change digest")


def test_an_exchange_of_what_no_digest_is_on_is_said_of_something_else(desk: Desk) -> None:
    desk.has("ports")
    assert not str(desk.told("Ningbo instead of Hangzhou").headline).startswith("Change digest")


@pytest.mark.parametrize("said", ["edit 2 +Ningbo", "edit 2 + Ningbo", "edit 2 +宁波", "edit talent +Ningbo"])
def test_a_sign_before_a_name_says_that_it_comes(desk: Desk, said: str) -> None:
    two(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert told_change(asked) == ["Ningbo added"]


@pytest.mark.parametrize(
    "said",
    [
        "replace Hangzhou with Hangzhou in 2",
        "replace Hangzhou with Hangzhou",
        "edit 2 Hangzhou instead of Hangzhou",
        "edit 2 drop Hangzhou, add Hangzhou",
        "把2里的杭州换成杭州",
    ],
)
def test_a_name_that_goes_and_comes_again_stays(desk: Desk, said: str) -> None:
    two(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "Digest 2 is so already, so I changed nothing."
        assert not any(label == "Save" for label in labels(asked))


@pytest.mark.parametrize(
    "said",
    [
        "replace Hangzhou with Ningbo in 2 and make it daily",
        "replace Hangzhou with Ningbo in 2, daily",
        "in digest 2 replace Hangzhou with Ningbo and make it daily",
        "edit 2 replace Hangzhou with Ningbo and make it daily",
        "把2里的杭州换成宁波并改成每天",
        "把2裡的杭州換成寧波，然後改成每天",
    ],
)
def test_names_and_when_it_comes_are_changed_together(desk: Desk, said: str) -> None:
    two(desk)
    for asked in (desk.typed(said), desk.told(said)):
        changed = told_change(asked)
        assert changed[:2] == OUT_AND_IN
        assert changed[2].startswith("every day at 09:00")


@pytest.mark.parametrize("said", ["add Ningbo to 2 and make it daily", "add Ningbo to 2 daily", "make 2 daily and add Ningbo", "edit 2 daily and add Ningbo"])  # fmt: skip
def test_a_name_comes_and_the_days_change_together(desk: Desk, said: str) -> None:
    two(desk)
    for asked in (desk.typed(said), desk.told(said)):
        changed = told_change(asked)
        assert changed[0] == "Ningbo added"
        assert changed[1].startswith("every day at 09:00")


@pytest.mark.parametrize("said", ["drop Hangzhou from 2 and pause it", "replace Hangzhou with Ningbo in 2 and pause 1", "pause 1 and add Ningbo to 2", "replace Hangzhou with Ningbo in 2 and make it nonsense"])  # fmt: skip
def test_two_deeds_of_which_one_cannot_be_read_are_not_half_done(desk: Desk, said: str) -> None:
    two(desk)
    before = desk.kept()
    for asked in (desk.typed(said), desk.told(said)):
        assert not any(label == "Save" for label in labels(asked))
    assert desk.kept() == before


@pytest.mark.parametrize(
    "piece",
    ["Taizhou–Yulin with Yulin–Taizhou with ", "no Taizhou and ", "not Taizhou but ", "except Taizhou ", "replace Yulin with ", "把泰州换成", "不要泰州要"],
)  # fmt: skip
def test_names_are_looked_for_a_few_times_in_a_text_that_repeats_words_for_exchanges(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    desk.has("ports")
    read: list[str] = []

    def counted(*said: object) -> object:
        read.append(str(said[1]))
        return subjects.parse_subjects(*said)  # type: ignore[arg-type]

    for module in (names_changed, which):
        monkeypatch.setattr(module, "parse_subjects", counted)
    desk.typed(f"edit {piece * LONGEST_QUESTION}"[:LONGEST_QUESTION])
    assert len(read) < 50
