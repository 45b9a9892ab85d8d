"""What each process of tests does once, so that no test has to do it again."""

import gc
import ssl
from functools import cache

from bot.connection import connect
from bot.decide import conversation
from simulator import Simulator


def save_work() -> None:
    """To be called when everything is imported, and before anything is tested."""
    conversation()
    # All the world's authorities are read for each; no test speaks to anybody who would show a certificate.
    ssl.create_default_context = cache(ssl.create_default_context)
    connect(Simulator.bot_token)
    # Libraries make half a million objects: not to be looked through again and again, nor copied after a fork.
    gc.collect()
    gc.freeze()
