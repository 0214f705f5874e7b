"""Maps of the delta: what is to be drawn, which ties that are, and what is told of them."""
