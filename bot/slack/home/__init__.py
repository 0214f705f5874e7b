"""The Home tab: what it shows, and what its buttons and its box do."""
