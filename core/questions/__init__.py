"""Every answer anyone can get, a file per noun: reads only."""
