"""What both sides say of a meeting in thirty seconds, and where they differ."""
