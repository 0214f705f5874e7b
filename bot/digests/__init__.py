"""Delivers digests when they are due: each slot once, with what became of it written down."""
