"""Connections brought together: from a file, also those made outside the fair, and one of two that are the same."""
