"""What search engines may walk, and the list of all that is published (sitemaps.org, protocol 0.9)."""

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from techfair.exhibitors import addresses
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.permanent import queries
from techfair.exhibitors.permanent.pages import bp
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs import queries as fair_queries

KINDS: dict[str, type[Technology | Need | Company | Expert]] = {
    "technologies": Technology,
    "needs": Need,
    "companies": Company,
    "experts": Expert,
}
CHUNK = 10_000  # addresses of one file; the protocol takes 50,000 in 50 MB
PRIVATE = ("/organizer/", "/exhibitor/", "/admin/", "/me/", "/gate/", "/b/", "/sign-in", "/api/")
XML = "application/xml; charset=utf-8"


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """What is for people who sign in is of no use to search engines."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    lines += ["", f"Sitemap: {url_for('permanent.sitemap', _external=True)}"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@bp.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """The index: one file of fairs and lists, and as many as each kind needs."""
    parts = [("fairs", 1)]
    for kind, model in KINDS.items():
        chunks = -(-queries.count(queries.listed(model)) // CHUNK)
        parts += [(kind, number) for number in range(1, chunks + 1)]
    files = [url_for("permanent.sitemap_part", kind=kind, number=number, _external=True) for kind, number in parts]
    return Response(render_template("market/sitemap_index.xml", files=files), content_type=XML)


@bp.get("/sitemap-<kind>-<int:number>.xml")
def sitemap_part(kind: str, number: int) -> ResponseReturnValue:
    """The addresses of a kind, so many of them."""
    if kind == "fairs":
        rows = _fairs() if number == 1 else []
    elif kind in KINDS and number >= 1:
        rows = _records(KINDS[kind], number)
    else:
        abort(404)
    if not rows:
        abort(404)
    return Response(render_template("market/sitemap.xml", rows=rows), content_type=XML)


def _fairs() -> list[tuple[str, str]]:
    lists = [url_for(over_all, _external=True) for _, over_all in addresses.LISTS.values()]
    fairs = [url_for("fairs.fair", slug=fair.slug, _external=True) for fair in fair_queries.public_fairs()]
    return [(address, "") for address in (*fairs, *lists)]


def _records(model: type[Technology | Need | Company | Expert], number: int) -> list[tuple[str, str]]:
    endpoint = addresses.LASTING[model]
    chunk = queries.listed(model).limit(CHUNK).offset((number - 1) * CHUNK)
    root = url_for(endpoint, ref="-", _external=True)[:-1]  # building each address anew takes longer than reading it
    return [(root + ref, changed.date().isoformat() if changed else "") for ref, changed in db.session.execute(chunk)]
