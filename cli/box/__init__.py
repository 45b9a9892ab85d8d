"""A box of cards, and the list on paper that travels with it."""
