"""What a company keeps back of a technology, who asks for it, and who was shown it after which promise."""
