"""Maps as pictures: handlers.picture in, SVG and PNG out. Draws coast, water, places and pairings, and no boundaries."""
