"""Python's garbage collector, which a process that keeps much in memory sets to work on the rest alone."""

import gc


def set_apart() -> None:
    """Have the collector leave alone what is there now: its rounds took a third of an answer's time, a fifth of an
    import's. For what lasts as long as the process; what of it becomes garbage in a circle is never found.
    """
    gc.collect()
    gc.freeze()
