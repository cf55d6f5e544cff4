"""A booth's code opened without network: the page that a visitor's phone keeps for it, and what keeps it there.

The page knows nobody: whose taps they are, the phone knows by a number. It holds what the fair says to everyone.
"""

import hashlib
import json

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlalchemy import select

from techfair.core import access, pages
from techfair.core.languages import LANGUAGES, language
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.leads import phone, taps

FILES = (
    *("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css", "mark.svg"),
    *("vendor/be-vietnam-pro/latin-400.woff2", "vendor/be-vietnam-pro/vietnamese-400.woff2"),
    *("leads/offline.js", "leads/taps.js", "leads/ready.js", "leads/outbox.js", "leads/store.js"),
    *("gate/id.js", "gate/memory.js", "gate/within.js"),
    *("vendor/idb/index.js", "chevron.svg"),
)
PATIENCE = 6000  # milliseconds that the exhibitor's own page is waited for

bp = access.public_blueprint(Blueprint("booth_offline", __name__, url_prefix="/fairs/<slug>/taps"))


@bp.get("/offline")
def page(slug: str) -> ResponseReturnValue:
    """What opens instead of an exhibitor's page where there is no network."""
    return _page(_fair(slug))


@bp.get("/worker.js")
def worker(slug: str) -> ResponseReturnValue:
    """The service worker of the booths' addresses; it is another one as soon as its page would be."""
    fair = _fair(slug)
    version = hashlib.sha256(_page(fair).encode()).hexdigest()[:16]
    given = {
        "CACHE": f"techfair booths {slug} {version}",
        "OURS": f"techfair booths {slug} ",
        "PAGE": url_for(".page", slug=slug),
        "SCOPE": phone.scope(fair),
        "FILES": [pages.asset(name) for name in FILES],
        "PATIENCE": PATIENCE,
    }
    lines = [f"const {name} = {json.dumps(value)};" for name, value in given.items()]
    text = (pages.STATIC / "leads" / "booth_worker.js").read_text(encoding="utf-8")
    answer = Response("\n".join([*lines, text]), content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = phone.scope(fair)
    answer.cache_control.no_cache = True
    return answer


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    return fair


def _page(fair: Fair) -> str:
    """In both languages, the reader's first."""
    named = select(Company.public_ref, Company.name_vi).join(Exhibitor, Exhibitor.company_id == Company.id)
    rows = db.session.execute(named.where(Exhibitor.fair_id == fair.id, Exhibitor.is_active).order_by(Company.id))
    forms = taps.forms_without_network(fair)
    halves = {}
    for each in sorted(LANGUAGES, key=lambda one: one != language()):
        with force_locale(each):
            halves[each] = render_template("leads/_offline.html", lang=each, forms=forms)
    return render_template("leads/offline.html", halves=halves, names={row.public_ref: row.name_vi for row in rows})
