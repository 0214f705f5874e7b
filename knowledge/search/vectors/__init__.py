"""Vectors of texts, which an encoder makes: kept, put on one scale and compared."""
