"""Pictures of technologies: in an order, with captions in both languages; the first is the cover."""
