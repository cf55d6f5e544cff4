"""What everyone sees of a fair: its first page, its programme, its colour; and what is kept about people."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.core import access, pages
from techfair.core import cards as draw
from techfair.core.formats import format_number
from techfair.core.languages import language
from techfair.fairs import brand, cards, front, queries
from techfair.fairs.front import Figure, Part
from techfair.fairs.models import Fair

bp = access.public_blueprint(Blueprint("fairs", __name__))

BRAND_SECONDS = 300  # a changed colour shows within minutes


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    return fair


@bp.get("/")
def home() -> ResponseReturnValue:
    """The running fair, else the next, else the last; what to do first where there is none."""
    step = front.first_steps.first()
    if step is not None:
        return render_template("fairs/first_step.html", step=step)
    fairs = queries.public_fairs()
    if not fairs:
        return render_template("fairs/no_fair.html")
    pages.show(fairs[0])
    return _front(fairs[0], fairs[1:])


@bp.get("/fairs/<slug>/")
def fair(slug: str) -> ResponseReturnValue:
    """A fair's first page: what, when, where, and what most people came for."""
    return _front(_fair(slug), [])


def _front(fair: Fair, others: list[Fair]) -> str:
    return render_template(
        "fairs/front.html",
        actions=front.actions(fair),
        figures=front.figures(fair),
        parts=front.parts(fair),
        others=others,
    )


@bp.get("/fairs/<slug>/programme")
def programme(slug: str) -> ResponseReturnValue:
    """All activities by day, in the fair's own time."""
    fair = _fair(slug)
    return render_template("fairs/programme.html", days=queries.programme(fair))


@bp.get("/fairs/<slug>/brand.css")
def brand_style(slug: str) -> ResponseReturnValue:
    """The fair's colour for every page about it."""
    fair = access.fetch(Fair, slug=slug, to="see")
    response = Response(brand.style_sheet(fair.brand_colour), mimetype="text/css")
    response.cache_control.max_age = BRAND_SECONDS
    response.cache_control.public = fair.is_public
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/fairs/<slug>/<any(vi, en):spoken>.png")
def card(slug: str, spoken: str) -> ResponseReturnValue:
    """The picture that messengers show beside a link to the fair."""
    fair = _fair(slug)
    return draw.answer(f"fair-{fair.id}-{spoken}", cards.card(fair, spoken)) if fair.is_public else abort(404)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept about people, for what and how long, and whom to ask."""
    fairs = queries.public_fairs()
    if fairs:
        pages.show(fairs[0])
    return render_template("fairs/privacy.html", fairs=fairs)


@front.figures.add(10)
def activity_count(fair: Fair) -> Figure | None:
    count = queries.activity_count(fair)
    if not count:
        return None
    return Figure(format_number(count, language()), _l("activities"), url_for("fairs.programme", slug=fair.slug))


@front.parts.add(10)
def programme_part(fair: Fair) -> Part | None:
    """Today's activities, or those of the next day."""
    days = queries.programme(fair)
    return Part("fairs/_programme.html", {"days": days, "day": queries.present_day(days, fair)})


@front.parts.add(90)
def about_part(fair: Fair) -> Part | None:
    """What the fair is about and whom to ask."""
    return Part("fairs/_about.html")
