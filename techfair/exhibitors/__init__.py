"""Companies, their applications and booths, and the market of technologies they offer and need."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Import this room's tables, rules, pages and listeners."""
    from techfair.exhibitors import (  # noqa: F401
        addresses,
        console,
        fair_pages,
        feeds,
        market,
        models,
        own,
        own_records,
        permissions,
        showing,
        views,
    )
    from techfair.exhibitors.call import console as call_console
    from techfair.exhibitors.call import permissions as call_permissions  # noqa: F401
    from techfair.exhibitors.catalogue import jobs as catalogue_jobs  # noqa: F401
    from techfair.exhibitors.catalogue import models as catalogue_models  # noqa: F401
    from techfair.exhibitors.contacts import models as contact_models  # noqa: F401
    from techfair.exhibitors.contacts import pages as contact_pages  # noqa: F401
    from techfair.exhibitors.disclosure import models as disclosure_models  # noqa: F401
    from techfair.exhibitors.disclosure import own_pages as own_disclosures  # noqa: F401
    from techfair.exhibitors.disclosure import pages as disclosure_pages
    from techfair.exhibitors.displays import models as display_models  # noqa: F401
    from techfair.exhibitors.displays import pages as display_pages  # noqa: F401
    from techfair.exhibitors.documents import models as document_models  # noqa: F401
    from techfair.exhibitors.documents import pages as document_pages  # noqa: F401
    from techfair.exhibitors.drafts import pages as draft_pages  # noqa: F401
    from techfair.exhibitors.experts import console as expert_console
    from techfair.exhibitors.experts import own_pages as own_experts
    from techfair.exhibitors.experts import pages as expert_pages  # noqa: F401
    from techfair.exhibitors.fees import console as fee_console
    from techfair.exhibitors.fees import own_pages as own_fees
    from techfair.exhibitors.fees import permissions as fee_permissions  # noqa: F401
    from techfair.exhibitors.importing import console as import_console
    from techfair.exhibitors.importing import pages as import_pages  # noqa: F401
    from techfair.exhibitors.permanent import pages as lasting_pages
    from techfair.exhibitors.permanent import sitemap  # noqa: F401
    from techfair.exhibitors.pictures import models as picture_models  # noqa: F401
    from techfair.exhibitors.pictures import pages as picture_pages  # noqa: F401
    from techfair.exhibitors.placing import console as placing_console  # noqa: F401
    from techfair.exhibitors.placing import jobs, listeners, own_pages, public, suggestion_console  # noqa: F401
    from techfair.exhibitors.placing import showing as placing_showing
    from techfair.exhibitors.preparing import console as preparing_console
    from techfair.exhibitors.preparing import own_pages as own_preparing
    from techfair.exhibitors.preparing import reminders  # noqa: F401
    from techfair.exhibitors.restricted import console as restricted_console
    from techfair.exhibitors.reviewing import application_page, queue_pages  # noqa: F401
    from techfair.exhibitors.reviewing import permissions as note_permissions  # noqa: F401
    from techfair.exhibitors.shortlist import models as shortlist_models  # noqa: F401
    from techfair.exhibitors.shortlist import pages as shortlist_pages

    booths_and_fees = (fee_console.bp, own_fees.bp, preparing_console.bp, own_preparing.bp)
    applying = (views.bp, own.bp, console.bp, call_console.bp)
    for blueprint in (
        *applying,
        import_console.bp,
        market.bp,
        lasting_pages.bp,
        disclosure_pages.bp,
        restricted_console.bp,
        expert_console.bp,
        own_experts.consent_bp,
        shortlist_pages.bp,
        *booths_and_fees,
    ):
        app.register_blueprint(blueprint)
    app.jinja_env.globals["exhibiting"] = showing  # how this room's things read in templates
    app.jinja_env.globals["addresses"] = addresses
    app.jinja_env.globals["placing"] = placing_showing
