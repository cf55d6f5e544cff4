"""On which days of a fair the badges of a kind open its gates: passes for a day, a press day, a day for trade."""

from flask import Flask


def init_app(app: Flask) -> None:
    from techfair.visitors.kind_days import console

    app.register_blueprint(console.bp)
