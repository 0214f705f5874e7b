"""What people type and the names of records: spellings, slips, mentions in running text."""
