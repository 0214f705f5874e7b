"""A sentence that names a channel: Slack shows the name, and leads there."""

from __future__ import annotations

from bot.render.blockkit import Element, fallback, text_element


def link(channel: str) -> str:
    """Return what stands for a channel in a sentence, and is the channel in markup."""
    return f"<#{channel}>"


def runs(sentence: str, channel: str) -> list[Element]:
    """Return the rich text of a sentence, with the channel where its `link` stands."""
    before, found, after = sentence.partition(link(channel))
    shown: list[Element] = [text_element(before)] if before else []
    if found:
        shown.append({"type": "channel", "channel_id": channel})
    return [*shown, text_element(after)] if after else shown


def escaped(sentence: str, channel: str) -> str:
    """Return a sentence as fallback text, in which nothing but the `link` of the channel is markup."""
    before, found, after = sentence.partition(link(channel))
    return f"{fallback(before)}{found}{fallback(after)}"
