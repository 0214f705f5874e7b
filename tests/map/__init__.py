"""Maps: which pairings they show, and how they are drawn."""
