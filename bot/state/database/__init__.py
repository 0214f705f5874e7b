"""The databases behind a store: a file of SQLite's, a server of PostgreSQL's, and what is said the same way to both."""
