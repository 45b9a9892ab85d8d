"""The storm: a whole office under kills, bad weather and broken databases, held against what the providers took."""
