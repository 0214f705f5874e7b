"""What is said where nothing answers: what of the question the whole base does not hold, and what it holds instead."""
