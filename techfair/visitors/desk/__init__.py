"""The desk at the entrance: whoever comes without a badge gets one, and lost badges are printed again."""
