"""Statements as people propose them: whether one is a statement at all, and who says the same already."""
