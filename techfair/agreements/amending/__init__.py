"""Signed documents that change or end an earlier one: drafted from it, shown on it, and its state follows."""
