"""Papers that are drawn here, because the bot and the command line both hand them out."""
