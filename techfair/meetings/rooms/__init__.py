"""Rooms in which tables stand: where they are, and when they cannot be used."""
