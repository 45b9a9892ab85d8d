"""`kabar worker`: offices are taken, worked for, and handed over."""
