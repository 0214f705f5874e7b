"""That the ledger of contributions only grows is the database's own rule, whoever works with it by whatever program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RULE: Final = "contributions_rule"
"""What keeps the rule on a server: a function of this name."""
_REFUSED: Final = "the ledger of contributions is append-only"
_IS_PURGED: Final = "SELECT 1 FROM teams WHERE team_id = OLD.team_id AND purge_at IS NOT NULL"
_NEXT: Final = "SELECT coalesce(max(seq), 0) + 1 FROM contributions WHERE team_id = NEW.team_id"
_SAME_ROW: Final = "SELECT 1 FROM contributions WHERE rowid = NEW.rowid"
_ABORT: Final = f"BEGIN SELECT raise(ABORT, '{_REFUSED}'); END"

# REPLACE deletes unseen where recursive_triggers is off, as in a shell (sqlite.org/lang_conflict.html): only the next
# event is let in. A row's number says nothing, but by it REPLACE would find another row; without one named it reads as -1.
_SQLITE: Final = (
    f"CREATE TRIGGER contributions_stay BEFORE UPDATE ON contributions {_ABORT}",
    f"CREATE TRIGGER contributions_keep BEFORE DELETE ON contributions WHEN NOT EXISTS ({_IS_PURGED}) {_ABORT}",
    f"CREATE TRIGGER contributions_grow BEFORE INSERT ON contributions WHEN NEW.seq IS NOT ({_NEXT})"
    f" OR EXISTS ({_SAME_ROW}) {_ABORT}",
    f"CREATE TRIGGER contributions_count AFTER INSERT ON contributions WHEN NEW.rowid < 1 {_ABORT}",
)

_FUNCTION: Final = f"""
CREATE FUNCTION {RULE}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS ({_IS_PURGED}) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' AND NEW.seq IS NOT DISTINCT FROM ({_NEXT}) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '{_REFUSED}';
END $$
"""

_POSTGRESQL: Final = (
    _FUNCTION,
    *(
        f"CREATE TRIGGER contributions_{name} BEFORE {when} ON contributions FOR EACH {each}"
        f" EXECUTE FUNCTION {RULE}()"
        for name, when, each in (
            ("stay", "UPDATE", "ROW"),
            ("keep", "DELETE", "ROW"),
            ("grow", "INSERT", "ROW"),
            ("whole", "TRUNCATE", "STATEMENT"),
        )
    ),
)

STATEMENTS: Final[Mapping[str, tuple[str, ...]]] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
"""What makes the rule, by the name of the database's dialect."""
