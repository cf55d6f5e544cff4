"""Companies, their applications and booths, and the market of technologies they offer and need."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, rules, pages and listeners."""
    from techfair.exhibitors import (  # noqa: F401
        console,
        fair_pages,
        market,
        models,
        own,
        own_records,
        permissions,
        showing,
        views,
    )
    from techfair.exhibitors.placing import public  # noqa: F401

    for blueprint in (views.bp, own.bp, console.bp, market.bp):
        app.register_blueprint(blueprint)
    app.jinja_env.globals["exhibiting"] = showing  # how this room's things read in templates
