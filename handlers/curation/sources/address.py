"""Web addresses in what somebody writes as a source: with or without https, as a DOI, in brackets, before a full stop."""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = {")": "(", "]": "[", "}": "{"}
_END: Final = ".,;:!?'’…*_"
# What no address holds and people write right behind one.
_NONE: Final = r"\s<>\"“”‘«»，。；：！？、（）【】「」『』《》"
# Chinese is part of an address behind a mark of it, and begins what stands behind it elsewhere.
_SIGN: Final = rf"(?:[^{_NONE}㐀-鿿]|(?<=[/=&?#_㐀-鿿-])[㐀-鿿])"
_DOMAIN: Final = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
_TOP: Final = r"(?:com|org|net|edu|gov|int|info|cn|hk|mo|tw|eu|uk|de|fr|jp|kr|sg)"
_FULL_WIDTH: Final = re.compile(r"\b(https?)：(?://|／／)", re.IGNORECASE)
_DOI: Final = re.compile(r"\bdoi:?\s*$", re.IGNORECASE)
# Names that no registry gives: RFC 6761, RFC 6762, RFC 8375, and what networks of firms and homes are called.
_INTERNAL: Final = frozenset(
    {
        "arpa",
        "corp",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "private",
        "test",
    }
)
_ADDRESS: Final = re.compile(
    rf"(?:\b(?:doi:\s*)?(?:https?://(?:dx\.)?doi\.org/)?|\bdoi:\s*)(?P<doi>10\.[0-9]{{4,9}}/{_SIGN}+)"
    rf"|(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{{1,20}}:(?!\s)(?://)?{_SIGN}+"
    rf"|(?<![\w@.-])(?:www\.{_SIGN}+|{_DOMAIN}(?:[a-z]{{2,}}/{_SIGN}*|{_TOP}(?![\w@-])(?:[/?#:]{_SIGN}*)?))",
    re.IGNORECASE,
)


def find(text: str) -> tuple[str, str, str] | None:
    """Return the first address in `text`, as it is kept, and what stands before and behind it; None where there is none."""
    text = _FULL_WIDTH.sub(lambda found: f"{found[1]}://", text)
    found = _ADDRESS.search(text)
    if found is None:
        return None
    shown = _without_end(found[0].partition("](")[0])
    around = _without_marks(text[: found.start()], text[found.start() + len(shown) :])
    if found["doi"]:
        return f"https://doi.org/{_without_end(found['doi'])}", *around
    is_whole = re.match(r"[a-z][a-z0-9+.-]*:", shown, re.IGNORECASE)
    return shown if is_whole else f"https://{shown}", *around


def is_public(host: str) -> bool:
    """Say whether a host is one that everybody may reach by its name: no machine's number, no name of a network of one's own."""
    labels = host.lower().rstrip(".").split(".")
    last = labels[-1]
    is_top = len(last) > 1 and (last.isalpha() or last.startswith("xn--"))
    return all(labels) and is_top and last not in _INTERNAL


def _without_end(address: str) -> str:
    """Return an address without what closes the sentence or the brackets that it stands in."""
    while address:
        last = address[-1]
        is_open = last in _OPENING and address.count(last) > address.count(_OPENING[last])
        if not (is_open or last in _END):
            break
        address = address[:-1]
    return address


def _without_marks(before: str, after: str) -> tuple[str, str]:
    """Return what stands around an address without the brackets that held it, or that named it ("[a title](address)")."""
    before, after = before.rstrip(), after.lstrip()
    if before[-1:] in ("(", "<", "[", "（", "【", "《", "「"):
        before, after = before[:-1].rstrip(), after[1:]
    if before.endswith("]"):
        before = before.rstrip("]").replace("[", "", 1)
    return _DOI.sub("", before), after
