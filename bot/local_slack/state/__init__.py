"""What a workspace is made of, and what it remembers: no rules of the Web API stand here."""
