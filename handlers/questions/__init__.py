"""Free text: which facts answer it, and what is said where none does."""
