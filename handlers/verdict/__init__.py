"""Does a fact answer, and what does the base not hold: judged here, and told elsewhere."""
