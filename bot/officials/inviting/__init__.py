"""Inviting officials: making a link, opening one, saying who that was, and whoever is at work already."""
