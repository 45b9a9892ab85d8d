"""Print plans: whom the office prints next, and what became of it."""
