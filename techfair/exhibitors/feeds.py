"""A fair's technologies for other programs, as JSON or a spreadsheet; the newest of them and of its needs as feeds."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from flask import Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core import clock
from techfair.core.languages import language
from techfair.core.spreadsheets import XLSX, write_sheet
from techfair.exhibitors import queries
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.importing.columns import CODE, COMPANY, FURTHER_TECHNOLOGY, ON_REQUEST, TECHNOLOGY
from techfair.exhibitors.market import bp, fair_of
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

Model = type[Technology | Need]
NEWEST = 50  # of a feed
RSS = "application/rss+xml; charset=utf-8"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@bp.get("/technologies.json")
def technologies_json(slug: str) -> ResponseReturnValue:
    """All published technologies with their public fields, in both languages."""
    fair = fair_of(slug)
    offers = _all(fair)
    kept = parts.with_price_kept([technology.id for technology in offers])
    records = [as_json(fair, technology, is_price_kept=technology.id in kept) for technology in offers]
    return jsonify({"fair": fair.slug, "at": clock.now().isoformat(), "technologies": records})


@bp.get("/technologies.xlsx")
def technologies_xlsx(slug: str) -> ResponseReturnValue:
    """All published technologies, one a row, both languages side by side."""
    fair = fair_of(slug)
    title = _("Technologies at %(fair)s", fair=fair.name)
    offers = _all(fair)
    kept = parts.with_price_kept([technology.id for technology in offers])
    rows = [_row(fair, technology, is_price_kept=technology.id in kept) for technology in offers]
    name = f'attachment; filename="{fair.slug}-technologies.xlsx"'
    return Response(write_sheet(title, _headings(), rows), mimetype=XLSX, headers={"Content-Disposition": name})


@bp.get("/technologies/feed.json")
def technologies_feed(slug: str) -> ResponseReturnValue:
    """The newest technologies as a JSON Feed (jsonfeed.org, version 1.1)."""
    return _feed(fair_of(slug), Technology)


@bp.get("/technologies/feed.xml")
def technologies_rss(slug: str) -> ResponseReturnValue:
    """The newest technologies as RSS 2.0."""
    return _rss(fair_of(slug), Technology)


@bp.get("/needs/feed.json")
def needs_feed(slug: str) -> ResponseReturnValue:
    """The newest needs as a JSON Feed."""
    return _feed(fair_of(slug), Need)


@bp.get("/needs/feed.xml")
def needs_rss(slug: str) -> ResponseReturnValue:
    """The newest needs as RSS 2.0."""
    return _rss(fair_of(slug), Need)


def _feed(fair: Fair, model: Model) -> Response:
    kind, title, _gist = _told(fair, model)
    feed = {
        "version": JSON_FEED,
        "title": title,
        "home_page_url": url_for(f"market.{kind}", slug=fair.slug, _external=True),
        "feed_url": url_for(f"market.{kind}_feed", slug=fair.slug, _external=True),
        "language": language(),
        "items": _items(fair, model),
    }
    answer = jsonify(feed)
    answer.mimetype = "application/feed+json"
    return answer


def _rss(fair: Fair, model: Model) -> Response:
    kind, title, gist = _told(fair, model)
    told = {"kind": kind, "title": title, "gist": gist, "items": _items(fair, model)}
    return Response(render_template("market/feed.xml", rss_date=_rss_date, **told), content_type=RSS)


def _told(fair: Fair, model: Model) -> tuple[str, str, str]:
    """The folder of a kind of records, what its feed is called and holds."""
    if model is Technology:
        title = _("Technologies at %(fair)s", fair=fair.name)
        return "technologies", title, _("What the exhibitors offer for transfer.")
    return "needs", _("Technology needs at %(fair)s", fair=fair.name), _("Problems that companies want solved.")


def as_json(fair: Fair, technology: Technology, *, is_price_kept: bool = False) -> dict[str, Any]:
    """What the technology's public page shows, for programs; amounts in whole units of their currency."""
    return {
        "id": technology.public_ref,
        "url": _address(fair, technology),
        "title": {"vi": technology.title_vi, "en": technology.title_en},
        "summary": {"vi": technology.summary_vi, "en": technology.summary_en},
        "description": {"vi": technology.description_vi, "en": technology.description_en},
        "advantages": {"vi": technology.advantages_vi, "en": technology.advantages_en},
        "keywords": {"vi": technology.keywords_vi, "en": technology.keywords_en},
        "sectors": [row.sector for row in technology.sectors],
        "readiness": technology.readiness,
        "stage": technology.stage,
        "transfer_forms": technology.transfer_forms,
        "intellectual_property": {"kind": technology.property_kind, "number": technology.property_number},
        "price": {"kind": ON_REQUEST} if is_price_kept else _price(technology),
        "further": {column.name: column.raw(technology) for column in FURTHER_TECHNOLOGY},
        "company": {"vi": technology.company.name_vi, "en": technology.company.name_en},
        "published_at": technology.published_at and technology.published_at.isoformat(),
    }


def _price(technology: Technology) -> dict[str, Any]:
    kind = {"kind": technology.price_kind}
    if technology.price_kind == "by_agreement":
        return kind
    return kind | {"low": technology.price_low, "high": technology.price_high, "currency": technology.price_currency}


def _items(fair: Fair, model: Model) -> list[dict[str, Any]]:
    newest = db.session.scalars(queries.public_records(model, fair).limit(NEWEST)).unique()
    return [_item(fair, record) for record in newest]


def _item(fair: Fair, record: Technology | Need) -> dict[str, Any]:
    address = _address(fair, record)
    return {
        "id": address,
        "url": address,
        "title": record.title,
        "content_text": record.summary if isinstance(record, Technology) else record.problem,
        "date_published": record.published_at and record.published_at.isoformat(),
        "authors": [{"name": record.company.name}],
    }


def _headings() -> list[str]:
    return [*(str(column.label) for column in (CODE, COMPANY, *TECHNOLOGY)), _("Address of its page")]


def _row(fair: Fair, technology: Technology, *, is_price_kept: bool) -> list[str | int]:
    """A row that importing reads again."""
    told = {"price_kind": _("on request")} if is_price_kept else {}
    cells = [told.get(column.name) or column.of(technology) for column in TECHNOLOGY]
    return [technology.public_ref, technology.company.name, *cells, _address(fair, technology)]


def _all(fair: Fair) -> list[Technology]:
    return list(db.session.scalars(queries.public_technologies(fair)).unique())


def _address(fair: Fair, record: Technology | Need) -> str:
    endpoint = "market.technology" if isinstance(record, Technology) else "market.need"
    return url_for(endpoint, slug=fair.slug, ref=record.public_ref, _external=True)


def _rss_date(moment: str) -> str:
    """As RFC 822 writes it, which RSS asks for."""
    return format_datetime(datetime.fromisoformat(moment))
