"""Companies, their applications and booths, and the market of technologies they offer and need."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, rules, pages and listeners."""
    from techfair.exhibitors import models, permissions  # noqa: F401
