"""A slip on paper."""
