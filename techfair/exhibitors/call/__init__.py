"""A fair's open call: from when to when companies apply, under which conditions, and what the organizer asks them."""
