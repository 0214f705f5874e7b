"""What `yrd check` holds the seeds to."""
