"""A team curates its own facts: proposals, review, roles, unanswered questions."""
