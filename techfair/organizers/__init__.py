"""Organizers: what they see across rooms: the day, the report, the mail, the log."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, pages and listeners."""
    from techfair.organizers import (  # noqa: F401
        log_pages,
        mail_pages,
        models,
        permissions,
        report_pages,
        today_pages,
        visitor_figure_pages,
    )

    app.register_blueprint(today_pages.bp)
    app.register_blueprint(visitor_figure_pages.bp)
    app.register_blueprint(report_pages.bp)
    app.register_blueprint(report_pages.public_bp)
    app.register_blueprint(mail_pages.bp)
    app.register_blueprint(mail_pages.admin_bp)
    app.register_blueprint(log_pages.bp)
    app.register_blueprint(log_pages.admin_bp)
