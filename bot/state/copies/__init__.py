"""Copies of state.db, made and put back."""
