"""What a reader picks out of the catalogue: up to four records side by side, and a list of their own."""
