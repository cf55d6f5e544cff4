"""Which meetings matter most to a participant: each names three, and what both name is placed first."""
