"""What the organizer puts right of a registration: a misspelt name, another organisation or kind, days of one's own."""

from flask import Flask


def init_app(app: Flask) -> None:
    from techfair.visitors.correcting import console

    app.register_blueprint(console.bp)
