"""Charts as PNG, for a wall, a report or a newspaper: what they show is told here, a process of its own draws them."""
