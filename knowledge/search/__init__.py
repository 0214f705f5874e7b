"""Retrieval: a question taken apart, facts ranked for it."""
