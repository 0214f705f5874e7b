"""What is asked for by name: places, pairs, mechanisms, topics, facts, documents, maps; and what is no question."""
