"""The contract of state: what a module marked so claims holds on a state.db, and on a PostgreSQL."""

from __future__ import annotations

from typing import Final

import pytest

BOTH: Final = pytest.mark.parametrize("opened", ["sqlite", "postgresql"], indirect=True)
