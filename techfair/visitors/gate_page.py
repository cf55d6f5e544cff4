"""The scan page that stewards hold in their hands."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access, pages
from techfair.core.languages import language
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.visitors import badges, devices, gates, queries
from techfair.visitors.models import Gate
from techfair.visitors.words import KIND_WORDS, REASON_WORDS

bp = access.signed_in(Blueprint("gate", __name__, url_prefix="/gate"))


@bp.get("/<slug>")
def scan_page(slug: str) -> ResponseReturnValue:
    """Choose a gate once (``?gate=A``), then scan at it; ``?gate=`` chooses anew."""
    fair = access.fetch(Fair, slug=slug, to="scan")
    pages.show(fair)
    mine = gates.of_steward(fair, current_user)
    if "gate" in request.args:
        session["gate"] = request.args["gate"]
        return redirect(url_for(".scan_page", slug=slug), 303)
    chosen = [gate for gate in mine if gate.code == session.get("gate")] or (mine if len(mine) == 1 else [])
    if not chosen:
        return render_template("gates/choose.html", gates=mine)
    pages.allow_wasm()
    told = _told(fair, chosen[0])
    return render_template("gates/scan.html", gate=chosen[0], may_change=len(mine) > 1, told=told)


@bp.post("/<slug>/device")
def enrol(slug: str) -> ResponseReturnValue:
    """Make this page a device for the steward's gates; its token ends with the length of a sign-in."""
    fair = access.fetch(Fair, slug=slug, to="scan")
    _device, token = devices.enrol_scan_page(fair, gates.of_steward(fair, current_user), current_user)
    db.session.commit()
    return jsonify(token=token)


@bp.get("/<slug>/people")
def find_people(slug: str) -> ResponseReturnValue:
    """People by name, each with the code of the valid badge, for those who come without it."""
    fair = access.fetch(Fair, slug=slug, to="scan")
    found = queries.find_people(fair, request.args.get("q", "")[:100])
    key = keys.private(fair) if found else None
    people = [
        {
            "name": person.full_name,
            "organisation": person.organisation,
            "kind": badge.kind,
            "number": _("No. %(number)s", number=badge.number),
            "code": badges.token(badge, fair, key),
        }
        for person, badge in found
    ]
    return jsonify(people=people)


def _told(fair: Fair, gate: Gate) -> dict[str, Any]:
    """All that the page's scripts need to know, in the reader's language."""
    return {
        "slug": fair.slug,
        "gate": {"code": gate.code, "name": gate.name},
        "addresses": {
            "scans": url_for("visitors_api.post_scans", slug=fair.slug),
            "device": url_for(".enrol", slug=fair.slug),
            "people": url_for(".find_people", slug=fair.slug),
        },
        "words": {
            "locale": language(),
            "zone": fair.timezone,
            "gates": {gate.code: gate.name for gate in queries.gates(fair)},
            "kinds": {kind: str(word) for kind, word in KIND_WORDS.items()},
            "reasons": {reason: str(word) for reason, word in REASON_WORDS.items()}
            | {"no_code": _("There is no code in this picture")},
            "verdicts": {
                "admitted": _("Come in"),
                "repeated": _("Already in"),
                "refused": _("Not valid"),
                "unsent": _("No network"),
                "revoked": _("Device revoked"),
            },
            "advice": {
                "unsent": _("The server did not answer. Scan again: nobody is counted twice."),
                "revoked": _("The organizer ended this device’s right to scan. Ask at the desk."),
            },
            "first": _("Since {time}, {gate}"),
            "opens": _("Opens at {time}"),
            "find": {
                "short": _("Type at least two letters."),
                "nobody": _("Nobody of that name has a valid badge."),
                "unsent": _("The server did not answer. Try again."),
            },
        },
    }
