"""state.db: what is kept of a team and its people; all the SQL of the bot stands here."""
