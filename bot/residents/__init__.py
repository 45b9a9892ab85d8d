"""What residents may say to us, and what each of it does. Handlers touch no network and never wait."""
