"""The source documents: their paragraphs, passages and changes."""
