"""`kabar web`: what is brought to many offices is taken in here, and answered elsewhere."""
