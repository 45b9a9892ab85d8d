"""`kabar office`: the offices that this machine works for."""
