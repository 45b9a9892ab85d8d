"""Where an office's data lives: tables, the engine and its transactions, the sealing of personal data."""
