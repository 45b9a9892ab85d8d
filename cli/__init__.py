"""`kabar …` for the operator: a file per command, each imported only when it is called."""
