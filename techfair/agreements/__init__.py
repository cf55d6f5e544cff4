"""Memoranda and commitments: drafting, signing, completing, following."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, pages, rules and jobs."""
    from techfair.agreements import console, jobs, permissions, sign_views, verify_views, views  # noqa: F401
    from techfair.agreements.attachments import pages as attachments
    from techfair.agreements.ceremony import console as ceremonies
    from techfair.agreements.ceremony import paper_pages, screens, stage
    from techfair.agreements.ceremony import permissions as ceremony_permissions  # noqa: F401
    from techfair.agreements.commitments import console as commitments
    from techfair.agreements.commitments import own_pages as progress
    from techfair.agreements.commitments import permissions as progress_permissions  # noqa: F401
    from techfair.agreements.negotiation import pages as negotiation
    from techfair.agreements.remote import admin as remote_admin
    from techfair.agreements.remote import device_pages as device
    from techfair.agreements.remote import pages as remote
    from techfair.agreements.signers import pages as signers
    from techfair.agreements.signers import planning, reminding  # noqa: F401
    from techfair.agreements.templates import console as template_console
    from techfair.agreements.trust import admin as trust_admin
    from techfair.agreements.trust import console as trust_console

    for blueprint in (
        views.bp,
        console.bp,
        sign_views.bp,
        verify_views.bp,
        template_console.bp,
        negotiation.bp,
        negotiation.own_bp,
        attachments.bp,
        attachments.own_bp,
        attachments.console_bp,
        attachments.sign_bp,
        trust_admin.bp,
        trust_console.bp,
        signers.bp,
        ceremonies.bp,
        screens.bp,
        stage.bp,
        paper_pages.bp,
        paper_pages.own_bp,
        remote.bp,
        device.bp,
        remote_admin.bp,
        commitments.bp,
        progress.bp,
        progress.own_bp,
    ):
        app.register_blueprint(blueprint)
