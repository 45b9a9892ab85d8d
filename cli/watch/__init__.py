"""The office at work, second by second, on the operator's screen."""
