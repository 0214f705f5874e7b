"""What somebody is told who has asked nothing: a fact for the day, and what is new."""
