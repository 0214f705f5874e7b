"""Maps as pictures: `handlers.answer.Picture` in, SVG and PNG out. Draws coast, water, places and pairings, and no boundaries."""
