"""Linking a phone to its owner's badge: the badge's code says whose it is, a one-time code proves who holds it."""
