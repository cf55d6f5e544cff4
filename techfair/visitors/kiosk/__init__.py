"""Kiosks: a screen at the entrance on which visitors register, find themselves and print; a staff code ends it."""
