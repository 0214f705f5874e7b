"""That a transaction sees no other team's rows is PostgreSQL's own rule as well, should a query of ours forget it.

A transaction says in the setting `yrd.team` for which team it is, or "*" for all. The tables' owner is held to it too
(FORCE); a superuser is not, and the doctor says so where the bot is one.
"""

from __future__ import annotations

# Asked once a statement, and not once a row.
_MAY_SEE = "(SELECT current_setting('yrd.team', true)) IN ('*', team_id)"


def statements(table: str) -> tuple[str, ...]:
    """Return what makes the rule for a table of ours."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY of_its_team ON {table} USING ({_MAY_SEE}) WITH CHECK ({_MAY_SEE})",
    )
