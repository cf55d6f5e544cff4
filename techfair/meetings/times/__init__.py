"""When participants can meet, and when they would rather."""
