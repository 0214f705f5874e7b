"""What state is made of: its tables, the rules that a database itself keeps, and how it comes to them."""
