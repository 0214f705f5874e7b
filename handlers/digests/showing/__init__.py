"""What shows digests and changes nothing: which there are, how one stands, and what became of it."""
