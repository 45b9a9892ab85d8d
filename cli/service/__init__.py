"""`kabar service`: the office at work from boot on, under systemd."""
