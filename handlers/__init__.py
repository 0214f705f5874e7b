"""A question in, an answer out: values only, with nothing sent, no clock and no environment."""
