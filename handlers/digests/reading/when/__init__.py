"""The words for days, times, zones and rhythms, each read by itself."""
