"""Names of authors, apart into family name and given names."""

from __future__ import annotations

from knowledge.model import Document


def in_parts(document: Document, name: str) -> tuple[str, str]:
    """Return family name and given names; ("World Bank", "") of what is printed whole.

    Authors are kept as their document prints them. Where its label begins with the first word of a name, as "Xu Qimin
    2018" does, the family name stands first there; else it is the last word, as in "Jiayi Xu". A name with a word in small
    letters, as "Bank of China", is a body's and has no parts.
    """
    words = name.split()
    if len(words) < 2 or any(word.islower() for word in words):
        return name, ""
    if document.label.split()[0].strip(",") == words[0]:
        return words[0], " ".join(words[1:])
    return words[-1], " ".join(words[:-1])
