"""September 2017 in Bojonegoro, played through every part of the program against the simulator."""
