"""What `yrd doctor` finds, by what it looks at."""
