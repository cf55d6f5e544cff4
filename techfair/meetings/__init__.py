"""Meetings: who wishes to meet whom, the schedule, and the connections that come of it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, pages, listeners and jobs."""
    from techfair.meetings import (  # noqa: F401
        connection_console,
        connection_pages,
        console,
        erasing,
        jobs,
        merging,
        models,
        permissions,
        views,
        visit,
    )
    from techfair.meetings.calendars import pages as calendar_pages
    from techfair.meetings.calendars import reminding  # noqa: F401
    from techfair.meetings.connecting import console as connecting_console
    from techfair.meetings.connecting import models as connecting_models  # noqa: F401
    from techfair.meetings.day import console as day_console
    from techfair.meetings.day import screens
    from techfair.meetings.interpreters import console as interpreter_console
    from techfair.meetings.interpreters import pages as interpreter_pages
    from techfair.meetings.limits import console as limit_console  # noqa: F401
    from techfair.meetings.limits import models as limit_models  # noqa: F401
    from techfair.meetings.programme import asking as programme_asking  # noqa: F401
    from techfair.meetings.programme import behalf, expiring, seats  # noqa: F401
    from techfair.meetings.programme import console as programme_console
    from techfair.meetings.programme import pages as programme_pages  # noqa: F401
    from techfair.meetings.ranking import pages as ranking_pages  # noqa: F401
    from techfair.meetings.results import console as result_console
    from techfair.meetings.results import pages as result_pages  # noqa: F401
    from techfair.meetings.rooms import console as room_console  # noqa: F401
    from techfair.meetings.staff import pages as staff_pages  # noqa: F401
    from techfair.meetings.swapping import console as swapping_console  # noqa: F401
    from techfair.meetings.swapping import pages as swapping_pages
    from techfair.meetings.timetable import board_console  # noqa: F401
    from techfair.meetings.timetable import console as timetable_console  # noqa: F401

    for blueprint in (
        views.bp,
        views.exhibitor_bp,
        views.visitor_bp,
        console.bp,
        connection_console.bp,
        connection_pages.bp,
        connecting_console.bp,
        programme_console.bp,
        interpreter_console.bp,
        interpreter_pages.bp,
        day_console.bp,
        screens.bp,
        result_console.bp,
        calendar_pages.bp,
        seats.exhibitor_bp,
        seats.visitor_bp,
    ):
        app.register_blueprint(blueprint)
    app.jinja_env.globals["shown_draft"] = swapping_pages.shown_draft
    app.jinja_env.globals["calendar_address"] = calendar_pages.address_of
