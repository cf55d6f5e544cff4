from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, pages and listeners."""
    from techfair.exhibitors import models  # noqa: F401
