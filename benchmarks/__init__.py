"""Measurements, each beside a limit or a peer from the same run; never timed tests."""
