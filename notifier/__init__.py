"""We speak first: the sending loop, pace, and one adapter per channel."""
