"""Experts and innovative firms of the catalogue, tied to technologies: shown once they themselves agreed by mail."""
