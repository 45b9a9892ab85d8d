"""Bounded work in chunks of at most 50 ms that leave room for others; killed anywhere, it goes on where it was.

One server runs these functions in threads; many servers run the same functions as arq jobs.
"""
