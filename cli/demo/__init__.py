"""An office of 2017, played through every part of the program against the simulator: two stories, then free play."""
