"""What the organizer puts right of a registration: a misspelt name, another organisation or kind, days of one's own."""
