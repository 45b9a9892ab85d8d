"""People who write to us: the durable inbox and its loop, and Telegram conversations (aiogram)."""
