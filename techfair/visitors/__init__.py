"""Visitors: registrations, badges, gates and scans."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, pages and listeners."""
    from techfair.visitors import (  # noqa: F401
        api,
        approving,
        badge_pages,
        booth_people,
        console,
        correcting,
        design_console,
        designs,
        device_api,
        device_console,
        disclosure,
        fair_pages,
        gate_console,
        gate_page,
        hall,
        import_console,
        jobs,
        kind_days,
        models,
        moving_pages,
        own_calendar,
        permissions,
        print_console,
        views,
    )
    from techfair.visitors.delegations import console as delegation_console
    from techfair.visitors.delegations import pages as delegation_pages
    from techfair.visitors.desk import console as desk_console
    from techfair.visitors.invitations import pages as invitation_pages
    from techfair.visitors.invitations import permissions as invitation_permissions  # noqa: F401
    from techfair.visitors.kiosk import pages as kiosk_pages
    from techfair.visitors.kiosk import permissions as kiosk_permissions  # noqa: F401
    from techfair.visitors.leads import exhibitor_pages, offline_pages, poster_console, visitor_pages
    from techfair.visitors.leads import permissions as lead_permissions  # noqa: F401
    from techfair.visitors.linking import pages as linking_pages
    from techfair.visitors.personal_data import jobs as forgetting  # noqa: F401
    from techfair.visitors.personal_data import pages as personal_data
    from techfair.visitors.signups import console as signup_console
    from techfair.visitors.signups import pages as signup_pages
    from techfair.visitors.tallies import jobs as tallying  # noqa: F401

    app.context_processor(designs.shown)
    app.register_blueprint(views.bp)
    app.register_blueprint(views.own_bp)
    app.register_blueprint(moving_pages.bp)
    app.register_blueprint(personal_data.bp)
    app.register_blueprint(personal_data.console_bp)
    inviting = (invitation_pages.bp, invitation_pages.console_bp)
    of_visitors = (visitor_pages.bp, visitor_pages.list_bp, visitor_pages.taps_bp, offline_pages.bp, disclosure.bp)
    for blueprint in (exhibitor_pages.bp, poster_console.bp, *of_visitors, *inviting):
        app.register_blueprint(blueprint)
    for blueprint in (signup_pages.bp, signup_pages.mine_bp, signup_pages.check_in_bp, signup_console.bp):
        app.register_blueprint(blueprint)
    app.register_blueprint(delegation_pages.bp)
    app.register_blueprint(delegation_pages.group_bp)
    app.register_blueprint(delegation_console.bp)
    booth_people.init_app(app)
    kiosk_pages.init_app(app)
    app.register_blueprint(badge_pages.bp)
    app.register_blueprint(linking_pages.bp)
    app.register_blueprint(linking_pages.console_bp)
    app.register_blueprint(gate_page.bp)
    app.register_blueprint(console.bp)
    approving.init_app(app)
    correcting.init_app(app)
    app.register_blueprint(print_console.bp)
    app.register_blueprint(design_console.bp)
    app.register_blueprint(import_console.bp)
    app.register_blueprint(desk_console.bp)
    app.register_blueprint(gate_console.bp)
    kind_days.init_app(app)
    app.register_blueprint(device_console.bp)
    app.register_blueprint(api.bp)
    app.register_blueprint(device_api.bp)
    hall.init_app(app)
    app.security_schemes = {"device": {"type": "http", "scheme": "bearer"}}  # type: ignore[attr-defined]
