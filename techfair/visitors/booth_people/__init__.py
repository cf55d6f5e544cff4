"""Whom an exhibitor brings: its staff with badges, guests by its invitation codes, both by quota."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this subject's tables, rules, pages and listeners."""
    from techfair.visitors.booth_people import console, listeners, own_pages, permissions, preparing  # noqa: F401

    for blueprint in (own_pages.bp, own_pages.guest_bp, console.bp):
        app.register_blueprint(blueprint)
