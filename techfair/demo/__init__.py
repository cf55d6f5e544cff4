"""The 2019 Gia Lai fair: its data and the loader."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's pages and listeners."""
