"""`kabar figures`: the office's work in numbers, on the screen, as a file, as a paragraph, as charts."""
