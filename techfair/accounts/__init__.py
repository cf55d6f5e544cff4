"""People who sign in: users, roles, sign-in, sign-out everywhere, links by mail."""

from flask import Flask


def init_app(app: Flask) -> None:
    from techfair.accounts import permissions, sessions, views  # noqa: F401

    app.register_blueprint(views.bp)
    app.context_processor(sessions.account_links)
