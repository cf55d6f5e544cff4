"""The meeting programme: its rules at a fair, who joined it with what they offer and seek, and who leaves again."""
