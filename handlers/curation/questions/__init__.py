"""What nobody could answer: which of it is for curators, how it is listed, and what they do about it."""
