"""What the Makefile calls: rules of lint, tables of the pages, drawings of the map."""
