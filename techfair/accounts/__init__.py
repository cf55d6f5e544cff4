"""People who sign in: users, roles, sign-in, sign-out everywhere, links by mail."""

from flask import Flask


def init_app(app: Flask) -> None:
    from techfair.accounts import admin, console, permissions, sessions, views  # noqa: F401

    for pages in (views, admin, console):
        app.register_blueprint(pages.bp)
    app.context_processor(sessions.account_links)
