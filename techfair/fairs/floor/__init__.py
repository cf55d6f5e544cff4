"""The floor plan of a hall: its geometry, the drawing as an organizer saves it, and halls from a table."""
