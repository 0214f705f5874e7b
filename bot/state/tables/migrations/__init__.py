"""How a database comes to the tables of `bot.state.tables.schema`: by Alembic's revisions, one after the other.

A revision that has shipped is never edited. A new state.db gets the tables as they are now, and the number of the newest
revision; a test holds that both ways lead to the same.
"""
