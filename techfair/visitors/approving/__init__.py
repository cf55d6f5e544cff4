"""Approving registrations: who says to be a delegate or of the press gets the badge when the organizer has agreed.

A hall server and its kiosks offer no kind that wants approval: who decides sits at the central server.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from techfair.visitors.approving import console

    app.register_blueprint(console.bp)
