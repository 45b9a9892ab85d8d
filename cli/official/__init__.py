"""Officials: invited on paper or by a link, confirmed, suspended, removed."""
