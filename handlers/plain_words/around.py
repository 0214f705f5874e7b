"""What stands around and in sentences that ask for a deed of the team: how one asks, and what a fact is called there."""

from __future__ import annotations

from typing import Final

from handlers.command import Command

Table = tuple[tuple[tuple[str, ...], Command, str], ...]
"""Patterns that all of a text has to be, with the command that does what it asks for and what that is told: in it the names of
groups stand for them.
"""
ASKING: Final = r"(?:(?:please|can|could|would|will|may|you|i|we|want|need|like|to|i['’]?d|let|let['’]?s|us|should|ok|hi|hello|so|and)[\s,]+)*"
A_FACT: Final = r"(?:(?:a|the|new|my|our|these|those|this|any|all|other\s+people['’]?s|team)\s+)*(?:facts?|proposals?|suggestions?|corrections?)"
FACT_IN_CHINESE: Final = r"(?:新|我的|我们的)?(?:事实|提议|提案|建议|更正)"
