"""What others call us by: receipts, updates, and the question whether we are well."""
