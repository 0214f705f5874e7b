"""Facts made into answers, alike for every way of asking."""
