"""`kabar doctor`: what is ready, what wants a look, what is broken, each with a hint."""
