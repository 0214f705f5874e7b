"""What Alembic runs revisions with: the connection that it is handed, within the transaction that is open on it."""

from __future__ import annotations

from alembic import context

from bot.state.tables.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite takes changes of tables back like any others, once a transaction is begun by hand.
    transactional_ddl=True,
)
context.run_migrations()
