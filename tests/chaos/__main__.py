"""`python -m tests.chaos`. Each child begins by importing this file, so it imports nothing by itself."""

if __name__ == "__main__":
    import sys

    from tests.chaos.command import main

    sys.exit(main())
