"""What officials may ask; anybody else is answered as if there were no such thing."""
