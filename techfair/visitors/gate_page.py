"""The scan page that stewards hold in their hands: one page for all gates, which also opens without network."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from techfair.core import access, pages
from techfair.core.languages import language
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import devices, gates, kept_pages
from techfair.visitors.words import KIND_WORDS, REASON_WORDS

bp = access.signed_in(Blueprint("gate", __name__, url_prefix="/gate"))


@bp.get("/<slug>")
@access.public
def scan_page(slug: str) -> ResponseReturnValue:
    """The page itself holds nothing about anybody: what it learns, it learns by a device's token."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    pages.allow_wasm()
    answer = Response(render_template("gates/scan.html", told=_told(fair)))
    answer.headers["X-Version"] = pages.static_digest()
    return answer


@bp.get("/<slug>/count")
@access.public
def count_page(slug: str) -> ResponseReturnValue:
    """The clicker, for gates that do not scan; like the scan page it holds nothing about anybody."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    answer = Response(render_template("gates/count.html", told=_told(fair)))
    answer.headers["X-Version"] = pages.static_digest()
    return answer


@bp.get("/worker.js")
@access.public
def worker() -> ResponseReturnValue:
    """The service worker of the scan pages."""
    return kept_pages.worker("gate", "^/gate/[^/]+(/count)?$")


@bp.get("/<slug>/app.webmanifest")
@access.public
def app_manifest(slug: str) -> ResponseReturnValue:
    """What a phone needs to put the scan page among its apps."""
    fair = access.fetch(Fair, slug=slug, to="see")
    answer = jsonify(
        name=f"{_('Gate')} – {fair.name}",
        short_name=_("Gate"),
        lang=language(),
        start_url=url_for(".scan_page", slug=slug),
        scope="/gate/",
        display="standalone",
        orientation="portrait",
        background_color="#0b0f0e",
        theme_color="#0b0f0e",
        icons=[{"src": pages.asset("mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    )
    answer.mimetype = "application/manifest+json"
    return answer


@bp.get("/<slug>/steward")
def steward(slug: str) -> ResponseReturnValue:
    """For a signed-in steward's page: what it needs to ask for a token; others are sent to sign in, or get 404."""
    access.fetch(Fair, slug=slug, to="scan")
    return jsonify(csrf=generate_csrf())


@bp.post("/<slug>/device")
def enrol(slug: str) -> ResponseReturnValue:
    """Make this page a device for the steward's gates; its token ends with the length of a sign-in."""
    fair = access.fetch(Fair, slug=slug, to="scan")
    _device, token = devices.enrol_scan_page(fair, gates.of_steward(fair, current_user), current_user)
    db.session.commit()
    return jsonify(token=token)


def _told(fair: Fair) -> dict[str, Any]:
    """All that the page's scripts need to know, in the reader's language."""
    join = url_for("device_api.join", slug=fair.slug)
    return {
        "slug": fair.slug,
        "addresses": {
            "server": join.removesuffix("/devices"),
            "join": join,
            "steward": url_for(".steward", slug=fair.slug),
            "device": url_for(".enrol", slug=fair.slug),
            "worker": url_for(".worker"),
        },
        "words": {
            "locale": language(),
            "zone": fair.timezone,
            "gates": {},
            "number": _("No. %(number)s", number="{number}"),
            "kinds": {kind: str(word) for kind, word in KIND_WORDS.items()},
            "reasons": {reason: str(word) for reason, word in REASON_WORDS.items()}
            | {"no_code": _("There is no code in this picture")},
            "verdicts": {
                "admitted": _("Come in"),
                "repeated": _("Already in"),
                "refused": _("Not valid"),
                "unready": _("No network"),
                "unproven": _("No network"),
                "unkept": _("Not stored"),
                "revoked": _("Device revoked"),
                "out": _("Went out"),
            },
            "hand_out": _("Hand out: {things}"),
            "advice": {
                "unready": _("This gate’s rules are not on the device yet. Stay near the network for a moment."),
                "unproven": _("A page without https checks badges by the server alone. Try again in a moment."),
                "unkept": _("The device’s storage is full or closed. Free some space, then scan again."),
                "revoked": _("The organizer ended this device’s right to scan. Ask at the desk."),
            },
            "first": _("Since {time}, {gate}"),
            "opens": _("Opens at {time}"),
            "find": {
                "number": _("No. %(number)s", number="{number}"),
                "short": _("Type at least two letters."),
                "nobody": _("Nobody of that name has a valid badge."),
                "unsent": _("The server did not answer. Asking again."),
            },
            "storage": {
                "since": _("On this device: records since {time}."),
                "empty": _("This device has no records: it is new here, or its storage was emptied."),
                "kept": _("The browser keeps them until they are sent."),
                "lost": _("The browser may delete them when space is short."),
                "refused": _(
                    "This browser keeps nothing: scans that wait are lost when this page is closed. Allow this site to "
                    "store data, or open it in a window that is not private."
                ),
            },
        },
    }
