"""A server in the hall: its gates go on without internet, and it exchanges what happened with the central server.

``servers`` and ``answering`` are the central side, ``exchanging`` the hall's; ``plan``, ``people`` and ``records``
write and read what goes both ways. ``serving``, ``authority``, ``guard`` and ``pages`` make a laptop a hall server.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this subject's tables and pages; on a hall server also its own pages."""
    from techfair.visitors.hall import api, console, pages, permissions, serving  # noqa: F401

    app.register_blueprint(api.bp)
    app.register_blueprint(console.bp)
    pages.init_app(app)
