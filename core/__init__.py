"""What is true and what may happen: the only place where anything changes. Synchronous throughout."""
