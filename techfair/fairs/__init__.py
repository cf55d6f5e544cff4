"""Organizing units, fairs, their programme, halls and booths; provinces by date; sectors."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables and pages."""
    from techfair.fairs import console, hall_console, models, programme_console, setup, showing, views  # noqa: F401
    from techfair.fairs.floor import console as floor_console  # noqa: F401

    app.register_blueprint(views.bp)
    app.register_blueprint(console.bp)
    console.init_app(app)
    app.jinja_env.globals["fairing"] = showing  # how this room's things read in templates
    app.jinja_env.globals["missing_of"] = setup.items
